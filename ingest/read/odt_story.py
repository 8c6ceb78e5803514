"""A story of an OpenDocument text (its body, a header, a note, a cell): paragraphs, lists and tables become blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.read.blocks import Block, Cell, Heading, Item, Paragraph, Table
from ingest.read.headings import TITLE
from ingest.read.numerals import integer
from ingest.read.odt_styles import BULLET, OFFICE, TEXT, OdtStyles, label_of
from ingest.read.tidy import tidy

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
# What a reader doesn't see as text: comments, earlier versions, tables of contents, what forms and fields are made of.
_LEFT_OUT = frozenset(
    {f"{TEXT}{name}" for name in (
        "tracked-changes table-of-content alphabetical-index illustration-index table-index object-index user-index "
        "bibliography sequence-decls variable-decls user-field-decls dde-connection-decls note-citation ruby-text "
        "number placeholder script hidden-text hidden-paragraph"
    ).split()}
    | {f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}forms", f"{OFFICE}event-listeners"}
    | {f"{SVG}title", f"{SVG}desc", f"{DRAW}object", f"{DRAW}object-ole", f"{DRAW}image"}
)  # fmt: skip
_PAGE_FIELDS = frozenset({f"{TEXT}page-number", f"{TEXT}page-count", f"{TEXT}page-continuation"})
_SIGNS = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_SPACE = re.compile(r"[ \t\r\n]+")
_ROWS = frozenset({f"{TABLE}table-row-group", f"{TABLE}table-rows", f"{TABLE}table-header-rows"})


@dataclass
class _Line:
    """What a paragraph says, as it is put together."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    chars: int = 0
    bold_chars: int = 0
    points: dict[float, int] = field(default_factory=dict)
    hidden: bool = False

    @property
    def bold(self) -> bool:
        return 0 < self.chars == self.bold_chars

    @property
    def main_points(self) -> float | None:
        return max(self.points, key=lambda size: self.points[size]) if self.points else None


