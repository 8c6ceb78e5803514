"""Headers and footers of the Word files, with fields that count the pages."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from evals.building.letterhead import ATTEST, SIGN, footer_of
from evals.building.source import Source

SMALL, FINE = Pt(9), Pt(8)
TEXT_WIDTH = Mm(160)


def add_furniture(document: Document, source: Source) -> None:
    """Page number on every page, running header from the second, footer on all."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.styles["Header"].paragraph_format.tab_stops.clear_all()
    for header, words in ((section.first_page_header, ""), (section.header, source.header)):
        line = header.paragraphs[0]
        line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        _run(line, f"{words}\tSida ")
        _field(line, "PAGE")
        _run(line, " (")
        _field(line, "NUMPAGES")
        _run(line, ")")
    for footer in (section.first_page_footer, section.footer):
        lines = ([f"{SIGN}: ....................    {ATTEST}: ...................."] if source.signline else []) + list(
            footer_of(source)
        )
        for number, words in enumerate(lines):
            line = footer.add_paragraph() if number else footer.paragraphs[0]
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.add_run(words).font.size = FINE


def _run(line: Paragraph, words: str) -> None:
    line.add_run(words).font.size = SMALL


def _field(line: Paragraph, name: str) -> None:
    """A field, with 1 as the value shown until the program that opens the file counts."""
    for kind, content in (("begin", None), (None, f" {name} "), ("separate", None), (None, "1"), ("end", None)):
        run = line.add_run()
        run.font.size = SMALL
        element: Any = run._r  # whose append python-docx narrows to runs
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            element.append(mark)
        elif content == "1":
            run.text = content
        else:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = content
            element.append(code)
