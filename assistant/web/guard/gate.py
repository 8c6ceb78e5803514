"""The gate: finds out who asks, lets in whoever may, and keeps the pages for logging in and out.

Pages know a session by its cookie. Programs send a name and a password with every request (HTTP Basic), which is checked once
and then known again by a keyed hash for as long as a session lasts: checking it takes a quarter of a second.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import logging
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.markup import element
from assistant.web.guard.accounts import Account, Accounts, Register, Role, authenticated
from assistant.web.guard.buckets import Buckets
from assistant.web.guard.hosts import LOOPBACK, THIS_MACHINE, host_of
from assistant.web.guard.login import (
    ACCOUNT,
    HOME,
    LOGIN,
    LOGOUT,
    account_page,
    login_address,
    login_page,
    read_form,
    target,
)
from assistant.web.guard.origins import is_invited, is_preflight
from assistant.web.guard.proxies import Network, client_address, is_forwarded, is_https, networks
from assistant.web.guard.replies import FOLLOW, navigates, page, refusal
from assistant.web.guard.sessions import Sessions
from assistant.web.guard.visitor import Visitor, introduced
from assistant.web.guard.words import language_of, wait_words, words
from ingest.errors import UsageError
from ingest.settings import Settings

ATTEMPT_SECONDS = 15 * 60
ATTEMPTS_OF_A_NAME = 5  # from one client; who has the password gets in with the next client
ATTEMPTS_OF_A_CLIENT = 30  # whatever the names; a municipality's staff may share an address
CHECKS_AT_ONCE = 2  # each takes 32 MB and a processor
_CHECKING = ThreadPoolExecutor(CHECKS_AT_ONCE, "password")
_log = logging.getLogger("radslag")


class OpenGate:
    """Without accounts: everybody is a reader, and an editor where the settings and the request's origin allow it."""

    def __init__(self, application: ASGIApp, settings: Settings, questions: Buckets) -> None:
        self._application = application
        self._trusted = networks(settings.trusted_proxies)
        self._questions = questions
        self._open_upload = settings.open_upload and settings.host in LOOPBACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = client_address(scope, self._trusted)
        # a reverse proxy on this machine would make everybody somebody on this machine
        here = self._open_upload and host_of(scope) in THIS_MACHINE and not is_forwarded(scope)
        role: Role = "editor" if here else "reader"
        await self._application(introduced(scope, Visitor(client, role, None, self._questions)), receive, send)


