"""Glyphs: the text layer of a PDF page becomes words with their places."""

from __future__ import annotations

import ctypes
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ingest.read.pdf_signs import meaningless, sign
from ingest.read.pdf_tags import Tags, tags_of
from ingest.read.pdf_word import NO_MARK, Frame, Mark, Word, composed, settle_raised

MAX_GLYPHS = 60_000  # of one page; a closely set broadsheet has 30 000
GAP = 0.15  # of the font size: a wider gap between glyphs is a space
GUESSED_GAP = 0.03  # of the font size: enough where pdfium sees a space too
_BOLD = re.compile(r"bold|black|heavy|demi|semibd|fet\b", re.IGNORECASE)
BOLD_WEIGHT = 600
STRAIGHT = 0.12  # quarter turns (11 degrees): text that slants more is a stamp
SLANTED = 4  # in place of the number of quarter turns
_STROKED, _HIDDEN = 2, 3  # text render modes: made bold by an outline; not drawn


@dataclass(frozen=True, slots=True)
class PageFrame:
    """How coordinates of the file become those of the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int  # quarter turns clockwise

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation % 2 else (width, height)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 1:
            return y - self.bottom, x - self.left
        if self.rotation == 2:
            return self.right - x, y - self.bottom
        if self.rotation == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """A direction of the file as seen on the page."""
        x0, y0 = self.shown(0, 0)
        x1, y1 = self.shown(x, y)
        return x1 - x0, y1 - y0


class _Axis(NamedTuple):
    """One coordinate of a frame, as a function of the coordinates of the file."""

    of_x: float
    of_y: float
    shift: float

    def of(self, x: float, y: float) -> float:
        return self.of_x * x + self.of_y * y + self.shift


@dataclass(frozen=True, slots=True)
class _Style:
    """What the glyphs of one text object share."""

    turns: int
    size: float
    bold: bool
    font: str
    mark: Mark
    hidden: bool
    along: _Axis  # the two axes of the frame the text reads from left to right in, and its size
    down: _Axis
    width: float
    height: float


@dataclass
class TextLayer:
    """The words of a page by quarter turns of their direction (`SLANTED` for stamps), in the order of the file."""

    words: dict[int, list[Word]] = field(default_factory=dict)
    unreadable: int = 0  # glyphs without a meaning as text
    glyphs: int = 0
    hidden: int = 0  # glyphs that aren't drawn: the words of a scan, put under its picture by an OCR program
    cut: bool = False  # whether the page has more glyphs than are read


def frame_of(page: Any) -> PageFrame:
    """Where the visible part of a pdfium page lies and how it is turned."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return PageFrame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


def text_layer(page: Any, place: PageFrame) -> TextLayer:
    """Read the words of a pdfium page."""
    handle = pdfium.FPDFText_LoadPage(page)
    if not handle:
        return TextLayer()
    try:
        return _Reader(handle, place, tags_of(page)).read()
    finally:
        pdfium.FPDFText_ClosePage(handle)


