"""Words of a page: signs with their places, whatever they come from (the text layer of a PDF, or OCR).

Lengths are in points (1/72 inch). A page is looked at the way it is shown: the origin is its upper left corner, y grows
downwards. Text that doesn't run from left to right is kept in a turned frame where it does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

ASCENT, DESCENT = 0.8, 0.22  # how far letters reach above and below the baseline, as shares of the font size


class Box(NamedTuple):
    """A rectangle on the page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A page turned so that some text reads from left to right.

    `turns` counts quarter turns counter-clockwise that the text makes on the page as shown (1: it reads upwards); `slope`
    is how far its lines fall for each point to the right, on a page that was scanned askew.
    """

    turns: int
    width: float  # of the page as shown
    height: float
    slope: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in the frame."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def into(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page stands in the frame, but for its slope."""
        if self.turns == 1:
            return self.height - y, x
        if self.turns == 2:
            return self.width - x, self.height - y
        if self.turns == 3:
            return y, self.width - x
        return x, y

    def out(self, box: Box) -> Box:
        """Where a rectangle of the frame stands on the page."""
        fall = self.slope * (box.left + box.right) / 2
        box = Box(box.left, box.top + fall, box.right, box.bottom + fall)
        if self.turns == 1:
            return Box(box.top, self.height - box.right, box.bottom, self.height - box.left)
        if self.turns == 2:
            return Box(self.width - box.right, self.height - box.bottom, self.width - box.left, self.height - box.top)
        if self.turns == 3:
            return Box(self.width - box.bottom, box.left, self.width - box.top, box.right)
        return box


class Cell(NamedTuple):
    """Where a word stands in a tagged table."""

    table: int
    row: int
    column: int
    header: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """What the tags of a PDF say about some words."""

    artifact: bool = False  # page furniture or decoration
    level: int | None = None  # heading level, 1-3
    cell: Cell | None = None


NO_MARK = Mark()


@dataclass(frozen=True, slots=True)
class Word:
    """Signs written together: `edges` holds where each sign of `text` begins and ends along the baseline."""

    text: str
    edges: tuple[tuple[float, float], ...]
    baseline: float
    size: float  # of the font
    bold: bool = False
    mark: Mark = NO_MARK
    order: int = 0  # its place among the words as the file lists them
    spaced: bool = True  # whether the file has white space before it

    @property
    def left(self) -> float:
        return self.edges[0][0]

    @property
    def right(self) -> float:
        return self.edges[-1][1]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def top(self) -> float:
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT * self.size


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ACCENTS = {"¨": "\u0308", "˚": "\u030a", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327"}


def composed(signs: Iterable[tuple[str, float, float]]) -> tuple[str, tuple[tuple[float, float], ...]]:
    """The text in NFC and the edges of its signs, from (text, left, right) of each glyph.

    An accent that is a glyph of its own, on top of a letter, is put on that letter: some fonts print ä as ¨ and a.
    """
    glyphs = [glyph for glyph in signs if glyph[0]]
    plain = "".join([glyph[0] for glyph in glyphs])
    if len(plain) == len(glyphs) and (plain.isascii() or plain.isalnum()) and "`" not in plain:
        normal = unicodedata.normalize("NFC", plain)
        if normal == plain:
            return plain, tuple([(left, right) for _, left, right in glyphs])
    glyphs = [(unicodedata.normalize("NFC", text), left, right) for text, left, right in glyphs]
    merged: list[tuple[str, float, float]] = []
    place = 0
    while place < len(glyphs):
        text, left, right = glyphs[place]
        combining = bool(unicodedata.combining(text[0]))
        accent = text if combining else _ACCENTS.get(text, "")
        for base, following in ((merged[-1:], False), (glyphs[place + 1 : place + 2], True)):
            if accent and base and ((combining and not following) or _overlap((left, right), base[0][1:])):
                letter = unicodedata.normalize("NFC", base[0][0] + accent)
                if len(letter) == 1:
                    if following:
                        place += 1
                        merged.append((letter, *base[0][1:]))
                    else:
                        merged[-1] = (letter, *base[0][1:])
                    break
        else:
            if not unicodedata.combining(text[0]):
                merged.append((text, left, right))
        place += 1
    text = "".join(part for part, _, _ in merged)
    edges = tuple(edge for part, left, right in merged for edge in _shared(left, right, len(part)))
    normal = unicodedata.normalize("NFC", text)
    if normal != text and edges:  # signs that compose across glyphs, such as Hangul
        return normal, _shared(edges[0][0], edges[-1][1], len(normal))
    return text, edges


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether the narrower of two stretches lies at least half on the other."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared >= 0.5 * min(one[1] - one[0], other[1] - other[0])


def _shared(left: float, right: float, count: int) -> tuple[tuple[float, float], ...]:
    """A stretch in `count` equal parts."""
    step = (right - left) / count if count else 0.0
    return tuple((left + number * step, left + (number + 1) * step) for number in range(count))


def spread(text: str, left: float, right: float) -> tuple[str, tuple[tuple[float, float], ...]]:
    """The text in NFC, and edges as if its signs were equally wide."""
    normal = unicodedata.normalize("NFC", text)
    return normal, _shared(left, right, len(normal))


def settle_raised(words: list[Word]) -> list[Word]:
    """Put raised and lowered small signs on the line of the word beside them; raised digits become ¹, ², ³ …"""
    settled = list(words)
    for place, word in enumerate(words):
        for other in (words[place - 1] if place else None, words[place + 1] if place + 1 < len(words) else None):
            if other is None or word.size > 0.95 * other.size:
                continue
            gap = max(other.left - word.right, word.left - other.right)
            rise = (other.baseline - word.baseline) / other.size
            digits = word.text.strip(",.-").isdigit()
            if word.size > 0.8 * other.size and not (digits and rise > 0.2):
                continue
            if -0.3 * other.size <= gap < 0.5 * other.size and (0.15 <= rise <= 0.65 or -0.35 <= rise <= -0.05):
                text = word.text.translate(_RAISED) if rise > 0 and digits else word.text
                settled[place] = replace(word, text=text, baseline=other.baseline, size=other.size)
                break
    return settled
