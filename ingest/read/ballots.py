"""Ballots: the list of who voted for what, which exports of minutes write cell by cell, each on a line of its own.

Read as rows it says what no single cell does: "Eva Ek | X | 12 | Ledamot | Nej".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from ingest.model import Span
from ingest.read.extract import Table

COLUMNS = frozenset({"namn", "parti", "plats", "funktion", "resultat"})
MAX_CELLS_OF_ROW = 8  # five, a name on several lines included
MAX_BETWEEN = 12  # lines of a page break in the midst of a list

# One row, its lines joined by spaces: some exports put two cells on a line, so cells are told by what they hold.
_ROW = re.compile(
    r"(?P<name>[^\d|:()]+?) (?P<party>[A-ZÅÄÖ]{1,4}|-)(?: (?P<seat>\d{1,3}) (?P<function>(?:\d:e )?[^\d|]{2,30}?))?"
    r" (?P<vote>Ja|Nej|Avstår|Frånv(?:arande|\.)?|Kvittad)"
)


@dataclass(frozen=True)
class _Cell:
    """A line with words; `line` is its number in the text. A page break may stand in it, or on a line of its own before it."""

    line: int
    words: str
    opens_page: bool
    after_break: bool


@dataclass(frozen=True)
class _Row:
    """A row put together: the lines `first` to `last` become one."""

    first: int
    last: int
    words: str
    head: bool


def with_ballots(text: str) -> tuple[str, tuple[Table, ...]]:
    """The text with each row of such a list on one line, and the tables they make; without one, the text as it was.

    A list goes on after a page break; what the page break puts in between stays where it is and divides it into tables.
    """
    lines = text.split("\n")
    rows = _rows(_cells(lines))
    if not rows:
        return text, ()
    return _rewritten(lines, rows)


def _cells(lines: list[str]) -> list[_Cell]:
    cells: list[_Cell] = []
    broken = False
    for number, line in enumerate(lines):
        broken = broken or "\f" in line
        if words := line.strip():
            cells.append(_Cell(number, words, opens_page="\f" in line, after_break=broken))
            broken = False
    return cells


def _rows(cells: list[_Cell]) -> list[_Row]:
    rows: list[_Row] = []
    position = 0
    while position < len(cells):
        head = _head_at(cells, position)
        if not head:
            position += 1
            continue
        start = position
        position += len(head)
        body: list[_Row] = []
        between = 0
        while position < len(cells) and between <= MAX_BETWEEN and not _head_at(cells, position):
            size, row = _row_at(cells, position)
            if row:
                body.append(row)
                between = 0
            else:
                between += 1
            position += size
        if body:
            rows += [_row(cells[start : start + len(head)], head, is_head=True), *body]
            position -= between
    return rows


def _head_at(cells: list[_Cell], position: int) -> tuple[str, ...]:
    """The names of the columns, where a list begins; nothing elsewhere."""
    head: list[str] = []
    for cell in cells[position : position + len(COLUMNS)]:
        if cell.words.casefold() not in COLUMNS or cell.words in head or (head and cell.after_break):
            break
        head.append(cell.words)
    return tuple(head) if [words.casefold() for words in head[:2]] == ["namn", "parti"] else ()


def _row_at(cells: list[_Cell], position: int) -> tuple[int, _Row | None]:
    """The row that begins at `position` with the number of its cells, or one cell and no row."""
    row = cells[position : position + MAX_CELLS_OF_ROW]
    for size in range(1, len(row) + 1):
        if size > 1 and row[size - 1].after_break:
            break
        if match := _ROW.fullmatch(" ".join(cell.words for cell in row[:size])):
            return size, _row(row[:size], tuple(filter(None, match.groups())))
    return 1, None


def _row(cells: list[_Cell], words: tuple[str, ...], is_head: bool = False) -> _Row:
    return _Row(cells[0].line, cells[-1].line, ("\f" if cells[0].opens_page else "") + " | ".join(words), is_head)


def _rewritten(lines: list[str], rows: list[_Row]) -> tuple[str, tuple[Table, ...]]:
    """The lines with the rows in place of their cells, and tables of the rows that stand together."""
    written: list[str] = []
    places: list[tuple[int, _Row]] = []  # number of the written line
    following = 0
    for row in rows:
        between = lines[following : row.first]
        if any(line.strip() or "\f" in line for line in between) or row.head:
            written += between
        places.append((len(written), row))
        written.append(row.words)
        following = row.last + 1
    written += lines[following:]
    starts = [0]
    for line in written:
        starts.append(starts[-1] + len(line) + 1)
    tables: list[Table] = []
    tables_of = groupby(enumerate(places), key=lambda item: item[1][0] - item[0])
    for _, group in tables_of:
        run = [place for _, place in group]
        spans = [Span(starts[n] + row.words.startswith("\f"), starts[n] + len(row.words)) for n, row in run]
        tables.append(Table(tuple(spans), header=run[0][1].head))
    return "\n".join(written), tuple(tables)
