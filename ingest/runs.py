"""Runs: what the last ingests did and how far a going one has come, as the registry keeps it for whoever looks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from ingest.model import Failure, IngestReport
from ingest.registry import Registry
from ingest.sources import Source
from ingest.store import LOCK_FILE

ENDED = "ingests"  # key of the last runs, newest first
GOING = "ingesting"  # key of a run that hasn't ended: it goes on, or was cut off
KEPT = 5  # runs over different paths that are remembered

Step = TypeVar("Step", bound=tuple[Source, Any])


@dataclass(frozen=True)
class Ended:
    """An ingest that came to its end; times are ISO, in UTC, to the second."""

    paths: tuple[str, ...]
    ended: str
    report: IngestReport


@dataclass(frozen=True)
class Going:
    """An ingest on its way: `done` of `total` documents that are read; `document` is the one it waits for."""

    paths: tuple[str, ...]
    began: str
    done: int
    total: int
    document: str | None = None
    cut_off: bool = False  # it no longer goes on: it was killed, or something stopped it


@dataclass(frozen=True)
class Runs:
    """The ingest that hasn't ended, if any, and the last one over each set of paths, newest first."""

    going: Going | None
    ended: tuple[Ended, ...]


class Run:
    """One ingest, noted in the registry as it goes on."""

    def __init__(self, registry: Registry, paths: Sequence[Path], total: int) -> None:
        self._registry = registry
        self._going = Going(tuple(str(path) for path in paths), _now(), 0, total)
        self._note()

    def noting(self, steps: Iterable[Step]) -> Iterator[Step]:
        """The steps, a source first in each, with a note of the document that is waited for."""
        for done, step in enumerate(steps):
            self._going = replace(self._going, done=done, document=step[0].id)
            self._note()
            yield step

    def end(self, report: IngestReport) -> None:
        """Note what the run did in place of an earlier one over the same paths."""
        run = Ended(self._going.paths, _now(), report)
        earlier = [each for each in _ended(self._registry) if each.paths != run.paths]
        with self._registry.transaction():
            self._registry.set_meta(ENDED, json.dumps([asdict(each) for each in (run, *earlier)[:KEPT]]))
            self._registry.drop_meta(GOING)

    def _note(self) -> None:
        self._registry.set_meta(GOING, json.dumps(asdict(self._going)))


def runs_of(registry: Registry, index: Path) -> Runs:
    """What is known of the ingests into the `index` folder that `registry` belongs to."""
    noted = registry.meta(GOING)
    if noted is None:
        return Runs(None, _ended(registry))
    known = json.loads(noted)
    with _is_written(index) as written:
        cut_off = not written and registry.meta(GOING) is not None  # it may have ended just now
        going = Going(**{**known, "paths": tuple(known["paths"]), "cut_off": cut_off})
        return Runs(going if written or cut_off else None, _ended(registry))


def _ended(registry: Registry) -> tuple[Ended, ...]:
    return tuple(
        Ended(tuple(each["paths"]), each["ended"], _report(each["report"]))
        for each in json.loads(registry.meta(ENDED) or "[]")
    )


def _report(known: dict[str, Any]) -> IngestReport:
    failures = {key: tuple(Failure(**each) for each in known[key]) for key in ("failed", "notes")}
    return IngestReport(**{**known, **failures})


@contextmanager
def _is_written(index: Path) -> Iterator[bool]:
    """Whether a process holds the lock for writing; if none does, none begins until the block ends."""
    lock = FileLock(index / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):  # a folder that can't be written isn't written by this process; another may
        yield True
        return
    try:
        yield False
    finally:
        lock.release()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
