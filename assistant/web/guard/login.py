"""The pages on which one logs in and out: plain forms that need no scripts."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope

from assistant.markup import Html, element
from assistant.model import Language
from assistant.texts import other
from assistant.web.guard.accounts import Account
from assistant.web.guard.replies import page
from assistant.web.guard.words import words

LOGIN, LOGOUT, ACCOUNT = "/login", "/logout", "/account"
HOME: dict[Language, str] = {"sv": "/", "en": "/en/"}
FORM_BYTES = 8_000  # a name, a password and an address are far less


def login_page(to: str, language: Language, message: str = "", name: str = "", status: int = 200) -> HTMLResponse:
    """The form; `message` says what was wrong with what was sent last.

    The form is sent to the address it stands at: the browser then keeps that address's fragment, and with it the conversation
    somebody wanted to open.
    """
    said = words(language)
    switch = element("a", said.other_language, href=login_address(to, other(language)), lang=other(language))
    return page(
        said.log_in,
        element("h1", said.log_in_to),
        element("p", message, role="alert") if message else Html(),
        element(
            "form",
            element("label", said.name, for_="name"),
            _input("name", "text", "username", name),
            element("label", said.password, for_="password"),
            _input("password", "password", "current-password"),
            element("button", said.log_in, type="submit"),
            method="post",
        ),
        element("p", switch),
        language=language,
        status=status,
    )


def account_page(account: Account, language: Language) -> HTMLResponse:
    """Who is logged in, and the way out."""
    said = words(language)
    role = said.editor if account.role == "editor" else said.reader
    return page(
        said.log_out,
        element("h1", "Rådslag"),
        element("p", said.logged_in_as.format(name=account.name, role=role)),
        element(
            "form",
            element("button", said.log_out, type="submit"),
            method="post",
            action=f"{LOGOUT}?{urlencode({'lang': language})}",
        ),
        element("p", element("a", said.back, href=HOME[language])),
        language=language,
    )


def login_address(to: str, language: Language) -> str:
    """The address of the form that leads to `to`."""
    return f"{LOGIN}?{urlencode({'to': to, 'lang': language})}"


def target(scope: Scope) -> str:
    """Where the form leads: the path that its address names, on this server and nowhere else."""
    to = QueryParams(scope.get("query_string", b"")).get("to", "/")
    parts = urlsplit(to)
    ours = to.startswith("/") and not to.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return to if ours and to.isprintable() and "\\" not in to and parts.path not in {LOGIN, LOGOUT} else "/"


async def read_form(receive: Receive) -> dict[str, str] | None:
    """The fields of a form that was sent; None when it is longer than a login needs."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > FORM_BYTES or message["type"] == "http.disconnect":
            return None
        if not message.get("more_body", False):
            break
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    return {key: values[0] for key, values in fields.items()}


def _input(name: str, kind: str, purpose: str, value: str | None = None) -> Html:
    given = {"value": value} if value else {}
    marked = element("input", id=name, name_=name, type=kind, autocomplete=purpose, required="required", **given)
    return Html(marked.removesuffix("</input>"))
