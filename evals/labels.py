"""Labels: what a reader found a document to say of itself, and the standing of some of its passages; one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evals.cases import case_files
from evals.record import Record, parse_record, shown
from ingest.errors import UsageError
from ingest.model import Metadata, Status
from ingest.text_file import numbered_lines

TEXTS = ("title", "municipality", "body", "kind", "date", "meeting", "dnr", "handläggare")
FIELDS = (*TEXTS, "recipients")  # of `Metadata`, all of which every label states
SPLITS = ("dev", "test")
STATUSES = tuple(status.value for status in Status)


@dataclass(frozen=True)
class PassageLabel:
    """Some words of a document and where they stand; what is None isn't asked for."""

    quote: str
    status: str
    paragraph: str | None
    point: int | None


@dataclass(frozen=True)
class Label:
    """One document as a reader understood it; None is what the paper truly doesn't say."""

    document: str  # its id, relative to the corpus's folder
    split: str
    metadata: Metadata
    passages: tuple[PassageLabel, ...]


def load_labels(paths: Iterable[Path]) -> tuple[Label, ...]:
    """The labels in files and folders, in their order.

    Raises:
        UsageError: a path doesn't exist, a line is no label, or a document is labelled twice.
    """
    labels: dict[str, Label] = {}
    for file in case_files(paths):
        for where, line in numbered_lines(file):
            label = parse_label(line, where)
            if label.document in labels:
                raise UsageError(f"{where}: {label.document} is labelled twice; remove one of the lines")
            labels[label.document] = label
    return tuple(labels.values())


def parse_label(line: str, where: str) -> Label:
    """The label that a line holds.

    Raises:
        UsageError: a key is missing, unknown, or of the wrong type.
    """
    record = parse_record(line, where)
    record.require(("document", "split", *FIELDS, "passages"))
    texts = {name: _text(record, name) for name in TEXTS}
    passages = [
        _passage(record.part("passages", value, ("quote", "status", "paragraph", "point")))
        for value in record.listed("passages")
    ]
    return Label(
        document=record.text("document"),
        split=record.choice("split", SPLITS),
        metadata=Metadata(**texts, recipients=record.texts("recipients", record.listed("recipients"))),
        passages=tuple(passages),
    )


def _passage(record: Record) -> PassageLabel:
    point = record.values["point"]
    if point is not None and (not isinstance(point, int) or isinstance(point, bool)):
        raise record.wrong("point", shown(point), "a whole number or null")
    return PassageLabel(record.text("quote"), record.choice("status", STATUSES), _text(record, "paragraph"), point)


def _text(record: Record, name: str) -> str | None:
    return None if record.values[name] is None else record.text(name)
