"""Tags: what a tagged PDF says about its text: headings, the cells of tables, and what is no text of the document.

Word processors write these for screen readers; pages without them are read by geometry and typography alone.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from ingest.read.pdf_word import NO_MARK, Cell, Mark

MAX_DEPTH = 60  # of the tree of tags; deeper ones are not looked at
MAX_ELEMENTS = 20_000  # of one page
_HEADING = re.compile(r"H([1-6])")
_ARTIFACT = Mark(artifact=True)


@dataclass
class Tags:
    """What the tags of one page say, by the number of the marked content."""

    marks: dict[int, Mark] = field(default_factory=dict)
    tables: int = 0
    elements: int = 0

    def of(self, text_object: Any) -> Mark:
        """What they say about a text object."""
        if not self.elements:
            return NO_MARK
        number = pdfium.FPDFPageObj_GetMarkedContentID(text_object)
        if number >= 0 and number in self.marks:
            return self.marks[number]
        return _ARTIFACT if _is_artifact(text_object) else NO_MARK


def tags_of(page: Any) -> Tags:
    """The tags of a page; none when the file isn't tagged."""
    tags = Tags()
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if tree:
        try:
            for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place), NO_MARK, 0, tags)
        finally:
            pdfium.FPDF_StructTree_Close(tree)
    return tags


def _walk(element: Any, mark: Mark, depth: int, tags: Tags) -> None:
    """Take in one element and those below it; `mark` is what is known from above."""
    tags.elements += 1
    if not element or depth > MAX_DEPTH or tags.elements > MAX_ELEMENTS:
        return
    kind = _text(pdfium.FPDF_StructElement_GetType, element)
    cell = mark.cell
    if match := _HEADING.fullmatch(kind):
        mark = replace(mark, level=min(3, int(match.group(1))))
    elif kind in {"Title", "H"}:
        mark = replace(mark, level=1)
    elif kind == "Table" and cell is None:
        cell = Cell(tags.tables, -1, -1, False)
        tags.tables += 1
    elif kind == "Artifact":
        mark = replace(mark, artifact=True)
    rows = columns = 0
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, place)
        if number >= 0:
            tags.marks[number] = replace(mark, cell=cell) if cell and cell.column >= 0 else mark
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
        if not child:
            rows += cell is not None and kind in {"Table", "THead", "TBody", "TFoot"}  # a row on another page
            continue
        below = cell
        child_kind = _text(pdfium.FPDF_StructElement_GetType, child)
        if cell and child_kind == "TR" and cell.column < 0:
            below = cell._replace(row=max(cell.row, 0) + rows)
            rows += 1
        elif cell and child_kind in {"THead", "TBody", "TFoot"} and cell.row < 0:
            below = cell._replace(row=rows)
            rows += pdfium.FPDF_StructElement_CountChildren(child)
        elif cell and child_kind in {"TD", "TH"} and kind == "TR":
            below = cell._replace(column=columns, header=child_kind == "TH")
            columns += 1
        _walk(child, replace(mark, cell=below) if below else mark, depth + 1, tags)


def _is_artifact(text_object: Any) -> bool:
    length = ctypes.c_ulong()
    for place in range(pdfium.FPDFPageObj_CountMarks(text_object)):
        mark = pdfium.FPDFPageObj_GetMark(text_object, place)
        name = (ctypes.c_ushort * 16)()
        if (
            pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
            and bytes(name).decode("utf-16-le", "replace").split("\0")[0] == "Artifact"
        ):
            return True
    return False


def _text(function: Any, element: Any) -> str:
    """What a pdfium function tells as text in UTF-16."""
    size = function(element, None, 0)
    if not 0 < size < 1000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
