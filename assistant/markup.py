"""HTML that is safe by construction: whatever isn't `Html` already is escaped on its way in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Html(str):
    """Markup made by `element` or `join`; nothing else may call itself that."""

    __slots__ = ()


def plain(text: str) -> str:
    """`text` without control characters and without characters that turn the reading direction.

    Words from a document could otherwise steer a terminal or show themselves in another order than they stand in.
    """
    return _NOT_SHOWN.sub("", text)


def safe(content: str) -> Html:
    """Markup as it is, any other text escaped."""
    return content if isinstance(content, Html) else Html(escape(plain(content)))


def element(name: str, /, *children: str, **attributes: str | int | None) -> Html:
    """One HTML element; an attribute that is None is left out, `class_` means `class`, `aria_label` `aria-label`."""
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(plain(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{shown}>{''.join(safe(child) for child in children)}</{name}>")


def join(parts: Iterable[str], separator: str = "") -> Html:
    """The parts one after the other, each escaped unless it is markup."""
    return Html(safe(separator).join(safe(part) for part in parts))
