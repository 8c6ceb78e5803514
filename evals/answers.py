"""Stored answers: a line a case, its id with the answer JSON, the precedents JSON, or `"error"`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.cases import AnyCase, Case
from evals.record import Record, parse_record
from ingest.errors import UsageError
from ingest.text_file import numbered_lines

ANSWERS_FILE = "answers.jsonl"
LONE_SURROGATES = "backslashreplace"  # half a character, as JSON escapes it: no reason to lose a run
RUN_FILE = "run.json"  # fingerprint of the run, and whether it came to its end

_ANSWER = ("answer", "abstained", "confidence", "citations", "retrieved", "timings_ms")  # what the metrics need
_PRECEDENTS = ("precedents",)

Stored = dict[str, Any]


def read_answers(path: Path) -> dict[str, Stored]:
    """The stored lines of a file, or of a run's folder, by case id.

    Raises:
        UsageError: there is no such file, or a line is not a stored answer.
    """
    file = path / ANSWERS_FILE if path.is_dir() else path
    if not file.is_file():
        raise UsageError(f"no answers at {file}: name the {ANSWERS_FILE} of an earlier run, or its folder")
    answers: dict[str, Stored] = {}
    for where, line in numbered_lines(file):
        record = parse_record(line, where)
        answers[_id(record, answers)] = record.values
    return answers


def answer_of(case: AnyCase, answers: Mapping[str, Stored]) -> Stored | None:
    """The stored line of a case, or None when the case crashed.

    Raises:
        UsageError: the case has no line, or one of the other kind.
    """
    line = answers.get(case.id)
    if line is None:
        raise UsageError(f"{case.id}: found no answer to this case; run `radslag eval` on these cases first")
    if "error" in line:
        return None
    needed = _ANSWER if isinstance(case, Case) else _PRECEDENTS
    missing = [key for key in needed if key not in line]
    if missing:
        raise UsageError(f"{case.id}: the stored answer has no {missing[0]!r}; run `radslag eval` again")
    return line


def _id(record: Record, answers: Mapping[str, Stored]) -> str:
    if "id" not in record.values:
        raise record.wrong("id", "nothing", "the id of the case")
    identity = record.text("id")
    if identity in answers:
        raise UsageError(f"{record.where}: a second answer to {identity!r}; keep one")
    return identity
