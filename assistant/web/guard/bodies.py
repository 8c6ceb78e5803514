"""How much may be sent with a request."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.guard.replies import refusal
from assistant.web.guard.visitor import may_upload
from assistant.web.guard.words import language_of, words
from ingest.settings import Settings

UPLOADS = ("/uploads",)  # routes that take a file


class Bodies:
    """Refuses a body larger than the settings allow, as soon as that is known."""

    def __init__(self, application: ASGIApp, settings: Settings) -> None:
        self._application = application
        self._usual = settings.request_kilobytes * 1_000
        self._upload = settings.upload_megabytes * 1_000_000

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        uploads = scope["path"] in UPLOADS and may_upload(scope)
        limit = self._upload if uploads else self._usual
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > limit:
            await _refuse(scope, receive, send, limit)
            return
        taken, refused = 0, False

        async def counting() -> Message:
            nonlocal taken, refused
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit and not refused:
                refused = True
                if not started:
                    await _refuse(scope, receive, send, limit)
            return {"type": "http.disconnect"} if refused else message

        started = False

        async def unless_refused(message: Message) -> None:
            nonlocal started
            if not refused:
                started = True
                await send(message)

        try:
            await self._application(scope, counting, unless_refused)
        except ClientDisconnect:
            if not refused:  # it was us who cut it off
                raise


async def _refuse(scope: Scope, receive: Receive, send: Send, limit: int) -> None:
    language = language_of(scope)
    size = f"{limit / 1_000_000:g} MB" if limit >= 1_000_000 else f"{limit / 1_000:g} kB"
    response = refusal(scope, 413, words(language).too_large.format(limit=size), language)
    response.headers["connection"] = "close"  # what is still on its way isn't read
    await response(scope, receive, send)
