"""One paragraph of a Word file: the text its reader sees, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.read.docx_styles import Styles, W, flag, points_of, unseen, value_of

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Elements that only wrap others; what is inserted is kept, what is deleted or moved away is not among them.
WRAPPERS = frozenset(
    {
        f"{W}{name}"
        for name in "hyperlink ins moveTo smartTag fldSimple customXml dir bdo sdtContent ruby rubyBase".split()
    }
    | {f"{M}{name}" for name in "oMathPara oMath r e num den sub sup deg f rad sSub sSup sSubSup d func fName".split()}
)
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}br": "\n",
    f"{W}noBreakHyphen": "-",
}
_NOTES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
_INSTRUCTION, _RESULT, _LEFT_OUT = "instruction", "result", "left out"  # where in a field we are


@dataclass
class Line:
    """What a paragraph says, as it is put together."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)  # contents of text boxes anchored here
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnote" or "endnote", id) referred to here
    bold_chars: int = 0
    chars: int = 0
    points: dict[float, int] = field(default_factory=dict)  # size of letters: characters set in it

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def bold(self) -> bool:
        return 0 < self.chars == self.bold_chars

    @property
    def main_points(self) -> float | None:
        return max(self.points, key=lambda size: self.points[size]) if self.points else None

    def extend(self, other: Line) -> None:
        """Go on with another paragraph's words."""
        self.pieces.extend(other.pieces)
        self.boxes.extend(other.boxes)
        self.notes.extend(other.notes)
        self.bold_chars += other.bold_chars
        self.chars += other.chars
        for size, chars in other.points.items():
            self.points[size] = self.points.get(size, 0) + chars


class ParagraphReader:
    """Reads paragraphs one after the other; fields may run over several of them, so it remembers where in one it is."""

    def __init__(self, styles: Styles, furniture: bool = False) -> None:
        """`furniture` is set for page headers and footers: the number of the page is left out there."""
        self._styles = styles
        self._furniture = furniture
        self._fields: list[str] = []
        self._instructions: list[str] = []

    def read(self, paragraph: etree._Element) -> Line:
        line = Line()
        style = self._styles.paragraph(value_of(paragraph.find(f"{W}pPr"), "pStyle"))
        self._walk(paragraph, line, bool(style.bold), style.points or self._styles.default_points, bool(style.hidden))
        # An instruction that isn't closed by now is a broken field: what follows is text again.
        while self._fields and self._fields[-1] == _INSTRUCTION:
            self._fields.pop()
            self._instructions.pop()
        return line

    def _walk(self, parent: etree._Element, line: Line, bold: bool, points: float | None, hidden: bool) -> None:
        for child in parent.iterchildren():
            tag = child.tag
            if tag in (f"{W}r", f"{M}r"):
                self._run(child, line, bold, points, hidden)
            elif tag == f"{W}sdt":
                if flag(child.find(f"{W}sdtPr"), "showingPlcHdr"):
                    continue  # "Klicka här för att ange text"
                self._walk(child, line, bold, points, hidden)
            elif tag == f"{W}fldSimple" and self._furniture and _is_page(child.get(f"{W}instr", "")):
                continue
            elif tag in WRAPPERS:
                self._walk(child, line, bold, points, hidden)
            elif tag == f"{MC}AlternateContent" and (chosen := alternative(child)) is not None:
                self._walk(chosen, line, bold, points, hidden)

    def _run(self, run: etree._Element, line: Line, bold: bool, points: float | None, hidden: bool) -> None:
        properties = run.find(f"{W}rPr")
        style = self._styles.get(value_of(properties, "rStyle"))
        own_bold, own_hidden = flag(properties, "b"), unseen(properties)
        bold = own_bold if own_bold is not None else bold if style.bold is None else style.bold
        hidden = own_hidden if own_hidden is not None else hidden if style.hidden is None else style.hidden
        points = points_of(properties) or style.points or points
        for child in run.iterchildren():
            if child.tag == f"{W}fldChar":
                self._turn(child.get(f"{W}fldCharType", ""))
            elif child.tag == f"{W}instrText":
                if self._fields and self._fields[-1] == _INSTRUCTION:
                    self._instructions[-1] += child.text or ""
            elif hidden or any(state != _RESULT for state in self._fields):
                continue
            elif words := _words(child):
                line.pieces.append(words)
                chars = len(words.strip())
                line.chars += chars
                line.bold_chars += chars if bold else 0
                if points and chars:
                    line.points[points] = line.points.get(points, 0) + chars
            elif child.tag in _NOTES:
                kind = "footnote" if child.tag == f"{W}footnoteReference" else "endnote"
                line.notes.append((kind, child.get(f"{W}id", "")))
            else:
                line.boxes.extend(text_boxes(child))

    def _turn(self, kind: str) -> None:
        """Go into a field, from its instruction to its result, or out of it."""
        if kind == "begin":
            self._fields.append(_INSTRUCTION)
            self._instructions.append("")
        elif kind == "separate" and self._fields:
            left_out = self._furniture and _is_page(self._instructions[-1])
            self._fields[-1] = _LEFT_OUT if left_out else _RESULT
        elif kind == "end" and self._fields:
            self._fields.pop()
            self._instructions.pop()


def _is_page(instruction: str) -> bool:
    return instruction.split()[:1] != [] and instruction.split()[0].upper() in _PAGE_FIELDS


def _words(child: etree._Element) -> str:
    if child.tag in (f"{W}t", f"{M}t"):
        return child.text or ""
    if child.tag == f"{W}sym":
        try:
            return chr(int(child.get(f"{W}char", ""), 16))
        except (ValueError, OverflowError):
            return ""
    return _SIGNS.get(str(child.tag), "")


def alternative(element: etree._Element) -> etree._Element | None:
    """Of content that is there twice, for newer and for older programs, the newer."""
    return next(element.iterchildren(f"{MC}Choice", f"{MC}Fallback"), None)


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of text boxes at or below `element`, not those inside others."""
    pending = [element]
    while pending:
        current = pending.pop()
        if current.tag == f"{W}txbxContent":
            yield current
        elif current.tag == f"{MC}AlternateContent":
            if (chosen := alternative(current)) is not None:
                pending.append(chosen)
        else:
            pending.extend(reversed(list(current)))
