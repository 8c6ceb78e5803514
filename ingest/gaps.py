"""Gaps: what a run of minutes lets one know is missing.

A body numbers the §§ of its minutes from 1 each year. Numbers between those that are held belong to minutes, or §§ of them,
that the index doesn't hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.body_keys import body_key


@dataclass(frozen=True)
class Minutes:
    """A document with §§ of one meeting: minutes, or an extract of them (`whole` is False)."""

    municipality: str | None
    body: str
    date: str  # ISO, of the meeting
    numbers: frozenset[int]  # of its §§
    whole: bool


@dataclass(frozen=True)
class Missing:
    """A stretch of §§ that isn't held, `first` to `last`, both included."""

    first: int
    last: int
    after: str | None  # date of the meeting that held the § before; None at the beginning of the year
    before: str  # date of the meeting that held the § after

    @property
    def within(self) -> bool:
        """Whether they are missing from within the minutes of one meeting."""
        return self.after == self.before


@dataclass(frozen=True)
class Year:
    """One body's minutes of one year: what is held, and what that shows to be missing."""

    municipality: str | None
    body: str
    year: str
    meetings: tuple[str, ...]  # dates of the minutes held
    extracts: tuple[str, ...]  # dates of meetings of which only extracts are held
    missing: tuple[Missing, ...]


def gaps_in(minutes: Iterable[Minutes]) -> tuple[Year, ...]:
    """The years of which §§ or whole minutes are missing, by municipality and body, earliest first."""
    years: dict[tuple[str, str, str], list[Minutes]] = defaultdict(list)
    for each in minutes:
        years[each.municipality or "", body_key(each.body) or "", each.date[:4]].append(each)
    found = (_year(years[key]) for key in sorted(years))
    return tuple(year for year in found if year.missing or year.extracts)


def _year(held: list[Minutes]) -> Year:
    first = min(held, key=lambda each: (each.date, each.body))
    meetings = {each.date for each in held if each.whole}
    return Year(
        municipality=first.municipality,
        body=first.body,
        year=first.date[:4],
        meetings=tuple(sorted(meetings)),
        extracts=tuple(sorted({each.date for each in held} - meetings)),
        missing=tuple(_missing({number: each.date for each in held for number in each.numbers})),
    )


def _missing(dates: Mapping[int, str]) -> Iterable[Missing]:
    before = 0
    for number in sorted(dates):
        if number > before + 1:
            yield Missing(before + 1, number - 1, dates.get(before), dates[number])
        before = number
