"""Addresses within the web app: where a document is read at its very words, where its original file is, and its pages' pictures.

Every address begins at the root of the server, and names a document by its id, never by a path.
"""

from __future__ import annotations

from urllib.parse import urlencode

from assistant.model import Citation, Language

READER = "/reader"
PAGE_PICTURE = "/reader/page"
ORIGINAL = "/documents/original"
READER_FRAME = "reader"  # name of the frame that links to the reader open in: their `target`
QUOTE_ID = "quote"  # id of the marked words on the reader's page: its fragment


def reader_url(
    document: str,
    start: int | None = None,
    end: int | None = None,
    language: Language = "sv",
    page: int | None = None,
    theme: str | None = None,
    zoom: int | None = None,
) -> str:
    """The reader open at `text[start:end]` of a document, or else at its 1-based `page`, or at its beginning.

    `theme` is "light" or "dark" (None: as the browser prefers), `zoom` the width of the page in percent of the window's.
    """
    given = {
        "document": document,
        "start": start,
        "end": end,
        "page": page,
        "zoom": zoom,
        "theme": theme,
        "lang": language,
    }
    return _url(READER, given) + (f"#{QUOTE_ID}" if start is not None else "")


def citation_url(citation: Citation, language: Language, theme: str | None = None) -> str:
    """The reader open at the words of a citation."""
    return reader_url(citation.document, citation.start, citation.end, language, theme=theme)


def original_url(document: str, language: Language = "sv") -> str:
    """Where the file a document was read from is downloaded; `language` is that of the message when it can't be."""
    return _url(ORIGINAL, {"document": document, "lang": language})


def page_picture_url(document: str, page: int, version: str, width_px: int) -> str:
    """The picture of a 1-based page of a PDF, `width_px` wide; another `version` of the file has another address."""
    return _url(PAGE_PICTURE, {"document": document, "page": page, "width": width_px, "version": version})


def _url(path: str, given: dict[str, str | int | None]) -> str:
    return f"{path}?{urlencode({key: value for key, value in given.items() if value is not None})}"
