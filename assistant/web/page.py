"""What Gradio's page template doesn't let us set, the language of the page, and an end to the streams that pages hold."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.model import Language

_LANGUAGE = re.compile(r'(<html\b[^>]*?\blang=")[^"]*')
_HEAD = re.compile(r"<head\b[^>]*>")
_NOT_OURS = re.compile(r'\s*<(?:meta\s+(?:property|name)="(?:og|twitter):|base\s)[^>]*>')


def rewritten(page: str, language: Language, head: str = "") -> str:
    """Gradio's page in `language`, with `head` before everything else in its head, without the tags that present it as Gradio's.

    The base address goes too: it changes nothing but the links within the page, which would load a page with a query anew
    instead of moving within it.
    """
    own = _NOT_OURS.sub("", _LANGUAGE.sub(rf"\g<1>{language}", page, count=1))
    return _HEAD.sub(lambda tag: tag[0] + head, own, count=1)


class Page:
    """An ASGI application around Gradio's: rewrites the pages (path → language).

    Setting `stopping` ends the streams that open pages hold, which would otherwise hold up the end of the server.
    """

    def __init__(self, application: ASGIApp, pages: Mapping[str, Language], head: str) -> None:
        self.application = application
        self.pages = pages
        self.head = head
        self.stopping = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        language = self.pages.get(scope["path"] or "/")
        if language is not None:  # a compressed page couldn't be rewritten
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}
            send = _Rewriting(send, language, self.head)

        async def receive_until_stopping() -> Message:
            incoming = asyncio.ensure_future(receive())
            stopping = asyncio.ensure_future(self.stopping.wait())
            try:
                done, _ = await asyncio.wait({incoming, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                incoming.cancel()
                stopping.cancel()
            return incoming.result() if incoming in done else {"type": "http.disconnect"}

        open_body = False

        async def send_and_note(message: Message) -> None:
            nonlocal open_body
            open_body = message["type"] == "http.response.start" or message.get("more_body", False)
            await send(message)

        await self.application(scope, receive_until_stopping, send_and_note)
        if open_body and self.stopping.is_set():  # a stream that was cut short is ended all the same
            await send({"type": "http.response.body", "body": b""})


class _Rewriting:
    """A `send` that holds a whole HTML response back, rewrites it and sends it on."""

    def __init__(self, send: Send, language: Language, head: str) -> None:
        self.send = send
        self.language = language
        self.head = head
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if MutableHeaders(scope=message).get("content-type", "").startswith("text/html"):
                self.start = message
                return
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if message.get("more_body", False):
                return
            body = rewritten(self.body.decode(), self.language, self.head).encode()
            MutableHeaders(scope=self.start)["content-length"] = str(len(body))
            await self.send(self.start)
            message = {"type": "http.response.body", "body": body}
        await self.send(message)
