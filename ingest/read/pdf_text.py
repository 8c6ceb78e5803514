"""The text of one page: lines become characters, each with its place on the page.

A page's text depends on that page alone, so that a quote can be found on it without reading the rest of the file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.read.pdf_fragments import Fragment, is_space
from ingest.read.pdf_hyphens import VOWELS, Seam, Spellings, seam, spellings_of
from ingest.read.pdf_paragraphs import Line
from ingest.read.pdf_signs import SOFT_HYPHEN
from ingest.read.pdf_word import ASCENT, DESCENT, Box, Frame

CELL_BREAK = " |"
Sign = tuple[str, Box | None]  # a character and its place; a space that nobody printed has none


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page's text, `text[start:end]`, and how it is set; lengths are in points."""

    start: int
    end: int
    box: Box
    size: float
    bold: bool
    level: int | None  # heading level by the tags of the file
    artifact: bool  # page furniture by the tags of the file
    table: int | None  # number of its table on the page
    header: bool  # whether it names the columns of its table
    apart: bool  # whether a blank line stands before it
    turned: bool  # whether it runs up or down the page


@dataclass(frozen=True)
class PageText:
    """The text of a page as shown, `width` by `height` points; `boxes` has the place of each character."""

    text: str
    lines: tuple[TextLine, ...]
    boxes: tuple[Box | None, ...]
    width: float
    height: float
    recognised: bool = False  # whether it was read by OCR


def page_text(lines: Sequence[tuple[Line, Frame]], size: tuple[float, float], recognised: bool = False) -> PageText:
    """Write the lines of a page one below the other, each with the frame it is read in."""
    spellings = spellings_of(line.text.rstrip("-") for line, _ in lines)
    written = [_signs(line, frame, spellings) for line, frame in lines]
    for place, ((upper, _), (lower, _)) in enumerate(pairwise(lines)):
        if upper.table is None and lower.table is None and not lower.apart:
            written[place], written[place + 1] = _close(written[place], written[place + 1], spellings)
    text: list[str] = []
    boxes: list[Box | None] = []
    done: list[TextLine] = []
    apart = False
    position = 0
    for (line, frame), signs in zip(lines, written, strict=True):
        apart = apart or line.apart
        if signs and signs[-1][0] == SOFT_HYPHEN:
            signs = signs[:-1]
        if not signs:
            continue
        if position:
            breaks = "\n\n" if apart else "\n"
            text.append(breaks)
            boxes.extend([None] * len(breaks))
            position += len(breaks)
        text.extend(sign for sign, _ in signs)
        boxes.extend(box for _, box in signs)
        done.append(_text_line(line, position, signs, apart, frame))
        position += len(signs)
        apart = False
    return PageText("".join(text), tuple(done), tuple(boxes), *size, recognised)


def _text_line(line: Line, start: int, signs: list[Sign], apart: bool, frame: Frame) -> TextLine:
    words = [word for cell in line.cells for fragment in cell for word in fragment.words]
    levels = {word.mark.level for word in words}
    boxes = [box for _, box in signs if box]
    return TextLine(
        start,
        start + len(signs),
        around(boxes),
        line.fragment.size,
        all(fragment.bold for cell in line.cells for fragment in cell),
        levels.pop() if len(levels) == 1 else None,
        all(word.mark.artifact for word in words),
        line.table,
        line.header,
        apart,
        frame.turns % 2 == 1,
    )


def around(boxes: Sequence[Box]) -> Box:
    """The smallest rectangle around some."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _signs(line: Line, frame: Frame, spellings: Spellings) -> list[Sign]:
    """The characters of a line; those of a table's row with marks between its cells."""
    if line.table is None and len(line.cells) == 1:
        return _cell_signs(line.cells[0], frame, spellings)
    signs: list[Sign] = []
    filled = max(number for number, cell in enumerate(line.cells) if cell)
    for number, cell in enumerate(line.cells[: filled + 1]):
        if number:
            signs.extend((sign, None) for sign in (CELL_BREAK if signs else CELL_BREAK.strip()))
        if cell:
            if signs:
                signs.append((" ", None))
            signs.extend(_cell_signs(cell, frame, spellings))
    return signs


def _cell_signs(cell: Sequence[Fragment], frame: Frame, spellings: Spellings) -> list[Sign]:
    """The lines of a cell, on one."""
    signs: list[Sign] = []
    for fragment in cell:
        below = _fragment_signs(fragment, frame)
        if signs:
            signs, below = _close(signs, below, spellings)
            if below:
                signs.append((" ", None))
        signs.extend(below)
    return signs


def _fragment_signs(fragment: Fragment, frame: Frame) -> list[Sign]:
    signs: list[Sign] = []
    before = None
    for word in fragment.words:
        if before is not None:
            glued = unicodedata.normalize("NFC", before.text + word.text) == before.text + word.text
            if is_space(before, word) or not glued:
                signs.append((" ", None))
        top, bottom = word.baseline - ASCENT * word.size, word.baseline + DESCENT * word.size
        last = len(word.text) - 1
        for place, (sign, (left, right)) in enumerate(zip(word.text, word.edges, strict=True)):
            if sign != SOFT_HYPHEN or (place == last and word is fragment.words[-1]):
                signs.append((sign, frame.out(Box(left, top, right, bottom))))
        before = word
    return signs


def _close(upper: list[Sign], lower: list[Sign], spellings: Spellings) -> tuple[list[Sign], list[Sign]]:
    """Two lines, after a word that both hold a part of has been put on the upper one."""
    above, below = "".join(sign for sign, _ in upper), "".join(sign for sign, _ in lower)
    how = seam(above, below, spellings)
    if how is Seam.LINES:
        return upper, lower
    rest = below.split(maxsplit=1)[0]
    kept = upper[:-1] if how is Seam.JOINED else upper
    if how is Seam.JOINED and len(kept) > 1 and kept[-1][0] == kept[-2][0] == below[0] and below[0] not in VOWELS:
        kept = kept[:-1]  # till-/lämpas: broken between its parts, a word gets its third consonant back
    return [*kept, *lower[: len(rest)]], lower[len(rest) + 1 :]
