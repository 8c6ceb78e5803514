"""What every response tells the browser: where from and by whom it may be used, and what may run in it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.guard.origins import is_invited
from assistant.web.guard.proxies import Network, is_https, networks
from ingest.settings import Settings

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
        "midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), clipboard-read=(), "
        "clipboard-write=(self), fullscreen=(self)"
    ),
}
HSTS = "max-age=31536000"
GRADIO_PAGES = frozenset({"", "/", "/en", "/en/"})
STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
LASTING = ("/assets/", "/static/", "/en/assets/", "/en/static/")  # files of Gradio's, the same for everybody

_SCRIPT = re.compile(rb"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(rb"\bsrc\s*=", re.IGNORECASE)


def gradio_policy(page: bytes) -> str:
    """The policy of a page of Gradio's.

    Scripts run from this server's files, and those written in the page as it was sent: their hashes are named, so that none that
    gets into the page later runs, nor any onclick= or javascript:. Gradio makes functions of its templates in the browser,
    hence 'unsafe-eval', and styles its elements one by one, hence 'unsafe-inline' for styles alone.
    """
    inline = (content for attributes, content in _SCRIPT.findall(page) if not _SOURCE.search(attributes))
    hashes = " ".join(dict.fromkeys(f"'sha256-{_digest(content)}'" for content in inline))
    return (
        f"default-src 'none'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; manifest-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Adds the headers. What a route of our own gives its response stands; otherwise the policy is the strictest.

    `private` keeps what accounts protect out of every cache.
    """

    def __init__(self, application: ASGIApp, settings: Settings, private: bool) -> None:
        self._application = application
        self._https = settings.https
        self._trusted: Sequence[Network] = networks(settings.trusted_proxies)
        self._private = private
        self._invited = settings.cors_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message | None = None
        body = b""

        def complete(message: Message, policy: str) -> None:
            headers = MutableHeaders(scope=message)
            del headers["server"]
            if not is_invited(scope, self._invited):  # no other site has any business here, whatever Gradio thinks
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("content-security-policy", policy)
            framed = "frame-ancestors 'self'" in headers["content-security-policy"]
            headers["x-frame-options"] = "SAMEORIGIN" if framed else "DENY"
            if is_https(scope, self._trusted, self._https):
                headers["strict-transport-security"] = HSTS
            if self._private and not scope["path"].startswith(LASTING):
                headers["cache-control"] = "no-store"

        async def with_headers(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                if scope["path"] in GRADIO_PAGES and _is_page(message):
                    start = message  # its policy is known when all of it is
                    return
                complete(message, STRICT)
            elif message["type"] == "http.response.body" and start is not None:
                body += message.get("body", b"")
                if message.get("more_body", False):
                    return
                complete(start, gradio_policy(body))
                await send(start)
                start, message = None, {"type": "http.response.body", "body": body}
            await send(message)

        await self._application(scope, receive, with_headers)


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    written = headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
    return written and "content-security-policy" not in headers


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()
