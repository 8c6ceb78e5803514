"""Numbers of lists in a Word file. They are not in its text: they are counted here as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from ingest.read.docx_styles import Styles, W, flag, value_of
from ingest.read.numerals import integer, numeral
from ingest.read.tidy import one_line

LEVELS = 9
MAX_LINKS = 5  # lists that point to a list style that points to a list
_FORMATS = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "decimalZero": "01",
    "none": "",
}
_PLACEHOLDER = re.compile(r"%([1-9])")
BULLET = "-"


@dataclass(frozen=True)
class Level:
    start: int = 1
    style: str = "1"  # as `numeral` knows it; "" writes no number
    text: str = ""  # "%1.%2" stands for the counters of the first two levels
    bullet: bool = False
    restart: int | None = (
        None  # counted anew after this level (1-based) or a higher one; 0 never; None after any higher
    )
    plain: bool = False  # all counters as 1, 2, 3 whatever their own style


@dataclass(frozen=True)
class NumberedList:
    counters: str  # lists that share this key go on counting where the other stopped
    levels: tuple[Level | None, ...]
    overrides: frozenset[int]  # levels that start anew when this list begins
    by_style: dict[str, int]  # paragraph style: its level


class Numbering:
    """The lists of one document and how far each has counted; `label` is to be called once a paragraph, in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._instances: dict[str, etree._Element] = {}
        self._lists: dict[str, NumberedList | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._abstract = {
                child.get(f"{W}abstractNumId", ""): child for child in root.iterchildren(f"{W}abstractNum")
            }
            self._instances = {child.get(f"{W}numId", ""): child for child in root.iterchildren(f"{W}num")}

    def level_of_style(self, num_id: str, style_id: str | None) -> int | None:
        """The level that a paragraph style has in a list, where the list says so."""
        found = self._list(num_id)
        return found.by_style.get(style_id or "") if found else None

    def label(self, num_id: str, place: int) -> str | None:
        """Count one paragraph at level `place` (0 is the outermost) and give its label: "2.", "b)", "§ 4", "-" for a bullet.

        None when there is no such list or level, "" when the level shows nothing.
        """
        found = self._list(num_id)
        level = found.levels[place] if found and 0 <= place < LEVELS else None
        if found is None or level is None:
            return None
        counters = self._counters.setdefault(found.counters, {})
        first = (num_id, place) not in self._begun
        self._begun.add((num_id, place))
        if place not in counters or (first and place in found.overrides):
            counters[place] = level.start
        else:
            counters[place] += 1
        for deeper in [other for other in counters if other > place]:
            below = found.levels[deeper]
            if below is None or below.restart is None or place < below.restart:
                del counters[deeper]
        if level.bullet:
            return BULLET
        return _written(level, found, counters)

    def _list(self, num_id: str) -> NumberedList | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._resolve(num_id)
        return self._lists[num_id]

    def _resolve(self, num_id: str) -> NumberedList | None:
        instance = self._instances.get(num_id)
        if instance is None:
            return None
        counters, abstract = self._definition(instance)
        if abstract is None:
            return None
        levels: list[Level | None] = [None] * LEVELS
        by_style: dict[str, int] = {}
        for element in abstract.iterchildren(f"{W}lvl"):
            _define(element, levels, by_style)
        overrides = set()
        for override in instance.iterchildren(f"{W}lvlOverride"):
            place = integer(override.get(f"{W}ilvl"), -1)
            if not 0 <= place < LEVELS:
                continue
            if (own := override.find(f"{W}lvl")) is not None:
                _define(own, levels, by_style, place)
            level = levels[place]
            start = value_of(override, "startOverride")
            if level is not None and start is not None:
                levels[place] = replace(level, start=integer(start, level.start))
                overrides.add(place)
        return NumberedList(counters, tuple(levels), frozenset(overrides), by_style)

    def _definition(self, instance: etree._Element) -> tuple[str, etree._Element | None]:
        """The abstract list behind an instance, through list styles, and the key its counters are kept under."""
        for _ in range(MAX_LINKS):
            key = value_of(instance, "abstractNumId") or ""
            abstract = self._abstract.get(key)
            link = value_of(abstract, "numStyleLink")
            linked = self._instances.get(self._styles.num_id_of(link) or "") if link else None
            if linked is None:
                return key, abstract
            instance = linked
        return "", None


def _define(element: etree._Element, levels: list[Level | None], by_style: dict[str, int], place: int = -1) -> None:
    place = integer(element.get(f"{W}ilvl"), place)
    if not 0 <= place < LEVELS:
        return
    written = value_of(element, "numFmt") or "decimal"
    restart = integer(value_of(element, "lvlRestart"), -1)
    levels[place] = Level(
        start=integer(value_of(element, "start"), 0),
        style=_FORMATS.get(written, "1"),
        text=value_of(element, "lvlText") or "",
        bullet=written == "bullet" or element.find(f"{W}lvlPicBulletId") is not None,
        restart=restart if restart >= 0 else None,
        plain=bool(flag(element, "isLgl")),
    )
    if style := value_of(element, "pStyle"):
        by_style[style] = place


def _written(level: Level, numbered: NumberedList, counters: dict[int, int]) -> str:
    def number(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        other = numbered.levels[place] or Level()
        return numeral(counters.get(place, other.start), "1" if level.plain else other.style) if other.style else ""

    label = one_line(_PLACEHOLDER.sub(number, level.text))
    return BULLET if label and not any(sign.isalnum() for sign in label) else label
