"""Requests that change something come from our own pages, or from programs: never from another site's page.

The pages of sites that the setting `cors_origins` names may call the interfaces for programs, without cookies.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.guard.replies import refusal
from assistant.web.guard.words import language_of, words

HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
FOR_PROGRAMS = ("/api/", "/mcp")


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


def is_invited(scope: Scope, origins: Collection[str]) -> bool:
    """Whether a page of one of `origins` calls an interface for programs."""
    headers = Headers(scope=scope)
    return scope["path"].startswith(FOR_PROGRAMS) and headers.get("origin") in origins and "cookie" not in headers


def is_preflight(scope: Scope) -> bool:
    """Whether a browser asks, before it sends what a page of another site wants to, if it may."""
    return scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope)


class OwnOrigin:
    """Refuses what another site's page sent."""

    def __init__(self, application: ASGIApp, invited: Collection[str]) -> None:
        self._application = application
        self._invited = invited

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in HARMLESS and from_elsewhere(scope) and not is_invited(scope, self._invited):
            language = language_of(scope)
            await refusal(scope, 403, words(language).elsewhere, language)(scope, receive, send)
            return
        await self._application(scope, receive, send)
