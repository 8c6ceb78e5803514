"""Bands: parts of a page with text on both sides of a gap that no line crosses.

Its sides are columns of prose, short columns such as two signatures, a table without rules, or remarks in the margin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.read.pdf_fragments import Fragment, lines_of
from ingest.read.pdf_tables import Grid, gutters_of, is_amount

GUTTER = 1.0  # of the font size: the narrowest gap between columns
WIDE_GUTTER = 2.0  # with few lines beside each other the gap must be this wide, for wide spaces can meet by chance
FEW_LINES = 4
CHUNK_GAP = 2.6  # of the font size: a wider horizontal gap ends a band
ALIGNED = 0.25  # of the font size: baselines this near are one row
HEAD, FOOT = 0.15, 0.88  # shares of the page's height: columns above or below are those of a letterhead
LOOSE = 1.5  # of the font size: baselines further apart are not of one paragraph
CLOSE = 0.8  # of the font size: what follows no further below belongs to a column
FILLED = 0.6  # share of its column a line of prose fills
CONTINUED = 0.2  # share of the lines of prose that go on in lower case


@dataclass(frozen=True, slots=True)
class Item:
    """A fragment or a table with its place."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    content: Fragment | Grid


@dataclass(frozen=True)
class Band:
    """The items on either side of a gap; `shared` are those beside which there is text on the other side."""

    left: list[Item]
    right: list[Item]
    shared: list[Item]
    height: float  # of the part with text on both sides

    def rank(self, size: float) -> tuple[int, int]:
        """Of several bands, the highest one for fonts of this size, and among those the one with most text is taken."""
        return round(self.height / size), len(self.left) + len(self.right)


def best_band(items: list[Item]) -> Band | None:
    """The band with most text beside each other."""
    size = median(item.size for item in items)
    best: Band | None = None
    for x in _candidates(items, size):
        run: list[Item] = []
        bottom = 0.0
        for item in [*items, None]:
            crosses = item is None or (item.left < x + 0.4 * size and item.right > x - 0.4 * size)
            if run and (crosses or (item is not None and item.top > bottom + CHUNK_GAP * size)):
                band = _band(run, x, size)
                if band and (best is None or band.rank(size) > best.rank(size)):
                    best = band
                run = []
            if item is not None and not crosses:
                bottom = max(bottom, item.bottom) if run else item.bottom
                run.append(item)
    return best


def _candidates(items: list[Item], size: float) -> list[float]:
    """Places to the right of which something begins, just before it, and those where something ends."""
    begins = {round(item.left / 3): item.left - 0.5 * size for item in items}
    ends = {round(item.right / 3): item.right + 0.5 * size for item in items}
    return sorted({*begins.values(), *ends.values()})


def _band(run: list[Item], x: float, size: float) -> Band | None:
    """The run of items as a band, if there is enough text on both sides of `x`."""
    left = [item for item in run if item.right <= x]
    right = [item for item in run if item.left >= x]
    if not left or not right:
        return None
    top = max(min(item.top for item in side) for side in (left, right))
    bottom = min(max(item.bottom for item in side) for side in (left, right))
    sides = [
        [item for item in side if item.bottom > top + 0.3 * size and item.top < bottom - 0.3 * size]
        for side in (left, right)
    ]
    fewest, most = sorted(_line_count(side, size) for side in sides)
    gap = min(item.left for item in sides[1]) - max(item.right for item in sides[0]) if all(sides) else 0.0
    if fewest < 2 and not (fewest == 1 and any(isinstance(item.content, Grid) for item in run)):
        return None
    if gap < (WIDE_GUTTER if most < FEW_LINES else GUTTER) * size:
        return None
    return Band(left, right, [*sides[0], *sides[1]], bottom - top)


def _line_count(items: list[Item], size: float) -> int:
    """How many lines the items stand on."""
    count = 0
    last = float("-inf")
    for bottom in sorted(item.bottom for item in items):
        if bottom - last > 0.5 * size:
            count += 1
            last = bottom
    return count


