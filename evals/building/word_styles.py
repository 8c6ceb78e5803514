"""Page and styles of the Word files; the heading styles are named in three ways, as Swedish templates do."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from evals.building.blocks import Heading
from evals.building.source import Source

FACES = {True: "Cambria", False: "Calibri"}
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Mm(210), Mm(297), Mm(25)
TEMPLATE_STYLES = ("EX Dokumentrubrik", "EX Rubrik", "EX Underrubrik")
SWEDISH_IDS = ("Rubrik1", "Rubrik2", "Rubrik3")


@dataclass(frozen=True)
class HeadingStyles:
    """The styles of the title and of headings 1-3 of the source."""

    title: ParagraphStyle
    levels: tuple[ParagraphStyle, ParagraphStyle, ParagraphStyle]

    def of(self, level: int) -> ParagraphStyle:
        return self.levels[level - 1]


def set_styles(document: Document, source: Source) -> HeadingStyles:
    """Set page, typeface and heading styles.

    By year, headings carry Word's own styles, the same under the identifiers a Swedish Word gives them (Rubrik1), or
    styles of the municipality's template that are based on Word's.
    """
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Mm(11)
    face = FACES[source.serif]
    _face(document.styles["Normal"], face, Pt(source.size))
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    _swedish(document)
    word = tuple(document.styles[f"Heading {level}"] for level in (1, 2, 3))
    for style, points in zip(word, (source.size + 5, source.size + 2, source.size), strict=True):
        _face(style, face, Pt(points))
    document.styles["Caption"].font.color.rgb = RGBColor(0, 0, 0)
    naming = int(source.date[:4]) % 3
    if naming == 1:
        for style, identifier in zip(word, SWEDISH_IDS, strict=True):
            style.element.set(qn("w:styleId"), identifier)
    if naming == 2:
        word = tuple(_based(document, style, name) for style, name in zip(word, TEMPLATE_STYLES, strict=True))
    first, second, third = word
    if any(isinstance(block, Heading) and block.level == 1 for block in source.blocks):
        return HeadingStyles(document.styles["Title"], (first, second, third))
    return HeadingStyles(first, (first, second, third))


def _face(style: ParagraphStyle, face: str, size: int) -> None:
    """Typeface and size, over those of the theme, and black."""
    style.font.name, style.font.size = face, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.font.color.rgb = RGBColor(0, 0, 0)


def _swedish(document: Document) -> None:
    """Swedish is the language of all text."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "sv-SE")


def _based(document: Document, base: ParagraphStyle, name: str) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = base
    style.next_paragraph_style = document.styles["Normal"]
    return style
