"""The content of a web page as blocks: headings, paragraphs, lists with their numbers, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.read.blocks import Block, Cell, Heading, Item, Paragraph, Table
from ingest.read.headings import TITLE
from ingest.read.numerals import integer, numeral
from ingest.read.tables import text_of
from ingest.read.tidy import one_line

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARAGRAPHS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form "
    "header hgroup html legend main nav p pre search section summary option optgroup title".split()
)
_BOLD = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOTE_MARK = re.compile(r"#_?(?:ftn|edn|fn|footnote|sdfootnote)", re.IGNORECASE)
_NOTE_ROLES = frozenset({"doc-noteref", "doc-backlink"})
_WORD_LIST_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_LIST_STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
    "decimal": "1", "decimal-leading-zero": "01", "none": "",
}  # fmt: skip
_TITLE_CLASSES = frozenset({"MsoTitle", "title", "western title"})  # as word processors write pages
_SPACE = re.compile(r"[ \t\n\r\f]+")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_SUPERSCRIPTS = {"2": "²", "3": "³"}
TO_THE_END = 10_000  # rows that `rowspan="0"` covers
SUMMARY_LEVEL = 3  # of the heading that opens a folded part, when no heading stands above it


class HtmlStory:
    """Turns the elements of a page into blocks. Make one for each page (and it makes one for each cell)."""

    def __init__(self) -> None:
        self._found: list[Block] = []
        self._pending: list[str] = []  # inline text not yet closed into a paragraph
        self._chars = 0  # of it, without white space
        self._bold_chars = 0
        self._marker: tuple[str, int] | None = None  # label and depth of a list item whose text hasn't come yet
        self._depth = -1  # of the innermost open list
        self._level = 0  # of the last heading

    def read(self, element: etree._Element) -> list[Block]:
        """The blocks in `element`."""
        self._append(element.text or "", bold=False, pre=False)
        self._walk(element, bold=False, pre=False)
        self._close()
        return self._found

    def _walk(self, parent: etree._Element, bold: bool, pre: bool) -> None:
        for child in parent.iterchildren(etree.Element):
            self._element(child, str(child.tag), bold, pre)
            self._append(child.tail or "", bold, pre)

    def _element(self, element: etree._Element, tag: str, bold: bool, pre: bool) -> None:
        if tag == "br":
            self._pending.append("\n")
        elif tag == "hr":
            self._close()
        elif tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif tag == "p" and element.get("class") in _TITLE_CLASSES:
            self._heading(element, TITLE)
        elif tag == "summary" and next(element.iter(*_HEADINGS), None) is None:
            self._heading(element, self._level + 1 if self._level else SUMMARY_LEVEL)
        elif tag in ("ul", "ol"):
            self._list(element, tag, bold)
        elif tag == "table":
            self._close()
            self._found.extend(_table(element))
        elif tag == "sup":
            self._superscript(element, bold)
        elif tag == "a" and (_NOTE_MARK.match(element.get("href", "")) or element.get("role") in _NOTE_ROLES):
            return
        elif _WORD_LIST_MARK.search(element.get("style", "")):
            self._marker = (_label_of_word(text_of(HtmlStory().read(element))), 0)
        else:
            self._plain(element, tag, bold, pre)

    def _plain(self, element: etree._Element, tag: str, bold: bool, pre: bool) -> None:
        """An element that is a paragraph, wraps paragraphs, or only sets some words apart."""
        divides = tag in _PARAGRAPHS or tag == "li"
        if divides and not (tag == "dd" and self._pending[-1:] == ["\n"]):
            self._close()
        pre = pre or tag == "pre"
        bold = (bold or tag in _BOLD or bool(_BOLD_STYLE.search(element.get("style", "")))) and tag != "th"
        if tag == "q":
            self._pending.append("”")
        self._append(element.text or "", bold, pre)
        self._walk(element, bold, pre)
        if tag == "q":
            self._pending.append("”")
        if tag == "dt":
            self._pending.append("\n")  # the term and what it means stand together
        elif divides:
            self._close()

    def _append(self, text: str, bold: bool, pre: bool) -> None:
        if not text:
            return
        text = text if pre else _SPACE.sub(" ", text)
        chars = len(text.strip())
        if not chars and self._pending[-1:] == ["\n"]:
            return
        self._pending.append(text)
        self._chars += chars
        self._bold_chars += chars if bold else 0

    def _close(self) -> None:
        """End the paragraph, or the list item; an empty line in it (two line breaks) makes two of them."""
        text, bold = "".join(self._pending), 0 < self._chars == self._bold_chars
        self._pending, self._chars, self._bold_chars = [], 0, 0
        for part in _EMPTY_LINE.split(text):
            if not part.strip():
                continue
            if self._marker is not None:
                self._found.append(Item(self._marker[0], part, self._marker[1], bold))
                self._marker = None
            else:
                self._found.append(Paragraph(part, bold))

    def _heading(self, element: etree._Element, level: int) -> None:
        self._close()
        if words := text_of(HtmlStory().read(element)):
            label = f"{self._marker[0]} " if self._marker and self._marker[0] != "-" else ""
            self._marker = None
            self._found.append(Heading(label + words, level))
            self._level = level

    def _list(self, element: etree._Element, tag: str, bold: bool) -> None:
        self._close()
        self._depth += 1
        style = _style_of(element, "1" if tag == "ol" else "-")
        items = sum(1 for _ in element.iterchildren("li"))
        step = -1 if element.get("reversed") is not None else 1
        number = integer(element.get("start"), items if step < 0 else 1)
        for child in element.iterchildren(etree.Element):
            if child.tag != "li":  # a list right inside a list, as broken pages have it
                self._element(child, str(child.tag), bold, pre=False)
                continue
            number = integer(child.get("value"), number)
            own = _style_of(child, style)
            label = "-" if tag == "ul" else f"{numeral(number, own)}." if own else ""
            self._marker = (label, self._depth) if label else None
            self._plain(child, "li", bold, pre=False)
            self._marker = None
            number += step
        self._depth -= 1

    def _superscript(self, element: etree._Element, bold: bool) -> None:
        """Square and cubic metres stay such; other raised signs stand on the line, marks of notes are left out."""
        if any(_NOTE_MARK.match(link.get("href", "")) for link in element.iter("a")):
            return
        words = "".join(str(text) for text in element.itertext())
        if words.strip() in _SUPERSCRIPTS and "".join(self._pending[-1:]).endswith("m"):
            words = _SUPERSCRIPTS[words.strip()]
        self._append(words, bold, pre=False)


def _style_of(element: etree._Element, default: str) -> str:
    """How the items of a list are numbered, as `numeral` knows it."""
    if match := _LIST_STYLE.search(element.get("style", "")):
        return _LIST_STYLES.get(match.group(1).lower(), default)
    kind = element.get("type", "")
    return kind if kind in ("1", "a", "A", "i", "I") and default != "-" else default


def _label_of_word(words: str) -> str:
    """The label that Word wrote before a list item: a lone sign is a bullet in a font of pictures."""
    return "-" if len(words) <= 1 and not words.isdigit() else words


def _table(table: etree._Element) -> Iterator[Block]:
    for caption in table.iterchildren("caption"):
        if words := one_line(text_of(HtmlStory().read(caption))):
            yield Paragraph(words)
    rows = list(_rows(table))
    first = rows[0] if rows else None
    header = first is not None and (
        getattr(first.getparent(), "tag", "") == "thead"
        or all(cell.tag == "th" for cell in first.iterchildren("td", "th"))
    )
    layout = table.get("role") in ("presentation", "none") or next(table.iterdescendants("table"), None) is not None
    yield Table(tuple(tuple(map(_cell, row.iterchildren("td", "th"))) for row in rows), layout, header)


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent.iterchildren("tr", "thead", "tbody", "tfoot", "form"):
        if child.tag == "tr":
            yield child
        else:
            yield from _rows(child)


def _cell(cell: etree._Element) -> Cell:
    rows = integer(cell.get("rowspan"), 1)
    return Cell(tuple(HtmlStory().read(cell)), integer(cell.get("colspan"), 1), rows if rows > 0 else TO_THE_END)
