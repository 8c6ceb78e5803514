"""Which of Gradio's routes are open. All that can hand out, fetch or take a file are closed, whatever Gradio itself allows."""

from __future__ import annotations

import json
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.guard.replies import refusal
from assistant.web.guard.words import language_of, words

_PAGE = r"(?:/en)?"  # where a page of Gradio's is mounted
_API = f"{_PAGE}/gradio_api"
JOIN = re.compile(rf"{_API}/queue/join/?")
_OPEN = {  # what the pages use; a trailing slash is Gradio's to judge
    "GET": re.compile(rf"{_API}/(?:queue/data|heartbeat/\w+|startup-events|app_id)/?"),
    "POST": re.compile(rf"{_API}/(?:queue/join|cancel|reset)/?"),
}
# Gradio's other routes, which it has beside its programming interface
_CLOSED = re.compile(
    rf"{_PAGE}/(?:monitoring|runs|pwa_icon|custom_component|svelte|openapi\.json|docs|redoc|deep_link)(?:/.*)?"
    r"|/en/(?:login|logout|token|user)(?:/.*)?",
    re.IGNORECASE | re.DOTALL,
)
_GRADIO_API = re.compile(rf"{_API}.*", re.IGNORECASE | re.DOTALL)


class GradioRoutes:
    """Answers 404 for the routes of Gradio that no page needs, and 400 where an event brings a file."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        language = language_of(scope)
        if not is_open(scope["method"], scope["path"]):
            await refusal(scope, 404, words(language).not_here, language)(scope, receive, send)
            return
        if scope["method"] == "POST" and JOIN.fullmatch(scope["path"]):
            body = await _whole(receive)
            if body is None:
                return
            if not harmless(body):
                await refusal(scope, 400, words(language).not_here, language)(scope, receive, send)
                return
            receive = _again(body, receive)
        await self._application(scope, receive, send)


def is_open(method: str, path: str) -> bool:
    """Whether a request may pass: whatever isn't Gradio's may, and of Gradio's what the pages use."""
    method = "GET" if method == "HEAD" else method
    if _CLOSED.fullmatch(path):
        return False
    if not _GRADIO_API.fullmatch(path):
        return True
    return method in _OPEN and bool(_OPEN[method].fullmatch(path))


def harmless(body: bytes) -> bool:
    """Whether what an event is given is JSON and names no file.

    Gradio would fetch a file from any address it is given. Documents are uploaded by a route of our own.
    """
    try:
        rest = [json.loads(body)]
    except (ValueError, RecursionError):
        return False
    while rest:
        each = rest.pop()
        if isinstance(each, dict):
            meta = each.get("meta")
            if "gradio.FileData" in (each.get("_type"), meta.get("_type") if isinstance(meta, dict) else None):
                return False
            rest.extend(each.values())
        elif isinstance(each, list):
            rest.extend(each)
    return True


async def _whole(receive: Receive) -> bytes | None:
    """The body of a request; None when its sender has gone."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives `body` first."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
