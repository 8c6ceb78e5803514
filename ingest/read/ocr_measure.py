"""Measures: the slope, size, baseline and weight of lines that Tesseract saw on a picture.

A scan lies a little askew. A slope is how far lines fall for each dot to the right; baselines are given where the line,
so continued, would cross the left edge of the picture, so that those of one row agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from PIL import Image

from ingest.read.ocr_ink import Ink
from ingest.read.pdf_word import Word, spread

_ASCENDING = re.compile(r"[A-ZÅÄÖÉ0-9bdfhklt§åäöi!?()/]")
_DESCENDING = re.compile(r"[gjpqy,;§()/Q]")
# Height of a word's ink as a share of the font size, by whether it has letters that reach up, and down.
_HEIGHT = {(True, True): 0.93, (True, False): 0.71, (False, True): 0.70, (False, False): 0.49}
DEPTH = 0.21  # how far letters reach below the baseline, as a share of the font size
SAME_SIZE = 0.12  # sizes that differ less from the page's usual one are measured badly, not meant
FEW_SIGNS, SMALLER = 8, 0.2  # of fewer signs the size is measured worse still: "sätt." seems small, its dots left out
MIN_SLOPED_WORDS, MIN_SLOPED_LINES = 4, 3  # fewer words in a line, or fewer lines, tell nothing about the slope
BOLD = 1.35  # times the ink of the page's usual letters
MIN_WEIGHED_SIGNS = 4
DARK = 128  # of 256 shades of grey
# What is made of a round bullet, and the gap after it as a share of the font size: signs, and letters.
_MISREAD_BULLETS = {**dict.fromkeys("« » . .« + * © ® ¢ °".split(), 0.15), **dict.fromkeys("eo", 0.5)}
ABOVE, BELOW = 0.92, 0.32  # shares of the font size: what is cut out of a line to be read again


@dataclass(frozen=True)
class Strip:
    """Where a line that is read again stands: its baseline on the sheet and on the picture."""

    top: float
    bottom: float
    baseline: float
    origin: float


def slope_of(lines: Sequence[Sequence[Ink]]) -> float:
    """How far the lines fall for each dot to the right; 0 where there are too few long ones to tell."""
    slopes = []
    for inks in lines:
        if len(inks) >= MIN_SLOPED_WORDS:
            size = size_of(inks)
            feet = [(ink.middle, _foot(ink, size)) for ink in inks]
            third = max(1, len(feet) // 3)
            (x0, y0), (x1, y1) = (
                (median(x for x, _ in part), median(y for _, y in part)) for part in (feet[:third], feet[-third:])
            )
            if x1 > x0:
                slopes.append((y1 - y0) / (x1 - x0))
    return median(slopes) if len(slopes) >= MIN_SLOPED_LINES else 0.0


def size_of(inks: Sequence[Ink]) -> float:
    """The font size, in dots, that the heights of a line's words speak of."""
    letters = [_size(ink) for ink in inks if sum(map(str.isalnum, ink.text)) >= 2]
    return max(1.0, median(letters or [_size(ink) for ink in inks]))


def baseline_of(inks: Sequence[Ink], size: float, slope: float) -> float:
    return median(_foot(ink, size) - slope * ink.middle for ink in inks)


def _size(ink: Ink) -> float:
    return (ink.bottom - ink.top) / _HEIGHT[bool(_ASCENDING.search(ink.text)), bool(_DESCENDING.search(ink.text))]


def _foot(ink: Ink, size: float) -> float:
    """The baseline below a word."""
    return ink.bottom - (DEPTH * size if _DESCENDING.search(ink.text) else 0)


