"""One page of a PDF: by its text layer, or by OCR where it has none worth reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pypdfium2
from PIL import Image

from ingest.read.extract import Note
from ingest.read.ocr import NO_CONFIDENCE, POOR_CONFIDENCE, OcrError, OcrSettings, Scan, recognise
from ingest.read.pdf_fragments import Fragment, fragment_of, fragments_of, fragments_of_row
from ingest.read.pdf_glyphs import MAX_GLYPHS, SLANTED, TextLayer, frame_of, text_layer
from ingest.read.pdf_layout import layout
from ingest.read.pdf_open import page_of, picture_of
from ingest.read.pdf_paragraphs import Line, lines_of_page
from ingest.read.pdf_ruled import ruled_grids
from ingest.read.pdf_rules import Drawing, drawing_of
from ingest.read.pdf_signs import reads_as_text
from ingest.read.pdf_tables import Grid, tagged_grids
from ingest.read.pdf_text import PageText, page_text
from ingest.read.pdf_word import Frame, Mark, Word

FEW_SIGNS = 200  # a page with a picture and fewer is looked at by OCR: a scan with a stamp or a page number on it
PICTURE_PAGE = 0.5  # share of the page such a picture covers
FULLER = 2.0  # times as many signs OCR must find there to be believed rather than the text layer
UNEVEN = 0.2  # of the font size: how much the sizes in the text layer of a scan vary
OCR_DPI = 300  # what Tesseract's models are made for


class PdfSettings(OcrSettings, Protocol):
    """The settings reading a PDF looks at."""

    @property
    def ocr(self) -> bool: ...
    @property
    def max_pages(self) -> int: ...
    @property
    def max_page_points(self) -> float: ...


@dataclass(frozen=True)
class PageReading:
    """What was read from a page, and what the user should know about it."""

    text: PageText
    notes: tuple[Note, ...] = ()
    scanned: bool = False  # whether it is a page for OCR


@dataclass(frozen=True)
class _Look:
    """What pdfium tells about a page."""

    size: tuple[float, float]
    layer: TextLayer
    drawing: Drawing
    scanned: bool  # whether OCR is needed
    picture: tuple[Image.Image, float] | None  # with its resolution; only where OCR is needed and wanted
    garbled: bool  # whether the text layer is no text


def read_page(document: pypdfium2.PdfDocument, number: int, settings: PdfSettings) -> PageReading:
    """Read the page with this 1-based number."""
    try:
        look = _look(document, number, settings)
    except pypdfium2.PdfiumError:
        note = Note(number, "the page is broken", "open the file in a PDF program and print it to a new PDF")
        return PageReading(page_text((), (1.0, 1.0)), (note,))
    if look is None:
        note = Note(
            number,
            f"the page is larger than the {settings.max_page_points:g} points allowed",
            "print it on smaller paper, or raise the setting max_page_points",
        )
        return PageReading(page_text((), (1.0, 1.0)), (note,))
    notes = []
    if look.layer.cut:
        reason = f"the page has more than {MAX_GLYPHS} signs; the rest is not read"
        notes.append(Note(number, reason, "split the page"))
    signs = 0 if look.garbled else sum(len(word.text) for words in look.layer.words.values() for word in words)
    what = "has a text layer without meaning" if look.garbled else "is a picture without text"
    if look.picture:
        try:
            scan = recognise(*look.picture, settings)
        except OcrError as error:
            if not signs:
                notes.append(Note(number, f"the page {what}, and {_lowered(error.reason)}", error.remedy))
        else:
            if scan.signs and scan.confidence < POOR_CONFIDENCE and not signs:
                reason = f"OCR of the page is uncertain ({scan.confidence:.0f} of 100)"
                notes.append(Note(number, reason, "compare it with the original, or scan it anew at 300 dpi"))
            if scan.doubt and not signs:
                reason = f"the signs §, % and @ on the page may be misread: {scan.doubt.reason}"
                notes.append(Note(number, reason, scan.doubt.remedy))
            if scan.signs >= FULLER * signs and scan.confidence >= NO_CONFIDENCE:
                return PageReading(_text_of_scan(scan, look.size), tuple(notes), scanned=True)
    elif not settings.ocr and (look.garbled or (not signs and look.drawing.pictures)):
        notes.append(Note(number, f"the page {what}", "switch the setting ocr on"))
    if look.garbled:
        return PageReading(page_text((), look.size), tuple(notes), look.scanned)
    return PageReading(_text_of_layer(look), tuple(notes), look.scanned)


def _lowered(reason: str) -> str:
    return reason if reason.startswith(("Tesseract", "OCR")) else reason[:1].lower() + reason[1:]


def _look(document: pypdfium2.PdfDocument, number: int, settings: PdfSettings) -> _Look | None:
    """Everything pdfium is asked about a page; None when the page is larger than allowed."""
    with page_of(document, number) as page:
        place = frame_of(page)
        if not 0 < min(place.size) <= max(place.size) <= settings.max_page_points:
            return None
        layer = text_layer(page, place)
        drawing = drawing_of(page, place)
        text = " ".join(word.text for words in layer.words.values() for word in words)
        garbled = not reads_as_text(text, layer.unreadable)
        few = len(text) < FEW_SIGNS and drawing.pictures > PICTURE_PAGE
        scanned = garbled or few or (not text and drawing.anything)
        picture = None
        if settings.ocr and scanned:
            image, scale = picture_of(page, OCR_DPI / 72)
            picture = image, scale * 72
        return _Look(place.size, layer, drawing, scanned, picture, garbled)


def _text_of_layer(look: _Look) -> PageText:
    """The page by its text layer: most of its text first, then what stands turned beside it."""
    scanned = 2 * look.layer.hidden > look.layer.glyphs
    words = {turns: _evened(words) if scanned else words for turns, words in look.layer.words.items() if words}
    lines: list[tuple[Line, Frame]] = []
    for turns in sorted(words, key=lambda turns: (-sum(len(word.text) for word in words[turns]), turns)):
        frame = Frame(turns % SLANTED, *look.size)
        found = _stamp(words[turns]) if turns == SLANTED else _lines(words[turns], look.drawing, frame)
        lines.extend((line, frame) for line in found)
    return page_text(lines, look.size, recognised=scanned)


def _evened(words: list[Word]) -> list[Word]:
    """Words an OCR program measured, those of nearly the usual size in that size."""
    sizes = sorted(word.size for word in words for _ in word.text)
    usual = sizes[len(sizes) // 2]
    return [replace(word, size=usual) if abs(word.size - usual) < UNEVEN * usual else word for word in words]


def _lines(words: list[Word], drawing: Drawing, frame: Frame) -> list[Line]:
    """The lines of the text that runs in one direction."""
    grids = tagged_grids(words)
    taken = {id(word) for grid in grids for line in grid.fragments for word in line.words}
    rest = [word for word in words if id(word) not in taken]
    if not frame.turns:
        ruled = ruled_grids(rest, drawing)
        taken = {id(word) for grid in ruled for line in grid.fragments for word in line.words}
        rest = [word for word in rest if id(word) not in taken]
        grids = [*grids, *ruled]
    return _read(fragments_of(rest), grids, frame)


def _read(fragments: Sequence[Fragment], grids: Sequence[Grid], frame: Frame) -> list[Line]:
    height = frame.size[1]
    return lines_of_page(layout(fragments, grids, height), height)


def _stamp(words: list[Word]) -> list[Line]:
    """Slanted text across the page, on one line: a draft's or a copy's mark, no text of the document."""
    return [Line(((fragment_of(replace(word, mark=Mark(artifact=True)) for word in words),),), apart=True)]


def _text_of_scan(scan: Scan, size: tuple[float, float]) -> PageText:
    frame = Frame(scan.turns, *size, scan.slope)
    fragments = [fragment for line in scan.lines for fragment in fragments_of_row(list(line))]
    return page_text([(line, frame) for line in _read(fragments, (), frame)], size, recognised=True)
