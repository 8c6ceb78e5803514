"""Blank pages: which pages of a PDF have nothing on them, so that no text is missing there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.read.extract import UnreadableError


def blank_pages(path: Path, pages: Sequence[int]) -> frozenset[int] | None:
    """Those of the 1-based `pages` on which nothing is drawn; None when the file isn't there or is no PDF that opens."""
    import pypdfium2.raw as pdfium

    from ingest.read.pdf_open import PDFIUM, opened

    if path.suffix.lower() != ".pdf":
        return None
    blank = set()
    try:
        with opened(path.read_bytes()) as (document, count), PDFIUM:
            for number in pages:
                if number <= count:
                    page = document[number - 1]
                    if pdfium.FPDFPage_CountObjects(page) == 0:
                        blank.add(number)
                    page.close()
    except (OSError, UnreadableError):
        return None
    return frozenset(blank)
