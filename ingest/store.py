"""Store: an index is a registry (documents, passages, words, vectors) and a Chroma beside it, made from the registry.

A document's new version becomes visible in one SQLite transaction; until then the old one answers. When a run has
stored its documents, Chroma is brought in step with the registry. A process killed while that goes on leaves a Chroma
that nobody can trust, and the registry says so: the next run makes it anew, and questions asked before then are answered
from the vectors in the registry. Chroma's files are for one process at a time, hence the lock around each use of them.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import RLock

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from ingest.damage import sqlite_errors
from ingest.errors import UsageError, VectorError
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.vectors import GRAPH, Vectors

REGISTRY_FILE = "registry.sqlite3"
VECTORS_FOLDER = "chroma"
LOCK_FILE = "writing.lock"
VECTORS_LOCK_FILE = "vectors.lock"
ENCODER = "encoder"  # key under which the registry records the encoder's fingerprint
SYNCED = "vectors"  # key under which it records which Chroma it is in step with, and how often it was brought there
SYNCING = "vectors unfinished"  # key that is there while Chroma is being written
SYNC_BATCH = 500  # passages handed to Chroma at once
LOCK_SECONDS = 60  # a question holds the lock for a fraction of a second, the opening of a large Chroma for some

_log = logging.getLogger("radslag")


class Index:
    """An open index for reading. One question at a time: `reading` makes the others of this process wait."""

    def __init__(self, registry: Registry, settings: Settings) -> None:
        self.registry = registry
        self._settings = settings
        self._turn = RLock()
        self._depth = 0
        self._lock = FileLock(settings.index / VECTORS_LOCK_FILE)
        self._usable: str | None = None  # the step Chroma may be asked at, in the reading that goes on
        self._vectors: Vectors | None = None
        self._opened: str | None = None  # the step `_vectors` was opened, or could not be opened, at
        self._open_vectors = ExitStack()

    @classmethod
    @contextmanager
    def open(cls, settings: Settings, encoder: str) -> Iterator[Index]:
        """Open an existing index for reading.

        Raises:
            UsageError: there is none, nothing was ever ingested into it, or another encoder than `encoder` made it.
        """
        with Registry.open(settings.index / REGISTRY_FILE) as registry:
            check_encoder(registry, settings, encoder)
            if registry.meta(ENCODER) is None:
                raise UsageError(f"the index at {settings.index} was never filled: run `radslag ingest` first")
            index = cls(registry, settings)
            with index._open_vectors:
                with index.reading():
                    if not index._small():
                        index._chroma()
                yield index

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever an ingest writes meanwhile; may be nested.

        Raises:
            UsageError: the index can't be read.
        """
        with self._turn, ExitStack() as stack:
            self._depth += 1
            stack.callback(self._leave)
            if self._depth == 1:
                stack.enter_context(sqlite_errors(self._settings.index))
                locked = self._take_lock(stack)  # before the snapshot: what it says of Chroma holds while we have it
                stack.enter_context(self.registry.snapshot())
                self._usable = in_step(self.registry, self._settings) if locked else None
            yield

    def nearest(
        self, query: NDArray[np.float32], k: int, filters: Mapping[str, str] | None = None
    ) -> list[tuple[str, float]]:
        """Ids of the `k` nearest passages with their cosine likeness, best first.

        The registry compares the question with every passage of an index of at most `exact_passages`: over 20 000 that takes 3 ms and misses
        none, where HNSW takes 7 and misses some once passages were replaced. Of a larger index Chroma is asked where it is in step, unless
        there are `filters`: it first lists all they let through, 0.1 s.
        """
        with self.reading():
            vectors = None if filters or self._small() else self._chroma()
            if vectors is not None:
                try:
                    return vectors.nearest(query, k)
                except VectorError as error:
                    self._distrust(error)
            return self.registry.nearest(query, k, filters)

    def _small(self) -> bool:
        """Whether a question is best compared with every passage."""
        return self.registry.passage_count() <= self._settings.exact_passages

    def _leave(self) -> None:
        self._depth -= 1

    def _take_lock(self, stack: ExitStack) -> bool:
        """Whether Chroma is ours until `stack` ends; if not, another process asks it or writes it."""
        try:
            stack.enter_context(self._lock.acquire(timeout=0))
        except (Timeout, OSError):  # a folder that can't be written can't be locked
            return False
        return True

    def _chroma(self) -> Vectors | None:
        """The vector store as it is at this reading, or None when it can't be asked."""
        if self._usable is not None and self._opened != self._usable:
            self._open_vectors.close()
            self._opened, self._vectors = self._usable, None
            try:
                chroma = self._settings.index / VECTORS_FOLDER
                if self._settings.chroma_url is None and not chroma.exists():
                    raise VectorError(f"no vectors at {chroma}")
                opened = Vectors.open(chroma, self._settings)
                vectors = self._open_vectors.enter_context(opened)
                held, expected = len(vectors), self.registry.counts()[1]
                if held != expected:
                    raise VectorError(f"Chroma holds {held} vectors, the index {expected} passages")
                self._vectors = vectors
            except VectorError as error:
                self._distrust(error)
        return self._vectors if self._usable is not None else None

    def _distrust(self, error: VectorError) -> None:
        """Say once that Chroma is out of order; it isn't asked again before it has been brought in step."""
        self._vectors = None
        chroma = self._settings.index / VECTORS_FOLDER
        remedy = "see that the server runs" if self._settings.chroma_url else f"remove {chroma}"
        _log.warning(
            "%s; answering without Chroma, which takes longer: %s and run `radslag ingest`, which mends it",
            error,
            remedy,
        )