def words_of(
    lines: Sequence[Sequence[Ink]], picture: Image.Image, slope: float, scale: float
) -> tuple[tuple[Word, ...], ...]:
    """The words of each line with its baseline, font size and weight; `scale` is points to a dot of the picture."""
    sizes = [size_of(inks) for inks in lines]
    by_sign = sorted(size for inks, size in zip(lines, sizes, strict=True) for ink in inks for _ in ink.text)
    usual = by_sign[len(by_sign) // 2] if by_sign else 0.0
    weights = [_weight(inks, size, picture) for inks, size in zip(lines, sizes, strict=True)]
    regular = median([weight for weight in weights if weight] or [0.0])
    found = []
    order = 0
    for inks, measured, weight in zip(lines, sizes, weights, strict=True):
        bold = weight > BOLD * regular and measured >= (1 - SAME_SIZE) * usual
        smaller = SMALLER if sum(len(ink.text) for ink in inks) < FEW_SIGNS else SAME_SIZE
        size = usual if -smaller * usual < measured - usual < SAME_SIZE * usual else measured
        baseline = baseline_of(inks, size, slope)
        words = []
        for ink in _with_bullet(inks, size):
            text, edges = spread(ink.text, ink.left * scale, ink.right * scale)
            words.append(Word(text, edges, baseline * scale, size * scale, bold, order=order))
            order += 1
        found.append(tuple(words))
    return tuple(found)


def _weight(inks: Sequence[Ink], size: float, picture: Image.Image) -> float:
    """How many dots of ink a sign has, as a share of the square of the font size; 0 where there is too little to tell."""
    signs = sum(sum(map(str.isalnum, ink.text)) for ink in inks)
    if signs < MIN_WEIGHED_SIGNS:
        return 0.0
    boxes = [(int(ink.left), int(ink.top), int(ink.right) + 1, int(ink.bottom) + 1) for ink in inks]
    return sum(sum(picture.crop(box).histogram()[:DARK]) for box in boxes) / signs / size**2


def _with_bullet(inks: Sequence[Ink], size: float) -> list[Ink]:
    """The line with what was made of a round bullet in front of it as one."""
    gap = _MISREAD_BULLETS.get(inks[0].text)
    if gap is not None and len(inks) > 1 and inks[1].left - inks[0].right > gap * size:
        return [replace(inks[0], text="•"), *inks[1:]]
    return list(inks)


def cut_out(lines: Sequence[Sequence[Ink]], picture: Image.Image, slope: float) -> tuple[Image.Image, list[Strip]]:
    """The lines on a sheet of their own, each set straight word by word and at its old distance from the left edge."""
    strips = []
    height = 0.0
    for inks in lines:
        size = size_of(inks)
        depth = (ABOVE + BELOW) * size
        strips.append(Strip(height, height + depth, height + ABOVE * size, baseline_of(inks, size, slope)))
        height += 2 * depth
    sheet = Image.new("L", (picture.width, int(height) + 1), 255)
    for inks, strip in zip(lines, strips, strict=True):
        size = size_of(inks)
        between = [(before.right + ink.left) / 2 for before, ink in pairwise(inks)]
        for left, right in pairwise(sorted([inks[0].left - size, *between, inks[-1].right + size])):
            baseline = strip.origin + slope * (left + right) / 2
            top, bottom = baseline - ABOVE * size, baseline + BELOW * size
            x0, y0 = max(0, int(left)), max(0, int(top))
            x1, y1 = min(picture.width, int(right)), min(picture.height, int(bottom))
            if x0 < x1 and y0 < y1:
                sheet.paste(picture.crop((x0, y0, x1, y1)), (x0, int(strip.top) + y0 - int(top)))
    return sheet, strips


def put_back(read: Sequence[Sequence[Ink]], strips: Sequence[Strip], slope: float) -> list[list[Ink]]:
    """The words read from the sheet by strip, where they stand on the picture."""
    readings = []
    for strip in strips:
        found = [ink for row in read for ink in row if strip.top <= (ink.top + ink.bottom) / 2 < strip.bottom]
        moved = []
        for ink in found:
            shift = strip.origin - strip.baseline + slope * ink.middle
            moved.append(replace(ink, top=ink.top + shift, bottom=ink.bottom + shift))
        readings.append(sorted(moved, key=lambda ink: ink.left))
    return readings
