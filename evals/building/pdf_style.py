"""Typefaces and paragraph styles of the PDF files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyphen import Pyphen
from reportlab.lib.enums import TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from evals.building.blocks import Heading
from evals.building.source import Source

SERIF, SANS = "Caladea", "Lato"
_PACKAGES = {SERIF: "font_caladea", SANS: "font_lato"}
_FACES = ("Regular", "Bold", "Italic", "BoldItalic")
LINE_PITCH = 1.32  # times the type size
# Genres set like a printed book: flush on both sides, words divided at the line's end.
BOOKS = frozenset({"budget", "årsredovisning", "revisionsrapport", "planbeskrivning"})
HYPHENATED = BOOKS | {"protokoll"}
LEAST_HYPHENATED = 8  # letters; a shorter word stays whole
LEAST_PART = 3  # letters on either side of a division
HYPHENATOR = Pyphen(lang="sv", left=LEAST_PART, right=LEAST_PART)


@dataclass(frozen=True)
class Styles:
    """The styles of one document, with the names of its plain and bold typeface."""

    regular: str
    bold: str
    body: ParagraphStyle
    item: ParagraphStyle
    title: ParagraphStyle
    headings: tuple[ParagraphStyle, ParagraphStyle, ParagraphStyle]
    caption: ParagraphStyle
    cell: ParagraphStyle
    number: ParagraphStyle
    head: ParagraphStyle
    number_head: ParagraphStyle
    label: ParagraphStyle
    fact: ParagraphStyle
    name: ParagraphStyle
    letterhead: ParagraphStyle


def styles_of(source: Source) -> Styles:
    """The styles the front matter asks for."""
    family = SERIF if source.serif else SANS
    _register(family)
    regular, bold = f"{family}-Regular", f"{family}-Bold"
    size = float(source.size)
    plain = ParagraphStyle(
        "body",
        fontName=regular,
        fontSize=size,
        leading=size * LINE_PITCH,
        spaceAfter=size * 0.6,
        allowWidows=0,
        allowOrphans=0,
    )
    if source.genre in HYPHENATED:
        plain.hyphenationLang = _divide  # type: ignore[assignment]  # reportlab also takes a function
        plain.hyphenationMinWordLength = LEAST_HYPHENATED
    if source.genre in BOOKS and source.columns == 1:
        plain.alignment = TA_JUSTIFY

    def heading(name: str, points: float, before: float, after: float) -> ParagraphStyle:
        return ParagraphStyle(
            name,
            fontName=bold,
            fontSize=points,
            leading=points * 1.22,
            spaceBefore=before,
            spaceAfter=after,
            keepWithNext=1,
        )

    chapters = any(isinstance(block, Heading) and block.level == 1 for block in source.blocks)
    small = size - 1
    cell = ParagraphStyle("cell", fontName=regular, fontSize=small, leading=small * 1.25)
    return Styles(
        regular=regular,
        bold=bold,
        body=plain,
        item=ParagraphStyle(
            "item",
            parent=plain,
            leftIndent=7 * mm,
            bulletIndent=1.5 * mm,
            bulletFontName=regular,
            bulletFontSize=size,
            spaceAfter=size * 0.3,
        ),
        title=heading("title", size + (12 if chapters else 5), 6, 10),
        headings=(
            heading("chapter", size + 7, 18, 10),
            heading("section", size + 2, 14, 4),
            heading("below", size, 8, 2),
        ),
        caption=ParagraphStyle(
            "caption", fontName=bold, fontSize=small, leading=small * 1.25, spaceBefore=6, spaceAfter=4, keepWithNext=1
        ),
        cell=cell,
        number=ParagraphStyle("number", parent=cell, alignment=TA_RIGHT),
        head=ParagraphStyle("head", parent=cell, fontName=bold),
        number_head=ParagraphStyle("number head", parent=cell, fontName=bold, alignment=TA_RIGHT),
        label=ParagraphStyle("label", fontName=bold, fontSize=size, leading=size * LINE_PITCH),
        fact=ParagraphStyle("fact", fontName=regular, fontSize=size, leading=size * LINE_PITCH),
        name=ParagraphStyle("name", fontName=regular, fontSize=size, leading=size * LINE_PITCH),
        letterhead=ParagraphStyle("letterhead", fontName=regular, fontSize=size, leading=size * LINE_PITCH),
    )


@cache
def _register(family: str) -> None:
    """Make a typeface known to reportlab, with its bold and italic."""
    folder = files(_PACKAGES[family]) / "files"
    for face in _FACES:
        name = f"{family}-{face}"
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    normal, bold, italic, both = (f"{family}-{face}" for face in _FACES)
    pdfmetrics.registerFontFamily(family, normal=normal, bold=bold, italic=italic, boldItalic=both)


def _divide(word: str) -> Iterator[tuple[str, str]]:
    """The ways to divide a Swedish word, last one first."""
    ways: Iterator[tuple[str, str]] = HYPHENATOR.iterate(word)
    return ways
