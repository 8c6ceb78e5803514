"""The names this server may be called by: another site can make a browser call it by its own (DNS rebinding)."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.guard.replies import refusal
from assistant.web.guard.words import language_of
from ingest.settings import Settings

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})  # as the setting `host` has it


def allowed_hosts(settings: Settings) -> Collection[str] | None:
    """The names, in small letters and without port, or None when any will do."""
    named = {name.strip().lower() for name in settings.allowed_hosts}
    if named or settings.host in LOOPBACK:
        return THIS_MACHINE | named
    return None


def host_of(scope: Scope) -> str:
    """The name the request is addressed to, in small letters, without port."""
    host = Headers(scope=scope).get("host", "").strip().lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].rstrip(".")


class KnownHosts:
    """Refuses requests addressed to a name that isn't this server's."""

    def __init__(self, application: ASGIApp, allowed: Collection[str]) -> None:
        self._application = application
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if host_of(scope) in self._allowed:
            await self._application(scope, receive, send)
            return
        message = "This server isn't called that. Whoever runs it can allow the name in the setting allowed_hosts."
        await refusal(scope, 421, message, language_of(scope))(scope, receive, send)
