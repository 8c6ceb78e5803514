"""Bodies: the councils, boards and committees that decide, as papers name them, and the note by which one adopts a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.dates import first_date

_LIST = r"(?:[\wåäö]+-,\s)*(?:[\wåäö]+-\s(?:och|eller)\s)?"  # "Kultur- och fritids…", "Vård-, omsorgs- och …"
BODY = (
    r"(?:kommunfullmäktige|regionfullmäktige|kommunstyrelsens?\s\w*utskott|kommunstyrelsen|regionstyrelsen"
    rf"|{_LIST}[\w-]*nämndens?\s\w*utskott|(?:\w+(?:ska|la|mma)\s)?{_LIST}[\w-]*nämnden\b(?:\sför\s\w+(?:\soch\s\w+)?)?|socialnämnden?\s(?!för\b)(?-i:[A-ZÅÄÖ])\w+"
    r"|[\w-]*utskottet|förbundsdirektionen|direktionen|(?:stads|kommun|regions?)revisionen|kommunens revisorer)"
)
_BODY = re.compile(BODY, re.IGNORECASE)
_GENITIVE = re.compile(r"(?:kommun|region)fullmäktiges?\b", re.IGNORECASE)
# "Antagen av kommunfullmäktige 2019-06-17 § 40", "Fastställd i kommunstyrelsen den 3 maj 2024", "Beslutad av: Socialnämnden"
_ADOPTED = re.compile(
    rf"\b(?:antag(?:en|et|na)|fastställ(?:d|t|da)|beslutad(?:e)?|beslutat|ändrad(?:e)?|reviderad(?:e)?|godkän(?:d|t|da))"
    rf"(?:\s(?:av|i|genom))?\s?:?\s({BODY})s?\b([^.]{{0,60}})",
    re.IGNORECASE,
)
_ADOPTS = re.compile(rf"\b({BODY})\s(?:antog|fastställde|har\s(?:antagit|fastställt))\b([^.]{{0,80}})", re.IGNORECASE)


@dataclass(frozen=True)
class Adoption:
    """That a body has adopted a paper, and when, where it says."""

    body: str
    date: str | None


def capitalised(body: str) -> str:
    """The name as it stands at the beginning of a line; inner white space folded."""
    words = " ".join(body.split())
    return words[:1].upper() + words[1:]


def body_at(words: str) -> str | None:
    """The body that `words` begin with."""
    match = _BODY.match(words)
    if match is None:
        return None
    following = words[match.end() :][:1]
    return None if following.isalpha() and not _GENITIVE.match(words) else capitalised(match.group())


def body_alone(words: str) -> str | None:
    """The body that `words` are, but for what a line adds after a comma or in brackets."""
    body = body_at(words)
    return body if body and re.fullmatch(r"[.:]?|\s*[,(].*", words[len(body) :]) else None


def body_in(words: str) -> str | None:
    """The first body named in `words`."""
    match = _BODY.search(words)
    return capitalised(match.group()) if match else None


def body_addressed(words: str) -> str | None:
    """The body a recipient is: itself or all its members, not its chair or office."""
    match = _BODY.search(words)
    if match is None:
        return None
    rest = words[match.end() :]
    return capitalised(match.group()) if not rest.startswith("s") or re.match(r"s\sledamöter\b", rest) else None


def adoption_in(words: str) -> Adoption | None:
    """The note in `words` by which a body has adopted the paper they stand in."""
    match = _ADOPTED.search(words) or _ADOPTS.search(words)
    return Adoption(capitalised(match.group(1)), first_date(match.group(2))) if match else None
