"""Dates: where they stand in Swedish and English prose, written as ISO 8601."""

from __future__ import annotations

import re
from datetime import date

from ingest.model import Span

MONTH_NAMES = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
ENGLISH_MONTHS = "january|february|march|may|june|july|august|october"
_ISO_DATE = re.compile(r"\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b")
_WORD_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s({MONTH_NAMES}|{ENGLISH_MONTHS}),?\s((?:19|20)\d{{2}})\b", re.IGNORECASE
)
_YEAR_OR_MONTH = re.compile(
    rf"\b(?:({MONTH_NAMES}|{ENGLISH_MONTHS})\s(?:in\s|of\s|år\s)?)?((?:19|20)\d{{2}})\b", re.IGNORECASE
)
_MONTHS = {  # by the first letters, Swedish and English
    name: number
    for number, names in enumerate("jan feb mar apr maj/may jun jul aug sep okt/oct nov dec".split(), 1)
    for name in names.split("/")
}


def dated(words: str) -> list[tuple[Span, str]]:
    """The whole dates in `words` in their order: where each stands, and itself as ISO 8601; a 31 June is none."""
    written = [(match, match[1], int(match[2]), match[3]) for match in _ISO_DATE.finditer(words)]
    written += [(match, match[3], _MONTHS[match[2].casefold()[:3]], match[1]) for match in _WORD_DATE.finditer(words)]
    days = ((match, _day(int(year), month, int(day))) for match, year, month, day in written)
    return sorted((Span(*match.span()), day) for match, day in days if day)


def _day(year: int, month: int, day: int) -> str | None:
    """The day as ISO 8601, or None when the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def dates_in(words: str) -> list[str]:
    """The dates in `words` in their order, ISO 8601."""
    return [day for _, day in dated(words)]


def times_in(words: str) -> list[str]:
    """The days, months and years named in `words` in their order, ISO 8601: 2024-05-13, 2024-05, 2024."""
    whole = dated(words)
    rest = [
        (Span(*match.span()), f"{match[2]}-{_MONTHS[match[1].casefold()[:3]]:02}" if match[1] else match[2])
        for match in _YEAR_OR_MONTH.finditer(words)
    ]
    within = [
        each for each in rest if not any(span.start <= each[0].start and each[0].end <= span.end for span, _ in whole)
    ]
    return [time for _, time in sorted([*whole, *within])]


def first_date(words: str) -> str | None:
    """The first date in `words`, ISO 8601, or None."""
    return next(iter(dates_in(words)), None)