class OdtStory:
    """Turns the stories of one document into blocks, in the order a reader meets them; list numbers run on between them."""

    def __init__(self, styles: OdtStyles, furniture: bool = False) -> None:
        """`furniture` is set for page headers and footers: the number of the page is left out there."""
        self._styles = styles
        self._furniture = furniture
        self._outline: dict[int, int] = {}  # counters of the numbered headings
        self._lists: dict[str, dict[int, int]] = {}  # counters of each list, by its id and by its style
        self.notes: list[etree._Element] = []  # bodies of the foot- and endnotes met so far

    def read(self, container: etree._Element) -> list[Block]:
        """The blocks below `container`."""
        return list(self._blocks(container))

    def _blocks(self, container: etree._Element) -> Iterator[Block]:
        for child in container.iterchildren(etree.Element):
            yield from self._block(child)

    def _block(self, element: etree._Element) -> Iterator[Block]:
        tag = element.tag
        if tag in _LEFT_OUT or element.get(f"{TEXT}display") in ("none", "condition"):
            return
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            yield from self._paragraph(element, None)
        elif tag == f"{TEXT}list":
            yield from self._list(element, 0, None, {})
        elif tag == f"{TABLE}table":
            header = element.find(f"{TABLE}table-header-rows") is not None
            yield Table(tuple(self._rows(element)), header=header)
        else:  # sections, frames, text boxes, shapes: what is in them counts
            yield from self._blocks(element)

    def _paragraph(self, element: etree._Element, label: tuple[str, int] | None) -> Iterator[Block]:
        style = element.get(f"{TEXT}style-name")
        look = self._styles.look(style)
        line = _Line()
        self._walk(element, line, bool(look.bold), look.points, bool(look.hidden))
        level = look.level
        if element.tag == f"{TEXT}h" and level != TITLE:
            level = max(1, integer(element.get(f"{TEXT}outline-level"), 1))
        if element.tag == f"{TEXT}h" and level and label is None and element.get(f"{TEXT}is-list-header") != "true":
            label = (self._outline_label(element, level - 1), 0)
        text = "".join(line.pieces)
        if tidy(text) and not line.hidden:
            number = label[0] if label and label[0] != BULLET else ""
            if level is not None:
                yield Heading(f"{number} {text}".replace("\n", " ").strip(), level)
            elif label and label[0]:
                yield Item(label[0], text, label[1], line.bold, line.main_points)
            else:
                yield Paragraph(text, line.bold, line.main_points)
        for box in line.boxes:
            yield from self._blocks(box)

    def _outline_label(self, element: etree._Element, place: int) -> str:
        """Count a heading at level `place` (0 is the highest) and give the number it shows, if any."""
        level = self._styles.outline.get(place)
        if level is None:
            return ""
        restart = integer(element.get(f"{TEXT}start-value"), level.start) if _restarts(element) else None
        self._outline[place] = restart if restart is not None else self._outline.get(place, level.start - 1) + 1
        for deeper in [other for other in self._outline if other > place]:
            del self._outline[deeper]
        return label_of(self._styles.outline, place, self._outline)

    def _list(
        self, element: etree._Element, place: int, style: str | None, counters: dict[int, int]
    ) -> Iterator[Block]:
        """The items of a list at level `place` (0 is the outermost); `style` and `counters` are those of the list around it."""
        style = element.get(f"{TEXT}style-name") or style or self._style_of_paragraph(element)
        goes_on = element.get(f"{TEXT}continue-numbering") == "true"
        if place == 0:
            earlier = element.get(f"{TEXT}continue-list") or (style if goes_on else None)
            counters = self._lists.get(earlier or "", {})
            self._lists[style or ""] = counters
            if own_id := element.get(XML_ID):
                self._lists[own_id] = counters
        elif not goes_on:
            counters.pop(place, None)
        levels = self._styles.lists.get(style or "", {})
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            label: tuple[str, int] | None = None
            holds_text = item.find(f"{TEXT}p") is not None or item.find(f"{TEXT}h") is not None
            if item.tag == f"{TEXT}list-item" and holds_text:
                start = levels[place].start if place in levels else 1
                counters[place] = integer(item.get(f"{TEXT}start-value"), counters.get(place, start - 1) + 1)
                label = (label_of(levels, place, counters), place)
            for child in item.iterchildren(etree.Element):
                if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    yield from self._paragraph(child, label or ("", place))
                    label = None
                elif child.tag == f"{TEXT}list":
                    yield from self._list(child, place + 1, style, counters)
                else:
                    yield from self._block(child)

    def _style_of_paragraph(self, element: etree._Element) -> str | None:
        """The list style that the first paragraph of a list brings along."""
        first = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
        return self._styles.list_of(first.get(f"{TEXT}style-name")) if first is not None else None

    def _walk(self, parent: etree._Element, line: _Line, bold: bool, points: float | None, hidden: bool) -> None:
        self._append(parent.text, line, bold, points, hidden)
        for child in parent.iterchildren(etree.Element):
            tag = str(child.tag)
            if tag in _SIGNS:
                self._append(_SIGNS[tag], line, bold, points, hidden, as_is=True)
            elif tag == f"{TEXT}note":
                self.notes.extend(child.iterchildren(f"{TEXT}note-body"))
            elif tag.startswith(DRAW):
                line.boxes.append(child)
            elif tag == f"{TEXT}hidden-paragraph":
                line.hidden = line.hidden or child.get(f"{TEXT}is-hidden") == "true"
            elif tag not in _LEFT_OUT and not (self._furniture and tag in _PAGE_FIELDS):
                look = self._styles.look(child.get(f"{TEXT}style-name"), "text") if tag == f"{TEXT}span" else None
                self._walk(
                    child,
                    line,
                    bold if look is None or look.bold is None else look.bold,
                    points if look is None else look.points or points,
                    hidden if look is None or look.hidden is None else look.hidden,
                )
            self._append(child.tail, line, bold, points, hidden)

    def _append(
        self, text: str | None, line: _Line, bold: bool, points: float | None, hidden: bool, as_is: bool = False
    ) -> None:
        if not text or hidden:
            return
        line.pieces.append(text if as_is else _SPACE.sub(" ", text))
        chars = len(text.strip())
        line.chars += chars
        line.bold_chars += chars if bold else 0
        if points and chars:
            line.points[points] = line.points.get(points, 0) + chars

    def _rows(self, parent: etree._Element) -> Iterator[tuple[Cell, ...]]:
        for child in parent.iterchildren(etree.Element):
            if child.tag == f"{TABLE}table-row":
                yield tuple(self._cell(cell) for cell in child.iterchildren(f"{TABLE}table-cell"))
            elif child.tag in _ROWS:
                yield from self._rows(child)

    def _cell(self, cell: etree._Element) -> Cell:
        blocks = tuple(self._blocks(cell))
        spanned = integer(cell.get(f"{TABLE}number-columns-spanned"), 1)
        repeated = integer(cell.get(f"{TABLE}number-columns-repeated"), 1)  # of empty cells, in practice
        return Cell(blocks, max(spanned, repeated), integer(cell.get(f"{TABLE}number-rows-spanned"), 1))


def _restarts(element: etree._Element) -> bool:
    return element.get(f"{TEXT}restart-numbering") == "true" or element.get(f"{TEXT}start-value") is not None
