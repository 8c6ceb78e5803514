"""Head: what stands above a paper's text: letterhead, sender, labels with their values, recipients, title.

Some of it was set aside as page furniture, some the file's type makes headings or a table; here it is lines again, each cut
into the cells that tabs, runs of spaces or a table's strokes set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.elements import Element, Heading, Prose, plain_words
from ingest.lines import Line
from ingest.model import Span
from ingest.read.letterhead import is_label
from ingest.vocabulary import known_heading

_CELLS = re.compile(r"\s*\|\s*|\t+|\s{2,}")
_MARK = re.compile(r"^#{1,6}\s+|\\$")  # of a Markdown heading, or of a line that ends where it does
LABEL = re.compile(r"[A-ZÅÄÖ][\w-]{1,16}(?:\s\w+)?:(?:\s|$)")  # "Datum: …"
TEXT_CHARS = 50  # a paragraph from this length on that ends like a sentence is text
FURTHER_CHARS = 3000  # a head is never longer


@dataclass(frozen=True)
class Head:
    """The lines of a head in order, each its cells; an empty line is one without cells.

    `aside` holds the lines of page headers and footers, which bear the same facts on the pages that follow.
    """

    lines: tuple[tuple[str, ...], ...]
    aside: tuple[str, ...]
    end: int  # offset at which the text begins

    @property
    def cells(self) -> Iterator[str]:
        return (cell for line in self.lines for cell in line)

    def labelled(self, label: re.Pattern[str]) -> Iterator[list[str]]:
        """For each place of a label what it may mean, likeliest first: the rest of its line, then what stands below it.

        Below a row of labels stands a row of values.
        """
        for number, line in enumerate(self.lines):
            for place, cell in enumerate(line):
                match = label.match(cell)
                if match is None:
                    continue
                rest = cell[match.end() :].strip(" :")
                columns = not rest and len(line) > 1 and all(map(is_label, line))
                below = [below for below in self.lines[number + 1 : number + 4] if below]
                values = (
                    [below[place] for below in below if len(below) > place]
                    if columns
                    else [rest, *line[place + 1 :], *(first[0] for first in below)]
                )
                if found := [value for value in values if value]:
                    yield found

    def below(self, label: re.Pattern[str]) -> tuple[str, ...]:
        """The lines from one that begins with a label, the label cut off, to the next empty line or label; else nothing."""
        for number, line in enumerate(self.lines):
            match = label.match(line[0]) if line else None
            if match is None:
                continue
            found = [line[0][match.end() :].strip(" :")] if match.end() < len(line[0]) else []
            for below in self.lines[number + 1 :]:
                if not below:
                    if found:
                        break
                    continue
                if LABEL.match(below[0]):
                    break
                found.append(below[0])
            return tuple(filter(None, found))
        return ()


def head_of(lines: list[Line], aside: frozenset[int], elements: list[Element], title: Heading | None) -> Head:
    """The head of a document but for its title; `aside` are the indices of the lines that were set aside."""
    end = _end(elements)
    above = [
        ()
        if line.blank or number in aside
        else tuple(filter(None, (plain_words(cell).strip() for cell in _CELLS.split(_MARK.sub("", line.words)))))
        for number, line in enumerate(lines)
        if line.span.start < end and not (title and title.span.start <= line.span.start < title.span.end)
    ]
    beside = dict.fromkeys(plain_words(lines[number].words) for number in sorted(aside))
    return Head(tuple(above), tuple(beside), end)


def _end(elements: list[Element]) -> int:
    """Where the text begins: at the first prescribed heading, §, long paragraph or list."""
    for number, element in enumerate(elements):
        if isinstance(element, Heading):
            if element.paragraph or known_heading(element.words):
                return element.span.start
            continue
        below = elements[number + 1] if number + 1 < len(elements) else None
        if _is_text(element) and not (isinstance(below, Heading) and below.level == 1 and not below.paragraph):
            return element.pieces[0].start
    return _last(elements).end


def _is_text(prose: Prose) -> bool:
    words = " ".join(prose.words)
    if prose.rows:
        return False
    return (
        prose.item
        or (len(words) >= TEXT_CHARS and words.rstrip()[-1:] in ".:!?")
        or prose.pieces[0].start > FURTHER_CHARS
    )


def _last(elements: list[Element]) -> Span:
    if not elements:
        return Span(0, 0)
    last = elements[-1]
    return last.span if isinstance(last, Heading) else last.pieces[-1]
