"""The scaled index: copies that differ from their originals, and whose spans still point at their words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.service import Assistant
from evals.scaled import TURNED, write_scaled
from ingest.chain import ingest
from ingest.errors import UsageError
from ingest.registry import Registry
from ingest.settings import Settings, load_settings
from ingest.store import REGISTRY_FILE, in_step
from tests.encoders import ToyEncoder

CORPUS = Path(__file__).parents[2] / "corpus" / "koping"


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Settings]:
    """A small index and one four times as large made from it."""
    folder = tmp_path_factory.mktemp("scaled")
    small, scaled = (load_settings(index=folder / name) for name in ("small", "scaled"))
    report = ingest([CORPUS], small, ToyEncoder())
    assert write_scaled(small, scaled, 4 * report.passages) == 4 * report.passages
    return small, scaled


def test_the_originals_are_in_it_as_they_were(indexes: tuple[Settings, Settings]) -> None:
    small, scaled = (settings.index / REGISTRY_FILE for settings in indexes)
    with Registry.open(small) as original, Registry.open(scaled) as copy:
        for document in original.versions():
            assert copy.text(document) == original.text(document)
            ours, theirs = copy.passages_of(document), original.passages_of(document)
            assert [each.passage for each in ours] == [each.passage for each in theirs]


def test_spans_of_copies_point_at_their_words(indexes: tuple[Settings, Settings]) -> None:
    with Registry.open(indexes[1].index / REGISTRY_FILE) as registry:
        for document in registry.versions():
            text = registry.text(document) or ""
            for found in registry.passages_of(document):
                passage = found.passage
                alone = [span.of(passage.text) for span in passage.sentence_spans()]
                assert [sentence.of(text) for sentence in passage.sentences] == alone


def test_copies_differ_in_place_time_and_vector(indexes: tuple[Settings, Settings]) -> None:
    with Registry.open(indexes[1].index / REGISTRY_FILE) as registry:
        document = "002_bb1c2f2fbae1ae61.txt"
        original, copy = registry.passages_of(document), registry.passages_of(f"1/{document}")
        assert original[0].about.municipality == "Köpings kommun"
        assert copy[0].about.municipality == "Kapongs kommun"
        assert original[0].about.date
        assert copy[0].about.date
        assert int(original[0].about.date[:4]) - int(copy[0].about.date[:4]) == 4
        assert original[0].about.date[4:] == copy[0].about.date[4:]
        assert not {each.passage.header for each in original} & {each.passage.header for each in copy}
        assert any("Vöstre Mölerdelin" in each.passage.text for each in copy)
        for first, second in zip(original, copy, strict=True):
            cosines = (first.sentence_vectors * second.sentence_vectors).sum(axis=1)
            assert np.all(np.abs(np.linalg.norm(second.sentence_vectors, axis=1) - 1) < 0.01)
            assert np.all(cosines > 1 / np.sqrt(1 + TURNED**2) - TURNED)
            assert np.all(cosines < 0.999)


def test_it_is_whole_and_can_be_asked(indexes: tuple[Settings, Settings]) -> None:
    scaled = indexes[1]
    with Registry.open(scaled.index / REGISTRY_FILE) as registry:
        assert in_step(registry, scaled)
        assert registry.matters.is_current()
    with Assistant.open(scaled, ToyEncoder()) as assistant:
        assert assistant.ask("Vad betalar kommunen till förbundet?").retrieved


def test_the_same_each_time(indexes: tuple[Settings, Settings], tmp_path: Path) -> None:
    again = load_settings(index=tmp_path / "again")
    write_scaled(indexes[0], again, 70)
    with Registry.open(again.index / REGISTRY_FILE) as one, Registry.open(indexes[1].index / REGISTRY_FILE) as other:
        ids = list(one.passage_ids())
        first, second = one.vectors(ids), other.vectors(ids)
        assert len(ids) >= 70
        assert all(np.array_equal(first[each], second[each]) for each in ids)


def test_nothing_to_copy(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="run `radslag ingest` first"):
        write_scaled(load_settings(index=tmp_path / "none"), load_settings(index=tmp_path / "scaled"))
