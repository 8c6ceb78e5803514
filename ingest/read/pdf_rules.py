"""Rules: the lines and boxes drawn on a PDF page, of which tables are made; and how much of it pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from ingest.read.pdf_glyphs import PageFrame
from ingest.read.pdf_word import Box

MAX_OBJECTS = 20_000  # of one page; a map has more, and no table
MAX_SEGMENTS = 2_000  # of one path
MAX_RULES = 4_000
THIN = 2.5  # points: a thinner box is a line
SHORT = 6.0  # points: a shorter line is no rule
TOUCH = 3.0  # points: ends this near are joined
WHOLE_PAGE = 0.9  # of the page: a larger box is its background


@dataclass(frozen=True)
class Rule:
    """A horizontal or vertical line: it stands at `at` and runs from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Drawing:
    """What is drawn on a page besides text."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    pictures: float  # share of the page the largest picture covers
    anything: bool  # whether there are pictures or drawings at all


def drawing_of(page: Any, place: PageFrame) -> Drawing:
    """Look through the objects of a pdfium page."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    width, height = place.size
    pictures = 0.0
    anything = False
    for number in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, number)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        anything = True
        box = _bounds(drawn, place)
        if kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM} and box:
            shown = Box(max(box.left, 0), max(box.top, 0), min(box.right, width), min(box.bottom, height))
            area = max(0.0, shown.right - shown.left) * max(0.0, shown.bottom - shown.top)
            pictures = max(pictures, area / (width * height))
        if kind != pdfium.FPDF_PAGEOBJ_PATH or box is None or len(horizontal) + len(vertical) > MAX_RULES:
            continue
        if (box.right - box.left) * (box.bottom - box.top) > WHOLE_PAGE * width * height:
            continue
        for left, top, right, bottom in _lines(drawn, box, place):
            if bottom - top <= THIN and right - left >= SHORT:
                horizontal.append(Rule((top + bottom) / 2, left, right))
            elif right - left <= THIN and bottom - top >= SHORT:
                vertical.append(Rule((left + right) / 2, top, bottom))
    return Drawing(_merged(horizontal), _merged(vertical), pictures, anything)


def _bounds(drawn: Any, place: PageFrame) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return None
    return _shown(place, left.value, bottom.value, right.value, top.value)


def _shown(place: PageFrame, left: float, bottom: float, right: float, top: float) -> Box:
    one, other = place.shown(left, bottom), place.shown(right, top)
    return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def _lines(drawn: Any, box: Box, place: PageFrame) -> Iterator[Box]:
    """The lines of a path that has only upright ones; none of a drawing."""
    segments = pdfium.FPDFPath_CountSegments(drawn)
    if segments > MAX_SEGMENTS:
        return
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    lines: list[Box] = []
    for number in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            lines.append(_shown(place, *last, *point))
        else:
            return  # a curve: a drawing
        if pdfium.FPDFPathSegment_GetClose(segment) and point != begin:
            lines.append(_shown(place, *point, *begin))
        last = point
    if min(box.right - box.left, box.bottom - box.top) <= THIN:  # a line, or a box as thin as one
        yield box
    elif all(min(line.right - line.left, line.bottom - line.top) <= 1 for line in lines):
        yield from lines


def _merged(rules: list[Rule]) -> tuple[Rule, ...]:
    """Rules in one line whose ends meet, as one."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at / 2), rule.start)):
        last = merged[-1] if merged else None
        if last and abs(last.at - rule.at) <= 2 and rule.start <= last.end + TOUCH:
            merged[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return tuple(rule for rule in merged if rule.end - rule.start >= SHORT)
