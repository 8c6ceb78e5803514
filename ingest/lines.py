"""Lines: the text as lines with positions, the grain that cleaning and structure work in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.glued import cuts_of, is_unwrapped
from ingest.model import Span

_LINE = re.compile(r"[^\n\f]*")


@dataclass(frozen=True)
class Line:
    """One line without its end; `span` covers its words, without the white space around them (empty for a blank line)."""

    span: Span
    words: str

    @property
    def blank(self) -> bool:
        return not self.words


def lines_of(text: str) -> Iterator[Line]:
    """All lines of `text`, in order; a form feed ends a line too, and so does a heading or point glued to what follows."""
    unwrapped = is_unwrapped(text)
    above_is_blank = True
    position = 0
    while position <= len(text):
        match = _LINE.match(text, position)
        assert match is not None  # the pattern matches the empty string
        words = match.group().strip()
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        cuts = cuts_of(words, above_is_blank) if unwrapped else ()
        for begin, end in zip((0, *cuts), (*cuts, len(words)), strict=True):
            piece = words[begin:end].rstrip()
            yield Line(Span(start + begin, start + begin + len(piece)), piece)
        above_is_blank = not words
        position = match.end() + 1


def paragraphs_of(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank one between them."""
    run: list[Line] = []
    for line in lines:
        if line.blank:
            if run:
                yield run
            run = []
        else:
            run.append(line)
    if run:
        yield run
