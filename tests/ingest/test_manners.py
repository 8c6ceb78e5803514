"""What the ingest command says, where it says it, and what it never does unasked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import chain, encode
from ingest.chain import ingest
from ingest.cli import main
from ingest.commands import COMMANDS
from ingest.errors import UsageError
from ingest.model import IngestReport
from ingest.settings import Settings
from ingest.store import Index, writing
from ingest.watch import watch
from tests.encoders import ToyEncoder

pytestmark = pytest.mark.slow

FILES = {"a.txt": "Beslut\n\nAvgiften är 50 kronor.\n", "b/b.txt": "Beslut\n\nBadet öppnar i maj.\n"}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for module in (chain, encode):
        monkeypatch.setattr(module, "load_encoder", lambda _: ToyEncoder())
    monkeypatch.setattr(chain, "encoder_fingerprint", lambda _: "toy")
    for name, text in FILES.items():
        path = Path("arkiv", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def settings() -> Settings:
    return Settings(index=Path("index"))


def run(*arguments: str) -> int:
    return main("radslag", "A test.", COMMANDS, ["ingest", "--index", "index", *arguments])


def test_a_dry_run_says_what_an_ingest_then_does(capsys: pytest.CaptureFixture[str]) -> None:
    Path("arkiv/x.doc").write_bytes(b"MZ")
    assert run("arkiv", "--dry-run", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["documents"] == {"added": ["a.txt", "b/b.txt"], "updated": [], "removed": []}
    assert (said["added"], said["dry_run"], [each["document"] for each in said["failed"]]) == (2, True, ["x.doc"])
    assert not Path("index").exists()
    run("arkiv")
    Path("arkiv/a.txt").write_text("Beslut\n\nAvgiften är 75 kronor.\n", encoding="utf-8")
    shutil.rmtree("arkiv/b")
    Path("arkiv/x.doc").unlink()
    capsys.readouterr()
    assert run("arkiv", "--dry-run") == 0
    said_lines = capsys.readouterr().out.splitlines()
    assert said_lines[:2] == ["would be updated: a.txt", "would be removed: b/b.txt"]
    assert run("arkiv", "--json") == 0
    did = json.loads(capsys.readouterr().out)
    assert (did["added"], did["updated"], did["removed"]) == (0, 1, 1)


def test_what_failed_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    Path("arkiv/x.doc").write_bytes(b"MZ")
    assert run("arkiv") == 1
    out, err = capsys.readouterr()
    assert out.startswith("2 added, 0 updated, 0 unchanged, 0 removed, 1 failed; ")
    assert len(out.splitlines()) == 1
    assert [line for line in err.splitlines() if line.startswith("failed: x.doc: ")]


def test_a_file_that_is_refused_by_its_name_loads_no_encoder(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("arkiv")
    Path("arkiv/x.doc").write_bytes(b"MZ")
    monkeypatch.setattr(chain, "load_encoder", lambda _: pytest.fail("loaded"))
    assert len(ingest([Path("arkiv")], settings).failed) == 1


def test_an_index_that_was_never_filled_is_none(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("finns-inte") == 2
    capsys.readouterr()
    with pytest.raises(UsageError, match="run `radslag ingest` first"), Index.open(settings, "toy"):
        pass


def test_an_emptied_folder_is_forgotten_only_when_told(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    run("arkiv")
    for child in list(Path("arkiv").iterdir()):
        shutil.rmtree(child) if child.is_dir() else child.unlink()
    assert run("arkiv") == 1
    assert "run `radslag ingest --forget" in capsys.readouterr().err
    assert chain.foreseen_forgotten(["arkiv"], settings) == ("a.txt", "b/b.txt")
    assert run("--forget", "arkiv") == 0
    with writing(settings.index) as registry:
        assert registry.counts() == (0, 0)


def test_when_most_of_a_large_folder_has_gone_nothing_is_forgotten(settings: Settings) -> None:
    for number in range(30):
        Path(f"arkiv/b/{number}.txt").write_text(f"Beslut\n\nAvgift {number} gäller.\n", encoding="utf-8")
    run("arkiv")
    shutil.rmtree("arkiv/b")
    report = ingest([Path("arkiv")], settings)
    assert (report.removed, len(report.failed)) == (0, 1)
    assert "31 of the 32 documents" in report.failed[0].reason


def test_a_folder_that_cannot_be_looked_through_is_not_forgotten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("arkiv")
    import os

    real = os.scandir

    def failing(path: str) -> object:
        if str(path).endswith("/b"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", failing)
    report = ingest([Path("arkiv")], settings)
    assert (report.removed, report.unchanged) == (0, 1)
    assert [failure.document for failure in report.failed] == [str(Path("arkiv/b").resolve())]


@pytest.mark.parametrize("name", ["b", "b/b.txt", "arkiv/b", "arkiv/b/b.txt"])
def test_documents_are_forgotten_by_id_or_path(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("arkiv")
    assert run("--forget", name, "--dry-run") == 0
    assert "would be removed: b/b.txt" in capsys.readouterr().out
    assert run("--forget", name, "--json") == 0
    assert json.loads(capsys.readouterr().out)["removed"] == 1


def test_a_folder_that_is_gone_is_told_of_and_can_be_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    run("arkiv")
    Path("arkiv").rename("flyttat")
    Path("nytt").mkdir()
    Path("nytt/c.txt").write_text("Beslut\n\nVägen byggs.\n", encoding="utf-8")
    assert run("nytt") == 0
    assert "2 documents of it still answer" in capsys.readouterr().err
    assert run("--forget", "arkiv") == 0
    assert capsys.readouterr().out.startswith("0 added, 0 updated, 0 unchanged, 2 removed, 0 failed")


def test_forgetting_what_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    run("arkiv")
    assert run("--forget", "annat") == 2
    assert "holds no document annat" in capsys.readouterr().err
    assert run("arkiv", "--forget", "a.txt") == 2
    assert run("arkiv", "--watch", "--dry-run") == 2


def test_the_version_and_examples_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, expected in ((["--version"], "radslag "), (["ingest", "--help"], "--forget motioner/1998")):
        with pytest.raises(SystemExit) as ended:
            main("radslag", "A test.", COMMANDS, arguments)
        assert ended.value.code == 0
        assert expected in capsys.readouterr().out


class Ended(Exception):
    """The end of a test's patience."""


