"""Editions: tariffs, rules, policies and budgets come out anew; the later edition of a paper replaces the earlier."""

from __future__ import annotations

import re

from ingest.model import Metadata

COMING_ANEW = frozenset({"budget", "delegationsordning", "policy", "reglemente", "regler", "riktlinjer", "taxa"})
_OTHERS = re.compile(r"[\W\d_]+")


def edition_of(about: Metadata) -> str | None:
    """What all editions of a paper share: municipality, kind, and title without its figures; None for a paper that has none."""
    if about.kind not in COMING_ANEW or not about.title or not about.date:
        return None
    words = _OTHERS.sub(" ", about.title.casefold()).strip()
    return f"{about.municipality or ''}|{about.kind}|{words}" if words else None
