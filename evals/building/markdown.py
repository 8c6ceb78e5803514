"""Markdown: the body as written, under a letterhead and above the footer."""

from __future__ import annotations

import re

from evals.building.blocks import PAGE_BREAK
from evals.building.letterhead import MUNICIPALITY, footer_of, letterhead_of
from evals.building.source import Source

_FENCE = re.compile(r"^:::.*\n?", re.MULTILINE)


def render_markdown(source: Source) -> bytes:
    """The document as Markdown; the lines of a ::: block become a paragraph of their own."""
    return ("\n\n".join([*_head(source), _body(source), "---", *footer_of(source)]) + "\n").encode()


def _head(source: Source) -> list[str]:
    letterhead = letterhead_of(source)
    if letterhead is None:
        return [f"# {source.title}"]
    lines = [f"**{MUNICIPALITY}**", letterhead.sender, *letterhead.facts]
    recipients = ["\\\n".join(["Till", *letterhead.recipients])] if letterhead.recipients else []
    return ["\\\n".join(lines), *recipients, f"# {source.title}"]


def _body(source: Source) -> str:
    parts: list[str] = []
    for part in re.split(r"(^:::.*?^:::$)", source.text, flags=re.DOTALL | re.MULTILINE):
        if part.startswith(":::") and "ruta" not in part.split("\n", 1)[0]:
            lines = [line.strip() for line in _FENCE.sub("", part).splitlines()]
            parts.append("\\\n".join(lines))
        else:
            parts.append(_FENCE.sub("", part).strip())
    body = "\n\n".join(part for part in parts if part)
    return re.sub(r"\n*" + re.escape(PAGE_BREAK) + r"\n*", "\n\n", body).strip()
