"""The frame of the command lines: exit status and one clear line."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from ingest.cli import OK, Command, add_index_argument, main
from ingest.errors import EncoderError, UsageError
from ingest.settings import Settings


def run(error: Exception | None, *arguments: str) -> int:
    def work(_: argparse.Namespace, settings: Settings) -> int:
        if error:
            raise error
        print(settings.index)
        return 0

    commands = [Command("gör", "Does something.", add_index_argument, work)]
    return main("prov", "A test.", commands, arguments, default="gör")


def test_the_default_verb_and_arguments_that_override_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(None, "--index", "här") == 0
    assert run(None, "gör", "--index", "där") == 0
    assert capsys.readouterr().out.split() == ["här", "där"]


@pytest.mark.parametrize(
    ("error", "status"),
    [(UsageError("found a,\nneeded b"), 2), (EncoderError("broken"), 1), (KeyboardInterrupt(), 130)],
)
def test_errors_become_an_exit_status_and_one_line(
    error: Exception, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(error) == status
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == (0 if status == 130 else 1)


def test_unusable_arguments_are_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(None, "--okänd")
    assert caught.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_unknown_setting_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RADSLAG_OKÄND", "1")
    assert run(None) == 2
    assert "unknown setting" in capsys.readouterr().err


def test_commands_for_who_works_on_the_program_are_listed_after_the_others_and_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def prints(name: str) -> Command:
        return Command(name, f"Print {name}.", lambda _: None, lambda *_: print(name) or OK)

    with pytest.raises(SystemExit):
        main("radslag", "", [prints("answer")], ["--help"], developing=[prints("measure")])
    said = capsys.readouterr().out
    assert said.index("Print answer.") < said.index("to work on the program:") < said.index("Print measure.")
    assert main("radslag", "", [prints("answer")], ["measure"], developing=[prints("measure")]) == OK
    assert capsys.readouterr().out == "measure\n"