def test_watching_follows_changes_and_a_folder_that_vanishes_and_comes_back(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    folder, away = Path("arkiv"), Path("borta")
    reports: list[IngestReport] = []
    steps: Iterator[Callable[[], object]] = iter(
        [
            lambda: None,
            lambda: (folder / "c.txt").write_text("Beslut\n\nEn ny väg byggs.\n", encoding="utf-8"),
            lambda: None,  # the change has settled
            lambda: folder.rename(away),
            lambda: None,
            lambda: away.rename(folder),
            lambda: None,
            lambda: (folder / "c.txt").unlink(),
            lambda: None,
            lambda: None,
        ]
    )

    def sleep(seconds: float) -> None:
        assert seconds >= 1
        step = next(steps, None)
        if step is None:
            raise Ended
        step()

    with pytest.raises(Ended):
        watch([folder], settings.ignore, lambda paths: ingest(paths, settings, ToyEncoder()), reports.append, sleep)
    assert [(each.added, each.removed) for each in reports] == [(2, 0), (1, 0), (0, 1)]
    assert sum("is not there" in message for message in caplog.messages) == 1


def test_watching_goes_on_after_an_error(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    calls = 0

    def failing(_: object) -> IngestReport:
        nonlocal calls
        calls += 1
        raise UsageError("the disk is full")

    sleeps = iter(range(5))

    def sleep(_: float) -> None:
        if next(sleeps, None) is None:
            raise Ended

    with pytest.raises(Ended):
        watch([Path("arkiv")], settings.ignore, failing, lambda _: None, sleep)
    assert calls == 1, "not again before a change or a minute"
    assert "the disk is full" in caplog.messages


def test_ctrl_c_ends_watching_without_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> IngestReport:
        raise KeyboardInterrupt

    monkeypatch.setattr(chain, "ingest", interrupted)
    assert run("arkiv", "--watch") == 0
    assert capsys.readouterr().out == ""
