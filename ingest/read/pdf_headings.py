"""Headings of a PDF: lines set larger or bolder than the text, or tagged as headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.read.pdf_text import PageText, TextLine

LARGER = 1.12  # times the size of the text
LARGER_BY_OCR = 1.2  # sizes measured on a picture are rough
SAME_SIZE = 0.04  # sizes that differ less are one style
MAX_LINES = 4
MAX_CHARS = 220
MIN_LETTERS = 2
DEEPEST = 3

Style = tuple[float, bool]  # font size in points, bold


def headings_of(pages: Sequence[PageText], aside: Sequence[frozenset[int]]) -> list[dict[int, int]]:
    """For each page the numbers of its heading lines, with their levels 1-3."""
    body = _body(pages, aside)
    if body is None:
        return [{} for _ in pages]
    found = [
        (place, block)
        for place, page in enumerate(pages)
        for block in _blocks(page, aside[place])
        if _is_heading(page, block, body)
    ]
    levels = _levels([pages[place].lines[block[0]] for place, block in found])
    headings: list[dict[int, int]] = [{} for _ in pages]
    for place, block in found:
        first = pages[place].lines[block[0]]
        headings[place].update(dict.fromkeys(block, first.level or levels[_style(first)]))
    return headings


def _style(line: TextLine) -> Style:
    return round(line.size, 1), line.bold


def _body(pages: Sequence[PageText], aside: Sequence[frozenset[int]]) -> Style | None:
    """The style most of the text is set in."""
    styles: Counter[Style] = Counter()
    for page, numbers in zip(pages, aside, strict=True):
        for number, line in enumerate(page.lines):
            if number not in numbers and line.table is None:
                styles[_style(line)] += line.end - line.start
    return styles.most_common(1)[0][0] if styles else None


def _blocks(page: PageText, aside: frozenset[int]) -> Iterator[list[int]]:
    """Paragraphs, as the numbers of their lines, without furniture and tables."""
    block: list[int] = []
    for number, line in enumerate(page.lines):
        if line.apart and block:
            yield block
            block = []
        if number not in aside and line.table is None:
            block.append(number)
    if block:
        yield block


def _is_heading(page: PageText, block: list[int], body: Style) -> bool:
    lines = [page.lines[number] for number in block]
    text = " ".join(page.text[line.start : line.end] for line in lines)
    if len(lines) > MAX_LINES or len(text) > MAX_CHARS or sum(map(str.isalpha, text)) < MIN_LETTERS:
        return False
    if all(line.level for line in lines):
        return True
    if not (text[0].isupper() or text[0].isdigit() or text[0] in '§”"') or text[-1] in ".,;":
        return False
    size, bold = body
    larger = all(line.size >= (LARGER_BY_OCR if page.recognised else LARGER) * size for line in lines)
    bolder = (
        all(line.bold for line in lines) and not bold and all(line.size >= (1 - SAME_SIZE) * size for line in lines)
    )
    return larger or bolder


def _levels(lines: Sequence[TextLine]) -> dict[Style, int]:
    """A level for each style of headings, from the largest down; tags, where there are some, say where to begin."""
    tagged: dict[Style, Counter[int]] = {}
    for line in lines:
        tagged.setdefault(_style(line), Counter())
        if line.level:
            tagged[_style(line)][line.level] += 1
    levels: dict[Style, int] = {}
    before: Style | None = None
    for style in sorted(tagged, reverse=True):
        if tagged[style]:
            levels[style] = tagged[style].most_common(1)[0][0]
        elif before is None:
            levels[style] = 1
        else:
            same = before[1] == style[1] and before[0] - style[0] <= SAME_SIZE * before[0]
            levels[style] = levels[before] if same else min(DEEPEST, levels[before] + 1)
        before = style
    return levels
