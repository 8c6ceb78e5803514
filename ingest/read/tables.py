"""Tables: rows with merged cells become lines of text, tables that only place things on the page become paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.read.blocks import Block, Heading, Item, Paragraph, Table
from ingest.read.letterhead import paired
from ingest.read.tidy import one_line

CELL_DIVIDER = " | "
MAX_COLUMNS = 100
MAX_NESTED = 5  # tables this deep inside others place things; comparing their rows again at every depth would cost
MAX_REPEATED_CHARS = 60  # a cell merged downwards is said again in each of its rows when it is this short
MAX_CELL_CHARS = 1_000  # a longer cell is a column of running text, not a value
_FIGURE = re.compile(r"[-–+]?\d[\d\s.,]*(?:kr(?:onor)?(?:/\w+)?|tkr|mnkr|mkr|%|procent|st|km|m[²³])?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Grid:
    """A table of values: the texts of its cells row by row, each at its column, and whether the first row names the columns."""

    rows: list[list[str]]
    header: bool


Written = Heading | Paragraph | Item | Grid


def flatten(blocks: Iterable[Block], depth: int = 0) -> Iterator[Written]:
    """The blocks with layout tables replaced by what is in them and letterhead tables by their lines."""
    for block in blocks:
        if not isinstance(block, Table):
            yield block
            continue
        rows = rows_of(block) if depth < MAX_NESTED else []
        if _serves_layout(block, rows):
            for row in block.rows:
                for cell in row:
                    yield from flatten(cell.blocks, depth + 1)
        elif lines := paired(rows):
            yield Paragraph("\n".join(lines))
        else:
            yield Grid(rows, _names_columns(block, rows))


def _serves_layout(table: Table, rows: Sequence[Sequence[str]]) -> bool:
    """One row or one column, headings in cells, or cells as long as a page: no table of values. `rows` are its texts."""
    if table.layout or len(rows) <= 1 or all(sum(map(bool, row)) <= 1 for row in rows):
        return True
    cells = [cell for row in table.rows for cell in row]
    if any(isinstance(block, Heading) for cell in cells for block in cell.blocks):
        return True
    return any(len(words) > MAX_CELL_CHARS for row in rows for words in row)


def _names_columns(table: Table, rows: Sequence[Sequence[str]]) -> bool:
    """The document says so, or the first row looks like it."""
    return table.header or names_columns(rows)


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row holds words (or years) only and figures stand below it."""
    first = rows[0]
    has_figures = any(is_figure(words) for row in rows[1:] for words in row)
    figures_on_top = any(is_figure(words) and not _YEAR.fullmatch(words) for words in first)
    return has_figures and all(first[1:]) and not figures_on_top


def is_figure(words: str) -> bool:
    """Whether a cell holds a number and nothing else but its unit."""
    return bool(_FIGURE.fullmatch(words))


def rows_of(table: Table) -> list[list[str]]:
    """The texts of the cells row by row, each at its column; empty rows and empty cells at the end are left out."""
    rows: list[list[str]] = []
    below: dict[int, tuple[str, int]] = {}  # column: what the merged cell above says here, rows it still covers
    above: dict[int, str] = {}
    for cells in table.rows:
        row: dict[int, str] = {}
        column = 0
        said = False  # whether the row says anything that isn't said again from above
        for cell in cells:
            column = _pass_merged(row, below, column)
            if column >= MAX_COLUMNS:
                break
            width = max(1, min(cell.columns, MAX_COLUMNS - column))
            row[column] = _again(above.get(column, "")) if cell.continues else text_of(cell.blocks)
            if not cell.continues:
                above[column] = row[column]
                said = said or bool(row[column])
            for covered in range(column, column + width if cell.rows > 1 else column):
                below[covered] = (_again(row[column]) if covered == column else "", cell.rows - 1)
            column += width
        while column <= max(below, default=-1):
            column = _pass_merged(row, below, column) + 1
        if said:
            rows.append(
                [row.get(place, "") for place in range(max(place for place, words in row.items() if words) + 1)]
            )
    return rows


def _pass_merged(row: dict[int, str], below: dict[int, tuple[str, int]], column: int) -> int:
    """Fill the columns from `column` on that merged cells above cover; the first that none does."""
    while column in below:
        words, left = below.pop(column)
        row[column] = words
        if left > 1:
            below[column] = (words, left - 1)
        column += 1
    return column


def _again(words: str) -> str:
    return words if len(words) <= MAX_REPEATED_CHARS else ""


def text_of(blocks: Iterable[Block]) -> str:
    """All the words of some blocks on one line."""
    pieces: list[str] = []
    after_item = False
    for block in blocks:
        words = _words(block)
        if not words:
            continue
        is_item = isinstance(block, Item)
        if pieces:
            pieces.append("; " if is_item and after_item and pieces[-1][-1] not in ".,;:" else " ")
        pieces.append(words)
        after_item = is_item
    return "".join(pieces)


def _words(block: Block) -> str:
    if isinstance(block, Table):
        return " ".join(" ".join(filter(None, row)) for row in rows_of(block))
    if isinstance(block, Heading):
        return one_line(block.words)
    text = one_line(block.text)
    return f"{block.label} {text}" if isinstance(block, Item) and block.label != "-" and text else text
