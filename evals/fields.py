"""Fields: how well documents' metadata and the standing of their words are understood, held against labels.

A field is said when the program gives it a value, labelled when the paper has one. Precision is the share of what is said that
is right, recall the share of what is labelled that is said rightly. Values are compared folded (`evals.text.fold`);
recipients as sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evals.check import DocumentOf
from evals.labels import FIELDS, Label, PassageLabel
from evals.rates import wilson
from evals.text import contains, fold
from ingest.model import Block, Document, Section

PASSAGE_PARTS = ("status", "paragraph", "point")


@dataclass(frozen=True)
class Share:
    """Hits of n, with Wilson's 95 % interval."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """None over nothing."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.hits, self.n) if self.n else None

    def as_json(self) -> dict[str, Any]:
        return {"value": self.value, "n": self.n, "interval": self.interval}


@dataclass(frozen=True)
class Miss:
    """Something understood otherwise than labelled."""

    document: str
    what: str
    labelled: str
    found: str


@dataclass(frozen=True)
class FieldScores:
    """What came of holding documents against their labels."""

    documents: int
    absent: tuple[str, ...]  # labelled documents that aren't there, and count for nothing
    precision: Mapping[str, Share]  # by field
    recall: Mapping[str, Share]
    passages: Mapping[str, Share]  # accuracy of status, § and point
    misses: tuple[Miss, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "absent": list(self.absent),
            "fields": {
                name: {"precision": self.precision[name].as_json(), "recall": self.recall[name].as_json()}
                for name in FIELDS
            },
            "passages": {name: share.as_json() for name, share in self.passages.items()},
        }


def score_fields(
    labels: Iterable[Label], document_of: DocumentOf, tick: Callable[[], object] = lambda: None
) -> FieldScores:
    """Read each labelled document with `document_of` and compare; `tick` is called after each.

    Raises:
        DocumentError: a document can't be read.
    """
    compared: list[tuple[str, bool, bool, bool]] = []  # field, said, labelled, right
    judged: list[tuple[str, bool]] = []
    misses: list[Miss] = []
    absent: list[str] = []
    documents = 0
    for label in labels:
        document = document_of(label.document)
        tick()
        if document is None:
            absent.append(label.document)
            continue
        documents += 1
        for name in FIELDS:
            gold, found = getattr(label.metadata, name), getattr(document.metadata, name)
            right = _folded(gold) == _folded(found)
            compared.append((name, bool(found), bool(gold), right))
            if not right:
                misses.append(Miss(label.document, name, _shown(gold), _shown(found)))
        for passage in label.passages:
            for part, gold, found in _judge(passage, document):
                judged.append((part, gold == found))
                if gold != found:
                    misses.append(Miss(label.document, f"{part} of “{passage.quote}”", gold, found))
    return FieldScores(
        documents=documents,
        absent=tuple(absent),
        precision={
            name: _share(right for field, said, _, right in compared if field == name and said) for name in FIELDS
        },
        recall={name: _share(right for field, _, gold, right in compared if field == name and gold) for name in FIELDS},
        passages={part: _share(right for name, right in judged if name == part) for part in PASSAGE_PARTS},
        misses=tuple(misses),
    )


def _judge(label: PassageLabel, document: Document) -> Iterable[tuple[str, str, str]]:
    """Status, § and point of labelled words: as labelled, and as found."""
    section, block = _place(label, document)
    yield "status", label.status, section.status.value if section else "(not found)"
    yield "paragraph", _shown(label.paragraph), _shown(section.paragraph if section else None)
    yield "point", _shown(label.point), _shown(block.point if block else None)


def _place(label: PassageLabel, document: Document) -> tuple[Section | None, Block | None]:
    """Where the words stand: in the labelled § if they do, else the first place."""
    places = [
        (section, block)
        for section in document.sections
        for block in section.blocks
        if contains(" ".join(sentence.of(document.text) for sentence in block.sentences), label.quote)
    ]
    return next(
        (place for place in places if place[0].paragraph == label.paragraph), places[0] if places else (None, None)
    )


def _share(right: Iterable[bool]) -> Share:
    values = list(right)
    return Share(sum(values), len(values))


def _folded(value: str | tuple[str, ...] | None) -> object:
    if isinstance(value, tuple):
        return frozenset(map(fold, value))
    return None if value is None else fold(value)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(value) or "–"
    return "–" if value is None else str(value)
