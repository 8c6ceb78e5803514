"""`radslag users`, from the command line to the file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from assistant.user_commands import COMMANDS
from assistant.web.guard.accounts import read_accounts
from assistant.web.guard.passwords import same
from ingest.cli import OK, UNUSABLE, main

pytestmark = pytest.mark.slow

PASSWORD = "fyra ord som grytlapp"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "accounts.json"


def users(path: Path, *arguments: str, password: str | None = None, monkeypatch: pytest.MonkeyPatch) -> int:
    if password is not None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        arguments = (*arguments, "--stdin")
    return main("radslag", "", COMMANDS, ["users", *arguments, "--accounts", str(path)])


def test_an_account_from_its_making_to_its_end(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str, password: str | None = None) -> int:
        return users(path, *arguments, password=password, monkeypatch=monkeypatch)

    assert run("list") == OK
    assert "no account" in capsys.readouterr().out
    assert run("add", "Anna", "--role", "editor", password=PASSWORD) == OK
    assert run("add", "bo", password=PASSWORD) == OK
    first = read_accounts(path)
    assert {name: each.role for name, each in first.items()} == {"anna": "editor", "bo": "reader"}
    assert same(PASSWORD, first["anna"].password)

    assert run("add", "ANNA", password=PASSWORD) == UNUSABLE
    assert "users password anna" in capsys.readouterr().err
    assert run("password", "anna", password="ett annat ord igen") == OK
    assert run("role", "bo", "editor") == OK
    second = read_accounts(path)
    assert same("ett annat ord igen", second["anna"].password)
    assert (second["anna"].role, second["bo"].role) == ("editor", "editor")
    assert second["bo"].password == first["bo"].password

    assert run("remove", "anna") == OK
    assert run("remove", "anna") == UNUSABLE
    assert set(read_accounts(path)) == {"bo"}
    capsys.readouterr()
    assert run("list") == OK
    said = capsys.readouterr()
    assert said.out.split() == ["editor", "bo"]
    assert PASSWORD not in said.out + said.err


@pytest.mark.parametrize("password", ["kort", "Sommar2026!!", ""])
def test_a_weak_password_makes_no_account(path: Path, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert users(path, "add", "anna", password=password, monkeypatch=monkeypatch) == UNUSABLE
    assert not path.exists()


def test_the_password_is_asked_for_twice_without_showing_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, "något annat än förut", PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("assistant.user_commands.getpass", lambda _: next(answers))
    assert users(path, "add", "anna", monkeypatch=monkeypatch) == UNUSABLE
    assert not path.exists()
    assert users(path, "add", "anna", monkeypatch=monkeypatch) == OK
    assert list(read_accounts(path)) == ["anna"]


def test_without_a_file_or_a_terminal_it_says_what_is_needed(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("radslag", "", COMMANDS, ["users", "list"]) == UNUSABLE
    assert "--accounts FILE" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert users(path, "add", "anna", monkeypatch=monkeypatch) == UNUSABLE
    assert "--stdin" in capsys.readouterr().err
