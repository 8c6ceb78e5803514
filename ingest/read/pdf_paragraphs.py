"""Paragraphs: the blocks of a page become lines, with a mark where a new paragraph begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.read.pdf_fragments import Fragment, fragment_of, lines_of
from ingest.read.pdf_layout import Block, Flow
from ingest.read.pdf_tables import BIG_CELL_LINES, Grid, is_amount

LEADING = 1.25  # of the font size: the usual distance between baselines, where the page doesn't tell
LOOSER = 1.18  # times the usual distance: lines further apart are paragraphs
MIN_LOOSER = 1.3  # of the font size: lines closer than this are one paragraph
OTHER_SIZE = 0.12  # a change of font size by this share begins a paragraph
FULL = 0.12  # of the width: a line that ends this near the right margin was wrapped
TAB_GAP = 3.0  # of the font size: words further apart on one line were set apart on purpose
INDENT = 0.8  # of the font size
FOOTNOTE_SIZE = 0.93  # of the page's usual size: footnotes are set smaller
FOOTNOTE_TOP = 0.5  # of the page's height: footnotes stand below
ENDS = (".", "!", "?", ":", ";", "”", '"')
_RAISED_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_ITEM = re.compile(r"(?:[•◦▪‣*–—-]|\(?\d{1,2}[.)]|\(?[a-zåäö][.)])\s")


@dataclass(frozen=True)
class Line:
    """One line of text: a fragment, or a row of a table (then `cells` are the lines of each of its cells).

    `apart` says that a blank line stands before it.
    """

    cells: tuple[tuple[Fragment, ...], ...]
    apart: bool
    table: int | None = None  # number of the table on the page
    header: bool = False  # whether it is the row that names the columns

    @property
    def fragment(self) -> Fragment:
        """Its first fragment, for its size and place."""
        return next(fragment for cell in self.cells for fragment in cell)

    @property
    def text(self) -> str:
        return " ".join(fragment.text for cell in self.cells for fragment in cell)


def lines_of_page(blocks: Sequence[Block], height: float) -> list[Line]:
    """The lines of a page, `height` points high, in reading order."""
    blocks = [part for block in blocks for part in _without_big_cells(block)]
    flows = [lines_of(block.fragments) for block in blocks if isinstance(block, Flow)]
    leading = _leading(flows)
    found: list[Line] = []
    tables = 0
    for block in blocks:
        if isinstance(block, Grid):
            for number, row in enumerate(block.rows):
                found.append(Line(row, number == 0, tables, number == 0 and block.header))
            tables += 1
        else:
            lines = list(_paragraphs(block, leading))
            if found and found[-1].table is None and _continues(found[-1].text, lines[0].text):
                lines[0] = replace(lines[0], apart=False)
            found.extend(lines)
    return _with_footnotes_before(found, height)


def _without_big_cells(block: Block) -> Iterator[Block]:
    """A row with long texts in its cells is no line of a table: the texts follow each other."""
    if isinstance(block, Flow):
        yield block
        return
    rows: list[tuple[tuple[Fragment, ...], ...]] = []
    for row in block.rows:
        if all(len(cell) <= BIG_CELL_LINES for cell in row):
            rows.append(row)
            continue
        if rows:
            yield Grid(tuple(rows), header=block.header and rows[0] == block.rows[0])
        rows = []
        yield from (Flow(cell) for cell in row if cell)
    if rows:
        yield Grid(tuple(rows), header=block.header and rows[0] == block.rows[0])


def _continues(upper: str, lower: str) -> bool:
    """Whether a paragraph runs on from one column or page to the next."""
    return not upper.endswith(ENDS) and lower[:1].islower()


def _leading(flows: list[list[list[Fragment]]]) -> float:
    """The distance between baselines inside paragraphs, in font sizes: the most frequent below a line that was wrapped."""
    seen: Counter[int] = Counter()
    for lines in flows:
        right = max(fragment.right for line in lines for fragment in line)
        left = min(line[0].left for line in lines)
        for upper, lower in pairwise(lines):
            size = upper[0].size
            if abs(lower[0].size - size) <= 0.05 * size and upper[-1].right >= right - FULL * (right - left):
                ratio = (lower[0].baseline - upper[0].baseline) / size
                if 0.8 <= ratio <= 2.6:
                    seen[round(20 * ratio)] += 1
    if not seen:
        return LEADING
    most = max(seen.values())
    return min(ratio for ratio, count in seen.items() if count >= 0.6 * most) / 20


def _paragraphs(flow: Flow, leading: float) -> Iterator[Line]:
    """The lines of one flow."""
    rows = lines_of(flow.fragments)
    left = Counter(round(row[0].left) for row in rows).most_common(1)[0][0]
    right = max(fragment.right for row in rows for fragment in row)
    margins = (left, right)
    before: list[Fragment] | None = None
    for row in rows:
        apart = before is None or _begins(before, row, leading, margins)
        for fragments in _set_apart(row):
            yield Line(fragments, apart)
            apart = False
        before = row


def _set_apart(row: list[Fragment]) -> Iterator[tuple[tuple[Fragment, ...], ...]]:
    """The cells of the lines a row makes: parts far from each other are lines of their own, but an amount stays with
    what it is the amount of."""
    cells: list[tuple[Fragment, ...]] = []
    for fragment in row:
        last = cells[-1][-1] if cells else None
        if last and fragment.left - last.right <= TAB_GAP * max(fragment.size, last.size):
            cells[-1] = (fragment_of([*last.words, *fragment.words]),)
        elif last is None or is_amount(fragment.text):
            cells.append((fragment,))
        else:
            yield tuple(cells)
            cells = [(fragment,)]
    yield tuple(cells)


def _begins(upper: list[Fragment], lower: list[Fragment], leading: float, margins: tuple[float, float]) -> bool:
    """Whether the line `lower` begins a paragraph."""
    above, below = upper[0], lower[0]
    size = max(above.size, below.size)
    if abs(above.size - below.size) > OTHER_SIZE * size or above.words[0].mark.level != below.words[0].mark.level:
        return True
    if below.baseline - above.baseline > max(LOOSER * leading, MIN_LOOSER) * size:
        return True
    left, right = margins
    full = upper[-1].right >= right - FULL * (right - left)
    first = below.text
    if above.bold != below.bold and not (full and (below.words[0].bold == above.words[-1].bold or first[:1].islower())):
        return not first[:1].islower()
    indented = below.left > above.left + INDENT * size and abs(above.left - left) < 0.5 * size
    ended = not full or upper[-1].text.endswith(ENDS)
    return indented and ended and not first[:1].islower() and not _ITEM.match(first)


def _with_footnotes_before(lines: list[Line], height: float) -> list[Line]:
    """Footnotes at the foot of a page, moved before its last paragraph when that runs on overleaf."""
    sizes = Counter(round(line.fragment.size, 1) for line in lines for _ in line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    starts = [number for number, line in enumerate(lines) if line.apart or number == 0]
    paragraphs = [lines[start:end] for start, end in pairwise([*starts, len(lines)])]
    notes = [number for number, paragraph in enumerate(paragraphs) if _is_footnote(paragraph, usual, height)]
    if not notes or not notes[0] or notes != list(range(notes[0], notes[0] + len(notes))):
        return lines
    body = paragraphs[: notes[0]]
    last = len(body) - 1
    end = body[last][-1].text.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")
    if body[last][-1].table is not None or end.endswith(ENDS) or body[last][-1].fragment.bold:
        return lines
    if last == 0 and body[0][0].text[:1].islower():
        return lines  # one paragraph from overleaf to overleaf
    while last and body[last - 1][0].fragment.bold and body[last - 1][0].table is None:
        last -= 1  # its headings go with it
    moved = [*body[:last], *(paragraphs[number] for number in notes), *body[last:], *paragraphs[notes[-1] + 1 :]]
    return [replace(line, apart=line.apart or number == 0) for part in moved for number, line in enumerate(part)]


def _is_footnote(paragraph: list[Line], usual: float, height: float) -> bool:
    first = paragraph[0].fragment
    return (
        first.size <= FOOTNOTE_SIZE * usual
        and first.baseline > FOOTNOTE_TOP * height
        and bool(_RAISED_MARK.match(first.text))
    )
