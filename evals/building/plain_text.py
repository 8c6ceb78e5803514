"""Plain text: hard-wrapped lines, tables in columns, form feeds in long documents."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from evals.building.blocks import (
    Block,
    Box,
    Bullets,
    Facts,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    Quote,
    Signatures,
    Table,
)
from evals.building.inline import plain
from evals.building.letterhead import MUNICIPALITY, footer_of, letterhead_of
from evals.building.source import Source

WIDTH = 72  # characters
PAGE_LINES = 58
GAP = "   "  # between the columns of a table
LEAST_FOLDED = 12  # characters: no column of a table is folded narrower
RULE = "-- "


def render_text(source: Source) -> bytes:
    """The document as text, in the encoding and with the line ends of the programs of its year."""
    letterhead = letterhead_of(source)
    pieces: list[list[str]] = []
    if letterhead:
        pieces.append([MUNICIPALITY, letterhead.sender, *letterhead.facts])
        if letterhead.recipients:
            pieces.append(["Till", *letterhead.recipients])
    pieces.append(wrapped(source.title.upper()))
    pieces += text_of(source.blocks)
    pieces.append([RULE, *(line for words in footer_of(source) for line in wrapped(words))])
    codec, line_end = _encoding(source)
    return (_paged(pieces) + "\n").replace("\n", line_end).encode(codec)


def _encoding(source: Source) -> tuple[str, str]:
    """Codec and line end by year: the municipality's programs changed, and archives keep what they wrote."""
    year = int(source.date[:4])
    if year <= 2018:
        return "cp1252", "\r\n"
    if year <= 2020:
        return "utf-16", "\r\n"
    return ("utf-8-sig", "\r\n") if year <= 2021 else ("utf-8", "\n")


def _paged(pieces: list[list[str]]) -> str:
    """Pieces with an empty line between; a form feed instead, where a piece no longer fits on the page."""
    text, used = "", 0
    for piece in pieces:
        if used and used + 1 + len(piece) > PAGE_LINES:
            text, used = text + "\n\n\f", 0
        elif used:
            text, used = text + "\n\n", used + 1
        text += "\n".join(piece)
        used += len(piece)
    return text


def text_of(blocks: tuple[Block, ...], width: int = WIDTH) -> list[list[str]]:
    """The lines of each block, a heading with those of the block below it."""
    pieces: list[list[str]] = []
    waiting: list[str] = []
    for block in blocks:
        lines = list(_lines(block, width))
        if isinstance(block, Heading):
            waiting += [*lines, ""]
        elif lines:
            pieces.append(waiting + lines)
            waiting = []
    return [*pieces, waiting] if waiting else pieces


def wrapped(words: str, width: int = WIDTH, first: str = "", rest: str = "") -> list[str]:
    """`words` in lines of at most `width` characters; forced breaks are kept."""
    lines: list[str] = []
    for number, part in enumerate(words.split("\n")):
        lead = rest if number else first
        lines += wrap(
            part, width, initial_indent=lead, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )
    return lines


def _lines(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading():
            words = plain(block.text)
            yield from wrapped(words.upper() if block.level < 3 else words, width)
            if block.level == 3:
                yield "-" * min(len(words), width)
        case Paragraph():
            yield from wrapped(plain(block.text), width)
        case Numbered():
            for number, item in enumerate(block.items, block.start):
                yield from wrapped(plain(item), width, f"{number}. ", " " * len(f"{number}. "))
        case Bullets():
            for item in block.items:
                yield from wrapped(plain(item), width, "- ", "  ")
        case Table():
            yield from table_lines(block, width)
        case Facts():
            for label, values in block.rows:
                for number, value in enumerate(values):
                    yield from wrapped(plain(value), width, f"{label}: " if number == 0 else "    ", "    ")
        case Signatures():
            yield from block.signers
        case Box():
            for number, text in enumerate(block.paragraphs):
                yield from ([""] if number else [])
                yield from wrapped(plain(text), width)
        case Quote():
            yield from (f"> {line}".rstrip() for line in block.lines)
        case PageBreak():
            return


def table_lines(table: Table, width: int = WIDTH) -> Iterator[str]:
    """The table in columns at least two spaces apart; a wide first column is folded onto more lines."""
    if table.caption:
        yield from wrapped(plain(table.caption), width)
        yield ""
    rows = [[plain(cell) for cell in row] for row in (table.head, *table.rows)]
    columns = range(len(rows[0]))
    widths = [max(len(row[column]) for row in rows) for column in columns]
    widest = max(columns, key=lambda column: widths[column])
    room = width - sum(widths) + widths[widest] - len(GAP) * (len(widths) - 1)
    widths[widest] = min(widths[widest], max(LEAST_FOLDED, room))
    for number, row in enumerate(rows):
        cells = [
            wrap(cell, widths[column], break_on_hyphens=False) or [""]
            for column, cell in zip(columns, row, strict=True)
        ]
        for depth in range(max(map(len, cells))):
            parts = [cell[depth] if depth < len(cell) else "" for cell in cells]
            yield GAP.join(
                _aligned(part, table.right[column], widths[column]) for column, part in enumerate(parts)
            ).rstrip()
        if number == 0:
            yield GAP.join("-" * wide for wide in widths)


def _aligned(words: str, right: bool, width: int) -> str:
    return words.rjust(width) if right else words.ljust(width)
