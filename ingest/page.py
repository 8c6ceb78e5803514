"""A page of a PDF as it is seen: its picture, or its text with the place of each sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import DocumentError

if TYPE_CHECKING:  # importing them doubles the time `ingest.parse_worker` takes to start
    from ingest.read.pdf_text import PageText
    from ingest.settings import Settings


@dataclass(frozen=True)
class Look:
    """What is to be seen of the page with this 1-based number: a picture `width_px` wide (a PNG), or else its text."""

    document: str  # id, used in messages
    content: bytes  # of the file
    page: int
    width_px: int | None = None


def look(asked: Look, settings: Settings) -> bytes | PageText:
    """See a page, in this process; `ingest.workers` does it in another, within limits.

    Raises:
        DocumentError: the file can't be opened, or has no such page.
    """
    from ingest.read.extract import UnreadableError
    from ingest.read.pdf_boxes import page_of_text, render_page

    try:
        if asked.width_px is not None:
            return render_page(asked.content, asked.page, asked.width_px)
        return page_of_text(asked.content, asked.page, settings)
    except UnreadableError as error:
        raise DocumentError(asked.document, error.reason, error.remedy) from error
