"""Damage: what SQLite says when an index cannot be used, in words and with what to do; mapped here and nowhere else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import UsageError

_KEPT = "what was stored before is kept"
# What to do with an index that can't be used; what readers said of answers may lie in its folder too.
REMOVE = (
    "it holds nothing but what is made from the documents, and feedback.jsonl where readers have said what they think of answers: "
    "move that aside if it is there, remove the folder"
)
_ANEW = f"{REMOVE} and run `radslag ingest`"
# SQLite's primary result codes (https://www.sqlite.org/rescode.html): what was found, and what to do.
_MEANINGS: Mapping[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: ("is locked by another program", "wait until it has ended and try again"),
    sqlite3.SQLITE_LOCKED: ("is locked by another program", "wait until it has ended and try again"),
    sqlite3.SQLITE_FULL: ("has no room left on its disk", f"free some and run `radslag ingest` again; {_KEPT}"),
    sqlite3.SQLITE_IOERR: (
        "can't be read or written",
        f"see that its disk works and has room, then run `radslag ingest` again; {_KEPT}",
    ),
    sqlite3.SQLITE_READONLY: ("may not be written", "give yourself the right to write there, or choose --index"),
    sqlite3.SQLITE_PERM: ("may not be opened", "give yourself the right to read and write there, or choose --index"),
    sqlite3.SQLITE_CANTOPEN: (
        "can't be opened",
        "give yourself the right to read and write there, or choose --index",
    ),
    sqlite3.SQLITE_CORRUPT: ("is damaged", _ANEW),
    sqlite3.SQLITE_NOTADB: ("is damaged", _ANEW),
}


@contextmanager
def sqlite_errors(folder: Path) -> Iterator[None]:
    """Inside, what SQLite finds wrong with the index at `folder` (not with our use of it) becomes a UsageError."""
    try:
        yield
    except sqlite3.Error as error:
        meaning = _MEANINGS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the rest of the code is detail
        if meaning is None:
            raise
        found, remedy = meaning
        raise UsageError(f"the index at {folder} {found} ({error}): {remedy}") from error
