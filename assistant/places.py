"""Places: where in a document something stands, each part of it said once."""

from __future__ import annotations

import re
from collections.abc import Iterator

DIVIDER = " › "  # between the headings of a section's path

_RULE = re.compile(r"\s*[-=_*~]{4,}\s*$")  # that a plain text draws below a heading


def place_parts(title: str | None, paragraph: str | None, section: str | None) -> tuple[str, ...]:
    """The § and the headings of a section, outermost first, without what the document's title or another of them says."""
    return tuple(_parts(title, paragraph, section))


def _parts(title: str | None, paragraph: str | None, section: str | None) -> Iterator[str]:
    headings = [each for heading in (section or "").split(DIVIDER) if (each := _RULE.sub("", heading).strip())]
    said = {_plain(title or "")}
    sign = f"§ {paragraph}" if paragraph else ""
    named = bool(headings) and bool(sign) and f"{headings[0]} ".startswith((f"{sign} ", f"§{paragraph} "))
    if sign and not named:
        yield sign
    for number, heading in enumerate(headings):
        words = _plain(heading)
        if number == 0 and named:
            words = _plain(heading.removeprefix("§").strip().removeprefix(paragraph or ""))
            if words in said or not words:
                yield sign
                said.add(words)
                continue
        if words in said:
            continue
        said.add(words)
        yield heading


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .:")
