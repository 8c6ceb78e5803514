"""Store: an index is a registry (documents, passages, words) and the vectors beside it, changed together.

A document's new version becomes visible in one SQLite transaction, when its vectors are already in place; until then
the old one answers. Vectors that a killed process left behind are noted before they are written and cleared by the next run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from ingest.errors import UsageError
from ingest.model import Document, Passage
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.vectors import Vectors

REGISTRY_FILE = "registry.sqlite3"
VECTORS_FOLDER = "chroma"
LOCK_FILE = "writing.lock"
ENCODER = "encoder"  # key under which the registry records the encoder's fingerprint


class Index:
    """An open index: `registry` for what documents say, `vectors` for what they are like."""

    def __init__(self, registry: Registry, vectors: Vectors) -> None:
        self.registry = registry
        self.vectors = vectors

    @classmethod
    @contextmanager
    def open(cls, settings: Settings, encoder: str) -> Iterator[Index]:
        """Open an existing index for reading.

        Raises:
            UsageError: there is none, or it was made by another encoder than `encoder`.
        """
        with Registry.open(settings.index / REGISTRY_FILE) as registry:
            check_encoder(registry, settings, encoder)
            with Vectors.open(settings.index / VECTORS_FOLDER, settings) as vectors:
                yield cls(registry, vectors)

    def replace(
        self,
        document: Document,
        root: str,
        version: str,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        sentence_vectors: Sequence[NDArray[np.float32]],
    ) -> None:
        """Store a document in place of its earlier version; `vectors` is (passages, dimensions)."""
        with self.registry.transaction():
            self.registry.leave(passage.id for passage in passages)
        self.vectors.add(passages, vectors, document.metadata)
        with self.registry.transaction():
            self.registry.leave(self.registry.remove(document.id))
            self.registry.put(document, root, version, passages, sentence_vectors)
        self.sweep()

    def remove(self, document: str) -> None:
        """Forget a document."""
        with self.registry.transaction():
            self.registry.leave(self.registry.remove(document))
        self.sweep()

    def sweep(self) -> None:
        """Remove the vectors that no stored passage has any more, or has yet."""
        if leftovers := self.registry.leftovers():
            self.vectors.remove(leftovers)
        with self.registry.transaction():
            self.registry.clear_leftovers()


@contextmanager
def writing(folder: Path) -> Iterator[Registry]:
    """The registry at `folder`, made when missing, for the one process that may write there.

    Raises:
        UsageError: another process is writing, or the folder can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK_FILE)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UsageError(
            f"the index at {folder} is being written by another process: wait until it has ended"
        ) from error
    except OSError as error:
        raise UsageError(
            f"cannot write the index at {folder} ({error.strerror}): choose another with --index"
        ) from error
    try:
        with Registry.open(folder / REGISTRY_FILE, create=True) as registry:
            yield registry
    finally:
        lock.release()


def check_encoder(registry: Registry, settings: Settings, encoder: str) -> None:
    """Refuse to compare vectors of two encoders.

    Raises:
        UsageError: the registry records another encoder than `encoder`.
    """
    recorded = registry.meta(ENCODER)
    if recorded is not None and recorded != encoder:
        raise UsageError(
            f"the index at {settings.index} was made with the encoder {recorded}, the settings give {encoder}: set "
            "model, precision, query_prompt and passage_prompt as they were, or ingest into another folder with --index"
        )
