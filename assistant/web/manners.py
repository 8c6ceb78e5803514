"""What FastAPI leaves to its users: HEAD as GET without the body, OPTIONS, and browsers on other sites (CORS)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.settings import Settings


class Manners:
    """Answers HEAD wherever there is a GET, and OPTIONS with what a path takes.

    `allowed` gives the methods of each path, in small letters, below where the application is mounted.
    """

    def __init__(self, app: ASGIApp, allowed: Callable[[], Mapping[str, Mapping[str, Any]]]) -> None:
        self.app = app
        self.allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            await self.app({**scope, "method": "GET"}, receive, _without_body(send))
        elif scope["type"] == "http" and scope["method"] == "OPTIONS" and (methods := self._methods(scope)):
            await Response(status_code=204, headers={"allow": ", ".join(methods)})(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _methods(self, scope: Scope) -> list[str]:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        methods = {method.upper() for method in self.allowed().get(path, ())}
        return sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())) if methods else []


def with_cors(app: ASGIApp, settings: Settings) -> ASGIApp:
    """`app`, which pages of the sites that the settings name may call from a browser; of others, none may."""
    if not settings.cors_origins:
        return app
    return CORSMiddleware(app, allow_origins=settings.cors_origins, allow_methods=["GET", "POST"], allow_headers=["*"])


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send_head
