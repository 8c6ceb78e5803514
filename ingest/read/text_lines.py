"""A line of plain text as tables see it: where it stands, and where on it its words do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.model import Span

_FRAGMENT = re.compile(r"\S+(?:[ \u00a0\u202f]\S+)*")
_EMPHASIS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}")


@dataclass(frozen=True)
class Fragment:
    """Words of a line with no more than one space between them; `start` and `end` are its columns."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class TextLine:
    """One line as it is written, indentation included, and its offset in the text."""

    start: int
    written: str
    fragments: tuple[Fragment, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = (Fragment(match.start(), match.end(), match.group()) for match in _FRAGMENT.finditer(self.written))
        object.__setattr__(self, "fragments", tuple(found))

    @property
    def end(self) -> int:
        return self.start + len(self.written)

    @property
    def words(self) -> str:
        return self.written.strip()

    @property
    def span(self) -> Span:
        """Where its words stand."""
        begin = self.start + len(self.written) - len(self.written.lstrip())
        return Span(begin, begin + len(self.words))


def cell_words(parts: Iterable[str]) -> str:
    """The words of a cell, written in one part or more, on one line and without Markdown emphasis."""
    return _EMPHASIS.sub("", " ".join(" ".join(parts).split()))
