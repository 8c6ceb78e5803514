"""A story of a Word file (its body, a header, a note, a cell): paragraphs and tables become blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from ingest.read.blocks import Block, Cell, Heading, Item, Paragraph, Table
from ingest.read.docx_numbering import Numbering
from ingest.read.docx_paragraph import MC, WRAPPERS, Line, ParagraphReader, alternative
from ingest.read.docx_styles import Style, Styles, W, flag, value_of
from ingest.read.numerals import integer
from ingest.read.tidy import tidy

R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DELETED_MARKS = (f"{W}del", f"{W}moveFrom")


class Story:
    """Turns the stories of one document into blocks, in the order a reader meets them; list numbers run on between them."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        attached: Callable[[str], list[Block]] | None = None,
        furniture: bool = False,
    ) -> None:
        """`attached` reads a document that is embedded under a relation's id; `furniture` says that this is a page header."""
        self._styles = styles
        self._numbering = numbering
        self._attached = attached
        self._paragraphs = ParagraphReader(styles, furniture)
        self._carried: Line | None = None  # a paragraph whose end is deleted: it goes on in the next one
        self.notes: list[tuple[str, str]] = []  # notes referred to so far, in order

    def read(self, container: etree._Element) -> list[Block]:
        """The blocks below `container`."""
        return [*self._blocks(container), *self._rest()]

    def _rest(self) -> Iterator[Block]:
        """A paragraph whose end is deleted but that no other follows."""
        if self._carried is not None:
            rest, self._carried = self._carried, None
            if tidy(rest.text):
                yield Paragraph(rest.text)

    def _blocks(self, container: etree._Element) -> Iterator[Block]:
        for child in container.iterchildren():
            tag = child.tag
            if tag == f"{W}p":
                yield from self._paragraph(child)
            elif tag == f"{W}tbl":
                yield from self._rest()
                first = next(_inside(child, f"{W}tr"), None)
                header = first is not None and bool(flag(first.find(f"{W}trPr"), "tblHeader"))
                yield Table(tuple(self._rows(child)), header=header)
            elif tag == f"{W}sdt":
                properties = child.find(f"{W}sdtPr")
                if not _is_contents(properties) and not flag(properties, "showingPlcHdr"):
                    yield from self._blocks(child)
            elif tag in WRAPPERS:
                yield from self._blocks(child)
            elif tag == f"{MC}AlternateContent" and (chosen := alternative(child)) is not None:
                yield from self._blocks(chosen)
            elif tag == f"{W}altChunk" and self._attached is not None:
                yield from self._attached(child.get(R_ID, ""))

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = element.find(f"{W}pPr")
        style_id = value_of(properties, "pStyle")
        style = self._styles.paragraph(style_id)
        line = self._paragraphs.read(element)
        if self._carried is not None:
            self._carried.extend(line)
            line, self._carried = self._carried, None
        if _mark_is_deleted(properties):
            self._carried = line
            return
        self.notes.extend(line.notes)
        if not style.contents:
            yield from self._block(line, self._label(properties, style_id, style), _level(properties, style))
        for box in line.boxes:
            yield from self.read(box)

    def _block(self, line: Line, label: tuple[str, int] | None, level: int | None) -> Iterable[Block]:
        text = line.text
        if not tidy(text):
            return
        if level is not None:
            number = label[0] if label and label[0] != "-" else ""
            yield Heading(f"{number} {text}".replace("\n", " ").strip(), level)
        elif label and label[0]:
            yield Item(label[0], text, label[1], line.bold, line.main_points)
        else:
            yield Paragraph(text, line.bold, line.main_points)

    def _label(self, properties: etree._Element | None, style_id: str | None, style: Style) -> tuple[str, int] | None:
        """The label of the paragraph in its list and how deep it stands there; counted, even if it turns out empty."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        num_id = value_of(own, "numId") or style.num_id
        if not num_id or num_id == "0":
            return None
        place = integer(value_of(own, "ilvl"), -1)
        if place < 0 and value_of(own, "numId") is None:
            place = self._numbering.level_of_style(num_id, style_id) or style.list_level or 0
        label = self._numbering.label(num_id, max(place, 0))
        return None if label is None else (label, max(place, 0))

    def _rows(self, table: etree._Element) -> Iterator[tuple[Cell, ...]]:
        for row in _inside(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and any(properties.find(mark) is not None for mark in _DELETED_MARKS):
                continue
            before = integer(value_of(properties, "gridBefore"), 0)
            skipped = (Cell((), columns=before),) if before > 0 else ()
            yield skipped + tuple(self._cell(cell) for cell in _inside(row, f"{W}tc"))

    def _cell(self, cell: etree._Element) -> Cell:
        properties = cell.find(f"{W}tcPr")
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        deleted = properties is not None and properties.find(f"{W}cellDel") is not None
        return Cell(
            () if deleted else tuple(self.read(cell)),
            columns=integer(value_of(properties, "gridSpan"), 1),
            continues=merge is not None and merge.get(f"{W}val", "continue") == "continue",
        )


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows or cells right below `parent`, or below what only wraps them."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag == f"{W}sdt" or child.tag in WRAPPERS:
            yield from _inside(child, tag)


def _level(properties: etree._Element | None, style: Style) -> int | None:
    """The level of a heading: what the paragraph says itself, or else its style."""
    outline = integer(value_of(properties, "outlineLvl"), -1)
    if style.level == 0 or outline < 0:
        return style.level
    return outline + 1 if outline < 9 else None


def _is_contents(properties: etree._Element | None) -> bool:
    """Whether a content control holds a table of contents."""
    part = properties.find(f"{W}docPartObj") if properties is not None else None
    return value_of(part, "docPartGallery") in {"Table of Contents", "Table of Figures"}


def _mark_is_deleted(properties: etree._Element | None) -> bool:
    """Whether the end of the paragraph is deleted under tracked changes, so that it runs on into the next one."""
    mark = properties.find(f"{W}rPr") if properties is not None else None
    return mark is not None and any(mark.find(name) is not None for name in _DELETED_MARKS)
