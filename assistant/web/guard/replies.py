"""What the guards answer themselves: a page for people, the problem for programs."""

from __future__ import annotations

import base64
import hashlib
from math import ceil

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from assistant.markup import Html, element, join
from assistant.model import Language
from assistant.web import problems

STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1d2526; --deep: #154c56; --on-deep: #fff; --line: #6b7577; --wrong: #9d1c1c; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181a; --ink: #e8ecec; --deep: #8fd0dc; --on-deep: #0d1416; --line: #93a0a2; --wrong: #ffb0a8; }
}
body { background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; margin: 0; }
main { box-sizing: border-box; margin: 0 auto; max-width: 26rem; padding: 3rem 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
label { display: block; font-weight: 600; margin-top: 1.25rem; }
input { background: transparent; border: 1px solid var(--line); border-radius: .35rem; box-sizing: border-box; color: inherit; font: inherit; padding: .6rem; width: 100%; }
button { background: var(--deep); border: 0; border-radius: .35rem; color: var(--on-deep); cursor: pointer; font: inherit; font-weight: 600; margin-top: 1.5rem; min-height: 2.75rem; padding: .5rem 1.25rem; }
a { color: var(--deep); }
:focus-visible { outline: 3px solid var(--deep); outline-offset: 2px; }
[role=alert] { border-left: .3rem solid var(--wrong); color: var(--wrong); padding-left: .75rem; }
"""
FOLLOW = 'location.replace(document.querySelector("a").href + location.hash);'
_POLICY = "default-src 'none'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"


def page(title: str, *content: str, language: Language, status: int = 200, script: str = "") -> HTMLResponse:
    """A page of our own, in which nothing runs but `script`, at its end."""
    head = join(
        [
            Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html('<link rel="icon" href="data:,">'),
            element("title", f"{title} – Rådslag"),
            element("style", Html(STYLE)),
        ]
    )
    end = element("script", Html(script)) if script else Html()
    body = element("html", element("head", head), element("body", element("main", *content), end), lang=language)
    policy = f"{_POLICY}; style-src {_hash(STYLE)}" + (f"; script-src {_hash(script)}" if script else "")
    return HTMLResponse(
        f"<!doctype html>{body}", status, {"content-security-policy": policy, "cache-control": "no-store"}
    )


def refusal(scope: Scope, status: int, message: str, language: Language, wait: float = 0.0) -> Response:
    """`message` in the form the asker understands; `wait` is given as Retry-After."""
    if navigates(scope):
        answer: Response = page(
            message, element("h1", "Rådslag"), element("p", message), language=language, status=status
        )
    else:
        problem = problems.problem(status, message).model_dump()
        answer = JSONResponse(problem, status, {"cache-control": "no-store"}, media_type=problems.MEDIA_TYPE)
    if wait > 0:
        answer.headers["retry-after"] = str(ceil(wait))
    return answer


def navigates(scope: Scope) -> bool:
    """Whether a person's browser opens a page, and not a script or a program something else."""
    headers = Headers(scope=scope)
    if scope["method"] not in {"GET", "HEAD"} or scope["path"].startswith(("/api/", "/mcp", "/gradio_api")):
        return False
    mode = headers.get("sec-fetch-mode")
    return mode == "navigate" if mode else "text/html" in headers.get("accept", "")


def _hash(content: str) -> str:
    """`content` as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
