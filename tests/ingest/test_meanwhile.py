"""Questions asked while an ingest goes on, in other processes."""

from __future__ import annotations

import logging
import multiprocessing
import random
import shutil
from pathlib import Path

import pytest

from ingest.chain import ingest
from ingest.settings import Settings
from ingest.store import VECTORS_FOLDER, Index
from tests.changing import State, change, in_index, on_disk, seen_in, write
from tests.encoders import ToyEncoder

ROUNDS = 4
SEED = 7
PROCESSES = multiprocessing.get_context("spawn")


def ingest_each(folders: list[Path], folder: Path, settings: Settings) -> None:
    """Ingest `folder` with the content of one folder after the other."""
    for each in folders:
        shutil.rmtree(folder)
        shutil.copytree(each, folder)
        ingest([folder], settings, ToyEncoder())


@pytest.mark.slow
def test_each_document_is_seen_whole_while_it_changes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rng = random.Random(SEED)
    folder, settings = tmp_path / "arkiv", Settings(index=tmp_path / "index", exact_passages=0)
    folder.mkdir()
    for number in range(10):
        write(folder, f"fil-{number}.txt", rng)
    ingest([folder], settings, ToyEncoder())
    versions: dict[str, list[State | None]] = {}
    states, folders = [on_disk(folder, settings)], []
    for number in range(ROUNDS):
        change(folder, rng)
        states.append(on_disk(folder, settings))
        folders.append(Path(shutil.copytree(folder, tmp_path / str(number))))
    for document in {document for state in states for document in state}:
        versions[document] = [state.get(document) for state in states]

    process = PROCESSES.Process(target=ingest_each, args=(folders, folder, settings))
    process.start()
    looks = 0
    with caplog.at_level(logging.WARNING, "radslag"), Index.open(settings, "toy") as index:
        while process.is_alive() or looks == 0:
            for seen in (seen_in(index), in_index(settings)):
                assert all(state in versions[document] for document, state in seen.items())
                assert all(document in seen for document, states in versions.items() if None not in states)
            looks += 1
        process.join()
        assert process.exitcode == 0
        assert seen_in(index) == in_index(settings) == states[-1]
    assert looks > 3
    assert not caplog.messages, "Chroma was asked while it was being written"


def test_without_its_chroma_an_index_answers_the_same_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, settings, encoder = tmp_path / "arkiv", Settings(index=tmp_path / "index", exact_passages=0), ToyEncoder()
    folder.mkdir()
    for number in range(5):
        write(folder, f"fil-{number}.txt", random.Random(number))
    ingest([folder], settings, encoder)
    query = encoder.encode_query("Vad är avgift nummer 3?")
    filters = {"document": "fil-2.txt"}
    with Index.open(settings, "toy") as index:
        before = index.nearest(query, 10), index.nearest(query, 10, filters)
    encoded = encoder.encoded

    def differs() -> bool:
        with Index.open(settings, "toy") as index:
            after = index.nearest(query, 10), index.nearest(query, 10, filters)
        return [[round(cosine, 4) for _, cosine in each] for each in before] != [
            [round(cosine, 4) for _, cosine in each] for each in after
        ]

    for broken in sorted((settings.index / VECTORS_FOLDER).rglob("*")):
        if broken.is_file():
            broken.write_bytes(b"something else entirely")
    assert not differs()
    assert any("remove" in message and "radslag ingest" in message for message in caplog.messages)
    shutil.rmtree(settings.index / VECTORS_FOLDER)
    assert not differs()
    caplog.clear()
    ingest([folder], settings, encoder)
    assert encoder.encoded == encoded, "made anew from the registry"
    assert not differs()
    assert not caplog.messages


def test_a_small_index_is_compared_whole_whatever_became_of_its_graph(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, settings, encoder = tmp_path / "arkiv", Settings(index=tmp_path / "index"), ToyEncoder()
    folder.mkdir()
    for number in range(5):
        write(folder, f"fil-{number}.txt", random.Random(number))
    ingest([folder], settings, encoder)
    shutil.rmtree(settings.index / VECTORS_FOLDER)
    query = encoder.encode_query("Vad är avgift nummer 3?")
    with Index.open(settings, "toy") as index:
        assert index.nearest(query, 10) == index.registry.nearest(query, 10)
    assert not caplog.messages
