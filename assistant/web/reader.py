"""The reader: a document of the index, open at the very words that an answer quotes.

Pages of plain HTML that need no script. A document is named by its id and nothing else leads to a file; see `ingest.original`.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from assistant.library import Library
from assistant.markup import element
from assistant.model import Language
from assistant.web import links
from assistant.web.reader_page import LARGE_PICTURE_PX, PICTURE_PX, STYLE, ZOOMS, Shown, View, message, page
from assistant.web.reader_texts import reader_texts
from ingest.errors import DocumentError, RadslagError, UsageError
from ingest.model import Span
from ingest.original import Lost, Original, OriginalError
from ingest.pages import BusyError

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-cache",
}
PICTURE_SECONDS = 3.0  # how long a page waits to learn whether its picture can be drawn
TIMELINES = 3  # matters whose timelines are shown; of more there is a list
TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".eml": "message/rfc822",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}
_MAX_DIGITS = 9

logger = logging.getLogger("radslag")


class Reads(Protocol):
    """What the reader needs of the assistant."""

    @property
    def library(self) -> Library: ...


def router(service: Reads) -> APIRouter:
    """The reader's pages, pictures of pages, and original files."""
    routes = APIRouter()
    here = Path(__file__).parent
    sheets = (here / "static" / "palette.css", here / "static" / "badge.css", here / "reader.css")
    style = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)

    def read(request: Request) -> Response:
        return _read(service.library, request)

    def picture(request: Request) -> Response:
        return _picture(service.library, request)

    def original(request: Request) -> Response:
        return _original(service.library, request)

    def styled(_: Request) -> Response:
        headers = {**HEADERS, "cache-control": "public, max-age=300"}
        return Response(style, media_type="text/css", headers=headers)

    routes.add_route(links.READER, read, include_in_schema=False)
    routes.add_route(links.PAGE_PICTURE, picture, include_in_schema=False)
    routes.add_route(links.ORIGINAL, original, include_in_schema=False)
    routes.add_route(STYLE, styled, include_in_schema=False)
    return routes


def _read(library: Library, request: Request) -> Response:
    given = request.query_params
    language, theme = _language(request), _theme(request)
    words = reader_texts(language)
    try:
        source = library.source(given.get("document", ""))
        if source is None:
            return _message(404, words.unknown_title, words.unknown, language, theme)
        start, end = _number(given.get("start")), _number(given.get("end"))
        asked = Span(start, end) if start is not None and end is not None else None
        if asked and not source.holds(asked):
            asked = None
        lost = asked is None and ("start" in given or "end" in given)
        number = _number(given.get("page"))
        if number is None:
            number = source.page_at(source.marks(asked)[0].start) if asked else 1
        zoom = _number(given.get("zoom"))
        view = View(
            source,
            asked,
            min(max(number, 1), len(source.pages)),
            language,
            theme,
            zoom if zoom in ZOOMS else ZOOMS[0],
        )
        shown = _shown(library, view)
    except RadslagError as error:
        logger.error("%s", error)
        return _message(503, words.failed_title, words.failed, language, theme)
    if lost:
        shown = replace(shown, notices=[words.not_there, *shown.notices])
    return HTMLResponse(page(view, shown), headers=HEADERS)


def _shown(library: Library, view: View) -> Shown:
    """What there is to show; what has gone wrong with the file is told on the page, which shows the stored text then."""
    source, words = view.source, view.text
    timelines = library.timelines(source, view.words) if view.words else ()
    matters = library.matters(source.document) if not timelines else ()
    if matters and len(matters) <= TIMELINES:
        timelines, matters = library.timelines(source), ()
    shown = Shown(
        picture=source.drawn,
        places=None,
        notices=[],
        dates=library.dates(source, view.words) if view.words else (),
        timelines=timelines,
        matters=matters,
        original=True,
    )
    try:
        original = library.original(source.document)
    except OriginalError as error:
        logger.warning("%s", error)
        notice = f"{words.lost[error.lost]} {words.stored_text}"
        return replace(shown, picture=False, original=False, notices=[notice])
    if not source.drawn:
        return shown
    try:
        library.picture(original, view.page, view.picture_px, PICTURE_SECONDS)
        here = any(mark.start < view.span.end and mark.end > view.span.start for mark in view.marks)
        places = library.places(source, view.page, view.marks) if here else None
    except BusyError:
        return replace(shown, picture=False, notices=[f"{words.busy} {words.stored_text}"])
    except DocumentError as error:
        logger.warning("%s", error)
        return replace(shown, picture=False, notices=[words.not_drawn])
    if here and places and not places.boxes:
        shown = replace(shown, notices=[words.no_boxes])
    return replace(shown, places=places, again=here and places is None)


def _picture(library: Library, request: Request) -> Response:
    given = request.query_params
    document, width = given.get("document", ""), _number(given.get("width"))
    number = _number(given.get("page"))
    if number is None or width not in {PICTURE_PX, LARGE_PICTURE_PX} or not document.lower().endswith(".pdf"):
        return _plain(404, "no such picture")
    try:
        original = library.original(document)
        tag = f'"{original.version[:32]}-{number}-{width}"'
        headers = {**HEADERS, "etag": tag, "cache-control": "private, max-age=300"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        picture = library.picture(original, number, width)
    except BusyError as error:
        return _plain(503, str(error), {"retry-after": "5"})
    except OriginalError as error:
        return _plain(410, reader_texts(_language(request)).lost[error.lost])
    except UsageError:
        return _plain(404, reader_texts(_language(request)).unknown)
    except DocumentError as error:
        return _plain(422, error.reason)
    return Response(picture, media_type="image/png", headers=headers)


def _original(library: Library, request: Request) -> Response:
    document = request.query_params.get("document", "")
    language = _language(request)
    words = reader_texts(language)
    try:
        original = library.original(document)
    except OriginalError as error:
        logger.warning("%s", error)
        stored = element("p", element("a", words.stored_text, href=links.reader_url(document, language=language)))
        status = 503 if error.lost is Lost.UNREADABLE else 410
        return _message(status, words.no_original, words.lost[error.lost], language, _theme(request), stored)
    except UsageError:
        return _message(404, words.unknown_title, words.unknown, language, _theme(request))
    return Response(original.content, headers=_of_download(original))


def _of_download(original: Original) -> dict[str, str]:
    """A browser is to save the file whatever it holds; one that opens it nevertheless lets nothing in it act."""
    ending = PurePosixPath(original.name).suffix.lower()
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "_" for sign in original.name)
    return {
        **HEADERS,
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'self'",
        "content-type": TYPES.get(ending, "application/octet-stream"),
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(original.name, safe='')}",
    }


def _message(status: int, title: str, words: str, language: Language, theme: str | None, *more: str) -> Response:
    return HTMLResponse(message(title, words, language, theme, *more), status, headers=HEADERS)


def _plain(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(words, status, headers={**HEADERS, **(headers or {})})


def _language(request: Request) -> Language:
    return "en" if request.query_params.get("lang") == "en" else "sv"


def _theme(request: Request) -> str | None:
    theme = request.query_params.get("theme")
    return theme if theme in {"light", "dark"} else None


def _number(given: str | None) -> int | None:
    """A whole number of the query, or None for anything else."""
    digits = given is not None and given.isascii() and given.isdigit() and len(given) <= _MAX_DIGITS
    return int(given) if given and digits else None
