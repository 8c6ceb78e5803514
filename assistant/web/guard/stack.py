"""The guards in their order, around the whole web app."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.guard.accounts import Register
from assistant.web.guard.allowance import Allowance
from assistant.web.guard.bodies import Bodies
from assistant.web.guard.buckets import Buckets
from assistant.web.guard.gate import Gate, OpenGate
from assistant.web.guard.gradio import GradioRoutes
from assistant.web.guard.headers import SecurityHeaders
from assistant.web.guard.hosts import KnownHosts, allowed_hosts
from assistant.web.guard.origins import OwnOrigin
from assistant.web.guard.sessions import Sessions
from ingest.settings import Settings

HEALTH = "/health"


def guarded(application: ASGIApp, settings: Settings) -> ASGIApp:
    """`application` behind all guards. From the outside in: headers, health, host, origin, login, size, routes, allowance.

    Raises:
        UsageError: the accounts can't be read or there are none in the file, or a setting can't be used.
    """
    questions = Buckets(settings.questions_per_minute, 60)
    inner: ASGIApp = Bodies(GradioRoutes(Allowance(application)), settings)
    if settings.accounts is None:
        gate: ASGIApp = OpenGate(inner, settings, questions)
    else:
        sessions = Sessions(60 * settings.session_idle_minutes, 3600 * settings.session_hours)
        gate = Gate(inner, Register(settings.accounts), sessions, settings, questions)
    own = OwnOrigin(gate, settings.cors_origins)
    hosts = allowed_hosts(settings)
    known: ASGIApp = own if hosts is None else KnownHosts(own, hosts)
    outer = SecurityHeaders(_Health(known), settings, private=settings.accounts is not None)

    async def only_http(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await outer(scope, receive, send)
        elif scope["type"] == "websocket":  # nothing here speaks it
            await send({"type": "websocket.close", "code": 1008})
        else:
            await application(scope, receive, send)

    return only_http


class _Health:
    """Says that the server runs, to whoever asks: a monitor has no account and knows no host name."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == HEALTH and scope["method"] in {"GET", "HEAD"}:
            await PlainTextResponse("ok\n", headers={"cache-control": "no-store"})(scope, receive, send)
        else:
            await self._application(scope, receive, send)
