"""Places and pictures: where a quote stands on a page, and what the page looks like."""

from __future__ import annotations

import hashlib
import io
from collections import OrderedDict
from threading import Lock

import pypdfium2

from ingest.read.extract import UnreadableError
from ingest.read.pdf_open import opened, page_of, picture_of
from ingest.read.pdf_page import PdfSettings, read_page
from ingest.read.pdf_text import PageText
from ingest.read.pdf_word import Box

NEAR = 3.0  # of the height of a line: signs further apart get rectangles of their own
ROUNDING = 0.01  # pixels: widths are rounded up
REMEMBERED_PAGES = 32  # pages kept for the next quote on them, for OCR of one takes seconds


def boxes_of(content: bytes, page: int, start: int, end: int, settings: PdfSettings) -> tuple[Box, ...]:
    """The rectangles that cover a quote, one a line, as shares (0-1) of the width and height of the page as shown.

    `start` and `end` count characters from the beginning of the page (`Extract.pages[page - 1]`) whose 1-based number is
    `page`. A quote that runs on overleaf is covered as far as the page reaches.

    Raises:
        UnreadableError: the file can't be opened, or has no such page.
    """
    return boxes_on(page_of_text(content, page, settings), start, end)


def boxes_on(read: PageText, start: int, end: int) -> tuple[Box, ...]:
    """As `boxes_of`, on a page that was read already."""
    rectangles: list[Box] = []
    for line in read.lines:
        boxes = [box for box in read.boxes[max(start, line.start) : min(end, line.end)] if box]
        for box in boxes:
            last = rectangles[-1] if rectangles else None
            if last and _in_line(last, box, line.turned):
                rectangles[-1] = Box(
                    min(last.left, box.left),
                    min(last.top, box.top),
                    max(last.right, box.right),
                    max(last.bottom, box.bottom),
                )
            else:
                rectangles.append(box)
    return tuple(
        Box(
            max(0.0, box.left / read.width),
            max(0.0, box.top / read.height),
            min(1.0, box.right / read.width),
            min(1.0, box.bottom / read.height),
        )
        for box in rectangles
    )


def render_page(content: bytes, page: int, width_px: int) -> bytes:
    """A PNG of the page with this 1-based number, `width_px` pixels wide (fewer where the picture would grow too large).

    Raises:
        UnreadableError: the file can't be opened, or has no such page.
    """
    with opened(content) as (document, count):
        _check(page, count)
        try:
            with page_of(document, page) as shown:
                picture, _ = picture_of(shown, (width_px - ROUNDING) / max(1.0, shown.get_width()), grey=False)
                red, green, blue = picture.split()
                if red.tobytes() == green.tobytes() == blue.tobytes():
                    picture = red  # a third of the bytes
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(f"page {page} is broken", "open the file in a PDF program") from error
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _in_line(one: Box, other: Box, turned: bool) -> bool:
    """Whether two rectangles follow each other on a line, which runs across the page, or up or down when `turned`."""
    if turned:
        one, other = (Box(box.top, box.left, box.bottom, box.right) for box in (one, other))
    height = min(one.bottom - one.top, other.bottom - other.top)
    beside = min(one.bottom, other.bottom) - max(one.top, other.top) >= 0.5 * height
    return beside and min(one.right, other.right) - max(one.left, other.left) > -NEAR * height


_pages: OrderedDict[tuple[str, int, bool, str], PageText] = OrderedDict()
_pages_lock = Lock()


def page_of_text(content: bytes, page: int, settings: PdfSettings) -> PageText:
    """The text of the page with this 1-based number, from memory if it was asked for lately.

    Raises:
        UnreadableError: the file can't be opened, or has no such page.
    """
    key = (hashlib.sha256(content).hexdigest(), page, settings.ocr, settings.ocr_languages)
    with _pages_lock:
        if key in _pages:
            _pages.move_to_end(key)
            return _pages[key]
    with opened(content) as (document, count):
        _check(page, count)
        text = read_page(document, page, settings).text
    with _pages_lock:
        _pages[key] = text
        while len(_pages) > REMEMBERED_PAGES:
            _pages.popitem(last=False)
    return text


def _check(page: int, count: int) -> None:
    if not 1 <= page <= count:
        raise UnreadableError(f"there is no page {page} among its {count}", "ingest the file again")