@contextmanager
def writing(folder: Path, wait: bool = False) -> Iterator[Registry]:
    """The registry at `folder`, made when missing, for the one process that may write there.

    Raises:
        UsageError: another process is writing and `wait` isn't set, or the folder can't be made.
    """
    lock = FileLock(folder / LOCK_FILE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            if not wait:
                raise UsageError(
                    f"the index at {folder} is being written by another process: wait until it has ended, "
                    "or say --wait and this one waits"
                ) from error
            _log.info("The index at %s is being written by another process; waiting until it has ended.", folder)
            lock.acquire()
    except (OSError, NotImplementedError) as error:  # the latter: a file system that knows no locks
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot write the index at {folder} ({reason}): choose another with --index") from error
    try:
        with Registry.open(folder / REGISTRY_FILE, create=True) as registry:
            yield registry
    finally:
        lock.release()


def in_step(registry: Registry, settings: Settings) -> str | None:
    """Which step the settings' Chroma and the registry are at together, or None when they differ or may differ."""
    return None if any(registry.unsynced()) else _step(registry, settings)


def _step(registry: Registry, settings: Settings) -> str | None:
    """The step the settings' Chroma was brought to last; None for one that was never filled, or was left half written."""
    step = registry.meta(SYNCED)
    ours = step is not None and step.endswith(_name(settings))
    return step if ours and registry.meta(SYNCING) is None else None


def _name(settings: Settings) -> str:
    """What a step ends with: which Chroma, and how its graph is made."""
    graph = "-".join(map(str, GRAPH.values()))
    return f" {settings.chroma_url or VECTORS_FOLDER} {settings.chroma_collection} {graph}"


@contextmanager
def vectors_alone(settings: Settings) -> Iterator[Vectors]:
    """The settings' Chroma, which no other process asks or writes meanwhile.

    Raises:
        UsageError: another process has been using it for `LOCK_SECONDS`.
        VectorError: it can't be opened.
    """
    try:
        lock = FileLock(settings.index / VECTORS_LOCK_FILE).acquire(timeout=LOCK_SECONDS)
    except Timeout as error:
        raise UsageError(
            f"the vectors at {settings.index / VECTORS_FOLDER} have been in use by another process for {LOCK_SECONDS} s: "
            "end it and try again"
        ) from error
    with lock, Vectors.open(settings.index / VECTORS_FOLDER, settings) as vectors:
        yield vectors


def sync_anew(registry: Registry, settings: Settings) -> None:
    """Make Chroma anew from the registry, whatever it holds; errors as for `sync`."""
    with registry.transaction():
        registry.drop_meta(SYNCED)
    sync(registry, settings)


def check_server(settings: Settings) -> None:
    """Make sure that the Chroma server, where there is one, answers.

    Raises:
        UsageError: it doesn't.
    """
    if settings.chroma_url:
        with _advice(settings), Vectors.open(settings.index / VECTORS_FOLDER, settings):
            pass


def sync(registry: Registry, settings: Settings) -> None:
    """Bring Chroma in step with the registry, from the vectors the registry holds.

    Raises:
        UsageError: Chroma can't be reached or written. The registry keeps everything; the next run goes on from there.
    """
    chroma = settings.index / VECTORS_FOLDER
    with _advice(settings):
        anew = _step(registry, settings) is None or _is_lost(registry, settings, chroma)
        if not anew and in_step(registry, settings):
            return
        with FileLock(settings.index / VECTORS_LOCK_FILE).acquire(timeout=LOCK_SECONDS):
            with registry.transaction():
                registry.set_meta(SYNCING, "")
                if anew:
                    registry.note_all_unsynced()
            if anew and settings.chroma_url is None and chroma.exists():
                shutil.rmtree(chroma)
            _write(registry, settings, chroma, anew)
            with registry.transaction():
                registry.clear_unsynced()
                registry.set_meta(SYNCED, f"{int((registry.meta(SYNCED) or '0').split()[0]) + 1}{_name(settings)}")
                registry.drop_meta(SYNCING)


@contextmanager
def _advice(settings: Settings) -> Iterator[None]:
    """Inside, what goes wrong with Chroma becomes a UsageError."""
    try:
        yield
    except Timeout as error:
        raise UsageError(
            f"the vectors at {settings.index / VECTORS_FOLDER} have been in use by another process for {LOCK_SECONDS} s: "
            "end it and run `radslag ingest` again; everything read so far is stored"
        ) from error
    except (VectorError, OSError) as error:
        needed = "the Chroma server runs" if settings.chroma_url else "the disk has room and the folder may be written"
        raise UsageError(
            f"{error}: see that {needed}, then run `radslag ingest` again; everything read so far is stored"
        ) from error


def _is_lost(registry: Registry, settings: Settings, chroma: Path) -> bool:
    """Whether a Chroma that was in step is so no more: its folder is gone, or its server has forgotten."""
    if settings.chroma_url is None:
        return not chroma.exists()
    with Vectors.open(chroma, settings) as vectors:
        return in_step(registry, settings) is not None and len(vectors) != registry.counts()[1]


def _write(registry: Registry, settings: Settings, chroma: Path, anew: bool) -> None:
    with Vectors.open(chroma, settings, anew) as vectors:
        held, gone = registry.unsynced()
        if not anew:
            vectors.remove(gone)
        for first in range(0, len(held), SYNC_BATCH):
            batch = held[first : first + SYNC_BATCH]
            found = registry.passages(batch)
            vectors.add([found[passage] for passage in batch], registry.vectors(batch))


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
