"""The command: exit status, JSON, and a report that a person can act on."""

from __future__ import annotations

import json
import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.doctor.examine import CHECKS
from ingest.doctor.finding import Finding, Severity
from ingest.doctor.names import TITLES
from ingest.settings import Settings
from ingest.store import REGISTRY_FILE, VECTORS_FOLDER, writing
from ingest.vectors import Vectors
from tests.indexes import stored_rows, stored_vectors
from tests.ingest.doctor.conftest import MEMO, Clinic

pytestmark = pytest.mark.slow


@pytest.fixture
def command(clinic: Clinic) -> str:
    return f"radslag doctor --index {clinic.settings.index}"


def test_every_check_has_a_title() -> None:
    assert list(CHECKS) == list(TITLES)


def test_a_well_index_gives_0(clinic: Clinic, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert clinic.run(command) == 0
    out = capsys.readouterr().out
    assert "3 documents, 12 passages; 8 checks" in out
    assert "Nothing is wrong: 0 errors, 0 warnings, 0 notes." in out


def test_notes_alone_give_0(clinic: Clinic, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    clinic.write("odaterat.txt", "Beslut\n\nNämnden antar taxan för simhallen.\n")
    clinic.ingest()
    capsys.readouterr()
    assert clinic.run(command) == 0
    assert "no date is known" in capsys.readouterr().out


def test_something_wrong_gives_1_with_the_document_and_the_command(
    clinic: Clinic, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (clinic.archive / "nämnd/bad.txt").unlink()
    capsys.readouterr()
    assert clinic.run(command) == 1
    out = capsys.readouterr().out
    assert (
        "WARNING  the files that the documents were read from (files/gone)\n  nämnd/bad.txt: its file is gone\n" in out
    )
    line = next(line for line in out.splitlines() if line.startswith("  $ "))
    assert clinic.run(line.removeprefix("  $ ")) == 0
    assert clinic.run(command) == 0


def test_only_the_chosen_checks_are_run(clinic: Clinic, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    (clinic.archive / "nämnd/bad.txt").unlink()
    capsys.readouterr()
    assert clinic.run(f"{command} --json --only spans identity") == 0
    assert list(json.loads(capsys.readouterr().out)["seconds"]) == ["spans", "identity"]
    assert clinic.run(f"{command} --only files") == 1


def test_the_json_has_everything(clinic: Clinic, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(14):
        (clinic.write(f"{number}.txt", MEMO.format(what=f"sak{number}", sum=number, other=f"{number}."))).touch()
    clinic.ingest()
    for path in clinic.archive.glob("*.txt"):
        path.unlink()
    capsys.readouterr()
    assert clinic.run(f"{command} --only files") == 1
    assert "… and 4 more (--json lists all)" in capsys.readouterr().out
    assert clinic.run(f"{command} --only files --json") == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["errors"], report["warnings"], report["notes"]) == (0, 14, 0)
    assert len(report["findings"]) == 14
    assert set(report["findings"][0]) == set(Finding.__dataclass_fields__)


def test_mending_is_told_of(clinic: Clinic, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Vectors.open(clinic.settings.index / VECTORS_FOLDER, clinic.settings) as vectors:
        vectors.remove(list(vectors.all())[:1])
    capsys.readouterr()
    assert clinic.run(command) == 1
    assert clinic.run(f"{command} --mend") == 0
    assert "Mended: the vector store was made anew from the registry." in capsys.readouterr().out
    assert clinic.run(f"{command} --mend --json") == 0
    assert json.loads(capsys.readouterr().out)["mended"] == []


def test_looking_changes_nothing(clinic: Clinic, command: str) -> None:
    clinic.sql("INSERT INTO unsynced SELECT id FROM passages LIMIT 1")
    rows, vectors = stored_rows(clinic.settings.index), stored_vectors(clinic.settings)
    assert clinic.run(command) == clinic.run(command) == 1
    assert stored_rows(clinic.settings.index) == rows
    assert stored_vectors(clinic.settings).keys() == vectors.keys()


def test_no_index_is_unusable(clinic: Clinic, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert clinic.run(f"radslag doctor --index {tmp_path / 'ingen'}") == 2
    assert "run `radslag ingest` first" in capsys.readouterr().err
    assert not (tmp_path / "ingen").exists()


def test_something_else_than_an_index_is_unusable(clinic: Clinic, command: str) -> None:
    shutil.rmtree(clinic.settings.index)
    clinic.settings.index.mkdir()
    (clinic.settings.index / REGISTRY_FILE).write_bytes(b"something else" * 1000)
    assert clinic.run(command) == 2


def test_an_index_of_another_format_is_unusable(
    clinic: Clinic, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.sql("PRAGMA user_version = 77")
    capsys.readouterr()
    assert clinic.run(command) == 2
    assert "format 77" in capsys.readouterr().err


def test_an_index_that_is_being_written_is_left_alone(
    clinic: Clinic, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    with writing(clinic.settings.index):
        assert clinic.run(command) == 2
    assert "wait until it has ended" in capsys.readouterr().err


def test_an_unknown_check_is_said(clinic: Clinic, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    with pytest.raises(SystemExit) as caught:
        clinic.run(f"{command} --only hälsa")
    assert caught.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_the_help_names_every_check(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    with pytest.raises(SystemExit):
        clinic.run("radslag doctor --help")
    out = capsys.readouterr().out
    assert all(f"  {name} " in out and title in out for name, title in TITLES.items())


@pytest.mark.parametrize("other", ["--forget nämnd", "--watch", "--dry-run"])
def test_reading_anew_goes_with_paths_alone(clinic: Clinic, other: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert clinic.run(f"radslag ingest --anew {other} --index {clinic.settings.index}") == 2
    assert "--anew goes with PATH alone" in capsys.readouterr().err


def test_commands_can_be_typed(clinic: Clinic) -> None:
    with clinic.opened() as examined:
        typed = examined.command("ingest", Path("mapp med blank/å's.txt"))
        plain = examined.command("ingest", "nämnd/å.txt")
        usual = replace(examined, settings=Settings()).command("doctor", "--mend")
    index = str(clinic.settings.index)
    assert shlex.split(typed) == ["radslag", "ingest", "mapp med blank/å's.txt", "--index", index]
    assert plain == f"radslag ingest nämnd/å.txt --index {index}"
    assert usual == "radslag doctor --mend"


def test_severities_are_ordered_from_worst() -> None:
    assert list(Severity) == [Severity.ERROR, Severity.WARNING, Severity.NOTE]
