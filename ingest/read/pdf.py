"""PDF: the text of a file page by page, with its furniture, headings and tables; scanned pages by OCR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Span
from ingest.read.extract import Extract, Note, Table, UnreadableError
from ingest.read.pdf_boxes import boxes_of, render_page
from ingest.read.pdf_furniture import furniture_of
from ingest.read.pdf_headings import headings_of
from ingest.read.pdf_open import opened
from ingest.read.pdf_page import PdfSettings, read_page
from ingest.read.pdf_paragraphs import ENDS
from ingest.read.pdf_text import PageText
from ingest.read.progress import goes_on

__all__ = ["PdfSettings", "boxes_of", "read_pdf", "render_page"]


def read_pdf(content: bytes, settings: PdfSettings) -> Extract:
    """Read a PDF.

    A page that can't be read is empty in the text and told of in `notes`; scripts, attachments and the content of forms
    are not looked at. One page is held in memory at a time, besides the text.

    Raises:
        UnreadableError: the file is no PDF, broken, encrypted, too long, or no page of it could be read.
    """
    pages: list[PageText] = []
    notes: list[Note] = []
    scanned = False
    with opened(content, settings.max_pages) as (document, count):
        for number in range(1, count + 1):
            reading = read_page(document, number, settings)
            pages.append(replace(reading.text, boxes=()))
            notes.extend(reading.notes)
            scanned = scanned or reading.scanned
            goes_on()
    if notes and not any(page.text for page in pages):
        reason = (
            notes[0].reason if len(pages) == 1 else f"none of its {len(pages)} pages can be read: {notes[0].reason}"
        )
        raise UnreadableError(reason, notes[0].remedy)
    return replace(_assembled(pages, tuple(notes)), scanned=scanned)


def _assembled(pages: Sequence[PageText], notes: tuple[Note, ...]) -> Extract:
    """The pages one after the other, with a form feed between them."""
    furniture = furniture_of(pages)
    headings = headings_of(pages, furniture)
    text: list[str] = []
    starts: list[int] = []
    aside: list[Span] = []
    heads: list[tuple[int, int]] = []
    tables: list[Table] = []
    position = 0
    for place, page in enumerate(pages):
        if place:
            feed = "\f" if _runs_on(pages[place - 1], furniture[place - 1], page, furniture[place]) else "\n\f"
            text.append(feed)
            position += len(feed)
        starts.append(position)
        text.append(page.text)
        rows: dict[int, list[int]] = {}
        for number, line in enumerate(page.lines):
            if number in furniture[place]:
                aside.append(Span(position + line.start, position + line.end))
            elif line.table is not None:
                rows.setdefault(line.table, []).append(number)
            if number in headings[place]:
                heads.append((position + line.start, headings[place][number]))
        for numbers in rows.values():
            lines = [page.lines[number] for number in numbers]
            spans = tuple(Span(position + line.start, position + line.end) for line in lines)
            tables.append(Table(spans, header=lines[0].header))
        position += len(page.text)
    return Extract(
        "".join(text),
        pages=tuple(starts),
        aside=tuple(aside),
        headings=tuple(heads),
        tables=tuple(tables),
        notes=notes,
    )


def _runs_on(upper: PageText, above: frozenset[int], lower: PageText, below: frozenset[int]) -> bool:
    """Whether a paragraph goes on from one page to the next."""
    last = next((line for number, line in reversed(list(enumerate(upper.lines))) if number not in above), None)
    first = next((line for number, line in enumerate(lower.lines) if number not in below), None)
    if last is None or first is None or last.table is not None or first.table is not None:
        return False
    end = upper.text[last.start : last.end]
    return not end.endswith(ENDS) and lower.text[first.start : first.end][:1].islower()
