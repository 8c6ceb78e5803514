"""Each check finds the damage it is there for, and the command it names mends it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.doctor.finding import Severity
from ingest.matter_store import LINKED
from ingest.registry import Found
from ingest.store import REGISTRY_FILE, SYNCING, VECTORS_FOLDER, vectors_alone
from ingest.vectors import Vectors
from tests.ingest.doctor.conftest import MEMO, Clinic, Damage

pytestmark = pytest.mark.slow

BAD = "nämnd/bad.txt"


def passages(clinic: Clinic) -> list[Found]:
    with clinic.opened() as examined:
        return examined.registry.passages_of(BAD)


def delete_a_vector(clinic: Clinic) -> None:
    passage = passages(clinic)[1].passage.id
    with vectors_alone(clinic.settings) as vectors:
        vectors.remove([passage])


def delete_the_store(clinic: Clinic) -> None:
    shutil.rmtree(clinic.settings.index / VECTORS_FOLDER)


def break_the_store(clinic: Clinic) -> None:
    (clinic.settings.index / VECTORS_FOLDER / "chroma.sqlite3").write_bytes(b"no database" * 1000)


def leave_a_stray_vector(clinic: Clinic) -> None:
    found = passages(clinic)[0]
    stray = replace(found, passage=replace(found.passage, id="stray-00000"))
    with vectors_alone(clinic.settings) as vectors:
        vectors.add([stray], {"stray-00000": clinic.encoder.encode_passages(["x"])[0]})


def replace_a_stored_vector(clinic: Clinic) -> None:
    found = passages(clinic)[0]
    with vectors_alone(clinic.settings) as vectors:
        vectors.add([found], {found.passage.id: clinic.encoder.encode_passages(["något helt annat"])[0]})


def change_what_is_filtered_by(clinic: Clinic) -> None:
    found = passages(clinic)[0]
    other = replace(found, about=replace(found.about, date="1999-01-01"))
    with vectors_alone(clinic.settings) as vectors:
        vectors.add([other], {found.passage.id: clinic.encoder.encode_passages([found.passage.embedded_text])[0]})


def _rewrite_vector(clinic: Clinic, vector: NDArray[np.float32]) -> None:
    clinic.sql(f"UPDATE passages SET vector = x'{vector.tobytes().hex()}' WHERE document = '{BAD}' AND ordinal = 1")


def empty_a_vector(clinic: Clinic) -> None:
    _rewrite_vector(clinic, np.zeros(clinic.encoder.dimensions, dtype=np.float32))


def put_no_numbers_in_a_vector(clinic: Clinic) -> None:
    _rewrite_vector(clinic, np.full(clinic.encoder.dimensions, np.nan, dtype=np.float32))


def lengthen_a_vector(clinic: Clinic) -> None:
    _rewrite_vector(clinic, np.full(clinic.encoder.dimensions, 0.5, dtype=np.float32))


def shorten_a_vector(clinic: Clinic) -> None:
    _rewrite_vector(clinic, np.ones(1, dtype=np.float32))


def cut_a_vector(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE passages SET vector = substr(vector, 1, 3) WHERE document = '{BAD}' AND ordinal = 1")


def replace_a_vector(clinic: Clinic) -> None:
    _rewrite_vector(clinic, clinic.encoder.encode_passages(["något helt annat"])[0])


def spoil_sentence_vectors(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE passages SET vectors = zeroblob(length(vectors)) WHERE document = '{BAD}' AND ordinal = 0")


def shorten_sentence_vectors(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE passages SET vectors = substr(vectors, 1, 20) WHERE document = '{BAD}' AND ordinal = 0")


def spoil_words(clinic: Clinic) -> None:
    clinic.sql(
        f"UPDATE passages SET words = CAST(substr(words, 1, length(words) - 64) || zeroblob(64) AS BLOB) WHERE document = '{BAD}' AND ordinal = 0"
    )


def empty_words(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE passages SET words = x'' WHERE document = '{BAD}' AND ordinal = 0")


def cut_words(clinic: Clinic) -> None:
    clinic.sql(
        f"UPDATE passages SET words = substr(words, 1, length(words) - 64) WHERE document = '{BAD}' AND ordinal = 0"
    )


def alter_the_text(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE documents SET text = replace(text, 'kronor', 'dollar') WHERE id = '{BAD}'")


def shorten_the_text(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE documents SET text = substr(text, 1, 100) WHERE id = '{BAD}'")


def move_a_span(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE passages SET start = start + 1 WHERE document = '{BAD}' AND ordinal = 1")


def name_a_page(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE passages SET page = 7 WHERE document = '{BAD}' AND ordinal = 1")


def turn_pages_round(clinic: Clinic) -> None:
    clinic.sql(
        f"UPDATE documents SET pages = '[20, 0]' WHERE id = '{BAD}'",
        f"UPDATE passages SET page = 2 WHERE document = '{BAD}'",
    )


def turn_passages_round(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE passages SET ordinal = 100 - ordinal WHERE document = '{BAD}'")


def break_the_sentences(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE passages SET sentences = '[[' WHERE document = '{BAD}' AND ordinal = 1")


def end_a_run(clinic: Clinic) -> None:
    clinic.sql("INSERT INTO unsynced SELECT id FROM passages LIMIT 1")


def end_a_run_that_fills_the_store(clinic: Clinic) -> None:
    clinic.sql(f"INSERT INTO meta VALUES ('{SYNCING}', '')")


def link_other_matters(clinic: Clinic) -> None:
    clinic.sql(f"UPDATE meta SET value = 'another' WHERE key = '{LINKED}'")


def change_a_file(clinic: Clinic) -> None:
    clinic.write(BAD, MEMO.format(what="bad", sum=75, other="bassängen är ny."))


def delete_a_file(clinic: Clinic) -> None:
    (clinic.archive / BAD).unlink()


@pytest.mark.parametrize(
    ("damage", "sort"),
    [
        (delete_a_vector, "vectors/missing"),
        (delete_the_store, "vectors/gone"),
        (break_the_store, "vectors/unopenable"),
        (leave_a_stray_vector, "vectors/stray"),
        (replace_a_stored_vector, "vectors/other"),
        (change_what_is_filtered_by, "vectors/filters"),
        (end_a_run, "vectors/unfinished"),
        (end_a_run_that_fills_the_store, "vectors/unfinished"),
        (empty_a_vector, "vectors/unusable"),
        (put_no_numbers_in_a_vector, "vectors/unusable"),
        (lengthen_a_vector, "vectors/unusable"),
        (shorten_a_vector, "vectors/unusable"),
        (cut_a_vector, "vectors/unusable"),
        (spoil_sentence_vectors, "vectors/unusable"),
        (shorten_sentence_vectors, "vectors/unusable"),
        (spoil_words, "vectors/unusable"),
        (empty_words, "vectors/unusable"),
        (cut_words, "spans/astray"),
        (replace_a_vector, "model/differs"),
        (alter_the_text, "spans/astray"),
        (shorten_the_text, "spans/astray"),
        (move_a_span, "spans/astray"),
        (name_a_page, "spans/astray"),
        (turn_pages_round, "spans/astray"),
        (turn_passages_round, "spans/astray"),
        (break_the_sentences, "spans/astray"),
        (link_other_matters, "registry/matters"),
        (change_a_file, "files/changed"),
        (delete_a_file, "files/gone"),
    ],
)
def test_damage_is_found_and_the_named_command_mends_it(clinic: Clinic, damage: Damage, sort: str) -> None:
    assert clinic.findings() == []
    damage(clinic)
    found = clinic.findings()
    assert sort in {f"{finding.check}/{finding.sort}" for finding in found}
    assert {finding.document for finding in found} <= {None, BAD, *(clinic_documents(clinic))}
    clinic.follow(found)
    assert clinic.findings() == []


def clinic_documents(clinic: Clinic) -> set[str]:
    return {path.relative_to(clinic.archive).as_posix() for path in clinic.archive.rglob("*.txt")}


def test_only_the_damaged_document_is_named_and_read_again(clinic: Clinic) -> None:
    spoil_sentence_vectors(clinic)
    found = clinic.findings()
    assert [finding.document for finding in found] == [BAD]
    before = clinic.encoder.encoded
    clinic.follow(found)
    once = clinic.encoder.encoded - before
    assert clinic.findings("vectors") == []
    before = clinic.encoder.encoded
    clinic.run(f"radslag ingest --anew '{clinic.archive}' --index {clinic.settings.index}")
    assert clinic.encoder.encoded - before == 3 * once


def test_mending_the_store_encodes_nothing(clinic: Clinic) -> None:
    delete_a_vector(clinic)
    before = clinic.encoder.encoded
    assert clinic.run(f"radslag doctor --mend --only vectors --index {clinic.settings.index}") == 0
    assert clinic.encoder.encoded == before


def test_many_damaged_documents_get_one_command(clinic: Clinic) -> None:
    for number in range(12):
        clinic.write(f"{number}.txt", MEMO.format(what=f"sak{number}", sum=number, other="inget mer."))
    clinic.ingest()
    clinic.sql("UPDATE passages SET vectors = zeroblob(length(vectors))")
    assert len({finding.remedy for finding in clinic.findings("vectors")}) == 1


def test_dangling_references_are_found(clinic: Clinic) -> None:
    clinic.sql("PRAGMA foreign_keys = OFF", f"DELETE FROM documents WHERE id = '{BAD}'")
    found = clinic.findings("registry")
    assert [finding.sort for finding in found] == ["damaged"]
    assert "missing row of documents" in found[0].found
    shutil.rmtree(clinic.settings.index)
    clinic.follow(found)
    assert clinic.findings() == []


def overwrite(clinic: Clinic, table: str) -> None:
    """Spoil the page of the SQLite file on which a table or its index begins."""
    path = clinic.settings.index / REGISTRY_FILE
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\x5a" * size
    path.write_bytes(content)


def test_a_damaged_file_is_found(clinic: Clinic) -> None:
    overwrite(clinic, "passages_of_document")
    found = clinic.findings("registry")
    assert [finding.sort for finding in found] == ["damaged"]
    shutil.rmtree(clinic.settings.index)
    clinic.follow(found)
    assert clinic.findings() == []


def test_a_file_damaged_beyond_reading_is_unusable(clinic: Clinic) -> None:
    overwrite(clinic, "documents")
    assert clinic.run(f"radslag doctor --index {clinic.settings.index}") == 2


def test_an_index_made_by_another_encoder_is_found(clinic: Clinic) -> None:
    clinic.sql("UPDATE meta SET value = 'another/1' WHERE key = 'encoder'")
    found = clinic.findings("model")
    assert [(finding.severity, finding.sort) for finding in found] == [(Severity.ERROR, "other")]
    shutil.rmtree(clinic.settings.index)
    clinic.follow(found)
    assert clinic.findings() == []


def test_an_index_that_names_no_encoder_is_found(clinic: Clinic) -> None:
    clinic.sql("DELETE FROM meta WHERE key = 'encoder'")
    assert clinic.sorts("model") == {"model/other"}


def test_a_folder_that_is_gone_is_said_once(clinic: Clinic, tmp_path: Path) -> None:
    moved = clinic.archive.rename(tmp_path / "flyttat")
    found = clinic.findings("files")
    assert [finding.sort for finding in found] == ["folder-gone"]
    assert "3 documents" in found[0].found
    clinic.run(f"radslag ingest '{moved}' --index {clinic.settings.index}")
    assert clinic.findings() == []
    shutil.rmtree(moved)
    clinic.follow(clinic.findings("files"))
    assert clinic.findings() == []


def test_an_emptied_folder_is_said_once(clinic: Clinic) -> None:
    for path in clinic.archive.rglob("*.txt"):
        path.unlink()
    found = clinic.findings("files")
    assert [finding.sort for finding in found] == ["all-gone"]
    clinic.follow(found)
    assert clinic.findings() == []


def test_most_of_a_folder_gone_is_forgotten_on_command(clinic: Clinic) -> None:
    for number in range(20):
        clinic.write(f"{number}.txt", MEMO.format(what=f"sak{number}", sum=number, other=f"{number} blir {number}."))
    clinic.ingest()
    for number in range(20):
        (clinic.archive / f"{number}.txt").unlink()
    found = clinic.findings("files")
    assert [finding.sort for finding in found] == ["gone"] * 20
    clinic.follow(found)
    assert clinic.findings("files") == []


def test_another_way_of_reading_is_said_once(clinic: Clinic) -> None:
    clinic.sql("UPDATE documents SET version = 'old'")
    found = clinic.findings("files")
    assert [finding.sort for finding in found] == ["other-reading"]
    clinic.follow(found)
    assert clinic.findings() == []


def test_a_name_written_in_decomposed_letters_is_the_same_file(clinic: Clinic) -> None:
    (clinic.archive / BAD).unlink()
    clinic.write("na\u0308mnd/bad.txt", MEMO.format(what="bad", sum=300, other="resten."))
    clinic.write(BAD, "x").unlink()
    assert "files/gone" not in clinic.sorts("files")


def test_the_vectors_can_be_searched(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(*_: object) -> list[tuple[str, float]]:
        return []

    monkeypatch.setattr(Vectors, "nearest", blind)
    assert clinic.sorts("vectors") == {"vectors/search"}
