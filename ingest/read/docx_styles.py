"""Styles of a Word file: which paragraphs are headings, what is bold, how large the letters are, which list a style belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.read.numerals import integer

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY_TEXT_LEVEL = 9  # the outline level that says "no heading"
MAX_BASED_ON = 20  # styles that build on each other; Word stops at 10

_HEADING_NAME = re.compile(r"(?:heading|rubrik|överskrift|overskrift)\s*([1-9])(?!\d)", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "titel", "rubrik", "huvudrubrik", "dokumenttitel", "dokumentrubrik", "ärenderubrik"})
_CONTENTS_NAME = re.compile(
    r"(?:toc|innehåll|table of figures|figurförteckning)(?:\s*\d|\sheading)?|innehållsförteckning", re.IGNORECASE
)


@dataclass(frozen=True)
class Style:
    """What a style says, with what it inherits; None is what it leaves open."""

    level: int | None = None  # of a heading: 0 is the document's title, 1 "Heading 1"
    contents: bool = False  # a line of the table of contents
    num_id: str | None = None
    list_level: int | None = None
    bold: bool | None = None
    hidden: bool | None = None  # or struck out
    points: float | None = None


class Styles:
    """The styles of one document by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default_id: str | None = None
        self.default_points: float | None = None
        if root is None:
            return
        for element in root.iterchildren(f"{W}style"):
            self._elements[element.get(f"{W}styleId", "")] = element
            if element.get(f"{W}type") == "paragraph" and is_on(element.get(f"{W}default", "0")):
                self._default_id = element.get(f"{W}styleId")
        self.default_points = points_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph, the default one when it names none or one that isn't there."""
        return self.get(style_id if style_id in self._elements else self._default_id)

    def get(self, style_id: str | None) -> Style:
        """The style with that id and what it inherits; an empty one when there is none."""
        if style_id is None:
            return Style()
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def _resolve(self, style_id: str) -> Style:
        chain: list[etree._Element] = []
        following: str | None = style_id
        while following in self._elements and len(chain) < MAX_BASED_ON:
            chain.append(self._elements[following])
            following = value_of(chain[-1], "basedOn")
        style = Style()
        for element in reversed(chain):
            style = _refine(style, element)
        return style

    def num_id_of(self, style_id: str | None) -> str | None:
        """The list that a numbering style stands for."""
        return self.get(style_id).num_id


def _refine(base: Style, element: etree._Element) -> Style:
    """`base` with what the style `element` says itself."""
    name = (value_of(element, "name") or "").strip()
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    level = base.level
    if match := _HEADING_NAME.match(name):
        level = int(match.group(1))
    elif name.casefold() in _TITLE_NAMES:
        level = 0
    outline = integer(value_of(paragraph, "outlineLvl"), -1)
    if level != 0 and 0 <= outline <= BODY_TEXT_LEVEL:
        level = None if outline == BODY_TEXT_LEVEL else outline + 1
    numbering = paragraph.find(f"{W}numPr") if paragraph is not None else None
    list_level = integer(value_of(numbering, "ilvl"), -1)
    bold, hidden, points = flag(run, "b"), unseen(run), points_of(run)
    return Style(
        level=level,
        contents=bool(_CONTENTS_NAME.fullmatch(name)) or base.contents,
        num_id=value_of(numbering, "numId") or base.num_id,
        list_level=list_level if list_level >= 0 else base.list_level,
        bold=base.bold if bold is None else bold,
        hidden=base.hidden if hidden is None else hidden,
        points=points or base.points,
    )


def value_of(parent: etree._Element | None, name: str) -> str | None:
    """The value of a child `<w:name w:val="…">`, or None when there is none."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child.get(f"{W}val") if child is not None else None


def flag(properties: etree._Element | None, name: str) -> bool | None:
    """A property that is on or off; None when it isn't said."""
    child = properties.find(f"{W}{name}") if properties is not None else None
    return None if child is None else is_on(child.get(f"{W}val", "1"))


def unseen(properties: etree._Element | None) -> bool | None:
    """Whether text is hidden or struck out, which takes it back as deleting does; None when nothing is said of it."""
    said = [state for name in ("vanish", "strike", "dstrike") if (state := flag(properties, name)) is not None]
    return any(said) if said else None


def is_on(value: str) -> bool:
    return value.lower() not in {"0", "false", "off", "none"}


def points_of(properties: etree._Element | None) -> float | None:
    """The size of letters; the file counts half points."""
    half_points = integer(value_of(properties, "sz"), 0)
    return half_points / 2 if half_points > 0 else None
