"""Body keys: one form for a body, in whatever form a paper names it (name, genitive, abbreviation), and how high it stands."""

from __future__ import annotations

import re

BODY = re.compile(
    r"\b(?:(?:kommun|region|förbunds)?fullmäktige|(?:kommun|region)styrelsens?\s\w*utskott(?:et)?|(?:kommun|region)styrelsen"
    r"|(?:[a-zåäö]+-,\s)*(?:[a-zåäö]+-\s(?:och|samt)\s)?[a-zåäö]*nämnden|nämnden\sför\s[a-zåäö]+(?:\soch\s[a-zåäö]+)?"
    r"|[a-zåäö]*(?:utskottet|beredningen)|(?:förbunds)?direktionen|styrelsen)s?\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\b(?:KS\s?AU|[A-ZÅÄÖ]{2,5})(?![\w-])(?!\s?\d{4}[/-]\d{3})")
_KNOWN = {
    "KF": "kommunfullmäktige",
    "KS": "kommunstyrelsen",
    "KSAU": "kommunstyrelsens arbetsutskott",
    "AU": "arbetsutskottet",
}
_SHORT = {"fullmäktige": "kommunfullmäktige", "styrelsen": "kommunstyrelsen"}
ABBREVIATED_CHARS = 5  # longest abbreviation of a body

FULLMÄKTIGE, NÄMND, UTSKOTT, OKÄNT = 3, 2, 1, 0


def body_key(name: str | None) -> str | None:
    """The body in lower case without genitive, abbreviations of everywhere the same bodies written out."""
    if not name:
        return None
    words = " ".join(name.split())
    if known := _KNOWN.get(words.replace(" ", "")):
        return known
    if words.isupper() and len(words) <= ABBREVIATED_CHARS:
        return words.casefold()
    folded = words.casefold()
    folded = re.sub(r"(fullmäktige|styrelsen|nämnden|direktionen|utskottet|beredningen)s$", r"\1", folded)
    folded = re.sub(r"(styrelsens \w*utskott)(?:ets?|s)?$", r"\1", folded)
    return _SHORT.get(folded, folded)


def last_body(words: str) -> str | None:
    """The body named last in `words`, as `body_key` writes it."""
    found = [match for pattern in (BODY, _ABBREVIATION) for match in pattern.finditer(words)]
    return body_key(max(found, key=lambda match: match.end()).group()) if found else None


def same_body(one: str | None, other: str | None) -> bool:
    """Whether two keys name one body; what is unknown is the same as nothing."""
    if one is None or other is None:
        return False
    return one == other or any(
        _is_short_for(short, whole) for short, whole in ((one, other), (other, one)) if len(short) < len(whole)
    )


def _is_short_for(short: str, whole: str) -> bool:
    if short in {"nämnden", "arbetsutskottet", "utskottet"}:
        return short[:-2].removeprefix("arbets") in whole and ("utskott" in whole) == ("utskott" in short)
    if len(short) > ABBREVIATED_CHARS or short[0] != whole[0]:
        return False
    letters = iter(whole)
    return all(letter in letters for letter in short)  # SBN: samhällsbyggnadsnämnden


def rank(body: str | None) -> int:
    """How high a body stands: the council above boards, boards above their committees, then what isn't known."""
    if body is None:
        return OKÄNT
    if "fullmäktige" in body:
        return FULLMÄKTIGE
    if "utskott" in body or "beredning" in body:
        return UTSKOTT
    return NÄMND
