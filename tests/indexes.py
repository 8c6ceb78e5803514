"""What an index holds, in a form that can be compared."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.settings import Settings
from ingest.store import REGISTRY_FILE, VECTORS_FOLDER
from ingest.vectors import Vectors


def stored_vectors(settings: Settings) -> dict[str, NDArray[np.float32]]:
    """The vectors Chroma holds, by passage."""
    with Vectors.open(settings.index / VECTORS_FOLDER, settings) as vectors:
        return vectors.all()


def stored_rows(folder: Path) -> dict[str, object]:
    """Everything the registry in an index folder holds, but for the numbers SQLite gave the rows."""
    with closing(sqlite3.connect(folder / REGISTRY_FILE)) as registry:
        assert registry.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables: dict[str, object] = {}
        registry.row_factory = sqlite3.Row
        for (name,) in registry.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'sqlite_sequence'"
        ).fetchall():
            rows = (dict(row) for row in registry.execute(f"SELECT * FROM {name}"))
            without = ({key: value for key, value in row.items() if key != "number"} for row in rows)
            tables[name] = sorted((tuple(row.items()) for row in without), key=repr)
        tables["meta"] = [row for row in registry.execute("SELECT * FROM meta").fetchall() if row["key"] == "encoder"]
        return tables
