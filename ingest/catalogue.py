"""Catalogue: the documents of one registry as a list to search, and what they cover and don't."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.filters import where
from ingest.gaps import Minutes, Year, gaps_in

_MINUTES = {"protokoll": True, "protokollsutdrag": False}  # kinds with the §§ of a meeting, and whether they are whole
_ENTRY = "documents.id, title, municipality, body, kind, date, dnr"
_LEADING = re.compile(r"\d+")


@dataclass(frozen=True)
class Entry:
    """A document as a list shows it; what isn't known is None."""

    document: str
    title: str | None
    municipality: str | None
    body: str | None
    kind: str | None
    date: str | None
    dnr: str | None


@dataclass(frozen=True)
class Listing:
    """Some of the documents found, and how many there are in all."""

    total: int
    entries: tuple[Entry, ...]


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
    undated: tuple[Entry, ...]
    gaps: tuple[Year, ...]

    @property
    def empty_years(self) -> tuple[str, ...]:
        """Years without papers, between the first and the last that has some."""
        return tuple(year for year, count in self.years if not count)


class Catalogue:
    """The documents of one registry."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.create_function("folded", 1, str.casefold, deterministic=True)

    def listing(
        self, words: str = "", filters: Mapping[str, str] | None = None, limit: int = 20, offset: int = 0
    ) -> Listing:
        """The documents that have all of `words` (parts of words too) in title, dnr or id; latest first, undated last.

        Raises:
            UsageError: a filter's key is unknown, or a year is none.
        """
        condition, values = _narrowed(filters)
        for word in words.casefold().split():
            condition += " AND instr(folded(coalesce(title, '') || ' ' || coalesce(dnr, '') || ' ' || id), ?)"
            values.append(word)
        total = self._connection.execute(f"SELECT count(*) FROM documents WHERE true {condition}", values).fetchone()
        rows = self._connection.execute(
            f"SELECT {_ENTRY} FROM documents WHERE true {condition} ORDER BY date DESC, id LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return Listing(int(total[0]), tuple(Entry(*row) for row in rows))

    def entry(self, document: str) -> Entry | None:
        """One document, or None when the index doesn't hold it."""
        row = self._connection.execute(f"SELECT {_ENTRY} FROM documents WHERE id = ?", (document,)).fetchone()
        return Entry(*row) if row else None

    def overview(self, filters: Mapping[str, str] | None = None) -> Overview:
        """What the documents that `filters` let through cover. Gaps in minutes are those of the bodies it lets through,
        in its years: what is missing isn't told from the documents of one kind or status.

        Raises:
            UsageError: as `listing`.
        """
        condition, values = _narrowed(filters)
        rows = self._connection.execute(f"SELECT {_ENTRY} FROM documents WHERE true {condition}", values)
        entries = [Entry(*row) for row in rows]
        of_bodies = {key: value for key, value in (filters or {}).items() if key in {"municipality", "body", "year"}}
        return _overview(entries, gaps_in(self._minutes(of_bodies)))

    def _minutes(self, filters: Mapping[str, str]) -> Iterable[Minutes]:
        condition, values = _narrowed(filters)
        rows = self._connection.execute(
            "SELECT DISTINCT documents.id, municipality, body, kind, coalesce(meeting, date), paragraph FROM documents "
            "JOIN passages ON passages.document = documents.id WHERE paragraph IS NOT NULL AND body IS NOT NULL "
            f"AND coalesce(meeting, date) IS NOT NULL AND kind IN ({', '.join('?' * len(_MINUTES))}) {condition}",
            [*_MINUTES, *values],
        )
        numbers: dict[tuple[str, str | None, str, str, str], set[int]] = defaultdict(set)
        for *paper, paragraph in rows:
            if leading := _LEADING.match(paragraph):
                numbers[tuple(paper)].add(int(leading[0]))
        for (_, municipality, body, kind, date), found in numbers.items():
            yield Minutes(municipality, body, date, frozenset(found), _MINUTES[kind])


def _narrowed(filters: Mapping[str, str] | None) -> tuple[str, list[str]]:
    """As `ingest.filters.where`, for documents: a filter on `status` lets those through that have such a passage."""
    others = {key: value for key, value in (filters or {}).items() if key != "status"}
    condition, values = where(others)
    if filters and "status" in filters:
        condition += " AND documents.id IN (SELECT document FROM passages WHERE status = ?)"
        values.append(filters["status"])
    return condition, values


def _overview(entries: Sequence[Entry], gaps: tuple[Year, ...]) -> Overview:
    years = Counter(entry.date[:4] for entry in entries if entry.date)
    span = range(int(min(years)), int(max(years)) + 1) if years else range(0)
    bodies: dict[str | None, Counter[str | None]] = defaultdict(Counter)
    for entry in entries:
        bodies[entry.body][entry.date[:4] if entry.date else None] += 1
    return Overview(
        documents=len(entries),
        municipalities=_commonest(entry.municipality for entry in entries),
        kinds=_commonest(entry.kind for entry in entries),
        years=tuple((str(year), years[str(year)]) for year in span),
        bodies=tuple(sorted(bodies.items(), key=lambda each: (each[0] is None, -sum(each[1].values()), each[0] or ""))),
        undated=tuple(sorted((entry for entry in entries if not entry.date), key=lambda entry: entry.document)),
        gaps=gaps,
    )


def _commonest(values: Iterable[str | None]) -> tuple[tuple[str | None, int], ...]:
    """The values with their counts, the commonest first; what isn't known stands last."""
    return tuple(sorted(Counter(values).items(), key=lambda each: (each[0] is None, -each[1], each[0] or "")))
