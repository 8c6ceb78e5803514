"""A folder that changes from run to run, and what a reader sees of each document in it."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.parse import parse
from ingest.settings import Settings
from ingest.sources import find_sources
from ingest.store import Index
from tests.encoders import ToyEncoder

# What is known of a document: its text and its passages, at one version.
State = tuple[str, tuple[tuple[str, str], ...]]


def write(folder: Path, name: str, rng: random.Random) -> None:
    sums = [rng.randrange(100, 10_000) for _ in range(rng.randrange(1, 12))]
    points = "\n".join(f"{place}. Avgift nummer {place} är {kronor} kronor." for place, kronor in enumerate(sums, 1))
    sections = "\n\n".join(f"Avdelning {kronor}\n\nKommunen tar ut {kronor} kronor om året." for kronor in sums)
    text = f"Avgifter i {name}\n\nFörslag till beslut\n\n{points}\n\nÄrendebeskrivning\n\n{sections}\n"
    (folder / name).write_text(text, encoding="utf-8")


def change(folder: Path, rng: random.Random) -> None:
    """Add, change and delete some files."""
    names = sorted(path.name for path in folder.iterdir())
    for name in rng.sample(names, min(3, len(names))):
        write(folder, name, rng)
    for _ in range(rng.randrange(0, 3)):
        write(folder, f"ny-{rng.randrange(10_000)}.txt", rng)
    for name in rng.sample(names, rng.randrange(0, 3) if len(names) > 12 else 0):
        (folder / name).unlink()


def on_disk(folder: Path, settings: Settings) -> dict[str, State]:
    states = {}
    for source in find_sources([folder], (), settings.ignore).files:
        document, passages = parse(source, settings, "any")
        states[source.id] = document.text, tuple((passage.header, passage.text) for passage in passages)
    return states


def in_index(settings: Settings) -> dict[str, State]:
    """What a reader sees, who finds all of it by meaning and by words."""
    with suppress(UsageError), Index.open(settings, "toy") as index:  # there may be none yet
        return seen_in(index)
    return {}


def seen_in(index: Index) -> dict[str, State]:
    """As `in_index`, in an index that is open already."""
    states: dict[str, State] = {}
    with index.reading():
        registry, encoder = index.registry, ToyEncoder()
        for document in registry.versions():
            found = registry.passages_of(document)
            text = registry.text(document)
            assert text is not None
            states[document] = text, tuple((each.passage.header, each.passage.text) for each in found)
            passage = found[-1].passage
            cosines = dict(index.nearest(encoder.encode_passages([passage.embedded_text])[0], 3))
            assert cosines[passage.id] == pytest.approx(1, abs=1e-4)
            assert passage.id in dict(registry.matching(passage.embedded_text, 20, {"document": document}))
    return states
