"""The chain and the store: what is in the index after each run, and that nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.chain import ingest
from ingest.errors import UsageError
from ingest.model import IngestReport
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.store import REGISTRY_FILE, Index, vectors_alone, writing
from ingest.vectors import GRAPH
from tests.encoders import ToyEncoder
from tests.indexes import stored_rows, stored_vectors

MEMO = """Avgift för {what}

Förslag till beslut

1. Avgiften för {what} fastställs till {sum} kronor.
2. Beslutet gäller under förutsättning att budgeten antas.

Ärendebeskrivning

Kommunen tar i dag ut en avgift för {what}. Den har inte höjts på tio år.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "arkiv"
    (root / "nämnd").mkdir(parents=True)
    (root / "nämnd" / "bad.txt").write_text(MEMO.format(what="bad", sum=50), encoding="utf-8")
    (root / "sopor.txt").write_text(MEMO.format(what="sopor", sum=1250), encoding="utf-8")
    return root


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index", exact_passages=0)


@pytest.fixture
def encoder() -> ToyEncoder:
    return ToyEncoder()


@pytest.fixture
def registry(settings: Settings) -> Iterator[Registry]:
    with Registry.open(settings.index / REGISTRY_FILE, create=True) as opened:
        yield opened


def counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed, len(report.failed)


def held(settings: Settings, encoder: ToyEncoder) -> tuple[set[str], set[str]]:
    """Passage ids of the registry and of the vectors."""
    with Index.open(settings, encoder.fingerprint) as index:
        return index.registry.passage_ids(), set(stored_vectors(settings))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_first_run_adds_everything(folder: Path, settings: Settings, encoder: ToyEncoder) -> None:
    report = ingest([folder], settings, encoder)
    assert counts(report) == (2, 0, 0, 0, 0)
    with Index.open(settings, encoder.fingerprint) as index:
        assert set(index.registry.versions()) == {"nämnd/bad.txt", "sopor.txt"}
        assert index.registry.counts() == (2, report.passages)
        about = index.registry.about("sopor.txt")
        assert about is not None
        assert about.title == "Avgift för sopor"
    in_registry, in_vectors = held(settings, encoder)
    assert in_registry == in_vectors
    assert len(in_registry) == report.passages < encoder.encoded


def test_a_second_run_embeds_nothing_and_writes_nothing_but_that_it_ran(
    folder: Path, settings: Settings, encoder: ToyEncoder
) -> None:
    def written() -> tuple[object, ...]:
        files = {name: content for name, content in contents(settings.index).items() if "registry" not in name}
        return stored_rows(settings.index), files

    ingest([folder], settings, encoder)
    encoded, before = encoder.encoded, written()
    assert counts(ingest([folder], settings, encoder)) == (0, 0, 2, 0, 0)
    assert encoder.encoded == encoded
    assert written() == before


def test_a_changed_file_replaces_its_passages_only(folder: Path, settings: Settings, encoder: ToyEncoder) -> None:
    ingest([folder], settings, encoder)
    before, _ = held(settings, encoder)
    (folder / "sopor.txt").write_text(MEMO.format(what="sopor", sum=1400), encoding="utf-8")
    assert counts(ingest([folder], settings, encoder)) == (0, 1, 1, 0, 0)
    after, in_vectors = held(settings, encoder)
    assert after == in_vectors
    assert len(after & before) == len(before) // 2
    with Index.open(settings, encoder.fingerprint) as index:
        assert index.registry.matching("1400", 5)
        assert not index.registry.matching("1250", 5)


def test_a_deleted_file_is_forgotten(folder: Path, settings: Settings, encoder: ToyEncoder) -> None:
    ingest([folder], settings, encoder)
    (folder / "sopor.txt").unlink()
    assert counts(ingest([folder], settings, encoder)) == (0, 0, 1, 1, 0)
    in_registry, in_vectors = held(settings, encoder)
    assert in_registry == in_vectors
    with Index.open(settings, encoder.fingerprint) as index:
        assert index.registry.text("sopor.txt") is None
        assert not index.registry.matching("sopor", 5)


def test_ingesting_a_part_forgets_nothing_elsewhere(folder: Path, settings: Settings, encoder: ToyEncoder) -> None:
    ingest([folder], settings, encoder)
    (folder / "sopor.txt").unlink()
    assert counts(ingest([folder / "nämnd"], settings, encoder)) == (0, 0, 1, 0, 0)
    assert counts(ingest([folder], settings, encoder)) == (0, 0, 1, 1, 0)


def test_a_file_that_has_become_unreadable_keeps_its_old_version(
    folder: Path, settings: Settings, encoder: ToyEncoder
) -> None:
    ingest([folder], settings, encoder)
    (folder / "sopor.txt").write_bytes(b"%PDF-1.4")
    report = ingest([folder], settings, encoder)
    assert counts(report) == (0, 0, 1, 0, 1)
    assert report.failed[0].document == "sopor.txt"
    assert "earlier version" in report.failed[0].remedy
    with Index.open(settings, encoder.fingerprint) as index:
        assert "1250" in (index.registry.text("sopor.txt") or "")