class Gate:
    """With accounts: nobody gets past without one."""

    def __init__(
        self,
        application: ASGIApp,
        register: Register,
        sessions: Sessions,
        settings: Settings,
        questions: Buckets,
    ) -> None:
        self._application = application
        self._register = register
        self._sessions = sessions
        self._trusted: Sequence[Network] = networks(settings.trusted_proxies)
        self._https = settings.https
        self._invited = settings.cors_origins
        self._questions = questions
        self._of_a_name = Buckets(ATTEMPTS_OF_A_NAME, ATTEMPT_SECONDS)
        self._of_a_client = Buckets(ATTEMPTS_OF_A_CLIENT, ATTEMPT_SECONDS)
        self._key = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        language = language_of(scope)
        try:
            accounts = self._register.accounts()
        except UsageError as error:
            _log.error("%s", error)
            await refusal(scope, 503, words(language).accounts_broken, language)(scope, receive, send)
            return
        route = scope["method"], scope["path"]
        if route == ("POST", LOGIN):
            await (await self._log_in(scope, receive, accounts))(scope, receive, send)
            return
        account = self._sessions.account(_token(scope), accounts)
        if route == ("POST", LOGOUT):
            self._sessions.end(_token(scope))
            await self._forgetting(scope, RedirectResponse(login_address(HOME[language], language), 303))(
                scope, receive, send
            )
            return
        if route == ("GET", LOGIN):
            known = RedirectResponse(quote(target(scope), safe="/?&=%#:,+"), 303) if account else None
            await (known or login_page(target(scope), language))(scope, receive, send)
            return
        if is_preflight(scope) and is_invited(
            scope, self._invited
        ):  # comes without credentials, and gets no more than a yes
            await self._application(introduced(scope, self._stranger(scope)), receive, send)
            return
        wait = 0.0
        if account is None:
            account, wait = await self._with_password(scope, accounts)
        if account is None:
            await self._turned_away(scope, wait)(scope, receive, send)
        elif route == ("GET", ACCOUNT):
            await account_page(account, language)(scope, receive, send)
        else:
            visitor = Visitor(f"account {account.name}", account.role, account.name, self._questions)
            await self._application(introduced(scope, visitor), receive, send)

    def _stranger(self, scope: Scope) -> Visitor:
        return Visitor(client_address(scope, self._trusted), "reader", None, self._questions)

    async def _log_in(self, scope: Scope, receive: Receive, accounts: Accounts) -> Response:
        language, to = language_of(scope), target(scope)
        fields = await read_form(receive)
        if fields is None:
            return login_page(to, language, words(language).wrong, status=413)
        name = fields.get("name", "")
        account, wait = await self._checked(scope, accounts, name, fields.get("password", ""))
        if wait:
            message = words(language).attempts.format(wait=wait_words(wait, language))
            late = login_page(to, language, message, name, 429)
            late.headers["retry-after"] = str(int(wait) + 1)
            return late
        if account is None:
            return login_page(to, language, words(language).wrong, name, 401)
        self._sessions.end(_token(scope))  # whoever knew the browser's session before doesn't get this one
        inside = RedirectResponse(quote(to, safe="/?&=%#:,+"), 303, {"cache-control": "no-store"})
        self._set_cookie(scope, inside, self._sessions.begin(account))
        return inside

    async def _with_password(self, scope: Scope, accounts: Accounts) -> tuple[Account | None, float]:
        """The account of a request that brings name and password, and the seconds to wait when there were too many of them."""
        given = _basic(scope)
        if given is None:
            return None, 0.0
        token = hmac.new(self._key, "\n".join(given).encode(), hashlib.sha256).hexdigest()
        known = self._sessions.account(token, accounts)
        if known is not None:
            return known, 0.0
        account, wait = await self._checked(scope, accounts, *given)
        if account is not None:
            self._sessions.begin(account, token)
        return account, wait

    async def _checked(
        self, scope: Scope, accounts: Accounts, name: str, password: str
    ) -> tuple[Account | None, float]:
        """The account with that name and password, or None with the seconds before another attempt (0: at once)."""
        client = client_address(scope, self._trusted)
        key = f"{client} {name.strip().casefold()[:64]}"
        wait = max(self._of_a_name.take(key), self._of_a_client.take(client))
        if wait:
            return None, wait
        loop = asyncio.get_running_loop()
        account = await loop.run_in_executor(_CHECKING, authenticated, accounts, name, password)
        if account is None:
            _log.warning("A login as %r from %s failed.", name[:64], client)
        else:
            self._of_a_name.fill(key)
            self._of_a_client.fill(client)
        return account, 0.0

    def _turned_away(self, scope: Scope, wait: float) -> Response:
        language = language_of(scope)
        said = words(language)
        if wait:
            return refusal(scope, 429, said.attempts.format(wait=wait_words(wait, language)), language, wait)
        headers = Headers(scope=scope)
        if navigates(scope):
            query = scope.get("query_string", b"").decode("latin-1")
            to = login_address(scope["path"] + (f"?{query}" if query else ""), language)
            if headers.get("sec-fetch-site") == "cross-site" and not _token(scope):
                # A link from elsewhere comes without our cookie (SameSite=Strict). Followed once more from a page of ours it
                # has it; by a script, since only that takes the address's fragment along.
                link = element("p", element("a", said.coming_in, href=to))
                return page(said.coming_in, element("h1", "Rådslag"), link, language=language, script=FOLLOW)
            return RedirectResponse(to, 303, {"cache-control": "no-store"})
        came_with_page = "sec-fetch-site" in headers or "cookie" in headers
        answer = refusal(scope, 401, said.ended if came_with_page else said.log_in_first, language)
        if not came_with_page:  # a browser would ask for the password in a window of its own
            answer.headers["www-authenticate"] = 'Basic realm="Radslag", charset="UTF-8"'
        return answer

    def _set_cookie(self, scope: Scope, response: Response, token: str) -> None:
        secure = is_https(scope, self._trusted, self._https)
        response.set_cookie(_cookie_name(secure), token, path="/", httponly=True, samesite="strict", secure=secure)

    def _forgetting(self, scope: Scope, response: Response) -> Response:
        secure = is_https(scope, self._trusted, self._https)
        response.delete_cookie(_cookie_name(secure), path="/", httponly=True, samesite="strict", secure=secure)
        return response


def _cookie_name(secure: bool) -> str:
    return "__Host-radslag" if secure else "radslag"  # browsers take the former only over https, from this very host


def _token(scope: Scope) -> str:
    """The token in the cookie; "" without one."""
    found: SimpleCookie = SimpleCookie()
    try:
        found.load(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return ""
    morsel = found.get(_cookie_name(True)) or found.get(_cookie_name(False))
    return morsel.value if morsel else ""


def _basic(scope: Scope) -> tuple[str, str] | None:
    """Name and password of HTTP Basic."""
    scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(given.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None
