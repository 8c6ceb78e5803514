"""The last evaluation, read from a file that another program wrote: it is checked before anything of it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from ingest.errors import UsageError
from ingest.settings import Settings

PUBLISHED = Path(__file__).with_name("published.json")
CORRECT = "correct"  # the metric that every group of questions has

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
_ADVICE = "run `radslag eval`, and name its scores.json in the setting quality_report"


@dataclass(frozen=True)
class Rate:
    """A share with what it was counted over, and its 95 % interval from `low` to `high`."""

    value: Share
    n: Annotated[int, Field(gt=0)]
    low: Share
    high: Share


@dataclass(frozen=True)
class Group:
    """Some of the questions: how many were asked, how many crashed, and the rates by the names of their metrics."""

    attempted: Count
    crashed: Count
    rates: Mapping[str, Rate | None]

    @property
    def correct(self) -> Rate | None:
        return self.rates.get(CORRECT)


@dataclass(frozen=True)
class Evaluated:
    """What was evaluated: digests of the program, the documents, the encoder and the settings, and when."""

    date: datetime
    digest: str
    code: str
    corpus: str
    model: str
    settings: str
    libraries: Mapping[str, str]


@dataclass(frozen=True)
class Report:
    """An evaluation; every group but `overall` is found by the name of its member."""

    fingerprint: Evaluated
    overall: Group
    language: Mapping[str, Group]
    grade: Mapping[str, Group]  # unanswerable questions, by how near the documents come
    answerable: Mapping[str, Group]  # "yes", "no"
    kind: Mapping[str, Group]


_REPORT = TypeAdapter(Report)


def report_file(settings: Settings) -> Path:
    """The file that the settings name, or the evaluation published with the program."""
    return settings.quality_report or PUBLISHED


def read_report(file: Path) -> Report:
    """The evaluation in a `scores.json` of `radslag eval`, or in what was published of one.

    Raises:
        UsageError: there is no such file, or it holds something else.
    """
    try:
        return _REPORT.validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"no evaluation at {file} ({error.strerror}): {_ADVICE}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UsageError(f"{file} is no evaluation: {place}: {first['msg']}; {_ADVICE}") from error