def test_bad_files_are_reported_and_the_rest_goes_on(folder: Path, settings: Settings, encoder: ToyEncoder) -> None:
    (folder / "bild.txt").write_bytes(b"\x89PNG\r\n")
    (folder / "tom.txt").write_bytes(b"")
    report = ingest([folder], settings, encoder)
    assert counts(report) == (2, 0, 0, 0, 2)
    assert sorted(failure.document for failure in report.failed) == ["bild.txt", "tom.txt"]
    assert all(failure.reason and failure.remedy for failure in report.failed)


def test_an_empty_folder_is_said(tmp_path: Path, settings: Settings, encoder: ToyEncoder) -> None:
    (tmp_path / "tom").mkdir()
    with pytest.raises(UsageError, match="no documents in"):
        ingest([tmp_path / "tom"], settings, encoder)


def test_another_encoder_is_refused_with_the_remedy(folder: Path, settings: Settings, encoder: ToyEncoder) -> None:
    ingest([folder], settings, encoder)
    other = ToyEncoder()
    other.fingerprint = "other/1"
    with pytest.raises(UsageError, match=r"made with the encoder .*--index"):
        ingest([folder], settings, other)
    with pytest.raises(UsageError, match="made with the encoder"), Index.open(settings, other.fingerprint):
        pass


def test_two_folders_with_a_file_of_one_name_do_not_overwrite_each_other(
    folder: Path, tmp_path: Path, settings: Settings, encoder: ToyEncoder
) -> None:
    ingest([folder], settings, encoder)
    (tmp_path / "annat").mkdir()
    (tmp_path / "annat" / "sopor.txt").write_text(MEMO.format(what="annat", sum=1), encoding="utf-8")
    report = ingest([tmp_path / "annat"], settings, encoder)
    assert [failure.document for failure in report.failed] == ["sopor.txt"]
    with Index.open(settings, encoder.fingerprint) as index:
        assert "1250" in (index.registry.text("sopor.txt") or "")


def test_a_moved_corpus_is_taken_over(folder: Path, tmp_path: Path, settings: Settings, encoder: ToyEncoder) -> None:
    ingest([folder], settings, encoder)
    moved = folder.rename(tmp_path / "flyttat")
    assert counts(ingest([moved], settings, encoder)) == (0, 2, 0, 0, 0)
    assert counts(ingest([moved], settings, encoder)) == (0, 0, 2, 0, 0)


def test_only_one_process_writes(folder: Path, settings: Settings, encoder: ToyEncoder) -> None:
    with writing(settings.index), pytest.raises(UsageError, match="being written by another process"):
        ingest([folder], settings, encoder)


def test_no_index_is_said(settings: Settings) -> None:
    with pytest.raises(UsageError, match="run `radslag ingest` first"), Index.open(settings, "any"):
        pass


def test_a_folder_that_holds_something_else_is_said(settings: Settings, folder: Path, encoder: ToyEncoder) -> None:
    settings.index.mkdir()
    (settings.index / REGISTRY_FILE).write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(UsageError, match=r"is damaged .*remove the folder"):
        ingest([folder], settings, encoder)


def test_filters_narrow_both_rankings(folder: Path, settings: Settings, encoder: ToyEncoder) -> None:
    ingest([folder], settings, encoder)
    with Index.open(settings, encoder.fingerprint) as index:
        wanted = {"document": "sopor.txt", "status": "förslag"}
        dense = [passage for passage, _ in index.nearest(encoder.encode_query("avgift"), 50, wanted)]
        lexical = [passage for passage, _ in index.registry.matching("avgift", 50, wanted)]
        assert sorted(dense) == sorted(lexical)
        assert len(dense) == 2
        with pytest.raises(UsageError, match="unknown filter färg"):
            index.registry.matching("avgift", 50, {"färg": "röd"})


def test_cosines_are_cosines(folder: Path, settings: Settings, encoder: ToyEncoder) -> None:
    ingest([folder], settings, encoder)
    with Index.open(settings, encoder.fingerprint) as index:
        passage = next(iter(index.registry.passages(list(index.registry.passage_ids())).values())).passage
        query = encoder.encode_passages([passage.embedded_text])[0]
        found = dict(index.nearest(query, 50))
        assert found[passage.id] == pytest.approx(1.0, abs=1e-5)
        assert all(-1.001 <= cosine <= 1.001 for cosine in found.values())


def test_a_graph_of_another_making_is_made_anew(
    folder: Path, settings: Settings, encoder: ToyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def graph() -> dict[str, int]:
        with vectors_alone(settings) as vectors:
            made = vectors.store._collection.configuration["hnsw"]
            return {key: made[key] for key in (*GRAPH, "ef_search")}

    wanted = dict(GRAPH)
    with monkeypatch.context() as earlier:
        earlier.setitem(GRAPH, "max_neighbors", 16)
        ingest([folder], settings, encoder)
    assert ingest([folder], settings, encoder).passages == 0  # nothing is read or encoded again
    assert graph() == wanted | {"ef_search": settings.ef_search}
    assert set(stored_vectors(settings)) == held(settings, encoder)[0]
