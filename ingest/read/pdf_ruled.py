"""Tables with rules: the lines drawn on a page say where the cells are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.read.pdf_fragments import fragments_of, lines_of, rows_of
from ingest.read.pdf_rules import TOUCH, Drawing, Rule
from ingest.read.pdf_tables import Cell, Grid, cell_of, gap_grid, grid_of, gutters_of, is_amount
from ingest.read.pdf_word import Word

MAX_PAIRS = 250_000  # of horizontal and vertical rules; a drawing has more
MIN_RULES = 3  # as many rules of one length above each other make a table without vertical rules
MAX_ROW_HEIGHT = 220.0  # points; rules further apart are not of one table
HEADER_GAP = 1.6  # of the font size: a header stands no higher above the first rule
FEW_RULES = 3  # spaces between rules: with more, each holds a row


def ruled_grids(words: Sequence[Word], drawing: Drawing) -> list[Grid]:
    """The tables that rules show."""
    if len(drawing.horizontal) * len(drawing.vertical) > MAX_PAIRS:
        return []
    grids = []
    taken: set[int] = set()
    for across, down in _meshes(drawing):
        left, right = min(rule.start for rule in across), max(rule.end for rule in across)
        xs, ys = _places([left, right, *(rule.at for rule in down)]), _places([rule.at for rule in across])
        inside = [word for word in words if xs[0] <= word.middle <= xs[-1] and ys[0] <= _height(word) <= ys[-1]]
        grid = _ruled_grid([word for word in inside if id(word) not in taken], xs, ys, across, down)
        if grid:
            taken.update(id(word) for line in grid.fragments for word in line.words)
            grids.append(grid)
    for across in _ladders(drawing, words):
        grid = _ladder_grid([word for word in words if id(word) not in taken], across)
        if grid:
            taken.update(id(word) for line in grid.fragments for word in line.words)
            grids.append(grid)
    return grids


def _ladder_grid(words: Sequence[Word], across: list[Rule]) -> Grid | None:
    """The table between horizontal rules, and the row above the first when that is its header."""
    left, right = across[0].start - TOUCH, across[0].end + TOUCH
    ys = [rule.at for rule in across]
    beside = [word for word in words if left <= word.middle <= right]
    inside = [word for word in beside if ys[0] <= _height(word) <= ys[-1]]
    gutters = gutters_of(fragments_of(inside))
    if not gutters:
        return None
    above = rows_of(word for word in beside if 0 < ys[0] - _height(word) < HEADER_GAP * word.size)
    if above and len(fragments := fragments_of(above[-1])) > 1:
        columns = {sum(gutter < fragment.left + 0.3 * fragment.size for gutter in gutters) for fragment in fragments}
        if len(columns) == len(fragments):
            inside = [*above[-1], *inside]
            ys = [min(word.top for word in above[-1]), *ys]
    rows = [len(rows_of(word for word in inside if upper <= _height(word) < lower)) for upper, lower in pairwise(ys)]
    if len(rows) <= FEW_RULES and max(rows) > 2:  # rules around the table and below its header only
        return gap_grid(lines_of(fragments_of(inside)), gutters)
    down = [Rule(x, ys[0], ys[-1]) for x in gutters]
    return _ruled_grid(inside, [left, *gutters, right], ys, [*across, Rule(ys[0], left, right)], down)


def _height(word: Word) -> float:
    return word.baseline - 0.3 * word.size


def _places(values: list[float]) -> list[float]:
    """The values in order, those closer than two touching rules as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > 2 * TOUCH:
            places.append(value)
    return places


def _meshes(drawing: Drawing) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of horizontal and vertical rules that touch each other, at least two of the first and one of the second."""
    group: dict[tuple[str, int], int] = {}
    members: dict[int, list[tuple[str, int]]] = {}
    for h, across in enumerate(drawing.horizontal):
        for v, down in enumerate(drawing.vertical):
            if (
                across.start - TOUCH <= down.at <= across.end + TOUCH
                and down.start - TOUCH <= across.at <= down.end + TOUCH
            ):
                one, other = (group.get(key) for key in (("h", h), ("v", v)))
                target = one if one is not None else other if other is not None else len(members)
                members.setdefault(target, [])
                for key, old in ((("h", h), one), (("v", v), other)):
                    moved = [key] if old is None else members.pop(old) if old != target else []
                    members[target].extend(moved)
                    group.update(dict.fromkeys(moved, target))
    meshes = []
    for keys in members.values():
        across_rules = [drawing.horizontal[number] for kind, number in keys if kind == "h"]
        down_rules = [drawing.vertical[number] for kind, number in keys if kind == "v"]
        if len(across_rules) >= 2 and down_rules:
            meshes.append((across_rules, down_rules))
    return meshes


def _ladders(drawing: Drawing, words: Sequence[Word]) -> list[list[Rule]]:
    """Runs of horizontal rules of one length above each other, with text between them."""
    ladders: list[list[Rule]] = []
    for rule in sorted(drawing.horizontal, key=lambda rule: rule.at):
        for ladder in ladders:
            last = ladder[-1]
            if (
                abs(last.start - rule.start) <= TOUCH
                and abs(last.end - rule.end) <= TOUCH
                and TOUCH < rule.at - last.at <= MAX_ROW_HEIGHT
                and any(last.at < _height(word) < rule.at and rule.start <= word.middle <= rule.end for word in words)
            ):
                ladder.append(rule)
                break
        else:
            ladders.append([rule])
    return [ladder for ladder in ladders if len(ladder) >= MIN_RULES]


def _ruled_grid(
    words: list[Word], xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> Grid | None:
    """The words in the cells between the places `xs` and `ys`; cells without a rule between them are one."""
    if len(xs) < 3 or len(ys) < 3:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    cells: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in words:
        column = sum(x < word.middle for x in xs[1:-1])
        row = sum(y < _height(word) for y in ys[1:-1])
        while column and not _divides(down, xs[column], (ys[row] + ys[row + 1]) / 2):
            column -= 1
        while row and not _divides(across, ys[row], (xs[column] + xs[column + 1]) / 2):
            row -= 1
        cells[row, column].append(word)
    lines = [
        line
        for row in range(rows)
        for line in _by_baseline([cell_of(cells.get((row, column), ())) for column in range(columns)])
    ]
    return grid_of(lines)


def _divides(rules: list[Rule], at: float, through: float) -> bool:
    """Whether a rule stands at `at` and passes `through`."""
    return any(abs(rule.at - at) <= 2 * TOUCH and rule.start - TOUCH <= through <= rule.end + TOUCH for rule in rules)


def _by_baseline(cells: list[Cell]) -> list[tuple[Cell, ...]]:
    """The rows between two rules: several where a column holds an amount on each line."""
    ladder = next(
        (cell for cell in cells if len(cell) >= MIN_RULES and all(is_amount(line.text) for line in cell)), None
    )
    if ladder is None:
        return [tuple(cells)]
    bounds = [line.baseline - 0.9 * line.size for line in ladder[1:]]
    return [
        tuple(
            tuple(line for line in cell if sum(bound < line.baseline - 0.3 * line.size for bound in bounds) == number)
            for cell in cells
        )
        for number in range(len(ladder))
    ]
