"""Headings: the title above the others, and headings that are marked only by bold or large letters, as many authors do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ingest.read.blocks import Block, Heading, Item, Paragraph
from ingest.read.tidy import one_line

MAX_CHARS = 100
MAX_ITEM_CHARS = 60  # a longer bold list item is a decision point, not a numbered heading
LEVEL = 3
TITLE_RATIO = 1.3  # of the size of the running text; from here up letters are those of a title
MAX_RUN = 2  # more bold paragraphs on end are emphasis, not headings


TITLE = 0  # level of the document's title, where its author marked it as such


def with_title(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the document's title at level 1; where it stands first the other headings move down by one."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    down = 1 if levels[:1] == [TITLE] else 0
    return [
        replace(block, level=block.level + down if block.level else 1) if isinstance(block, Heading) else block
        for block in blocks
    ]


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with short bold or large paragraphs above other text made headings of level 3.

    The first of them is the title (level 1) when it is larger than the running text and the document has no heading
    of its own that could be.
    """
    running = _running_points(blocks)
    titled = any(isinstance(block, Heading) and block.level <= 2 for block in blocks)
    result: list[Block] = []
    for may_head, group in groupby(blocks, key=lambda block: _may_head(block, running)):
        run = list(group)
        below = blocks[len(result) + len(run)] if len(result) + len(run) < len(blocks) else None
        among_items = isinstance(below, Item) and isinstance(run[-1], Item)
        if not may_head or below is None or isinstance(below, Heading) or len(run) > MAX_RUN or among_items:
            result.extend(run)
            continue
        for block in run:
            assert isinstance(block, Paragraph | Item)
            words = f"{block.label} {block.text}" if isinstance(block, Item) else block.text
            title = not titled and _is_large(block, running)
            titled = titled or title
            result.append(Heading(words, 1 if title else LEVEL))
    return result


def _may_head(block: Block, running: float | None) -> bool:
    if not isinstance(block, Paragraph | Item) or not (block.bold or _is_large(block, running)):
        return False
    if isinstance(block, Item) and (block.label == "-" or len(block.text) > MAX_ITEM_CHARS):
        return False
    words = one_line(block.text) if len(block.text) <= 2 * MAX_CHARS else ""
    return (
        0 < len(words) <= MAX_CHARS
        and "\n" not in block.text.strip()
        and (words[0].isupper() or words[0].isdigit() or words[0] == "§")
        and words[-1] not in ".,;!"
    )


def _is_large(block: Paragraph | Item, running: float | None) -> bool:
    return running is not None and block.points is not None and block.points >= TITLE_RATIO * running


def _running_points(blocks: Sequence[Block]) -> float | None:
    """The size most of the text is set in."""
    chars: Counter[float] = Counter()
    for block in blocks:
        if isinstance(block, Paragraph | Item) and block.points:
            chars[block.points] += len(block.text)
    return chars.most_common(1)[0][0] if chars else None
