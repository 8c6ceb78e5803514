"""Faithful: how well the check of a model's sentences tells true ones from false ones, on pairs of a quote and sentences about it.

A line of a file of pairs holds a quote with its standing, sentences that are true to it, and sentences that aren't, each with the fault it has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.llm.check import Nearness, check
from assistant.llm.source import Source
from assistant.model import Citation, Language
from ingest.text_file import numbered_lines

PAIRS = Path(__file__).parent / "sentences" / "pairs.jsonl"
HELD_OUT = (
    Path(__file__).parent / "sentences" / "held-out.jsonl"
)  # written after the rules, before they were tried on it


@dataclass(frozen=True)
class Pair:
    """A sentence about a source; `fault` is what is wrong with it, None when it is true."""

    source: Source
    sentence: str
    language: Language
    fault: str | None


@dataclass(frozen=True)
class Tally:
    """True sentences that were kept and false ones that were dropped, each of how many; and those judged wrongly."""

    kept: int
    true: int
    dropped: int
    false: int
    wrong: tuple[Pair, ...]


def load_pairs(file: Path) -> tuple[Pair, ...]:
    """Every sentence of a file of pairs."""
    return tuple(pair for _, line in numbered_lines(file) for pair in _pairs(json.loads(line)))


def tally(pairs: tuple[Pair, ...], near: Callable[[Language], Nearness]) -> Tally:
    """Check every sentence against its own source."""
    judged = [
        (pair, check(pair.sentence, (1,), {1: pair.source}, pair.language, near(pair.language))) for pair in pairs
    ]
    return Tally(
        kept=sum(pair.fault is None and checked.fault is None for pair, checked in judged),
        true=sum(pair.fault is None for pair in pairs),
        dropped=sum(pair.fault is not None and checked.fault is not None for pair, checked in judged),
        false=sum(pair.fault is not None for pair in pairs),
        wrong=tuple(pair for pair, checked in judged if (pair.fault is None) != (checked.fault is None)),
    )


def _pairs(line: dict[str, object]) -> Iterator[Pair]:
    values = {str(name): value for name, value in line.items()}
    quote = str(values["quote"])
    citation = replace(
        Citation.bare(str(values["document"]), 0, quote, str(values["status"])),
        municipality=_given(values, "municipality"),
        body=_given(values, "body"),
    )
    source = Source(quote, (citation,))
    true, false = values["faithful"], values["unfaithful"]
    assert isinstance(true, list)
    assert isinstance(false, list)
    for language, sentence in true:
        yield Pair(source, sentence, language, None)
    for fault, language, sentence in false:
        yield Pair(source, sentence, language, fault)


def _given(values: Mapping[str, object], name: str) -> str | None:
    return str(values[name]) if name in values else None