def shared_part(band: Band, kind: str) -> list[Item]:
    """The items beside which there is text, with the lines right below that belong to a column; below a table none at its
    left edge, for there a new paragraph may begin."""
    top, bottom = min(item.top for item in band.shared), max(item.bottom for item in band.shared)
    edge = min(item.left for item in band.shared)
    size = median(item.size for item in band.shared)
    inside = []
    for item in sorted((*band.left, *band.right), key=lambda item: item.top):
        follows = item.top > top and item.top - bottom < CLOSE * size
        if follows and not (kind == "table" and item.left < edge + 0.5 * size):
            bottom = max(bottom, item.bottom)
        if top - 1 <= item.top and item.bottom <= bottom + 1:
            inside.append(item)
    return inside


def kind_of(band: Band, height: float) -> str:
    """Whether a band is columns of `prose`, short `columns`, a `table` or has remarks in its left `margin`."""
    fragments = [item.content for item in band.shared if isinstance(item.content, Fragment)]
    if len(fragments) < len(band.shared):
        return "columns"
    shared = {id(item) for item in band.shared}
    size = median(fragment.size for fragment in fragments)
    left = [item.content.baseline for item in band.left if id(item) in shared and isinstance(item.content, Fragment)]
    right = [item.content.baseline for item in band.right if id(item) in shared and isinstance(item.content, Fragment)]
    lines, beside = (
        _line_count([item for item in side if id(item) in shared], size) for side in (band.left, band.right)
    )
    smaller, larger = sorted((left, right), key=len)
    aligned = sum(any(abs(one - other) <= ALIGNED * size for other in larger) for one in smaller) / len(smaller)
    amounts = sum(is_amount(fragment.text) for fragment in fragments) / len(fragments)
    if amounts < CONTINUED and 2 * lines <= _line_count(band.right, size) and _line_count(band.left, size) == lines:
        return "margin"
    if aligned < 0.5:
        return "prose" if min(lines, beside) >= FEW_LINES else "columns"
    if (
        max(item.bottom for item in band.shared) < HEAD * height
        or min(item.top for item in band.shared) > FOOT * height
    ):
        return "columns"
    if amounts < CONTINUED and not _in_rows(fragments) and _is_prose(fragments):
        return "prose"
    if (
        amounts < CONTINUED and max(lines, beside) <= 2
    ):  # two names with their offices, or two labels with what they say
        return "columns" if max(left) - min(left) < LOOSE * size else "table"
    return "table"


def _in_rows(fragments: list[Fragment]) -> bool:
    """Whether the text of all columns begins at one height time and again, as paragraphs of prose don't: more often than
    not by chance, or below bold words over each column."""
    rows = lines_of(fragments)
    width = len(rows[0])
    begins = [row for above, row in pairwise(rows) if row[0].baseline - above[0].baseline > LOOSE * row[0].size]
    if width < 2 or any(len(row) != width for row in begins):
        return False
    header = all(fragment.bold for fragment in rows[0]) and not any(row[0].bold for row in rows[1:])
    return width + len(begins) >= (4 if header else 5)


def _is_prose(fragments: list[Fragment]) -> bool:
    """Whether most lines fill their column and many go on in lower case."""
    gutters = gutters_of(fragments)
    if not gutters:
        return False
    columns: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        columns.setdefault(sum(gutter < fragment.left + 0.3 * fragment.size for gutter in gutters), []).append(fragment)
    continued = sum(bool(re.match(r"[a-zåäöé]", fragment.text)) for fragment in fragments)
    if continued < CONTINUED * len(fragments):
        return False
    for column in columns.values():
        width = max(line.right for line in column) - min(line.left for line in column)
        if len(column) >= 3 and median(line.right - line.left for line in column) < FILLED * width:
            return False
    return all(len(column) >= 3 for column in columns.values())
