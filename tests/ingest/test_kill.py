"""An ingest that is killed at any moment loses nothing, leaves nothing twice and shows no document in part."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest import chain
from ingest.chain import ingest
from ingest.interaction import Seen
from ingest.model import Span
from ingest.parse import Parsed, parse
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.sources import Source
from ingest.store import REGISTRY_FILE, SYNCING, in_step
from ingest.workers import Workers
from tests.changing import State, change, in_index, on_disk, write
from tests.encoders import ToyEncoder
from tests.indexes import stored_rows, stored_vectors

KILLS = 36
SEED = 20261122
SYNC_THRESHOLD = (
    10  # Chroma writes its graph to disk after so many changes (1000 by default), so that kills strike there too
)
ENCODE_SECONDS = 0.005  # each passage takes, so that kills strike while documents are read
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["chromadb", "llama_index.vector_stores.chroma", "tests.ingest.test_kill"])


class SlowEncoder(ToyEncoder):
    def encode_spans(self, text: str, spans: Sequence[Span]) -> Seen:
        time.sleep(ENCODE_SECONDS)
        return super().encode_spans(text, spans)


class InlineWorkers(Workers):
    """Parses in this process: a process a document takes longer than the rest of these small ingests."""

    def __init__(self, settings: Settings, ready: int = 0) -> None:  # noqa: ARG002 - none gets ready
        super().__init__(settings)

    def parse(self, source: Source, version: str) -> Parsed:
        return parse(source, self._settings, version)


def run(folder: Path, settings: Settings) -> None:
    """What the process that is killed does."""
    import chromadb

    make_client: Callable[..., object] = chromadb.PersistentClient

    def client(**options: object) -> object:
        made = make_client(**options)
        inner = made.get_or_create_collection  # type: ignore[attr-defined]
        often = {"hnsw": {"sync_threshold": SYNC_THRESHOLD, "batch_size": SYNC_THRESHOLD}}
        made.get_or_create_collection = lambda name, **given: inner(name, configuration=often, **given)  # type: ignore[attr-defined]
        return made

    chromadb.PersistentClient = client
    vars(chain)["Workers"] = InlineWorkers
    ingest([folder], settings, SlowEncoder())


def run_killed_after(seconds: float, folder: Path, settings: Settings) -> int | None:
    """Start an ingest, kill it (`kill -9`) after a time, and give its exit status (negative: it was killed)."""
    process = PROCESSES.Process(target=run, args=(folder, settings))
    process.start()
    process.join(seconds)
    if process.is_alive() and process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return process.exitcode


def each_is_one_of(seen: Mapping[str, State], before: Mapping[str, State], after: Mapping[str, State]) -> None:
    for document in {*seen, *before, *after}:
        assert seen.get(document) in (before.get(document), after.get(document)), document


def phase(settings: Settings) -> str:
    """What a killed run was doing: reading documents, writing Chroma, or neither."""
    if not (settings.index / REGISTRY_FILE).exists():
        return "before"
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        if registry.meta(SYNCING) is not None:
            return "writing Chroma"
        return "before or after" if in_step(registry, settings) else "reading"


@pytest.mark.slow
def test_killed_at_random_moments_the_next_run_completes(tmp_path: Path) -> None:
    rng = random.Random(SEED)
    folder, settings = tmp_path / "arkiv", Settings(index=tmp_path / "index", exact_passages=0)
    folder.mkdir()
    for number in range(10):
        write(folder, f"fil-{number}.txt", rng)
    for name in ("warm", "measured"):  # the first start of a process also imports what all of them need
        began = time.perf_counter()
        assert run_killed_after(60, folder, Settings(index=tmp_path / name, exact_passages=0)) == 0
        duration = time.perf_counter() - began
    phases: list[str] = []
    held: dict[str, State] = {}
    while len(phases) < KILLS:
        wanted = on_disk(folder, settings)
        killed = run_killed_after(rng.uniform(0, duration), folder, settings) == -signal.SIGKILL
        seen = in_index(settings)
        each_is_one_of(seen, held, wanted)
        held = seen
        if killed:
            phases.append(phase(settings))
        if not killed or rng.random() < 0.3:
            change(folder, rng)
    assert phases.count("reading") >= 4, phases
    assert phases.count("writing Chroma") >= 4, phases

    ingest([folder], settings, ToyEncoder())
    fresh = Settings(index=tmp_path / "fresh", exact_passages=0)
    ingest([folder], fresh, ToyEncoder())
    assert in_index(settings) == on_disk(folder, settings)
    assert stored_rows(settings.index) == stored_rows(fresh.index)
    survived, undisturbed = stored_vectors(settings), stored_vectors(fresh)
    assert survived.keys() == undisturbed.keys()
    assert all(np.array_equal(survived[passage], undisturbed[passage]) for passage in undisturbed)
