"""Opening a PDF with pdfium, and drawing its pages."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from ingest.read.extract import UnreadableError

# pdfium can't be used by two threads at once; each call into it from this package holds the lock.
PDFIUM = threading.RLock()
MAX_PIXELS = 40_000_000  # of a picture of a page; a larger page is drawn coarser
_SEARCHED = 1024  # bytes at the beginning in which a PDF says that it is one

_REASONS = {
    pdfium.FPDF_ERR_PASSWORD: (
        "the PDF is protected with a password",
        "save a copy without the password, from a program that opens it",
    ),
    pdfium.FPDF_ERR_SECURITY: (
        "the PDF is encrypted in a way that isn't read",
        "save a copy without encryption, from a program that opens it",
    ),
}
_BROKEN = ("the PDF is broken", "open it in a PDF program and print it to a new PDF, or fetch it anew")


@contextmanager
def opened(content: bytes, max_pages: int | None = None) -> Iterator[tuple[pypdfium2.PdfDocument, int]]:
    """The document in `content` and the number of its pages; it is closed at the end.

    Raises:
        UnreadableError: it is no PDF, broken, encrypted, without pages, or has more than `max_pages` (None: any number is allowed).
    """
    if b"%PDF" not in content[:_SEARCHED]:
        raise UnreadableError("the file is named as a PDF but isn't one", "give it the ending of what it is")
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(*_REASONS.get(error.err_code, _BROKEN)) from error
        count = len(document)
    try:
        if count == 0:
            raise UnreadableError("the PDF has no pages", _BROKEN[1])
        if max_pages is not None and count > max_pages:
            raise UnreadableError(
                f"the PDF has {count} pages, more than the {max_pages} allowed",
                "split it, or raise the setting max_pages",
            )
        yield document, count
    finally:
        with PDFIUM:
            document.close()


@contextmanager
def page_of(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """The page with this 1-based number, while the lock is held."""
    with PDFIUM:
        page = document[number - 1]
        try:
            yield page
        finally:
            page.close()


def picture_of(page: pypdfium2.PdfPage, scale: float, grey: bool = True) -> tuple[Image.Image, float]:
    """A picture of a page as shown, `scale` dots to a point, and the scale it has, smaller on a very large page."""
    width, height = page.get_size()
    scale = min(scale, math.sqrt(MAX_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, grayscale=grey)
    try:
        return bitmap.to_pil().convert("L" if grey else "RGB"), scale
    finally:
        bitmap.close()
