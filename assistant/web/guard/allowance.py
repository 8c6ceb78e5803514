"""How many questions each client may ask: the HTTP interfaces pay here, the views through `visitor.seconds_to_wait`."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.guard.replies import refusal
from assistant.web.guard.visitor import seconds_to_wait
from assistant.web.guard.words import language_of, too_many

PRICED = (
    ("POST", "/mcp"),
    ("GET", "/api/v1/ask"),
    ("POST", "/api/v1/ask"),
    ("GET", "/api/v1/search"),
    ("POST", "/api/v1/search"),
    ("GET", "/api/v1/precedents"),
    ("POST", "/api/v1/precedents"),
)


class Allowance:
    """Lets a question through the HTTP interfaces when its visitor has one left, and says when the next may be asked."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"].replace("HEAD", "GET"), scope["path"]  # to HEAD an answer is worked out as well
        if any(method == priced and (path == prefix or path.startswith(f"{prefix}/")) for priced, prefix in PRICED):
            wait = seconds_to_wait(scope)
            if wait:
                language = language_of(scope)
                await refusal(scope, 429, too_many(wait, language), language, wait)(scope, receive, send)
                return
        await self._application(scope, receive, send)
