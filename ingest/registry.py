"""Registry: documents, passages, their words and vectors in one SQLite file, the source of truth of an index.

A passage's terms stand in its row beside its vector; what questions search of both is held in memory (`ingest.memory`). The
vector store beside it is made from the registry, which knows whether the two are in step and can search its vectors itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.damage import REMOVE, sqlite_errors
from ingest.editions import edition_of, in_force_from
from ingest.errors import UsageError
from ingest.filters import Holdings, where
from ingest.interaction import Seen, Words, packed, unpacked
from ingest.kept import Kept
from ingest.matter_store import LINKED, MatterTables
from ingest.matter_store import SCHEMA as MATTER_SCHEMA
from ingest.memory import Memory, written
from ingest.model import Document, Metadata, Passage, Row, Sentence, Span, Status, spans_of
from ingest.terms import terms

FOUND_KEPT = 2_000  # passages kept as they were read, some 35 kB each
TEXTS_KEPT = 500  # words of §§ and documents kept
SCHEMA_VERSION = 7
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, root TEXT NOT NULL, version TEXT NOT NULL, text TEXT NOT NULL, pages TEXT NOT NULL,
    title TEXT, municipality TEXT, body TEXT, kind TEXT, date TEXT, dnr TEXT,
    meeting TEXT, handläggare TEXT, recipients TEXT NOT NULL, edition TEXT
) WITHOUT ROWID;
CREATE INDEX documents_of_edition ON documents (edition, date);
CREATE INDEX documents_by_filter ON documents (municipality, body, kind, date);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, header TEXT NOT NULL, section TEXT,
    status TEXT NOT NULL, point INTEGER, paragraph TEXT, dnr TEXT, page INTEGER, sentences TEXT NOT NULL,
    sentence_chars TEXT NOT NULL, terms BLOB NOT NULL, vector BLOB NOT NULL, vectors BLOB NOT NULL,
    words BLOB NOT NULL
);
CREATE INDEX passages_of_document ON passages (document, ordinal, status);
CREATE INDEX passages_of_dnr ON passages (dnr);
CREATE TABLE scans (
    document TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, scanner TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE unsynced (passage TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_ABOUT = "title, municipality, body, kind, date, dnr, meeting, handläggare, recipients"  # in the order of Metadata
_PASSAGE = (
    'id, document, start, "end", text, header, section, status, point, paragraph, dnr, page, sentences, sentence_chars'
)


@dataclass(frozen=True)
class Found:
    """A passage with what is known about its document and the vectors of its sentences, (sentences, dimensions).

    `words` is None when the encoder doesn't compare them.
    """

    passage: Passage
    about: Metadata
    sentence_vectors: NDArray[np.float32]
    words: Words | None = None


class Registry:
    """One open SQLite file. Reading is safe from several threads and processes; writing belongs to one process."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._connection.execute("PRAGMA foreign_keys = ON")
        self.matters = MatterTables(self._connection)
        self.holdings = Holdings(self._connection)
        self._forget_all()

    def _forget_all(self) -> None:
        """Hold nothing of the rows in memory. What is held is known by the numbers of passages, which are never given again."""
        self._memory = Memory(self._connection)
        self._found: Kept[int, Found] = Kept(FOUND_KEPT)
        self._texts: Kept[tuple[int, ...], str] = Kept(TEXTS_KEPT)

    @classmethod
    @contextmanager
    def open(cls, path: Path, create: bool = False) -> Iterator[Registry]:
        """Open the registry at `path`; with `create`, make it when it is missing.

        Raises:
            UsageError: there is none, the file is something else, or it can't be used while it is open.
        """
        if not create and not path.exists():
            raise UsageError(f"no index at {path.parent}: run `radslag ingest` first, or name another with --index")
        with sqlite_errors(path.parent):
            registry = cls(path)
            try:
                registry._prepare(path)
                yield registry
            finally:
                registry._connection.close()

    def _prepare(self, path: Path) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(
                f"BEGIN; {_SCHEMA} {MATTER_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )
        elif version != SCHEMA_VERSION:
            raise UsageError(
                f"the index at {path.parent} has format {version}, this program needs {SCHEMA_VERSION}: "
                f"{REMOVE} and run `radslag ingest` with the same paths"
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; not to be nested."""
        try:
            with self._between("BEGIN IMMEDIATE"):
                yield
        except BaseException:
            self._forget_all()  # there may be passages in it that never were
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever is written meanwhile; not to be nested."""
        with self._between("BEGIN"):
            yield

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        self._connection.execute(begin)
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk may have ended it already
                self._connection.execute("ROLLBACK")
            raise

    def meta(self, key: str) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def drop_meta(self, key: str) -> None:
        self._connection.execute("DELETE FROM meta WHERE key = ?", (key,))

    # Documents

    def versions(self, root: str | None = None) -> dict[str, str]:
        """Version of each document by id, of one ingested root or of all."""
        rows = self._connection.execute(
            "SELECT id, version FROM documents WHERE root = coalesce(?, root) ORDER BY id", (root,)
        )
        return dict(rows.fetchall())

    def roots(self) -> dict[str, str]:
        """The root folder each document was ingested from, by id."""
        return dict(self._connection.execute("SELECT id, root FROM documents").fetchall())

    def scanners(self) -> dict[str, str]:
        """What read the scanned pages, by document; documents without such pages are left out."""
        return dict(self._connection.execute("SELECT document, scanner FROM scans").fetchall())

    def set_scanner(self, document: str, scanner: str) -> None:
        """Note what read the scanned pages of a stored document; to be called in the transaction that stores it."""
        self._connection.execute("INSERT INTO scans VALUES (?, ?)", (document, scanner))

    def text(self, document: str) -> str | None:
        row = self._connection.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
        return row[0] if row else None

    def origin(self, document: str) -> tuple[str, str] | None:
        """The root folder a document was ingested from and its version, or None when it isn't held."""
        row = self._connection.execute("SELECT root, version FROM documents WHERE id = ?", (document,)).fetchone()
        return (row[0], row[1]) if row else None

    def pages(self, document: str) -> tuple[int, ...]:
        """The offset in the text at which each page of a document begins; empty for a file without pages."""
        row = self._connection.execute("SELECT pages FROM documents WHERE id = ?", (document,)).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    def about(self, document: str) -> Metadata | None:
        row = self._connection.execute(f"SELECT {_ABOUT} FROM documents WHERE id = ?", (document,)).fetchone()
        return _metadata(row) if row else None

    def replaced_on(self, document: str) -> str | None:
        """The ISO date from which a later edition of a paper that comes out anew may hold, where the index has one."""
        rows = self._connection.execute(
            "SELECT later.title, later.date FROM documents AS its"
            " JOIN documents AS later ON later.edition = its.edition AND later.date > its.date WHERE its.id = ?",
            (document,),
        )
        return min((in_force_from(title, date) for title, date in rows), default=None)

    def edition(self, document: str) -> str | None:
        """What all editions of a paper that comes out anew share (see `ingest.editions`); None for any other."""
        row = self._connection.execute("SELECT edition FROM documents WHERE id = ?", (document,)).fetchone()
        return row[0] if row else None

    def put(
        self,
        document: Document,
        root: str,
        version: str,
        passages: Sequence[Passage],
        seen: Sequence[Seen],
    ) -> None:
        """Store a document with its passages in place of any earlier version; to be called in a transaction.

        `seen` holds the vectors of each passage and of its sentences, and their words.
        """
        self.remove(document.id)
        about = asdict(document.metadata) | {"recipients": json.dumps(document.metadata.recipients, ensure_ascii=False)}
        self._connection.execute(
            f"INSERT INTO documents (id, root, version, text, pages, edition, {_ABOUT}) VALUES ({', '.join('?' * (6 + len(about)))})",
            (
                document.id,
                root,
                version,
                document.text,
                json.dumps(document.pages),
                edition_of(document.metadata),
                *about.values(),
            ),
        )
        for ordinal, (passage, each) in enumerate(zip(passages, seen, strict=True)):
            self._connection.execute(
                f"INSERT INTO passages (ordinal, terms, vector, vectors, words, {_PASSAGE}) VALUES ({', '.join('?' * 19)})",
                (
                    ordinal,
                    written(passage.embedded_text),
                    each.passage.astype(np.float32).tobytes(),
                    each.spans.astype(np.float16).tobytes(),
                    packed(each.words),
                    *_row(passage),
                ),
            )
        self._out_of_step(passage.id for passage in passages)

    def remove(self, document: str) -> None:
        """Forget a document; to be called in a transaction."""
        rows = self._connection.execute("SELECT id FROM passages WHERE document = ?", (document,)).fetchall()
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document,))
        self.drop_meta(LINKED)  # the steps of its matters went with it
        self._out_of_step(passage for (passage,) in rows)

    # Passages

    def passages(self, ids: Sequence[str]) -> dict[str, Found]:
        """The passages with these ids; unknown ids are left out."""
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(f"SELECT number FROM passages WHERE id IN ({marks}) ORDER BY id", list(ids))
        return {found.passage.id: found for found in self._read([row[0] for row in rows])}

    def passages_of(self, document: str) -> list[Found]:
        """All passages of a document, in order."""
        rows = self._connection.execute("SELECT number FROM passages WHERE document = ? ORDER BY ordinal", (document,))
        return self._read([row[0] for row in rows])

    def outline(self, document: str) -> list[Passage]:
        """All passages of a document, in order, without their vectors."""
        cursor = self._connection.cursor()
        cursor.row_factory = sqlite3.Row
        rows = cursor.execute(f"SELECT {_PASSAGE} FROM passages WHERE document = ? ORDER BY ordinal", (document,))
        return list(map(_passage, rows))

    def passages_of_unit(
        self, document: str, paragraph: str | None, limit: int, filters: Mapping[str, str] | None = None
    ) -> list[Found]:
        """The passages of one §, or those of a document that stand in none, in order; those that propose or decide before others."""
        condition, values = where(filters)
        rows = self._connection.execute(
            "SELECT passages.number, passages.id FROM passages JOIN documents ON documents.id = passages.document "
            f"WHERE document = ? AND paragraph IS ? {condition} "
            "ORDER BY status IN ('beslut', 'förslag') DESC, ordinal LIMIT ?",
            (document, paragraph, *values, limit),
        ).fetchall()
        return self._read([number for number, _ in sorted(rows, key=lambda row: str(row[1]))])

    def _read(self, numbers: Sequence[int]) -> list[Found]:
        """The passages with these numbers, which there are, in this order."""
        found = {number: self._found.get(number) for number in numbers}
        new = [number for number, kept in found.items() if kept is None]
        cursor = self._connection.cursor()
        cursor.row_factory = sqlite3.Row
        columns = ", ".join(f"passages.{column}" for column in _PASSAGE.split(", "))
        rows = cursor.execute(
            f"SELECT number, {columns}, vectors, words, title, municipality, body, kind, date, documents.dnr AS document_dnr, meeting, "
            "handläggare, recipients FROM passages JOIN documents ON documents.id = passages.document "
            f"WHERE number IN ({','.join('?' * len(new))})",
            new,
        )
        found |= {row["number"]: self._found.put(row["number"], _found(row)) for row in (rows if new else ())}
        return [each for each in found.values() if each is not None]

    def matter_text(self, document: str, paragraph: str | None) -> str:
        """The words of one §, or of everything in the document that stands in none, headers included, a sentence a line."""
        rows = self._connection.execute(
            "SELECT number FROM passages WHERE document = ? AND paragraph IS ? ORDER BY ordinal", (document, paragraph)
        )
        numbers = tuple(row[0] for row in rows)
        return self._texts.get_or_make(numbers, lambda: self._matter_text(numbers))

    def _matter_text(self, numbers: Sequence[int]) -> str:
        rows = self._connection.execute(
            f"SELECT header, text, sentence_chars FROM passages WHERE number IN ({','.join('?' * len(numbers))}) ORDER BY ordinal",
            numbers,
        )
        return "\n".join(
            line
            for header, text, chars in rows
            for line in (header, *(span.of(text) for span in spans_of(json.loads(chars))))
        )

    def paragraphs(self, document: str) -> list[str | None]:
        """The §§ that passages of a document stand in, None for those that stand in none."""
        rows = self._connection.execute("SELECT DISTINCT paragraph FROM passages WHERE document = ?", (document,))
        return [row[0] for row in rows]

    def passage_ids(self) -> set[str]:
        return {row[0] for row in self._connection.execute("SELECT id FROM passages")}

    def matching(self, query: str, k: int, filters: Mapping[str, str] | None = None) -> list[tuple[str, float]]:
        """Ids of the `k` passages that share most with the words of `query`, with their BM25 score, best first."""
        return self._named(self._memory.matching(list(dict.fromkeys(terms(query))), k, filters))

    def frequencies(self, wanted: Sequence[str]) -> dict[str, int]:
        """In how many passages each of these terms (of `ingest.terms.terms`) stands; 0 is left out."""
        return self._memory.frequencies(wanted)

    def holds_word(self, word: str) -> bool:
        """Whether the documents hold every stretch of five letters of a word, as they do where they hold it or its parts."""
        wanted = set(terms(word))
        return len(self.frequencies(sorted(wanted))) == len(wanted)

    def passage_count(self) -> int:
        """How many passages are held; quicker than `counts` where questions are asked."""
        return self._memory.count()

    def counts(self) -> tuple[int, int]:
        """Documents and passages held, counted in the tables themselves: an index may be whole where its table is not."""
        row = self._connection.execute(
            "SELECT (SELECT count(*) FROM documents NOT INDEXED), (SELECT count(*) FROM passages)"
        ).fetchone()
        return int(row[0]), int(row[1])

    # The vector store beside the registry: which of its vectors are not as they should be

    def _out_of_step(self, passages: Iterable[str]) -> None:
        """Note that these passages have come or gone since the vector store was made to agree."""
        self._connection.executemany("INSERT OR IGNORE INTO unsynced VALUES (?)", ((passage,) for passage in passages))

    def unsynced(self) -> tuple[list[str], list[str]]:
        """Passages the vector store may lack or hold otherwise, and those it may hold although they are gone."""
        rows = self._connection.execute(
            "SELECT passage, passage IN (SELECT id FROM passages) FROM unsynced ORDER BY passage"
        ).fetchall()
        return [passage for passage, held in rows if held], [passage for passage, held in rows if not held]

    def note_all_unsynced(self) -> None:
        """Note that a vector store made anew lacks everything."""
        self._connection.execute("DELETE FROM unsynced")
        self._connection.execute("INSERT INTO unsynced SELECT id FROM passages")

    def clear_unsynced(self) -> None:
        self._connection.execute("DELETE FROM unsynced")

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of the passages with these ids; unknown ids are left out."""
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(f"SELECT id, vector FROM passages WHERE id IN ({marks})", list(ids))
        return {passage: np.frombuffer(vector, dtype=np.float32) for passage, vector in rows}

    def nearest(
        self, query: NDArray[np.float32], k: int, filters: Mapping[str, str] | None = None
    ) -> list[tuple[str, float]]:
        """As `Vectors.nearest`, by looking at every passage that the filters let through: exact.

        The first time, all vectors are read; over 100 000 passages that takes half a second and 150 MB.
        """
        return self._named(self._memory.nearest(query, k, filters))

    def _named(self, scored: Sequence[tuple[int, float]]) -> list[tuple[str, float]]:
        """The ids of the passages with these numbers, which there are, each with its score."""
        marks = ",".join("?" * len(scored))
        rows = self._connection.execute(
            f"SELECT number, id FROM passages WHERE number IN ({marks})", [number for number, _ in scored]
        )
        ids = dict(rows.fetchall())
        return [(ids[number], score) for number, score in scored]

    # Health

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file or the references in it; empty when it is whole."""
        try:
            found = [row[0] for row in self._connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            dangling = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return found + [f"a row of {table} refers to a missing row of {parent}" for table, _, parent, _ in dangling]


def _metadata(values: Sequence[str | None]) -> Metadata:
    """The columns of `_ABOUT` as metadata; the last of them, the recipients, is a JSON list."""
    title, municipality, body, kind, date, dnr, meeting, handläggare, recipients = values
    people = tuple(json.loads(recipients or "[]"))
    return Metadata(title, municipality, body, kind, date, dnr, meeting, handläggare, people)


def _row(passage: Passage) -> tuple[object, ...]:
    return (
        passage.id,
        passage.document,
        passage.span.start,
        passage.span.end,
        passage.text,
        passage.header,
        passage.section,
        passage.status.value,
        passage.point,
        passage.paragraph,
        passage.dnr,
        passage.page,
        json.dumps(list(map(_written, passage.sentences)), ensure_ascii=False),
        json.dumps(passage.sentence_chars),
    )


def _written(sentence: Sentence) -> object:
    """A sentence as its pieces, [[start, end], …]; a row of a table with what it is read with."""
    pieces = [[piece.start, piece.end] for piece in sentence.pieces]
    return {"pieces": pieces, "row": asdict(sentence.row)} if sentence.row else pieces


def _sentence(written: Any) -> Sentence:
    """The reverse of `_written`."""
    if isinstance(written, list):
        return Sentence(tuple(Span(*piece) for piece in written))
    row = written["row"]
    head = Span(**row["head"]) if row["head"] else None
    of_table = Row(tuple(row["cells"]), tuple(row["names"]), head, row["caption"])
    return Sentence(tuple(Span(*piece) for piece in written["pieces"]), of_table)


def _passage(row: sqlite3.Row) -> Passage:
    return Passage(
        id=row["id"],
        document=row["document"],
        span=Span(row["start"], row["end"]),
        text=row["text"],
        header=row["header"],
        section=row["section"],
        status=Status(row["status"]),
        sentences=tuple(map(_sentence, json.loads(row["sentences"]))),
        sentence_chars=tuple(json.loads(row["sentence_chars"])),
        point=row["point"],
        paragraph=row["paragraph"],
        dnr=row["dnr"],
        page=row["page"],
    )


def _found(row: sqlite3.Row) -> Found:
    about = _metadata([row["document_dnr" if name == "dnr" else name] for name in _ABOUT.split(", ")])
    vectors = np.frombuffer(row["vectors"], dtype=np.float16).astype(np.float32)
    passage = _passage(row)
    return Found(
        passage, about, vectors.reshape(len(passage.sentences), -1), unpacked(row["words"], len(passage.sentences))
    )
