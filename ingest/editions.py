"""Editions: tariffs, rules, policies and budgets come out anew; the later edition of a paper replaces the earlier."""

from __future__ import annotations

import re

from ingest.body_keys import body_key
from ingest.model import Metadata
from ingest.title import OF_A_PART

COMING_ANEW = frozenset({"budget", "delegationsordning", "policy", "reglemente", "regler", "riktlinjer", "taxa"})
OF_A_BODY = frozenset({"delegationsordning", "reglemente"})  # each body has its own
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)?\d\d)?\b")
_ANEW = re.compile(  # "Ändrade skolskjutsregler (avståndsgräns)": anew, and in what
    r"(?:(?:nya?|nytt|ändrade?|ändrat|reviderade?|reviderat|uppdaterade?|uppdaterat|omarbetade?|omarbetat)\s|(?:ändring(?:ar)?|revidering|uppdatering)\s(?:av|i)\s)+(.*)",
    re.IGNORECASE | re.DOTALL,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_SIGNS = re.compile(r"[\W_]+")


def edition_of(about: Metadata) -> str | None:
    """What all editions of a paper share: municipality, kind, title but for its years and that it is anew, and body where each has its own.

    None for a paper that doesn't come out anew, or of which too little is known to tell it from others.
    """
    if about.kind not in COMING_ANEW or not about.title or not about.date or not about.municipality:
        return None
    anew = _ANEW.fullmatch(about.title)
    title = _IN_BRACKETS.sub(" ", anew[1]) if anew else about.title
    words = _SIGNS.sub(" ", _YEARS.sub(" ", title.casefold())).strip()
    body = body_key(about.body) if about.kind in OF_A_BODY else ""
    if body is None or OF_A_PART.match(about.title) or (words in COMING_ANEW and not body) or not words:
        return None
    return f"{about.municipality}|{about.kind}|{body}|{words}"


def in_force_from(title: str | None, date: str) -> str:
    """The first day, ISO 8601, that an edition can hold: that of its date, or where its title names a later year, of that year."""
    years = [year.group()[:4] for year in _YEARS.finditer(title or "")]
    return max(date, f"{years[0]}-01-01") if years else date
