"""Training material: invented matters, and questions with the sentences that answer them.

A line of `evals/training/*.jsonl` is a matter: units (a memo, a §, a tariff) of a heading and sentences, and questions in
Swedish and English, each with the places `[unit, sentence]` of the sentences that answer it and of those that help but
should come after. Every other sentence of the matter doesn't answer it; a question may have no answer at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.model import Language
from ingest.errors import UsageError
from ingest.text_file import numbered_lines
from ingest.weights import PASSAGE_PROMPT

Place = tuple[int, int]  # a unit of the matter, a sentence of the unit


@dataclass(frozen=True)
class Unit:
    """A stretch of one document under one heading, as a passage would hold it."""

    header: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    """A question to a matter."""

    text: str
    language: Language
    kind: str
    answers: frozenset[Place]
    helps: frozenset[Place]  # half the answer, or what was proposed or held before


@dataclass(frozen=True)
class Matter:
    id: str
    units: tuple[Unit, ...]
    asks: tuple[Ask, ...]

    @property
    def places(self) -> Iterator[Place]:
        """Every sentence, in order."""
        return ((u, s) for u, unit in enumerate(self.units) for s in range(len(unit.sentences)))


def written(unit: Unit) -> tuple[str, list[tuple[int, int]]]:
    """A unit as the encoder sees a passage, and where in it its sentences stand."""
    text = f"{PASSAGE_PROMPT}{unit.header}\n"
    spans = []
    for number, sentence in enumerate(unit.sentences):
        text += " " if number else ""
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    return text, spans


def load(folder: Path) -> tuple[Matter, ...]:
    """The matters of all files in a folder and the folders below it.

    Raises:
        UsageError: there are none, a line can't be read, two matters have one id, or a place doesn't exist.
    """
    matters: dict[str, Matter] = {}
    for path in sorted(folder.rglob("*.jsonl")):
        for where, line in numbered_lines(path):
            try:
                matter = _matter(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise UsageError(f"{where}: no matter as evals/training/README.md says ({error})") from error
            if matter.id in matters:
                raise UsageError(f"{where}: a matter {matter.id} was there already; give it another id")
            matters[matter.id] = matter
    if not matters:
        raise UsageError(f"no training material in {folder}: name a folder with *.jsonl")
    return tuple(matters.values())


def _matter(written: dict[str, Any]) -> Matter:
    units = tuple(Unit(each["header"], tuple(each["sentences"])) for each in written["units"])
    places = {(u, s) for u, unit in enumerate(units) for s in range(len(unit.sentences))}
    return Matter(written["id"], units, tuple(_ask(each, places) for each in written["questions"]))


def _ask(written: dict[str, Any], places: set[Place]) -> Ask:
    answers, helps = _places(written["answers"]), _places(written["partial"])
    if beyond := (answers | helps) - places:
        raise ValueError(f"{written['q']!r} names sentences that are not there: {sorted(beyond)}")
    if written["lang"] not in ("sv", "en"):
        raise ValueError(f"{written['q']!r} is in neither sv nor en")
    return Ask(written["q"], written["lang"], written["kind"], answers, helps - answers)


def _places(written: Iterable[Iterable[int]]) -> frozenset[Place]:
    return frozenset((unit, sentence) for unit, sentence in written)
