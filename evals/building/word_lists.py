"""Numbered lists of the Word files: a list of its own for each, so that every one counts anew."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def new_list(document: Document, start: int) -> int:
    """A new list on the pattern of the style List Number that begins at `start`; its number."""
    numbering = document.part.numbering_part.element
    pattern = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(pattern).abstractNumId.val
    added = numbering.add_num(abstract)
    override = added.add_lvlOverride(ilvl=0)
    override.add_startOverride(start)
    return int(added.numId)


def number_line(line: Paragraph, number: int) -> None:
    """Put a paragraph in the list `number`."""
    properties = line._p.get_or_add_pPr().get_or_add_numPr()  # python-docx makes it at run time
    for name, value in (("w:ilvl", 0), ("w:numId", number)):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(value))
        properties.append(element)
