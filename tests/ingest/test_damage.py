"""Full disks, locks, vanished and damaged files: said clearly, and nothing is lost."""

from __future__ import annotations

import multiprocessing
import random
import resource
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.chain import Step, ingest
from ingest.damage import sqlite_errors
from ingest.errors import UsageError
from ingest.registry import SCHEMA_VERSION, Registry
from ingest.settings import Settings
from ingest.store import REGISTRY_FILE, SYNCING, Index, writing
from tests.changing import in_index, on_disk, write
from tests.encoders import ToyEncoder
from tests.indexes import stored_rows, stored_vectors

pytestmark = pytest.mark.slow

PROCESSES = multiprocessing.get_context("spawn")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "arkiv"
    root.mkdir()
    for number in range(6):
        write(root, f"fil-{number}.txt", random.Random(number))
    return root


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index")


def is_as_fresh(folder: Path, settings: Settings, tmp_path: Path) -> bool:
    fresh = Settings(index=tmp_path / "fresh")
    ingest([folder], fresh, ToyEncoder())
    assert stored_rows(settings.index) == stored_rows(fresh.index)
    assert stored_vectors(settings).keys() == stored_vectors(fresh).keys()
    return in_index(settings) == on_disk(folder, settings)


def test_a_database_without_room_keeps_what_it_has(
    folder: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([folder], Settings(index=tmp_path / "whole"), ToyEncoder())
    with closing(sqlite3.connect(tmp_path / "whole" / REGISTRY_FILE)) as whole:
        pages = whole.execute("PRAGMA page_count").fetchone()[0]
    make = Registry.__init__

    def small(self: Registry, path: Path) -> None:
        make(self, path)
        self._connection.execute(f"PRAGMA max_page_count = {pages * 3 // 4}")

    with monkeypatch.context() as full:
        full.setattr(Registry, "__init__", small)
        with pytest.raises(UsageError, match=r"no room left on its disk .*run `radslag ingest` again"):
            ingest([folder], settings, ToyEncoder())
    held, wanted = in_index(settings), on_disk(folder, settings)
    assert 0 < len(held) < len(wanted)
    assert all(wanted[document] == state for document, state in held.items())
    ingest([folder], settings, ToyEncoder())
    assert is_as_fresh(folder, settings, tmp_path)


def ingest_with_files_up_to(most_bytes: int, folder: Path, settings: Settings, said: Path) -> None:
    """Ingest while no file may grow beyond `most_bytes`, as on a disk that fills up; write down what was said."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
    try:
        ingest([folder], settings, ToyEncoder())
    except UsageError as error:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        said.write_text(str(error), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("most_bytes", [10_000, 80_000, 150_000, 250_000, 400_000])
def test_files_that_cannot_grow_are_said_and_the_next_run_completes(
    most_bytes: int, folder: Path, settings: Settings, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    process = PROCESSES.Process(target=ingest_with_files_up_to, args=(most_bytes, folder, settings, said))
    process.start()
    process.join(120)
    assert process.exitcode == 0
    assert most_bytes >= 400_000 or "run `radslag ingest` again" in said.read_text(encoding="utf-8")
    assert in_index(settings).items() <= on_disk(folder, settings).items()
    ingest([folder], settings, ToyEncoder())
    assert is_as_fresh(folder, settings, tmp_path)


def test_a_chroma_that_cannot_be_written_is_said_and_made_anew(
    folder: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chromadb.api.models.Collection import Collection
    from chromadb.errors import InternalError

    def full(*_: object, **__: object) -> None:
        raise InternalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Collection, "add", full)
        with pytest.raises(UsageError, match=r"disk is full.*see that the disk has room.*everything read so far"):
            ingest([folder], settings, ToyEncoder())
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        assert registry.meta(SYNCING) is not None
    assert in_index(settings) == on_disk(folder, settings), "answered from the registry"
    encoder = ToyEncoder()
    ingest([folder], settings, encoder)
    assert encoder.encoded == 0
    assert is_as_fresh(folder, settings, tmp_path)


def test_a_file_that_vanishes_while_the_others_are_read_is_reported(folder: Path, settings: Settings) -> None:
    def progress(steps: Iterator[Step], total: int) -> Iterator[Step]:
        assert total == 6
        (folder / "fil-3.txt").unlink()
        yield from steps

    report = ingest([folder], settings, ToyEncoder(), progress)
    assert (report.added, [failure.document for failure in report.failed]) == (5, ["fil-3.txt"])
    assert "vanished" in report.failed[0].reason
    assert ingest([folder], settings, ToyEncoder()).failed == ()


def test_the_second_ingest_waits_when_told_to(folder: Path, settings: Settings) -> None:
    let_go = threading.Event()

    def hold() -> None:
        with writing(settings.index):
            held.set()
            let_go.wait(30)

    held = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    try:
        with pytest.raises(UsageError, match="being written by another process"):
            ingest([folder], settings, ToyEncoder())
        threading.Timer(0.5, let_go.set).start()
        began = time.monotonic()
        assert ingest([folder], settings, ToyEncoder(), wait=True).added == 6
        assert time.monotonic() - began > 0.3
    finally:
        let_go.set()
        holder.join()


def test_a_registry_locked_by_another_program_is_said(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([folder], settings, ToyEncoder())
    (folder / "fil-0.txt").unlink()
    make = Registry.__init__

    def hasty(self: Registry, path: Path) -> None:
        make(self, path)
        self._connection.execute("PRAGMA busy_timeout = 10")

    monkeypatch.setattr(Registry, "__init__", hasty)
    with closing(sqlite3.connect(settings.index / REGISTRY_FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UsageError, match=r"is locked by another program .*try again"):
            ingest([folder], settings, ToyEncoder())
        assert len(in_index(settings)) == 6, "reading goes on"


def test_a_damaged_registry_is_said_while_it_is_read(folder: Path, settings: Settings) -> None:
    ingest([folder], settings, ToyEncoder())
    path = settings.index / REGISTRY_FILE
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    damaged = pytest.raises(UsageError, match=r"is damaged .*remove the folder and run `radslag ingest`")
    with damaged, Index.open(settings, "toy") as index:
        index.registry.passage_ids()


def test_an_index_of_another_format_says_what_to_do(folder: Path, settings: Settings) -> None:
    ingest([folder], settings, ToyEncoder())
    with closing(sqlite3.connect(settings.index / REGISTRY_FILE)) as registry:
        registry.execute("PRAGMA user_version = 1")
    with pytest.raises(UsageError, match=rf"format 1, this program needs {SCHEMA_VERSION}: .*remove the folder"):
        ingest([folder], settings, ToyEncoder())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_BUSY, "locked"),
        (sqlite3.SQLITE_FULL, "no room"),
        (sqlite3.SQLITE_IOERR_WRITE, "can't be read or written"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "may not be written"),
        (sqlite3.SQLITE_CANTOPEN, "can't be opened"),
        (sqlite3.SQLITE_CORRUPT, "damaged"),
        (sqlite3.SQLITE_NOTADB, "damaged"),
    ],
)
def test_what_sqlite_says_is_said_in_words(code: int, said: str) -> None:
    error = sqlite3.OperationalError("its own words")
    error.sqlite_errorcode = code
    with pytest.raises(UsageError, match=said), sqlite_errors(Path("index")):
        raise error


def test_our_own_mistakes_with_sqlite_are_not_hidden() -> None:
    mistake = pytest.raises(sqlite3.OperationalError, match="no such table")
    with closing(sqlite3.connect(":memory:")) as database, mistake, sqlite_errors(Path("index")):
        database.execute("SELECT * FROM missing")


def test_scanned_documents_are_read_again_when_ocr_changes_and_the_others_are_not(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([folder], settings, ToyEncoder())
    with writing(settings.index) as registry, registry.transaction():
        registry.set_scanner("fil-2.txt", "none")
    monkeypatch.setattr("ingest.plan.ocr_fingerprint", lambda _: "none")
    assert ingest([folder], settings, ToyEncoder()).unchanged == 6
    monkeypatch.setattr("ingest.plan.ocr_fingerprint", lambda _: "tesseract 5 swe")
    report = ingest([folder], settings, ToyEncoder())
    assert (report.updated, report.unchanged) == (1, 5)
    with writing(settings.index) as registry:
        assert registry.scanners() == {}, "a text file has no scanned pages"
