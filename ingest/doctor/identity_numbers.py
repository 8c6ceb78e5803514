"""Personal identity numbers in running text: personnummer and samordningsnummer, told from other numbers by date, checksum and the
words before them.

A number is YYMMDD-NNNC or YYYYMMDD-NNNC, the sign `+` after a hundredth birthday, the sign often left out. C is the Luhn checksum of
the nine digits before it. A samordningsnummer has 60 added to the day. An organisationsnummer looks alike, but its third and fourth
digits, at least 20, are no month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.model import Span

OLDEST_YEARS = 125
LABEL_CHARS = 40  # how far before a number the words may stand that say what it is
HIDDEN = "••••"

_NUMBER = re.compile(
    r"(?<!\w)(?<![0-9][-/.,:+])(1[89]|20)?([0-9][0-9])(0[1-9]|1[0-2])([0-3][0-9]|[6-9][0-9])(?:(\s?[-+‐‑–−]\s?)|(\s))?([0-9]{3})([0-9])(?!\w|[-/.,:+][0-9])"
)
_LABELS = re.compile(
    r"\b(?:(?P<own>person-?\s?n(?:umme)?r|pers\.?-?\s?nr|p\.?-?nr|samordningsn(?:umme)?r|identitets(?:nummer|beteckning)"
    r"|född|födelse(?:data|datum|nummer|tid))"
    r"|(?P<other>dnr|d\.nr|diarie\w*|ärende(?:nr|nummer|-?id)|ocr\w*|faktura\w*|kund(?:nr|nummer)|konto\w*|clearing\w*|bankgiro|plusgiro|postgiro"
    r"|bg|pg|tel|tfn|telefon\w*|mobil\w*|fax|sms|växel|art(?:ikel)?\.?\s?n(?:umme)?r|isbn|issn|ean|gtin|iban|mätar\w*|anläggnings\w*"
    r"|serie(?:nr|nummer)|referens(?:nr|nummer)|order\w*|avtals(?:nr|nummer|-?id)|löpn(?:umme)?r|inventarie\w*|utskr\w*|print\w*))\b",
    re.IGNORECASE,
)

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class IdentityNumber:
    """A personal identity number in a text.

    Attributes:
        span: where it stands.
        masked: the date of birth as YYYYMMDD (with the 60 of a samordningsnummer) and dots for the rest.
        coordination: it is a samordningsnummer.
        certain: hardly anything else; otherwise it might be another number of the same shape.
        checks: its checksum is right; only a number that is called a personnummer is told of when it is not.
    """

    span: Span
    masked: str
    coordination: bool
    certain: bool
    checks: bool


def identity_numbers(text: str, today: date) -> Iterator[IdentityNumber]:
    """The personal identity numbers in `text`, in order; nobody in it was born after `today`."""
    for match in _NUMBER.finditer(text):
        century, year, month, day, sign, space, serial, check = match.groups()
        born = _born(century, year, month, day, bool(sign and "+" in sign), today)
        if born is None:
            continue
        checks = luhn(year + month + day + serial) == int(check)
        label = _label(text, match.start())
        if label == "own":
            certain = True
        elif not checks or space or (label == "other" and not (century and sign)):
            continue
        else:
            certain = bool(century or sign) and label is None and not _is_time(born, serial + check)
        yield IdentityNumber(
            Span(match.start(), match.end()), f"{born.year}{month}{day}-{HIDDEN}", int(day) > 60, certain, checks
        )


def masked(text: str, today: date) -> str:
    """`text` with the last four digits of every personal identity number hidden, whatever stands before it."""
    parts, position = [], 0
    for match in _NUMBER.finditer(text):
        century, year, month, day, sign, _, serial, check = match.groups()
        if luhn(year + month + day + serial) == int(check) and _born(
            century, year, month, day, bool(sign and "+" in sign), today
        ):
            parts += [text[position : match.start(7)], HIDDEN]
            position = match.end()
    return "".join((*parts, text[position:]))


def luhn(digits: str) -> int:
    """The checksum of `digits`: what is missing to a multiple of ten when each second one, from the right, counts double."""
    sums = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        sums += doubled // 10 + doubled % 10
    return -sums % 10


def _born(century: str | None, year: str, month: str, day: str, aged: bool, today: date) -> date | None:
    """The date of birth that the digits give, or None when there is no such day or nobody alive can be born on it."""
    in_month = int(day) - (60 if int(day) > 60 else 0)
    if century:
        return _alive(int(century + year), int(month), in_month, today)
    latest = today.year - (100 if aged else 0)
    full = latest - (latest - int(year)) % 100
    born = _alive(full, int(month), in_month, today)
    return born or _alive(full - 100, int(month), in_month, today)


def _alive(year: int, month: int, day: int, today: date) -> date | None:
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return born if today - timedelta(days=366 * OLDEST_YEARS) <= born <= today else None


def _label(text: str, start: int) -> str | None:
    """What the last telling word before a number says it is: `own` a personal number, `other` another one, None nothing."""
    before = list(_LABELS.finditer(text, max(0, start - LABEL_CHARS), start))
    if not before or (before[-1].lastgroup == "other" and _DIGIT.search(text, before[-1].end(), start)):
        return None  # another number stands between, which that word was about
    return before[-1].lastgroup


def _is_time(born: date, rest: str) -> bool:
    """Whether date and rest could be a time stamp of a computer, such as 202403151230."""
    return born.year >= 1990 and int(rest[:2]) < 24 and int(rest[2:]) < 60
