"""Layout: the fragments and tables of a page in the order a person reads them, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.read.pdf_bands import Item, best_band, kind_of, shared_part
from ingest.read.pdf_fragments import Fragment, lines_of
from ingest.read.pdf_tables import Grid, gap_grid, gutters_of

MAX_ITEMS = 1_500  # a page with more is read from top to bottom


@dataclass(frozen=True)
class Flow:
    """Fragments to be read from top to bottom."""

    fragments: tuple[Fragment, ...]


Block = Flow | Grid


def layout(fragments: Sequence[Fragment], grids: Sequence[Grid], height: float) -> list[Block]:
    """The blocks of a page, `height` points high, in reading order."""
    items = [_item(fragment) for fragment in fragments]
    items += [_item_of_grid(grid) for grid in grids]
    return list(_ordered(sorted(items, key=lambda item: (item.top, item.left)), height))


def _item(fragment: Fragment) -> Item:
    return Item(fragment.left, fragment.top, fragment.right, fragment.bottom, fragment.size, fragment)


def _item_of_grid(grid: Grid) -> Item:
    lines = grid.fragments
    return Item(
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
        median(line.size for line in lines),
        grid,
    )


def _ordered(items: list[Item], height: float) -> Iterator[Block]:
    """The blocks of some items, which are sorted from top to bottom."""
    band = best_band(items) if 3 < len(items) <= MAX_ITEMS else None
    if band is None:
        yield from _downwards(items)
        return
    kind = kind_of(band, height)
    inside = [*band.left, *band.right] if kind == "prose" else shared_part(band, kind)
    members = {id(item) for item in inside}
    middle = min(item.top for item in inside)
    outside = [item for item in items if id(item) not in members]
    yield from _ordered([item for item in outside if item.top < middle], height)
    left = [item for item in band.left if id(item) in members]
    right = [item for item in band.right if id(item) in members]
    if kind == "table" and (grid := _gap_grid(inside)):
        yield grid
    elif kind == "margin":
        yield from _beside(left, right)
    else:
        yield from _ordered(left, height)
        yield from _ordered(right, height)
    yield from _ordered([item for item in outside if item.top >= middle], height)


def _downwards(items: list[Item]) -> Iterator[Block]:
    """Fragments as flows, cut by the tables between them."""
    run: list[Fragment] = []
    for item in items:
        if isinstance(item.content, Fragment):
            run.append(item.content)
        else:
            if run:
                yield Flow(tuple(run))
            run = []
            yield item.content
    if run:
        yield Flow(tuple(run))


def _gap_grid(items: list[Item]) -> Grid | None:
    fragments = [item.content for item in items if isinstance(item.content, Fragment)]
    return gap_grid(lines_of(fragments), gutters_of(fragments))


def _beside(left: list[Item], right: list[Item]) -> Iterator[Block]:
    """Each remark in the margin before the line it stands beside."""
    groups: list[list[Item]] = []
    for item in left:
        if groups and item.top - groups[-1][-1].bottom < 0.5 * item.size:
            groups[-1].append(item)
        else:
            groups.append([item])
    rest = right
    for group in groups:
        before = [item for item in rest if item.bottom <= group[0].bottom - 0.5 * group[0].size]
        rest = rest[len(before) :]
        yield from _downwards(before)
        yield from _downwards(group)
    yield from _downwards(rest)
