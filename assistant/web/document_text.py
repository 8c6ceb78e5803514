"""A stretch of a document's text as HTML: headings, paragraphs, list items and tables, with some words marked.

Only the shape of the lines and what the index knows (headings of sections, rows of tables) decide; whatever stands in the
text is shown as the characters it consists of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from assistant.library import Source
from assistant.markup import Html, element, join
from assistant.places import DIVIDER
from assistant.texts import DOCUMENT_LANGUAGE
from assistant.web.links import QUOTE_ID
from ingest.model import Span

Kind = Literal["heading", "item", "row", "lines", "paragraph"]
SHORT_LINE_CHARS = 55  # a paragraph of shorter lines is an address or the like: its lines are kept

_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\f\s*")
_ITEM = re.compile(r"\s*(?:[-–•▪*]|\d{1,3}[.)]|[a-zåäö]\))\s")
_MARKS_OF_HEADING = re.compile(r"\s*#{1,6}\s+")
_CELL_BREAK = re.compile(r"(?<!\S)\|(?!\S)")
_SIGNS_OF_RULE = frozenset(" |:+=-")  # a line of a table that only divides rows


@dataclass(frozen=True)
class _Block:
    kind: Kind
    span: Span


def document_text(source: Source, part: Span, marks: Sequence[Span], table_label: str, anchor: bool = True) -> Html:
    """The text of `part`, with `marks` marked; the first mark in it can be linked to, unless `anchor` is off.

    `table_label` is what tables are called: they can be scrolled, and so get the focus.
    """
    headings = {_plain(heading) for passage in source.passages for heading in (passage.section or "").split(DIVIDER)}
    heads = {
        (sentence.span.start, sentence.span.end)
        for passage in source.passages
        for sentence in passage.sentences
        if sentence.names_columns
    }
    within = [Span(max(m.start, part.start), min(m.end, part.end)) for m in marks]
    writer = _Writer(source.text, [mark for mark in within if mark.start < mark.end], table_label, anchor)
    blocks = _blocks(source.text, part, headings - {""})
    shown: list[Html] = []
    for is_row, group in groupby(blocks, key=lambda block: block.kind == "row"):
        if is_row:
            shown.append(writer.table([block.span for block in group], heads))
        else:
            shown.extend(map(writer.block, group))
    return element("div", *shown, class_="document", lang=DOCUMENT_LANGUAGE)


class _Writer:
    """Writes stretches of a text, those that are marked in `mark` elements."""

    def __init__(self, text: str, marks: Sequence[Span], table_label: str, anchor: bool) -> None:
        self._text = text
        self._table_label = table_label
        self._marks = marks
        self._anchor = QUOTE_ID if anchor else None

    def block(self, block: _Block) -> Html:
        match block.kind:
            case "heading":
                skipped = _MARKS_OF_HEADING.match(self._text, block.span.start, block.span.end)
                start = skipped.end() if skipped else block.span.start
                return element("h3", self.words(Span(start, block.span.end)))
            case "item":
                return element("p", self.words(block.span), class_="item")
            case "lines":
                return element("p", self.words(block.span), class_="lines")
            case _:
                return element("p", self.words(block.span))

    def table(self, rows: Sequence[Span], heads: Collection[tuple[int, int]]) -> Html:
        shown = []
        for row in rows:
            if "--" in row.of(self._text) and _SIGNS_OF_RULE.issuperset(row.of(self._text)):
                continue
            name = "th" if (row.start, row.end) in heads else "td"
            scope = "col" if name == "th" else None
            cells = (element(name, self.words(cell), scope=scope) for cell in _cells(self._text, row))
            shown.append(element("tr", *cells))
        table = element("table", element("tbody", *shown))
        return element("div", table, class_="table", tabindex="0", role="group", aria_label=self._table_label)

    def words(self, span: Span) -> Html:
        pieces: list[str] = []
        position = span.start
        for mark in self._marks:
            start, end = max(mark.start, span.start), min(mark.end, span.end)
            if start >= end or not self._text[start:end].strip():
                continue
            pieces.append(self._text[position:start])
            pieces.append(element("mark", self._text[start:end], id=self._anchor))
            self._anchor = None
            position = end
        return join([*pieces, self._text[position : span.end]])


def _blocks(text: str, part: Span, headings: Collection[str]) -> Iterator[_Block]:
    """The blocks of a part of the text, in order."""
    position = part.start
    for gap in [*_BREAK.finditer(text, part.start, part.end), None]:
        end = gap.start() if gap else part.end
        yield from _of_paragraph(text, Span(position, end), headings)
        position = gap.end() if gap else end


def _of_paragraph(text: str, span: Span, headings: Collection[str]) -> Iterator[_Block]:
    """The blocks of lines that no blank line divides."""
    lines = list(_lines(text, span))
    begun: list[Span] = []
    item = False

    def done() -> Iterator[_Block]:
        if begun:
            longest = max(line.end - line.start for line in begun)
            kept = len(begun) > 1 and longest <= SHORT_LINE_CHARS
            kind: Kind = "item" if item else "lines" if kept else "paragraph"
            yield _Block(kind, Span(begun[0].start, begun[-1].end))
            begun.clear()

    for line in lines:
        words = line.of(text)
        if _CELL_BREAK.search(words):
            yield from done()
            yield _Block("row", line)
        elif _MARKS_OF_HEADING.match(words) or _plain(words) in headings:
            yield from done()
            yield _Block("heading", line)
        else:
            if _ITEM.match(words):
                yield from done()
                item = True
            elif not begun:
                item = False
            begun.append(line)
    yield from done()


def _lines(text: str, span: Span) -> Iterator[Span]:
    """The lines that aren't blank, without the space around them."""
    for match in re.finditer(r"[^\n\f]+", text[span.start : span.end]):
        words = match.group()
        if words.strip():
            yield _stripped(text, span.start + match.start(), span.start + match.end())


def _cells(text: str, row: Span) -> Iterator[Span]:
    """The cells of a row; the marks before the first and after the last belong to none."""
    position = row.start
    breaks = list(_CELL_BREAK.finditer(text, row.start, row.end))
    for number, gap in enumerate(breaks):
        if not (number == 0 and gap.start() == row.start):
            yield _stripped(text, position, gap.start())
        position = gap.end()
    if position < row.end:
        yield _stripped(text, position, row.end)


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _plain(words: str) -> str:
    return " ".join(words.split()).lstrip("# ").casefold()
