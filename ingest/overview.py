"""Overview: what the documents of an index cover, and what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.filters import Holdings, Listed
from ingest.gaps import Year, gaps_in

_OF_BODIES = ("municipality", "body", "year")  # filters that choose whole runs of minutes


@dataclass(frozen=True)
class Overview:
    """How many documents there are of each sort, and what is missing. Of counts, None is what isn't known.

    Years are those of the documents' dates.
    """

    documents: int
    municipalities: tuple[tuple[str | None, int], ...]  # commonest first
    kinds: tuple[tuple[str | None, int], ...]  # commonest first
    years: tuple[tuple[str, int], ...]  # each from the first to the last, 0 where there is none
    bodies: tuple[tuple[str | None, Mapping[str | None, int]], ...]  # by year, those with most documents first
    undated: tuple[Listed, ...]
    gaps: tuple[Year, ...]

    @property
    def empty_years(self) -> tuple[str, ...]:
        """Years without papers, between the first and the last that has some."""
        return tuple(year for year, count in self.years if not count)


def overview_of(holdings: Holdings, filters: Mapping[str, str] | None = None) -> Overview:
    """What the documents that `filters` let through cover.

    Gaps in minutes are those of the bodies and years they let through: a filter on kind or status makes none.

    Raises:
        UsageError: a filter's key is unknown, or a year is none.
    """
    of_bodies = {key: value for key, value in (filters or {}).items() if key in _OF_BODIES}
    return _overview(holdings.documents(filters), gaps_in(holdings.minutes(of_bodies)))


def _overview(listed: Sequence[Listed], gaps: tuple[Year, ...]) -> Overview:
    years = Counter(each.about.date[:4] for each in listed if each.about.date)
    span = range(int(min(years)), int(max(years)) + 1) if years else range(0)
    bodies: dict[str | None, Counter[str | None]] = defaultdict(Counter)
    for each in listed:
        bodies[each.about.body][each.about.date[:4] if each.about.date else None] += 1
    return Overview(
        documents=len(listed),
        municipalities=_commonest(each.about.municipality for each in listed),
        kinds=_commonest(each.about.kind for each in listed),
        years=tuple((str(year), years[str(year)]) for year in span),
        bodies=tuple(sorted(bodies.items(), key=lambda each: (each[0] is None, -sum(each[1].values()), each[0] or ""))),
        undated=tuple(each for each in listed if not each.about.date),
        gaps=gaps,
    )


def _commonest(values: Iterable[str | None]) -> tuple[tuple[str | None, int], ...]:
    """The values with their counts, the commonest first; what isn't known stands last."""
    return tuple(sorted(Counter(values).items(), key=lambda each: (each[0] is None, -each[1], each[0] or "")))
