"""Accounts: who may log in and as what, in one JSON file that is written whole or not at all."""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from assistant.web.guard.passwords import NOBODY, Hash, hashed, same
from ingest.errors import UsageError

Role = Literal["reader", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
_NAME = re.compile(r"[^\W_][\w.@+-]{0,63}")


@dataclass(frozen=True)
class Account:
    """A person who may log in."""

    name: str
    role: Role
    password: Hash


Accounts = Mapping[str, Account]


def name_of(given: str) -> str:
    """A name as it is kept: "Anna" and "anna " are one.

    Raises:
        UsageError: it has other signs than letters, digits and . @ + - _, or none, or more than 64.
    """
    name = unicodedata.normalize("NFKC", given).strip().casefold()
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"found the name {given!r}, needs 1 to 64 letters, digits or . @ + - _, a letter or digit first"
        )
    return name


def read_accounts(path: Path) -> Accounts:
    """The accounts by name; none where there is no file yet.

    Raises:
        UsageError: the file can't be read, or isn't what this program writes.
    """
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read the accounts in {path} ({error}): {_REMEDY}") from error
    try:
        found = [_account(each) for each in written["accounts"]]
    except (ValueError, KeyError, TypeError, AttributeError, UsageError) as error:
        raise UsageError(f"{path} holds no accounts as `radslag users` writes them ({error}): {_REMEDY}") from error
    accounts = {account.name: account for account in found}
    if len(accounts) != len(found):
        raise UsageError(f"{path} holds a name twice: {_REMEDY}")
    return accounts


def write_accounts(path: Path, accounts: Iterable[Account]) -> None:
    """Put `accounts` in place of those in the file, which only its owner may read; the old one stands until then.

    Raises:
        UsageError: the file can't be written.
    """
    rows = [
        {"name": each.name, "role": each.role, "scrypt": each.password.as_json()}
        for each in sorted(accounts, key=lambda account: account.name)
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 600 from its first moment
        new = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps({"accounts": rows}, ensure_ascii=False, indent=1) + "\n")
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write the accounts to {path} ({error.strerror}): name another file") from error


def new_account(name: str, role: Role, password: str) -> Account:
    return Account(name, role, hashed(password))


def authenticated(accounts: Accounts, given: str, password: str) -> Account | None:
    """The account of that name if the password is its own. Takes a quarter of a second, for an unknown name too."""
    try:
        account = accounts.get(name_of(given))
    except UsageError:
        account = None
    right = same(password, account.password if account else NOBODY)
    return account if right else None


class Register:
    """The accounts as the file has them now; read again when it has changed.

    A file that has gone while the program runs lets nobody in: no accounts at all is something one asks for in the settings.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._accounts: Accounts = {}
        self.accounts()
        if not self._accounts:
            raise UsageError(f"no account in {path}: `radslag users add NAME --role editor` makes one")

    def accounts(self) -> Accounts:
        """The accounts by name.

        Raises:
            UsageError: as `read_accounts`.
        """
        try:
            status = self._path.stat()
            seen = (status.st_mtime_ns, status.st_size, status.st_ino)
        except OSError:
            seen = None
        if seen is None or seen != self._seen:
            self._accounts = read_accounts(self._path)
            self._seen = seen
        return self._accounts


_REMEDY = "mend it, or remove it and make the accounts anew with `radslag users add`"


def _account(written: Mapping[str, object]) -> Account:
    role = written["role"]
    if role not in ROLES:
        raise ValueError(f"role {role!r}, needs {' or '.join(ROLES)}")
    name = name_of(str(written["name"]))
    return Account(name, role, Hash.from_json(cast(Mapping[str, object], written["scrypt"])))
