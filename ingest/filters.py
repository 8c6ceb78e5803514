"""Filters: what documents and passages may be narrowed by, and which of them a filter lets through.

A filter is KEY=VALUE. The value is one that the documents have, to the letter; a year may also be a range, "2018-2020".
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath

from ingest.errors import UsageError
from ingest.gaps import Minutes
from ingest.model import Metadata
from ingest.municipality import plain

FILTERS: Mapping[str, str] = {  # what a question may be narrowed by, and the column it means
    "document": "documents.id",
    "municipality": "documents.municipality",
    "body": "documents.body",
    "kind": "documents.kind",
    "year": "substr(documents.date, 1, 4)",
    "status": "passages.status",
}
_HAS_PASSAGE = "EXISTS (SELECT 1 FROM passages WHERE passages.document = documents.id AND passages.status = ?)"
_WITH_PASSAGES = "FROM documents JOIN passages ON passages.document = documents.id"
_YEARS = re.compile(r"([12]\d{3})(?:\s*[-–]\s*([12]\d{3}))?")
_MINUTES = {"protokoll": True, "protokollsutdrag": False}  # kinds with the §§ of a meeting, and whether they are whole
_NUMBER = re.compile(r"\d+")
_HINTS = 3  # values named as what may have been meant


@dataclass(frozen=True)
class Coverage:
    """What there is to search: how many documents, whose, and from when to when (ISO dates) those are that have a date."""

    documents: int
    municipalities: tuple[str, ...]
    first_date: str | None
    last_date: str | None
    undated: int


@dataclass(frozen=True)
class Listed:
    """A document of the index; another `version` of its file is another version here."""

    id: str
    version: str
    about: Metadata


@dataclass(frozen=True)
class Unknown:
    """A filter whose value no document has: the values there are, the commonest first, and those that resemble it."""

    key: str
    value: str
    known: tuple[str, ...]
    alike: tuple[str, ...]


def where(filters: Mapping[str, str] | None, *, documents: bool = False) -> tuple[str, list[str]]:
    """An SQL condition, beginning with AND, that narrows passages down to `filters`, and its values.

    With `documents` it narrows those down instead, without a look at the table of passages unless one has to have a status.

    Raises:
        UsageError: a filter's key is unknown, or a year is none.
    """
    conditions: list[str] = []
    values: list[str] = []
    for key, value in (filters or {}).items():
        if key not in FILTERS:
            raise UsageError(f"unknown filter {key}: the known ones are {', '.join(FILTERS)}")
        if key == "year":
            conditions.append(f"AND {FILTERS[key]} BETWEEN ? AND ?")
            values += years(value)
        elif key == "status" and documents:
            conditions.append(f"AND {_HAS_PASSAGE}")
            values.append(value)
        else:
            conditions.append(f"AND {FILTERS[key]} = ?")
            values.append(value)
    return " ".join(conditions), values


def years(value: str) -> tuple[str, str]:
    """The first and the last year that a filter on `year` lets through.

    Raises:
        UsageError: it is neither a year nor a range of them.
    """
    match = _YEARS.fullmatch(value.strip())
    if match is None or (match[2] or match[1]) < match[1]:
        raise UsageError(f"filter year: found {value!r}, needs a year (2024) or a range, the earlier first (2018-2020)")
    return match[1], match[2] or match[1]


class Holdings:
    """What the documents of one registry have that they may be narrowed by."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def coverage(self, filters: Mapping[str, str] | None = None) -> Coverage:
        """What the documents are that `filters` let through; of a filter on `status`, those with such a passage.

        Raises:
            UsageError: as `where`.
        """
        condition, values = where(filters, documents=True)
        rows = self._connection.execute(
            f"SELECT id, municipality, date FROM documents WHERE true {condition}", values
        ).fetchall()
        dates = sorted(date for _, _, date in rows if date)
        return Coverage(
            documents=len(rows),
            municipalities=tuple(sorted({municipality for _, municipality, _ in rows if municipality})),
            first_date=dates[0] if dates else None,
            last_date=dates[-1] if dates else None,
            undated=len(rows) - len(dates),
        )

    def documents(self, filters: Mapping[str, str] | None = None, words: str = "") -> list[Listed]:
        """The documents that `filters` let through and whose title, dnr or id holds all of `words`, the latest first.

        Raises:
            UsageError: as `where`.
        """
        condition, values = where(filters, documents=True)
        rows = self._connection.execute(
            "SELECT id, version, title, municipality, body, kind, date, dnr, meeting "
            f"FROM documents WHERE true {condition} ORDER BY date DESC, id",
            values,
        ).fetchall()
        wanted = plain(words).split()
        return [
            Listed(document, version, Metadata(*about))
            for document, version, *about in rows
            if all(word in plain(f"{about[0] or ''} {about[5] or ''} {document}") for word in wanted)
        ]

    def minutes(self, filters: Mapping[str, str] | None = None) -> Iterator[Minutes]:
        """The §§ of every dated minutes and extract that `filters` let through.

        Raises:
            UsageError: as `where`.
        """
        condition, values = where(filters)
        rows = self._connection.execute(
            "SELECT DISTINCT documents.id, municipality, body, kind, coalesce(meeting, date), paragraph "
            f"{_WITH_PASSAGES} WHERE paragraph IS NOT NULL AND body IS NOT NULL AND coalesce(meeting, date) IS NOT NULL "
            f"AND kind IN ({', '.join('?' * len(_MINUTES))}) {condition}",
            [*_MINUTES, *values],
        )
        numbers: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for *paper, paragraph in rows:
            if number := _NUMBER.match(paragraph):
                numbers[tuple(paper)].add(int(number[0]))
        for (_, municipality, body, kind, date), found in numbers.items():
            yield Minutes(municipality, body, date, frozenset(found), _MINUTES[kind])

    def values(self, key: str, filters: Mapping[str, str] | None = None) -> dict[str, int]:
        """What documents there are by their value of a filter's key, the commonest first; years in their order.

        Of `status`, those with such a passage; documents without the value are left out. `filters` narrow them down.

        Raises:
            UsageError: as `where`.
        """
        of_passages = key == "status"
        condition, values = where(filters, documents=not of_passages)
        order = "value" if key == "year" else "count DESC, value"
        rows = self._connection.execute(
            f"SELECT {FILTERS[key]} AS value, count(DISTINCT documents.id) AS count "
            f"{_WITH_PASSAGES if of_passages else 'FROM documents'} "
            f"WHERE value IS NOT NULL {condition} GROUP BY value ORDER BY {order}",
            values,
        )
        return dict(rows.fetchall())

    def unknown(self, filters: Mapping[str, str]) -> tuple[Unknown, ...]:
        """The filters that let nothing through even alone; empty when only all of them together do."""
        return tuple(
            Unknown(key, value, known := tuple(self.values(key)), _alike(value, known))
            for key, value in filters.items()
            if not self.coverage({key: value}).documents
        )


def _alike(value: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Known values that may have been meant: the same but for capitals and marks, a part of one, or a slip of the pen."""
    spelt = {plain(each): each for each in reversed(known)}
    wanted = plain(value)
    parts = [each for each in spelt if len(wanted) > 2 and wanted in each]
    names = {PurePosixPath(each).name: each for each in spelt}
    near = get_close_matches(wanted, spelt, _HINTS) + [names[each] for each in get_close_matches(wanted, names, _HINTS)]
    found = dict.fromkeys([*([wanted] if wanted in spelt else []), *near, *sorted(parts)])
    return tuple(spelt[each] for each in found)[:_HINTS]
