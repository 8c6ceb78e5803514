"""Matters in the registry: what passages mention, and which matter each § and paper belongs to.

All of it is derived from the stored passages. Matters are made anew as a whole after an ingest, in one transaction; what a
passage mentions is worked out once for each version of its document.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from ingest.body_keys import body_key
from ingest.errors import UsageError
from ingest.filters import years
from ingest.matters import Change, Matter, Role, Step, changes_of, matters_of
from ingest.mentions import Mention, Sort, dnr_key, mentions_of
from ingest.model import Metadata, Span, Status, spans_of
from ingest.outcome import Outcome
from ingest.recipe import digest_of_code
from ingest.units import Unit, Words, units_of

SCHEMA = """
CREATE TABLE mentions (
    passage INTEGER NOT NULL REFERENCES passages (number) ON DELETE CASCADE, sort TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, value TEXT NOT NULL, kind TEXT, body TEXT, date TEXT, paragraph TEXT
);
CREATE INDEX mentions_of_passage ON mentions (passage);
CREATE TABLE mentioned (
    document TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, recipe TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE matters (
    id TEXT PRIMARY KEY, title TEXT, dnr TEXT, dnr_key TEXT, municipality TEXT, outcome TEXT
) WITHOUT ROWID;
CREATE INDEX matters_of_dnr ON matters (dnr_key);
CREATE TABLE steps (
    matter TEXT NOT NULL REFERENCES matters (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, paragraph TEXT, number TEXT, date TEXT, body TEXT,
    title TEXT, role TEXT NOT NULL, status TEXT NOT NULL, outcome TEXT, PRIMARY KEY (matter, position)
) WITHOUT ROWID;
CREATE INDEX steps_of_document ON steps (document, paragraph);
CREATE TABLE changes (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, paragraph TEXT,
    changed_document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, changed_paragraph TEXT, how TEXT NOT NULL
);
CREATE INDEX changes_of_document ON changes (changed_document, changed_paragraph);
CREATE INDEX changes_by_document ON changes (document);
"""
LINKED = "linked"  # key under which the registry records what its matters were made from
SHARE = 0.75  # of a folder's documents that must name one municipality for the silent ones to be of it too
FILTERS: Mapping[str, str] = {  # what matters may be narrowed by, and the condition it means
    "municipality": "municipality = ?",
    "outcome": "outcome = ?",
    "body": "id IN (SELECT matter FROM steps WHERE body = ?)",
    "year": "id IN (SELECT matter FROM steps WHERE substr(date, 1, 4) BETWEEN ? AND ?)",
}
_ABOUT = "title, municipality, body, kind, date, dnr"
_STEP = "document, paragraph, number, date, body, title, role, status, outcome"
_MATTER = "id, title, dnr, municipality, outcome"
_MENTION = 'sort, start, "end", value, kind, body, date, paragraph'


class MatterTables:
    """The matters of one registry. What writes is to be called in a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # Writing

    def is_current(self) -> bool:
        """Whether the matters were made from the documents as they are, by this program."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (LINKED,)).fetchone()
        return bool(row) and row[0] == self._fingerprint()

    def link(self) -> None:
        """Make the matters anew from the documents as they are: the same ones, whatever order those came in."""
        self._mention()
        found = list(self._units())
        self._connection.execute("DELETE FROM matters")  # and with them their steps
        self._connection.execute("DELETE FROM changes")
        for matter in matters_of(found):
            self._connection.execute(
                "INSERT INTO matters VALUES (?, ?, ?, ?, ?, ?)",
                (matter.id, matter.title, matter.dnr, dnr_key(matter.dnr), matter.municipality, matter.outcome),
            )
            self._connection.executemany(
                f"INSERT INTO steps (matter, position, {_STEP}) VALUES ({', '.join('?' * 11)})",
                ((matter.id, position, *_step_row(step)) for position, step in enumerate(matter.steps)),
            )
        self._connection.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?)", map(_change_row, changes_of(found)))
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (LINKED, self._fingerprint()))

    def _mention(self) -> None:
        """Work out what the passages of new documents mention, or of all when this program is new."""
        new = self._connection.execute(
            "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM mentioned WHERE recipe = ?)", (recipe(),)
        ).fetchall()
        for (document,) in new:
            rows = self._connection.execute(
                "SELECT number, text, sentence_chars FROM passages WHERE document = ?", (document,)
            ).fetchall()
            self._connection.executemany("DELETE FROM mentions WHERE passage = ?", ((number,) for number, _, _ in rows))
            self._connection.executemany(
                "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (number, *_mention_row(mention))
                    for number, text, sentence_chars in rows
                    for mention in mentions_of(text, spans_of(json.loads(sentence_chars)))
                ),
            )
            self._connection.execute("INSERT OR REPLACE INTO mentioned VALUES (?, ?)", (document, recipe()))

    def _units(self) -> Iterator[Unit]:
        mentioned: dict[int, list[Mention]] = defaultdict(list)
        for number, *row in self._connection.execute(f"SELECT passage, {_MENTION} FROM mentions ORDER BY rowid"):
            mentioned[number].append(_mention(row))
        passages: dict[str, list[Words]] = defaultdict(list)
        for number, document, paragraph, section, status, dnr, text in self._connection.execute(
            "SELECT number, document, paragraph, section, status, dnr, text FROM passages ORDER BY document, ordinal"
        ):
            passages[document].append(
                Words(paragraph, section, Status(status), dnr, text, tuple(mentioned.get(number, ())))
            )
        rows = self._connection.execute(f"SELECT id, {_ABOUT} FROM documents ORDER BY id")
        about = {document: Metadata(*columns) for document, *columns in rows}
        for document, municipality in municipalities(about).items():
            yield from units_of(document, replace(about[document], municipality=municipality), passages[document])

    def _fingerprint(self) -> str:
        rows = self._connection.execute("SELECT id, version FROM documents ORDER BY id").fetchall()
        return sha256(f"{recipe()}{rows}".encode()).hexdigest()

    # Reading

    def all(self, filters: Mapping[str, str] | None = None, words: str = "") -> list[Matter]:
        """The matters, latest first, narrowed to `filters` (see `FILTERS`) and to titles that hold all of `words`.

        Raises:
            UsageError: a filter's key is unknown, or a year is none.
        """
        for key in filters or {}:
            if key not in FILTERS:
                raise UsageError(f"unknown filter {key}: the known ones are {', '.join(FILTERS)}")
        condition = " AND ".join(["1", *(FILTERS[key] for key in filters or {})])
        values = [bound for key, value in (filters or {}).items() for bound in _bound(key, value)]
        rows = self._connection.execute(f"SELECT {_MATTER} FROM matters WHERE {condition}", values).fetchall()
        wanted = words.casefold().split()
        found = [self._with_steps(row) for row in rows if all(word in (row[1] or "").casefold() for word in wanted)]
        return sorted(found, key=lambda matter: (matter.last_date or "", matter.id), reverse=True)

    def of(self, document: str, paragraph: str | None = None) -> Matter | None:
        """The matter that a § of minutes, or another paper as a whole, belongs to; None for what is of the meeting only."""
        row = self._connection.execute(
            f"SELECT {_MATTER} FROM matters WHERE id = (SELECT matter FROM steps "
            "WHERE document = ? AND (paragraph IS ? OR paragraph IS NULL) LIMIT 1)",
            (document, paragraph),
        ).fetchone()
        return self._with_steps(row) if row else None

    def of_document(self, document: str) -> list[Matter]:
        """The matters that a document has steps of, in the order of its §§."""
        rows = self._connection.execute(
            f"SELECT {_MATTER} FROM matters WHERE id IN (SELECT matter FROM steps WHERE document = ?)", (document,)
        ).fetchall()
        found = [self._with_steps(row) for row in rows]
        return sorted(found, key=lambda matter: next(place(step) for step in matter.steps if step.document == document))

    def of_dnr(self, dnr: str) -> list[Matter]:
        """The matters that bear a diarienummer, however it is written; of several municipalities there may be several."""
        rows = self._connection.execute(f"SELECT {_MATTER} FROM matters WHERE dnr_key = ? ORDER BY id", (dnr_key(dnr),))
        return [self._with_steps(row) for row in rows.fetchall()]

    def changes_to(self, document: str, paragraph: str | None = None) -> list[Change]:
        """Later decisions that say they change or cancel this one, in the order of their dates."""
        rows = self._connection.execute(
            "SELECT changes.document, changes.paragraph, changed_document, changed_paragraph, how FROM changes "
            "JOIN documents ON documents.id = changes.document WHERE changed_document = ? "
            "AND (changed_paragraph IS ? OR changed_paragraph IS NULL) ORDER BY documents.date, documents.id",
            (document, paragraph),
        )
        return [Change(*row) for row in rows]

    def papers_missed(self, matter: str) -> list[tuple[str, str]]:
        """Kind and date of the papers that steps of a matter say came before them and that no document is, by date."""
        rows = self._connection.execute(
            "SELECT DISTINCT mentions.kind, mentions.date FROM steps "
            "JOIN passages ON passages.document = steps.document AND coalesce(steps.paragraph = passages.paragraph, 1) "
            "JOIN mentions ON mentions.passage = passages.number "
            "WHERE steps.matter = ? AND mentions.sort = ? AND mentions.date < steps.date AND NOT EXISTS "
            "(SELECT 1 FROM documents WHERE documents.kind = mentions.kind AND documents.date = mentions.date) "
            "ORDER BY mentions.date, mentions.kind",
            (matter, Sort.HANDLING.value),
        )
        return [(kind, date) for kind, date in rows]

    def mentions(self, passage: str) -> list[Mention]:
        """What the passage with this id mentions, in order."""
        rows = self._connection.execute(
            f"SELECT {', '.join(f'mentions.{column}' for column in _MENTION.split(', '))} FROM mentions "
            "JOIN passages ON passages.number = mentions.passage WHERE passages.id = ? ORDER BY mentions.rowid",
            (passage,),
        )
        return [_mention(row) for row in rows]

    def _with_steps(self, row: Sequence[str | None]) -> Matter:
        identity, title, dnr, municipality, outcome_ = row
        rows = self._connection.execute(f"SELECT {_STEP} FROM steps WHERE matter = ? ORDER BY position", (identity,))
        return Matter(
            id=str(identity),
            title=title,
            dnr=dnr,
            municipality=municipality,
            outcome=Outcome(outcome_) if outcome_ else None,
            steps=tuple(map(_step, rows)),
        )


def place(step: Step) -> tuple[int, str]:
    """Orders the §§ of one document."""
    number = step.number or ""
    return int("".join(filter(str.isdigit, number)) or 0), number


def municipalities(about: Mapping[str, Metadata]) -> dict[str, str | None]:
    """The municipality of each document: what it says itself, else what nearly all others in its folder say."""
    named: dict[PurePosixPath, Counter[str]] = defaultdict(Counter)
    for document, metadata in about.items():
        if metadata.municipality:
            named[PurePosixPath(document).parent][metadata.municipality] += 1
    common = {
        folder: name
        for folder, names in named.items()
        for name, count in names.most_common(1)
        if count >= SHARE * names.total()
    }
    return {
        document: metadata.municipality or common.get(PurePosixPath(document).parent)
        for document, metadata in about.items()
    }


def recipe() -> str:
    """A digest of the code that decides what is mentioned and which matters there are."""
    return digest_of_code("matters", "mentions")


def _step_row(step: Step) -> tuple[str | None, ...]:
    return (
        step.document,
        step.paragraph,
        step.number,
        step.date,
        step.body,
        step.title,
        step.role.value,
        step.status.value,
        step.outcome.value if step.outcome else None,
    )


def _step(row: Sequence[str]) -> Step:
    document, paragraph, number, date, body, title, role, status, result = row
    return Step(
        document, paragraph, number, date, body, title, Role(role), Status(status), Outcome(result) if result else None
    )


def _change_row(change: Change) -> tuple[str | None, ...]:
    return change.document, change.paragraph, change.changed_document, change.changed_paragraph, change.how


def _mention_row(mention: Mention) -> tuple[str | int | None, ...]:
    return (
        mention.sort.value,
        mention.span.start,
        mention.span.end,
        mention.value,
        mention.kind,
        mention.body,
        mention.date,
        mention.paragraph,
    )


def _mention(row: Sequence[Any]) -> Mention:
    sort, start, end, value, kind, body, date, paragraph = row
    return Mention(Sort(sort), Span(start, end), value, kind, body, date, paragraph)


def _bound(key: str, value: str) -> tuple[str | None, ...]:
    """What stands for the question marks of a filter's condition."""
    if key == "year":
        return years(value)
    return (body_key(value) if key == "body" else value,)
