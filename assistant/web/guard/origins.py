"""Requests that change something come from our own pages, or from programs: never from another site's page."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.guard.replies import refusal
from assistant.web.guard.words import language_of, words

HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


def from_elsewhere(scope: Scope) -> bool:
    """Whether a page of another site may have sent the request.

    Browsers tell in Sec-Fetch-Site (over https and on this machine) and in Origin (always with a POST); a program sends
    neither. A request with cookies but without either comes from something that should have told.
    """
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    return "cookie" in headers


class OwnOrigin:
    """Refuses what another site's page sent, and the kinds of request that nothing here uses."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in HARMLESS and from_elsewhere(scope):
            language = language_of(scope)
            await refusal(scope, 403, words(language).elsewhere, language)(scope, receive, send)
            return
        await self._application(scope, receive, send)
