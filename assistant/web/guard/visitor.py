"""Who asks: what the guards know of a request, for the views and interfaces behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.types import Scope

from assistant.web.guard.accounts import Role
from assistant.web.guard.buckets import Buckets

_KEY = "radslag.visitor"


@dataclass(frozen=True)
class Visitor:
    """Who sent a request.

    Attributes:
        client: whose limits it counts towards: an account where there are accounts, else an address.
        role: what they may do: a reader reads, an editor uploads too.
        name: of the account; None without accounts.
        questions: the allowance of questions they all take from.
    """

    client: str
    role: Role
    name: str | None
    questions: Buckets


def introduced(scope: Scope, visitor: Visitor) -> Scope:
    """The request with what is known of its visitor."""
    return {**scope, _KEY: visitor}


def visitor_of(request: Any) -> Visitor | None:
    """The visitor behind a request of Starlette, of Gradio (`gr.Request`) or an ASGI scope; None for one that no guard saw."""
    inner = request if isinstance(request, dict) else getattr(getattr(request, "request", None) or request, "scope", {})
    return inner.get(_KEY)


def role_of(request: Any) -> Role:
    """The role of whoever sent `request`; a request that no guard saw is a reader's."""
    visitor = visitor_of(request)
    return visitor.role if visitor else "reader"


def may_upload(request: Any) -> bool:
    """Whether whoever sent `request` may add documents."""
    return role_of(request) == "editor"


def seconds_to_wait(request: Any, cost: float = 1.0) -> float:
    """Take one question (or `cost` of them) of the visitor's allowance.

    0 when it may be asked; else nothing was taken, and so many seconds must pass before it may. To be called once for each
    question and each search, before it is answered.
    """
    visitor = visitor_of(request)
    return visitor.questions.take(visitor.client, cost) if visitor else 0.0
