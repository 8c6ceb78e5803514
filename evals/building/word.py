"""DOCX: a Word file with heading styles, numbered lists, tables, and fields for the page numbers."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table as Sheet
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from evals.building.archive import repack
from evals.building.blocks import (
    Block,
    Box,
    Bullets,
    Facts,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)
from evals.building.inline import Text, bind, bind_words, plain
from evals.building.letterhead import INVENTED, MUNICIPALITY, letterhead_of
from evals.building.source import Source
from evals.building.word_furniture import add_furniture
from evals.building.word_lists import new_list, number_line
from evals.building.word_styles import HeadingStyles, set_styles
from evals.building.word_template import empty_document

TEXT_WIDTH = 160  # mm
NARROW, WIDE = 12, 45  # characters: no column is weighed lower or higher


def render_docx(source: Source) -> bytes:
    """The document as a Word file."""
    document = empty_document()
    _describe(document, source)
    styles = set_styles(document, source)
    add_furniture(document, source)
    _letterhead(document, source)
    document.add_paragraph(bind_words(source.title), style=styles.title)
    for block in source.blocks:
        _add(document, block, styles)
    stream = BytesIO()
    document.save(stream)
    return repack(stream.getvalue())


def _describe(document: Document, source: Source) -> None:
    day = datetime.fromisoformat(f"{source.date}T08:00:00")
    properties = document.core_properties
    properties.title, properties.author, properties.comments = source.title, source.body, INVENTED
    properties.created = properties.modified = day
    properties.last_modified_by, properties.language, properties.revision = source.body, "sv-SE", 1


def _letterhead(document: Document, source: Source) -> None:
    letterhead = letterhead_of(source)
    if letterhead is None:
        return
    left, right = _bare_table(document, 1, (100, 60)).rows[0].cells
    line = left.paragraphs[0]
    line.add_run(MUNICIPALITY).bold = True
    line.add_run().add_break()
    line.add_run(letterhead.sender)
    line = right.paragraphs[0]
    for number, fact in enumerate(letterhead.facts):
        if number:
            line.add_run().add_break()
        line.add_run(bind_words(fact)).bold = fact.isupper()
    document.add_paragraph()
    if letterhead.recipients:
        line = document.add_paragraph("Till")
        for recipient in letterhead.recipients:
            line.add_run().add_break()
            line.add_run(recipient)


def _add(document: Document, block: Block, styles: HeadingStyles) -> None:
    match block:
        case Heading():
            _write(document.add_paragraph(style=styles.of(block.level)), block.text)
        case Paragraph():
            _write(document.add_paragraph(), block.text)
        case Numbered():
            number = new_list(document, block.start)
            for item in block.items:
                line = document.add_paragraph(style="List Number")
                number_line(line, number)
                _write(line, item)
        case Bullets():
            for item in block.items:
                _write(document.add_paragraph(style="List Bullet"), item)
        case Table():
            _add_table(document, block)
        case Facts():
            _add_facts(document, block)
        case Signatures():
            _add_signatures(document, block)
        case Box():
            _add_box(document, block)
        case PageBreak():
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _write(line: Line, text: Text) -> Line:
    """Add the runs of `text`, a forced break as a break within the paragraph."""
    for run in bind(text):
        for number, words in enumerate(run.words.split("\n")):
            if number:
                line.add_run().add_break()
            added = line.add_run(words)
            added.bold, added.italic = run.bold or None, run.italic or None
    return line


def _bare_table(document: Document, rows: int, widths: tuple[int, ...]) -> Sheet:
    """A table without lines; widths in mm."""
    table: Sheet = document.add_table(rows, len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _add_table(document: Document, block: Table) -> None:
    if block.caption:
        _write(document.add_paragraph(style="Caption"), block.caption).paragraph_format.keep_with_next = True
    table = document.add_table(1 + len(block.rows), len(block.head), style="Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, _shares(block), strict=True):
        column.width = Mm(TEXT_WIDTH * share)
        for cell in column.cells:
            cell.width = Mm(TEXT_WIDTH * share)
    for number, (row, cells) in enumerate(zip(table.rows, (block.head, *block.rows), strict=True)):
        if number == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, text, right in zip(row.cells, cells, block.right, strict=True):
            _fill(cell, text, right, bold=number == 0)
    document.add_paragraph()


def _shares(block: Table) -> list[float]:
    """The part of the width each column gets, by its longest cell, within reason."""
    rows = (block.head, *block.rows)
    longest = [max(len(plain(row[column])) for row in rows) for column in range(len(block.head))]
    weights = [min(max(length, NARROW), WIDE) for length in longest]
    return [weight / sum(weights) for weight in weights]


def _fill(cell: _Cell, text: Text, right: bool, bold: bool) -> None:
    line = _write(cell.paragraphs[0], text)
    line.paragraph_format.space_after = Pt(2)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if bold:
        for run in line.runs:
            run.bold = True


def _add_facts(document: Document, facts: Facts) -> None:
    table = _bare_table(document, len(facts.rows), (45, TEXT_WIDTH - 45))
    for row, (label, values) in zip(table.rows, facts.rows, strict=True):
        name, value = row.cells
        name.paragraphs[0].add_run(f"{label}:").bold = True
        for number, text in enumerate(values):
            _write(value.add_paragraph() if number else value.paragraphs[0], text)
    document.add_paragraph()


def _add_signatures(document: Document, signatures: Signatures) -> None:
    signers = signatures.signers
    table = _bare_table(document, (len(signers) + 1) // 2, (TEXT_WIDTH // 2, TEXT_WIDTH // 2))
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, signer in zip(cells, signers, strict=False):
        cell.paragraphs[0].paragraph_format.space_before = Pt(24)
        cell.paragraphs[0].add_run(signer)
    document.add_paragraph()


def _add_box(document: Document, framed: Box) -> None:
    cell = document.add_table(1, 1, style="Table Grid").rows[0].cells[0]
    for number, text in enumerate(framed.paragraphs):
        _write(cell.add_paragraph() if number else cell.paragraphs[0], text)
    document.add_paragraph()
