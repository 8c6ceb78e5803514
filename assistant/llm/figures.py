"""Figures: the numbers, amounts, dates, §§ and registration numbers of a text in one form, whichever language wrote them.

"den 1 maj 2024", "May 1, 2024" and "2024-05-01" one date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.llm.amounts import YEAR, Figure, amounts_in, numbered, scales_in, times_in
from ingest.mentions import dnr_key


@dataclass(frozen=True)
class Figures:
    """What a text holds of them.

    `dates` are ISO, whole or in part: 2024-05-01, 2024-05, --05-01, --05. `scales` are units that stand without a number, as
    above a column: with "tkr" there, 375 may mean 375 000. `times` are those it reckons by, wherever they stand.
    """

    numbers: frozenset[Figure]
    dates: frozenset[str]
    paragraphs: frozenset[str]
    points: frozenset[str]
    codes: frozenset[str]
    scales: frozenset[Decimal] = frozenset()
    times: frozenset[str] = frozenset()


_MONTHS = numbered(
    "januari/january/jan februari/february/feb mars/march/mar april/apr maj/may juni/june/jun juli/july/jul augusti/august/aug "
    "september/sept/sep oktober/october/okt/oct november/nov december/dec"
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WHOLE_MONTH = "|".join(
    month
    for month in sorted(_MONTHS, key=len, reverse=True)
    if len(month) > 4 or month in {"mars", "maj", "juni", "juli", "june", "july"}
)
_CODE = re.compile(rf"\b(?:[A-ZÅÄÖ]{{2,6}}[ /-]?)?{YEAR}[/:]\d{{1,6}}(?:-\d+)?\b")
_PARAGRAPH = re.compile(
    r"§§?\s*(\d+)(?:\s?[-–]\s?(\d+))?|\b(\d+)\s?§|\b(?:paragraf|paragraph|section|article)\s+§?\s?(\d+)", re.IGNORECASE
)
_POINT = re.compile(r"\b(?:(?:besluts)?punkt(?:en|erna)?|(?:decision )?point|item)\s+(\d+)\b", re.IGNORECASE)
_DATES = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (rf"\b(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b", 0),
        (
            rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|:e)?\s(?:of\s)?(?P<name>{_MONTH})\b\.?,?(?:\s(?P<year>{YEAR}))?\b",
            re.I,
        ),
        (
            rf"\b(?P<name>{_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]\d)(?:,?\s(?P<year>{YEAR}))?\b",
            re.I,
        ),
        (rf"\b(?P<name>{_MONTH})\.?,?\s(?P<year>{YEAR})\b", re.I),
        (rf"\b(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:\s|[-/.])(?P<year>{YEAR})\b", 0),
        (rf"\b(?P<year>{YEAR})-(?P<month>\d\d)\b", 0),
        (rf"(?<!^)\b(?P<name>(?!may\b|march\b)(?i:{_WHOLE_MONTH})|May)\b", 0),
    )
)


def figures_of(text: str) -> Figures:
    """Everything of them that the text holds."""
    whole = text
    codes, text = _taken(_CODE, text)
    found_paragraphs, text = _taken(_PARAGRAPH, text)
    found_points, text = _taken(_POINT, text)
    dates: list[str] = []
    for pattern in _DATES:
        found, text = _taken(pattern, text)
        dates += [date for match in found if (date := _iso(match.groupdict()))]
    return Figures(
        numbers=frozenset(amounts_in(text)),
        dates=frozenset(dates),
        paragraphs=frozenset(number for match in found_paragraphs for number in _range(match)),
        points=frozenset(match[1] for match in found_points),
        codes=frozenset(_code(match.group()) for match in codes),
        scales=scales_in(text),
        times=times_in(whole),
    )


def unsupported(said: Figures, quoted: Figures) -> tuple[str, ...]:
    """What is said that isn't quoted, each in words for a record."""
    return (
        *(_shown(each) for each in said.numbers if not _has_number(each, quoted)),
        *(date for date in said.dates if not any(_covers(other, date) for other in quoted.dates)),
        *(f"§ {number}" for number in said.paragraphs - quoted.paragraphs),
        *(f"point {number}" for number in said.points - quoted.points),
        *(code for code in said.codes - quoted.codes),
    )


def _taken(pattern: re.Pattern[str], text: str) -> tuple[list[re.Match[str]], str]:
    """The matches, and the text with something in their place that is no figure."""
    return list(pattern.finditer(text)), pattern.sub(" ¤ ", text)


def _iso(parts: Mapping[str, str | None]) -> str | None:
    year, day = parts.get("year"), parts.get("day")
    month = _MONTHS[str(parts["name"]).casefold()] if parts.get("name") else int(parts.get("month") or 0)
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    return f"{year or '-'}-{month:02}" + (f"-{int(day):02}" if day else "")


def _range(match: re.Match[str]) -> Iterable[str]:
    """The numbers of the §§ named at once."""
    return filter(None, match.groups())


def _code(words: str) -> str:
    return dnr_key(words) or re.sub(r"\s", "", words).upper()


def _has_number(said: Figure, quoted: Figures) -> bool:
    for other in quoted.numbers:
        if (None not in (said.per, other.per) and said.per != other.per) or said.bound != other.bound:
            continue
        if None not in (said.role, other.role) and said.role != other.role:
            continue
        if said.per and not other.per and said.per not in quoted.times:
            continue
        if said.value == other.value and (said.unit == other.unit or said.unit is None or other.unit is None):
            return True
        if said.unit == "kr" and other.unit is None and any(said.value == other.value * each for each in quoted.scales):
            return True
    year = f"{said.value:f}"
    dated = any(date.startswith(f"{year}-") for date in quoted.dates)
    return said.unit in (None, "year") and dated and bool(re.fullmatch(YEAR, year))


def _covers(quoted: str, said: str) -> bool:
    """Whether a date that is quoted says at least what the other one says."""
    if said.startswith("--"):
        return f"-{quoted[4:]}-".startswith(f"{said}-") or f"{quoted}-".startswith(f"{said}-")
    return f"{quoted}-".startswith(f"{said}-")


def _shown(figure: Figure) -> str:
    return " ".join(
        filter(
            None,
            (figure.bound, figure.role, f"{figure.value:f}", figure.unit, f"a {figure.per}" if figure.per else None),
        )
    )
