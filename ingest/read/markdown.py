"""Writing blocks out as the Markdown that the rest of the program understands.

Headings carry `#` marks, list items their number or `-`, table rows stand one a line with ` | ` between the cells, and a
blank line divides paragraphs. A paragraph is one line; a second line in it is a line break that its author made.
Emphasis and the targets of links are left out. The words are those of the document: nothing is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ingest.model import Span
from ingest.read import extract
from ingest.read.blocks import Block, Heading, Item, Paragraph
from ingest.read.extract import Extract, normalise
from ingest.read.tables import CELL_DIVIDER, Grid, Written, flatten
from ingest.read.tidy import one_line, tidy

MAX_LEVEL = 6
MAX_HEADING_CHARS = 250  # a longer "heading" is a paragraph in the wrong style
MAX_INDENT_LEVELS = 8
_INDENT = "  "
NOTES = "Fotnoter"
NOTES_LEVEL = 3  # where nothing else is a heading; higher, it would be taken for the title
_BLANK_LINE = "\n\n"


def extract_of(blocks: Sequence[Block], furniture: Iterable[str] = (), notes: tuple[extract.Note, ...] = ()) -> Extract:
    """The text of a document; `furniture` are groups of lines that stand on top and are set aside (its page headers)."""
    parts: list[str] = []
    position = 0
    aside: list[Span] = []
    tables: list[extract.Table] = []

    def append(part: str) -> int:
        """Add one part and give the offset at which it stands."""
        nonlocal position
        start = position
        parts.append(part)
        position += len(part) + len(_BLANK_LINE)
        return start

    for lines in filter(None, map(normalise, furniture)):
        start = append(lines)
        aside.append(Span(start, start + len(lines)))
    for part in _parts(flatten(blocks)):
        if isinstance(part, Grid):
            rows = [normalise(CELL_DIVIDER.join(row)) for row in part.rows]
            start = append("\n".join(rows))
            tables.append(extract.Table(tuple(_line_spans(rows, start)), part.header))
        else:
            append(normalise(part))
    text = _BLANK_LINE.join(parts)
    return Extract(f"{text}\n" if text else "", markup=True, aside=tuple(aside), tables=tuple(tables), notes=notes)


def with_notes(blocks: Sequence[Block], notes: Sequence[Sequence[Block]]) -> list[Block]:
    """The blocks with the foot- and endnotes after them, under a heading of their own and without numbers.

    The marks in the text that would refer to a number are left out: they would be read as figures ("375 000¹").
    """
    if not notes:
        return list(blocks)
    level = 1 if any(isinstance(block, Heading) for block in blocks) else NOTES_LEVEL
    below = (Paragraph(block.text) if isinstance(block, Item) else block for note in notes for block in note)
    return [*blocks, Heading(NOTES, level), *below]


def _parts(blocks: Iterable[Written]) -> Iterator[str | Grid]:
    """What blank lines divide: a heading, a paragraph, a whole list, a whole table."""
    for is_list, group in groupby(blocks, key=lambda block: isinstance(block, Item)):
        if is_list:
            if lines := list(filter(None, (_item(block) for block in group if isinstance(block, Item)))):
                yield "\n".join(lines)
            continue
        for block in group:
            if isinstance(block, Grid):
                yield block
            elif isinstance(block, Paragraph | Heading) and (written := _write(block)):
                yield written


def _write(block: Paragraph | Heading) -> str:
    if isinstance(block, Paragraph):
        return tidy(block.text)
    words = one_line(block.words)
    if len(words) > MAX_HEADING_CHARS:
        return words
    return f"{'#' * max(1, min(block.level, MAX_LEVEL))} {words}" if words else ""


def _item(item: Item) -> str:
    text = one_line(item.text)
    indent = _INDENT * min(max(item.depth, 0), MAX_INDENT_LEVELS)
    return f"{indent}{item.label} {text}" if text else ""


def _line_spans(lines: Iterable[str], start: int) -> Iterator[Span]:
    for line in lines:
        yield Span(start, start + len(line))
        start += len(line) + 1
