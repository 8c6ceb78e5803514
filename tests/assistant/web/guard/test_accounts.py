"""Passwords and the file of accounts."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.guard.accounts import Register, authenticated, name_of, new_account, read_accounts, write_accounts
from assistant.web.guard.passwords import NOBODY, Hash, check_password, hashed, same
from ingest.errors import UsageError
from tests.assistant.web.guard.build import PASSWORD, account, accounts_file

QUICK = {"n": 2**14, "r": 1, "p": 1}


def test_a_password_is_the_same_however_its_letters_are_composed() -> None:
    kept = hashed("blåbär på höjden", **QUICK)
    assert same("bla\u030aba\u0308r pa\u030a ho\u0308jden", kept)
    assert not same("blåbär på Höjden", kept)
    assert kept != hashed("blåbär på höjden", **QUICK), "every hash has its own salt"


def test_what_is_kept_is_the_cost_of_a_guess_and_not_the_password() -> None:
    kept = new_account("anna", "reader", PASSWORD).password
    assert kept.n * kept.r * 128 >= 32_000_000, "bytes a guess needs"
    assert kept.n * kept.r * kept.p >= 2**15 * 8 * 3
    assert PASSWORD not in json.dumps(kept.as_json())
    assert Hash.from_json(kept.as_json()) == kept
    assert (NOBODY.n, NOBODY.r, NOBODY.p) == (kept.n, kept.r, kept.p), "an unknown name takes as long"


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "",
        "x" * 300,
        "aaaaaaaaaaaaaa",
        "abababababababab",
        "lösenord1234",
        "Password123456",
        "qwertyuiopåasdf",
        "12345678901234",
        "Sommar2026!!",
        "annaannaanna12",
        "KommunKommun1!",
        "0987654321abc",
    ],
)
def test_passwords_that_are_tried_first_are_refused(password: str) -> None:
    with pytest.raises(UsageError, match=r"password"):
        check_password(password, "anna")


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery", "u8#Kpl2!vEx9", "ärende om skridskor vid ån"])
def test_other_passwords_are_taken(password: str) -> None:
    check_password(password, "anna")


@given(st.text(min_size=1, max_size=80))
def test_a_name_stays_what_it_was_made(given: str) -> None:
    try:
        name = name_of(given)
    except UsageError:
        return
    assert name_of(name) == name
    assert name_of(f" {name} ") == name


@pytest.mark.parametrize("name", ["", " ", "a b", "../x", "a:b", "<b>", "a\n", "x" * 65, "-x"])
def test_names_that_could_be_something_else_are_refused(name: str) -> None:
    if name.strip() != name and name.strip():
        assert name_of(name) == name.strip()
    else:
        with pytest.raises(UsageError, match="needs 1 to 64"):
            name_of(name)


def test_accounts_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "accounts.json"
    written = [account("bo"), account("anna", "editor")]
    write_accounts(path, written)
    assert dict(read_accounts(path)) == {each.name: each for each in written}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["accounts.json"], "nothing else is left"


def test_a_write_that_fails_leaves_the_old_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = accounts_file(tmp_path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(UsageError, match="No space left"):
        write_accounts(path, [])
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"accounts": 1}',
        '{"accounts": [1]}',
        '{"accounts": [{"name": "anna"}]}',
        '{"accounts": [{"name": "a b", "role": "reader", "scrypt": {}}]}',
        '{"accounts": [{"name": "a", "role": "chief", "scrypt": {}}]}',
        '{"accounts": [{"name": "a", "role": "reader", "scrypt": {"n": 1, "r": 8, "p": 1, "salt": "", "key": ""}}]}',
        '{"accounts": [{"name": "a", "role": "reader", "scrypt": {"n": 1073741824, "r": 8, "p": 1, "salt": "00", "key": "00"}}]}',
    ],
)
def test_a_broken_file_is_said_with_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "accounts.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"accounts\.json.*: mend it, or remove it"):
        read_accounts(path)


def test_who_has_the_password_is_let_in(tmp_path: Path) -> None:
    accounts = read_accounts(accounts_file(tmp_path))
    found = authenticated(accounts, " Anna ", PASSWORD)
    assert found is not None
    assert (found.name, found.role) == ("anna", "editor")
    assert authenticated(accounts, "anna", PASSWORD + "x") is None
    assert authenticated(accounts, "anna", "") is None


def test_an_unknown_name_is_refused_after_the_same_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = read_accounts(accounts_file(tmp_path))
    held_against = []

    def remember(_: str, kept: Hash) -> bool:
        held_against.append(kept)
        return False

    monkeypatch.setattr("assistant.web.guard.accounts.same", remember)
    for name in ("anna", "nobody", "a b:c"):
        assert authenticated(accounts, name, PASSWORD) is None
    assert held_against == [accounts["anna"].password, NOBODY, NOBODY]


def test_the_register_follows_the_file(tmp_path: Path) -> None:
    path = accounts_file(tmp_path)
    register = Register(path)
    assert set(register.accounts()) == {"anna", "bo"}
    write_accounts(path, [account("bo")])
    assert set(register.accounts()) == {"bo"}
    path.unlink()
    assert not register.accounts(), "a file that has gone lets nobody in"


def test_a_register_without_accounts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="radslag users add"):
        Register(tmp_path / "accounts.json")