class _Reader:
    """One pass over the glyphs of a page."""

    def __init__(self, handle: Any, place: PageFrame, tags: Tags) -> None:
        self.handle = handle
        self.place = place
        self.tags = tags
        self.styles: dict[int, _Style | None] = {}
        self.signs: dict[tuple[int, str], tuple[str, bool]] = {}
        self.layer = TextLayer()
        self.words: dict[int, list[Word]] = defaultdict(list)
        self.glyphs: list[tuple[str, float, float]] = []
        self.style: _Style | None = None
        self.baseline = 0.0
        self.order = 0
        self.spaced = True
        self.guessed = False  # whether pdfium, which knows the widths of the letters, sees a space here
        self.rect = pdfium.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()

    def read(self) -> TextLayer:
        count = pdfium.FPDFText_CountChars(self.handle)
        self.layer.cut = count > MAX_GLYPHS
        for index in range(min(count, MAX_GLYPHS)):
            self._take(index)
        self._close()
        self.layer.words = {turns: settle_raised(words) for turns, words in self.words.items()}
        return self.layer

    def _take(self, index: int) -> None:
        """Add one glyph to the word it continues, or begin a word with it."""
        handle = self.handle
        code = pdfium.FPDFText_GetUnicode(handle, index)
        text_object = pdfium.FPDFText_GetTextObject(handle, index)
        style = self._style(text_object, index) if text_object else self.style
        if style is None or (not text_object and code < 0x21):
            self.guessed = self.guessed or code == 0x20
            return
        text, meant = self._sign(code, style.font)
        if not meant or pdfium.FPDFText_HasUnicodeMapError(handle, index) == 1:
            self.layer.unreadable += 1
        if text == " ":
            self._close()
            self.spaced = True
            return
        if not text or not pdfium.FPDFText_GetLooseCharBox(handle, index, self.rect):
            return
        pdfium.FPDFText_GetCharOrigin(handle, index, self.x, self.y)
        left, baseline = style.along.of(self.rect.left, self.rect.bottom), style.down.of(self.x.value, self.y.value)
        right = style.along.of(self.rect.right, self.rect.top)
        if left > right:
            left, right = right, left
        if right < -1 or left > style.width + 1 or not -0.2 * style.size <= baseline <= style.height + style.size:
            return  # outside what the page shows
        if self.glyphs and self._breaks(left, baseline, style):
            self._close()
        if not self.glyphs:
            self.style, self.baseline = style, baseline
        self.guessed = False
        self.layer.glyphs += 1
        self.layer.hidden += style.hidden
        self.glyphs.append((text, left, right))

    def _sign(self, code: int, font: str) -> tuple[str, bool]:
        """The text of a glyph, and whether it means anything."""
        key = (code, font)
        if key not in self.signs:
            text = sign(code, font)
            self.signs[key] = text, text in {" ", "-", "•"} or not meaningless(code)
        return self.signs[key]

    def _breaks(self, left: float, baseline: float, style: _Style) -> bool:
        """Whether a glyph at this place begins a new word."""
        gap = left - self.glyphs[-1][2]
        size = style.size
        wide = gap > (GUESSED_GAP if self.guessed else GAP) * size
        if style is not self.style and (
            self.style is None
            or (style.turns, style.bold, style.mark) != (self.style.turns, self.style.bold, self.style.mark)
            or abs(style.size - self.style.size) > 0.01 * size
        ):
            self._close()
            self.spaced = wide
            return False
        if style.turns == SLANTED:
            return False
        return wide or gap < -0.75 * size or abs(baseline - self.baseline) > 0.1 * size

    def _close(self) -> None:
        """End the word that is being read."""
        if self.glyphs and self.style:
            text, edges = composed(self.glyphs)
            if text:
                self.words[self.style.turns].append(
                    Word(
                        text,
                        edges,
                        self.baseline,
                        self.style.size,
                        self.style.bold,
                        self.style.mark,
                        self.order,
                        self.spaced,
                    )
                )
                self.order += 1
                self.spaced = True
        self.glyphs = []

    def _style(self, text_object: Any, index: int) -> _Style | None:
        key = ctypes.addressof(text_object.contents)
        if key not in self.styles:
            self.styles[key] = self._look_at(text_object, index)
        return self.styles[key]

    def _look_at(self, text_object: Any, index: int) -> _Style | None:
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self.handle, index, matrix):
            return None
        size = pdfium.FPDFText_GetFontSize(self.handle, index) * math.hypot(matrix.c, matrix.d)
        if not 0.5 <= size < 2000:
            return None
        x, y = self.place.turned(matrix.a, matrix.b)
        quarters = math.atan2(-y, x) / (math.pi / 2)
        turns = round(quarters) % 4 if abs(quarters - round(quarters)) < STRAIGHT else SLANTED
        name = ctypes.create_string_buffer(200)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self.handle, index, name, len(name), flags)
        font = name.value.decode("utf-8", "replace")
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
        weight = pdfium.FPDFText_GetFontWeight(self.handle, index)
        bold = bool(_BOLD.search(font)) or weight >= BOLD_WEIGHT or mode == _STROKED
        mark = self.tags.of(text_object) if self.tags.elements else NO_MARK
        frame = Frame(turns % SLANTED, *self.place.size)
        origin, of_x, of_y = (frame.into(*self.place.shown(*point)) for point in ((0, 0), (1, 0), (0, 1)))
        along, down = (_Axis(of_x[axis] - origin[axis], of_y[axis] - origin[axis], origin[axis]) for axis in (0, 1))
        return _Style(turns, size, bold, font, mark, mode == _HIDDEN, along, down, *frame.size)
