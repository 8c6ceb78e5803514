"""Tables whose columns stand at least two spaces apart, perhaps with a dashed rule below the row that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.model import Span
from ingest.read.extract import Table
from ingest.read.tables import is_figure, names_columns
from ingest.read.text_lines import Fragment, TextLine, cell_words

_RULE = re.compile(r"\s*[-=_–—─]{2,}(?:\s+[-=_–—─]{2,})*\s*")
_UNFINISHED = re.compile(r"[,–-]$|\b(?:av|i|på|till|från|för|vid|med|och|eller|samt|inom|mellan)$")
_STROKE = re.compile(r"[-=_–—─]{2,}")
MIN_LINES = 3
MIN_GAP = 2  # spaces between two columns
MAX_HEADER_LINES = 4
MIN_FIGURES = 0.5  # share of the cells of one column that must be figures, where no rule shows a table


@dataclass(frozen=True)
class _Column:
    start: int
    end: int

    def holds(self, fragment: Fragment) -> bool:
        return fragment.start < self.end and self.start < fragment.end


@dataclass(frozen=True)
class _Row:
    lines: tuple[TextLine, ...]
    parts: tuple[tuple[str, ...], ...]  # of each cell, one for each line that it runs over

    @property
    def span(self) -> Span:
        return Span(self.lines[0].span.start, self.lines[-1].span.end)

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(map(cell_words, self.parts))


def aligned_tables(run: Sequence[TextLine]) -> list[Table]:
    """The tables in a run of lines without a blank one between them."""
    for number, line in enumerate(run):
        columns = [_Column(*stroke.span()) for stroke in _STROKE.finditer(line.written)]
        if number and len(columns) > 1 and _RULE.fullmatch(line.written):
            table = _ruled(run, number, columns)
            return [table] if table else []
    return [table for part in _stretches(run) if (table := _unruled(part))]


def _ruled(run: Sequence[TextLine], rule: int, columns: Sequence[_Column]) -> Table | None:
    """The table whose columns the strokes of line `rule` show."""
    header = _header(run, rule, columns)
    rows: list[_Row] = []
    rules = [run[rule]]
    for line in run[rule + 1 :]:
        if _RULE.fullmatch(line.written):
            rules.append(line)
            continue
        row = _row(line, columns)
        if row is None:
            break
        if rows and rules[-1].start < rows[-1].lines[-1].start and _goes_on(rows[-1], row, columns):
            rows[-1] = _joined(rows[-1], row)
        else:
            rows.append(row)
    if header is None or not rows:
        return None
    return _table([header, *rows], rules, header=True)


def _header(run: Sequence[TextLine], rule: int, columns: Sequence[_Column]) -> _Row | None:
    """The row above the rule; its names may run over several lines."""
    header = _row(run[rule - 1], columns)
    if header is None or sum(map(bool, header.cells)) < len(columns) - 1:
        return _header_of_lines(run, rule, columns) if header else None
    for line in reversed(run[max(0, rule - MAX_HEADER_LINES) : rule - 1]):
        above = _row(line, columns)
        if above is None or not any(above.cells[1:]):
            break
        header = _joined(above, header)
    return header


def _header_of_lines(run: Sequence[TextLine], rule: int, columns: Sequence[_Column]) -> _Row | None:
    """As `_header`, where the lowest line holds the end of some names only."""
    header: _Row | None = None
    for line in reversed(run[max(0, rule - MAX_HEADER_LINES) : rule]):
        row = _row(line, columns)
        if row is None:
            break
        header = _joined(row, header) if header else row
        if sum(map(bool, header.cells)) >= len(columns) - 1:
            return header
    return None


def _row(line: TextLine, columns: Sequence[_Column]) -> _Row | None:
    """The line's words by column; None when some stand in two columns or in none."""
    parts: list[list[str]] = [[] for _ in columns]
    for fragment in line.fragments:
        places = [place for place, column in enumerate(columns) if column.holds(fragment)]
        if len(places) != 1:
            return None
        parts[places[0]].append(fragment.words)
    return _Row((line,), tuple(map(tuple, parts)))


def _joined(upper: _Row, lower: _Row) -> _Row:
    cells = zip(upper.parts, lower.parts, strict=True)
    return _Row((*upper.lines, *lower.lines), tuple((*above, *below) for above, below in cells))


def _goes_on(above: _Row, row: _Row, columns: Sequence[_Column]) -> bool:
    """Whether a line with words in one column only ends a cell that was too long for its column."""
    filled = [place for place, parts in enumerate(row.parts) if parts]
    if len(filled) != 1 or not above.parts[filled[0]]:
        return False
    column = columns[filled[0]]
    first = row.parts[filled[0]][0].split()[0]
    last = above.parts[filled[0]][-1]
    unfinished = not first[0].isupper() or _UNFINISHED.search(last) is not None
    return unfinished and len(last) + 1 + len(first) > column.end - column.start


def _stretches(run: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Lines on end that have gaps in them, and the strokes between those."""
    stretch: list[TextLine] = []
    for line in run:
        if "\t" not in line.written and (len(line.fragments) > 1 or (stretch and _RULE.fullmatch(line.written))):
            stretch.append(line)
        else:
            yield stretch
            stretch = []
    yield stretch


def _unruled(stretch: Sequence[TextLine]) -> Table | None:
    """The table whose columns the gaps between them show; the topmost line may be out of line with the others."""
    rules = [line for line in stretch if _RULE.fullmatch(line.written)]
    lines = [line for line in stretch if line not in rules]
    if len(lines) < MIN_LINES:
        return None
    columns = _columns(lines)
    names = _row(lines[0], columns)
    if len(columns) < 2 or names is None or max(map(len, names.parts)) > 1:
        columns = _columns(lines[1:])
        if len(columns) != len(lines[0].fragments) or len(lines) <= MIN_LINES:
            return None
        names = _Row((lines[0],), tuple((fragment.words,) for fragment in lines[0].fragments))
    rows = [names, *(row for line in lines[1:] if (row := _row(line, columns)))]
    cells = [row.cells for row in rows]
    if len(columns) < 2 or not _holds_figures(cells):
        return None
    ruled_off = any(lines[0].start < rule.start < lines[1].start for rule in rules)
    return _table(rows, rules, ruled_off or names_columns(cells))


def _columns(lines: Sequence[TextLine]) -> list[_Column]:
    """What lies between the gaps that go through all lines."""
    width = max(len(line.written) for line in lines)
    free = [True] * width
    for line in lines:
        for fragment in line.fragments:
            free[fragment.start : fragment.end] = [False] * (fragment.end - fragment.start)
    taken = [place for place in range(width) if not free[place]]
    columns = [_Column(taken[0], taken[0] + 1)]
    for place in taken[1:]:
        if place - columns[-1].end >= MIN_GAP:
            columns.append(_Column(place, place + 1))
        else:
            columns[-1] = _Column(columns[-1].start, place + 1)
    return columns


def _holds_figures(cells: Sequence[Sequence[str]]) -> bool:
    """Whether a column beside the first holds figures mostly: a letterhead or text in two columns doesn't."""
    below = cells[1:]
    return any(
        sum(is_figure(row[place]) for row in below) >= MIN_FIGURES * len(below) for place in range(1, len(below[0]))
    )


def _table(rows: Sequence[_Row], rules: Sequence[TextLine], header: bool) -> Table:
    return Table(
        tuple(row.span for row in rows),
        header=header,
        cells=tuple(row.cells for row in rows),
        rules=tuple(rule.span for rule in rules),
    )
