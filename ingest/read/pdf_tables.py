"""Tables: words become rows and cells, by the tags of the file or by the gaps between columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.read.pdf_fragments import Fragment, fragments_of
from ingest.read.pdf_word import Word

Cell = tuple[Fragment, ...]  # its lines, from top to bottom

BIG_CELL_LINES = 6  # a cell with more is a text of its own, read after its neighbours on the left
CROSSED = 0.1  # share of the rows whose text may run across the gap between two columns
GUTTER = 0.6  # of the font size: the narrowest gap between two columns
TIGHT = 1.45  # of the font size: lines of one cell stand no further apart
APART, CLOSER = (
    1.25,
    1.12,
)  # times the distance of lines in a cell: rows stand further apart than the first, lines closer
_AMOUNT = re.compile(
    r"[-–−+±]?\s?\d[\d\s.,:]*\s?(?:kr|tkr|kkr|mkr|mnkr|miljoner kronor|kronor|%|procent|st|m²|kvm)?\.?|[-–−]"
)


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, where an empty cell is an empty tuple."""

    rows: tuple[tuple[Cell, ...], ...]
    header: bool  # whether the first row names the columns

    @property
    def fragments(self) -> list[Fragment]:
        return [line for row in self.rows for cell in row for line in cell]


def is_amount(text: str) -> bool:
    """Whether the text is nothing but a number, with or without its unit, or the dash that stands for none."""
    return bool(_AMOUNT.fullmatch(text))


def tagged_grids(words: Iterable[Word]) -> list[Grid]:
    """The tables the tags of the file tell of; tables that only serve the layout are left out."""
    tables: dict[int, dict[int, dict[int, list[Word]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    headers: dict[int, set[int]] = defaultdict(set)
    for word in words:
        if cell := word.mark.cell:
            tables[cell.table][cell.row][cell.column].append(word)
            if cell.header:
                headers[cell.table].add(cell.row)
    grids = []
    for number, rows in tables.items():
        width = 1 + max(column for row in rows.values() for column in row)
        cells = [tuple(cell_of(rows[row].get(column, ())) for column in range(width)) for row in sorted(rows)]
        grid = grid_of(cells, header=min(rows) in headers[number] or None)
        if grid and all(len(cell) <= BIG_CELL_LINES for row in grid.rows for cell in row) and _in_order(grid):
            grids.append(grid)
    return grids


def _in_order(grid: Grid) -> bool:
    """Whether the rows follow each other down the page; else the tags are wrong."""
    tops = [min(line.baseline for cell in row for line in cell) for row in grid.rows]
    return all(upper <= lower + 1 for upper, lower in pairwise(tops))


def cell_of(words: Iterable[Word]) -> Cell:
    return tuple(fragments_of(words))


def grid_of(rows: Iterable[tuple[Cell, ...]], header: bool | None = None) -> Grid | None:
    """A table of the rows that hold text, without the columns that hold none; None when that isn't two by two."""
    kept = [row for row in rows if any(row)]
    if len(kept) < 2:
        return None
    columns = [column for column in range(len(kept[0])) if any(row[column] for row in kept)]
    if len(columns) < 2 or sum(sum(map(bool, row)) > 1 for row in kept) < 2:
        return None
    cut = tuple(tuple(row[column] for column in columns) for row in kept)
    return Grid(cut, header=_names_columns(cut) if header is None else header)


def _names_columns(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row is a header: bold above what isn't, or words above columns of amounts."""
    first, rest = rows[0], rows[1:]
    if sum(map(bool, first)) < 2:
        return False
    if all(line.bold for cell in first for line in cell):
        return not all(line.bold for row in rest for cell in row for line in cell)
    amounts = [
        column
        for column in range(1, len(first))
        if first[column] and 2 * sum(_is_amounts(row[column]) for row in rest) > sum(bool(row[column]) for row in rest)
    ]
    return bool(amounts) and not any(_is_amounts(first[column]) and not _is_year(first[column]) for column in amounts)


def _is_amounts(cell: Cell) -> bool:
    return bool(cell) and all(is_amount(line.text) for line in cell)


def _is_year(cell: Cell) -> bool:
    return all(re.fullmatch(r"(?:19|20)\d\d", line.text) for line in cell)


def gutters_of(fragments: Sequence[Fragment]) -> list[float]:
    """Where the gaps between columns are: hardly a row's text crosses them, and text stands on both sides."""
    if not fragments:
        return []
    sizes = sorted(fragment.size for fragment in fragments)
    size = sizes[len(sizes) // 2]
    allowed = int(CROSSED * len({round(fragment.baseline) for fragment in fragments}))
    events = sorted(
        [(fragment.left, 1) for fragment in fragments] + [(fragment.right, -1) for fragment in fragments],
        key=lambda event: (event[0], -event[1]),
    )
    gutters = []
    crossing = 0
    opened: float | None = None
    for x, step in events[:-1]:
        crossing += step
        if crossing <= allowed:
            opened = x if opened is None else opened
        elif opened is not None:
            if x - opened >= GUTTER * size and opened > events[0][0]:
                gutters.append((opened + x) / 2)
            opened = None
    return gutters


def gap_grid(rows: Sequence[Sequence[Fragment]], gutters: Sequence[float]) -> Grid | None:
    """A table of rows whose columns are divided by `gutters`; a row that goes on with the one above joins it."""
    table: list[list[list[Fragment]]] = []
    before: Sequence[Fragment] = ()
    tight = _tight(rows)
    for row in rows:
        cells: list[list[Fragment]] = [[] for _ in range(len(gutters) + 1)]
        for fragment in row:
            cells[sum(gutter < fragment.left + 0.3 * fragment.size for gutter in gutters)].append(fragment)
        if table and _goes_on(cells, table[-1], row[0].baseline - before[0].baseline, tight):
            for column, cell in enumerate(cells):
                table[-1][column].extend(cell)
        else:
            table.append(cells)
        before = row
    return grid_of(tuple(map(tuple, cells)) for cells in table)


def _tight(rows: Sequence[Sequence[Fragment]]) -> float | None:
    """The distance between the lines of one cell, where it is clearly less than that between rows."""
    steps = sorted(lower[0].baseline - upper[0].baseline for upper, lower in pairwise(rows))
    if not steps or steps[0] > TIGHT * rows[0][0].size or steps[-1] < APART * steps[0]:
        return None
    return steps[0]


def _goes_on(cells: list[list[Fragment]], above: list[list[Fragment]], step: float, tight: float | None) -> bool:
    """Whether a row only continues cells of the row above: it stands closer to it than rows do; or close and either
    without a first cell, or with a first cell that goes on in lower case."""
    lines = [fragment for cell in cells for fragment in cell]
    if any(is_amount(fragment.text) for fragment in lines) or any(
        cell and not above[c] for c, cell in enumerate(cells)
    ):
        return False
    if tight is not None:
        return step < CLOSER * tight
    if step > TIGHT * lines[0].size:
        return False
    return not cells[0] or (len(lines) == 1 and cells[0][0].text[:1].islower())
