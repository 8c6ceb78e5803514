"""python-docx's template without what the corpus has no use for, which is nine tenths of it."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import qn

KEPT_STYLES = frozenset(
    {
        "Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid", "Title", "Caption",
        "Heading 1", "Heading 2", "Heading 3", "List Number", "List Bullet", "Header", "Footer",
    }
)  # fmt: skip
_EFFECTS = "/stylesWithEffects"


def empty_document() -> Document:
    """A Word document without text, with the styles used here and no others."""
    document = docx.Document()
    _drop(document.part.package.rels, RELATIONSHIP_TYPE.THUMBNAIL)
    _drop(document.part.rels, _EFFECTS)
    for style in list(document.styles):
        if style.name not in KEPT_STYLES:
            style.delete()
    for style in document.styles:
        for link in style.element.findall(qn("w:link")):
            style.element.remove(link)  # to a character style that is gone
    return document


def _drop(relations: Relationships, kind: str) -> None:
    """Leave out the parts related as `kind`."""
    for identifier, relation in list(relations.items()):
        if relation.reltype.endswith(kind):
            del relations[identifier]
