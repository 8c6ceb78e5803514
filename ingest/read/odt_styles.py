"""Styles of an OpenDocument text: which paragraphs are titles, what is bold or hidden, how lists are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.read.headings import TITLE
from ingest.read.numerals import integer, numeral
from ingest.read.tidy import one_line

_BASE = "urn:oasis:names:tc:opendocument:xmlns"
TEXT = f"{{{_BASE}:text:1.0}}"
STYLE = f"{{{_BASE}:style:1.0}}"
OFFICE = f"{{{_BASE}:office:1.0}}"
FO = f"{{{_BASE}:xsl-fo-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
MAX_PARENTS = 20
LEVELS = 10
BULLET = "-"
_POINTS = re.compile(r"([\d.]{1,8})pt")
_PERCENT = re.compile(r"(\d{1,4})%")
_TITLE_NAMES = frozenset({"title", "titel", "rubrik", "huvudrubrik", "dokumenttitel"})
_HEADING_NAME = re.compile(r"(?:heading|rubrik|överskrift|overskrift)\s*([1-9])(?!\d)")
_BOLD = frozenset({"bold", "600", "700", "800", "900"})


@dataclass(frozen=True)
class Look:
    """What a paragraph or text style says, with what it inherits; None is what it leaves open."""

    level: int | None = None  # of a heading: 0 is the document's title
    bold: bool | None = None
    hidden: bool | None = None  # or struck out
    points: float | None = None


@dataclass(frozen=True)
class ListLevel:
    start: int = 1
    style: str = ""  # as `numeral` knows it; "" writes no number
    prefix: str = ""
    suffix: str = ""
    shown: int = 1  # how many levels of counters stand in the number
    pattern: str = ""  # "%1%.%2%", where the file has it
    bullet: bool = False


class OdtStyles:
    """The styles of one document by name; those of the content count before those of the style sheet."""

    def __init__(self, roots: list[etree._Element]) -> None:
        """`roots` are the parts that define styles, the strongest last."""
        self._elements: dict[tuple[str, str], etree._Element] = {}  # by family ("paragraph", "text") and name
        self._looks: dict[tuple[str, str], Look] = {}
        self.lists: dict[str, dict[int, ListLevel]] = {}
        self.outline: dict[int, ListLevel] = {}
        self._default_points: float | None = None
        for root in roots:
            for group in root.iterchildren(f"{OFFICE}styles", f"{OFFICE}automatic-styles"):
                self._read(group)

    def _read(self, group: etree._Element) -> None:
        for element in group.iterchildren(etree.Element):
            name = element.get(f"{STYLE}name", "")
            if element.tag == f"{STYLE}style":
                self._elements[element.get(f"{STYLE}family", ""), name] = element
            elif element.tag == f"{TEXT}list-style":
                self.lists[name] = _levels(element)
            elif element.tag == f"{TEXT}outline-style":
                self.outline = _levels(element)
            elif element.tag == f"{STYLE}default-style" and element.get(f"{STYLE}family") == "paragraph":
                self._default_points = _look(Look(), element).points

    def look(self, name: str | None, family: str = "paragraph") -> Look:
        """How a paragraph, or words in it (family "text"), look in that style."""
        key = (family, name or "")
        if key not in self._looks:
            look = Look(_level_of(key[1]), points=self._default_points if family == "paragraph" else None)
            for element in reversed(list(self._chain(*key))):
                look = _look(look, element)
            self._looks[key] = look
        return self._looks[key]

    def list_of(self, name: str | None) -> str | None:
        """The list style that a paragraph style brings along."""
        chain = self._chain("paragraph", name or "")
        return next((own for element in chain if (own := element.get(f"{STYLE}list-style-name")) is not None), None)

    def _chain(self, family: str, name: str) -> Iterator[etree._Element]:
        """A style and those it builds on."""
        following = self._elements.get((family, name))
        for _ in range(MAX_PARENTS):
            if following is None:
                return
            yield following
            following = self._elements.get((family, following.get(f"{STYLE}parent-style-name", "")))


def _level_of(name: str) -> int | None:
    """The level of a heading in a style of that name; None when it names none."""
    plain = name.replace("_20_", " ").casefold()
    match = _HEADING_NAME.match(plain)
    return TITLE if plain in _TITLE_NAMES else int(match.group(1)) if match else None


def _look(base: Look, element: etree._Element) -> Look:
    """`base` with what the style `element` says itself."""
    names = (element.get(f"{STYLE}{kind}", "") for kind in ("display-name", "name", "parent-style-name"))
    named = next((level for name in names if (level := _level_of(name)) is not None), base.level)
    properties = element.find(f"{STYLE}text-properties")
    bold, hidden, points = base.bold, base.hidden, base.points
    if properties is not None:
        if weight := properties.get(f"{FO}font-weight"):
            bold = weight in _BOLD
        display, struck = properties.get(f"{TEXT}display"), properties.get(f"{STYLE}text-line-through-style")
        if display or struck:
            hidden = display == "none" or (struck or "none") != "none"
        size = properties.get(f"{FO}font-size", "")
        if match := _POINTS.fullmatch(size):
            points = float(match.group(1)) if match.group(1).count(".") <= 1 and match.group(1) != "." else points
        elif (match := _PERCENT.fullmatch(size)) and points:
            points = points * int(match.group(1)) / 100
    return Look(named, bold, hidden, points)


def _levels(element: etree._Element) -> dict[int, ListLevel]:
    """The levels of a list style, 0 the outermost."""
    levels = {}
    for child in element.iterchildren(etree.Element):
        place = integer(child.get(f"{TEXT}level"), 0) - 1
        if not 0 <= place < LEVELS:
            continue
        if child.tag in (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image"):
            levels[place] = ListLevel(bullet=True)
        else:
            levels[place] = ListLevel(
                start=integer(child.get(f"{TEXT}start-value"), 1),
                style=child.get(f"{STYLE}num-format", ""),
                prefix=child.get(f"{STYLE}num-prefix", ""),
                suffix=child.get(f"{STYLE}num-suffix", ""),
                shown=integer(child.get(f"{TEXT}display-levels"), 1),
                pattern=child.get(f"{STYLE}num-list-format", "") or child.get(f"{LOEXT}num-list-format", ""),
            )
    return levels


def label_of(levels: dict[int, ListLevel], place: int, counters: dict[int, int]) -> str:
    """The label of an item at level `place`: "2.", "b)", "1.3", "-" for a bullet, "" where nothing is shown."""
    level = levels.get(place)
    if level is None:
        return ""
    if level.bullet:
        return BULLET

    def number(at: int) -> str:
        other = levels.get(at, ListLevel())
        return numeral(counters.get(at, other.start), other.style) if other.style else ""

    if level.pattern:
        label = re.sub(r"%(\d{1,2})%", lambda match: number(int(match.group(1)) - 1), level.pattern)
    elif not level.style:
        label = ""
    else:
        shown = [number(at) for at in range(max(0, place - level.shown + 1), place + 1)]
        label = f"{level.prefix}{'.'.join(filter(None, shown))}{level.suffix}"
    label = one_line(label)
    return BULLET if label and not any(sign.isalnum() for sign in label) else label
