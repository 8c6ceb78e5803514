"""`radslag users`: the accounts of the web app on the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from getpass import getpass
from pathlib import Path

from assistant.web.guard.accounts import (
    ROLES,
    Account,
    Accounts,
    name_of,
    new_account,
    read_accounts,
    write_accounts,
)
from assistant.web.guard.passwords import check_password, hashed
from ingest.cli import OK, Command
from ingest.errors import UsageError
from ingest.settings import Settings

_EXAMPLES = """
The accounts stand in the file that the setting `accounts` names; without it, nobody needs to log in:
  RADSLAG_ACCOUNTS=accounts.json radslag users add anna --role editor
  RADSLAG_ACCOUNTS=accounts.json radslag serve
A reader asks and reads; an editor may upload documents too. A password has 12 characters or more; it is asked for twice, or
read from the first line of standard input with --stdin. A server that runs heeds a change at once: the logins of an account
that is removed, or gets another password, end.
"""


def _configure_users(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="make an account")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=ROLES, default="reader", help="what they may do (default: reader)")
    password = verbs.add_parser("password", help="give an account another password")
    password.add_argument("name", metavar="NAME")
    for verb in (add, password):
        verb.add_argument("--stdin", action="store_true", help="read the password from standard input")
    role = verbs.add_parser("role", help="change what somebody may do")
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=ROLES, metavar="ROLE", help="reader or editor")
    remove = verbs.add_parser("remove", help="remove an account, and end its logins")
    remove.add_argument("name", metavar="NAME")
    verbs.add_parser("list", help="show the accounts")
    for verb in (add, password, role, remove, *(verbs.choices[each] for each in ("list",))):
        verb.add_argument("--accounts", type=Path, metavar="FILE", help="the file (default: the setting accounts)")


def _run_users(arguments: argparse.Namespace, settings: Settings) -> int:
    if settings.accounts is None:
        raise UsageError("no file of accounts is named: give --accounts FILE, or set accounts in radslag.toml")
    path = settings.accounts
    accounts = read_accounts(path)
    if arguments.verb == "list":
        print("\n".join(f"{each.role:8}{each.name}" for each in accounts.values()) or f"no account in {path}")
        return OK
    name = name_of(arguments.name)
    changed = _CHANGES[arguments.verb](accounts, name, arguments)
    others = [account for account in accounts.values() if account.name != name]
    write_accounts(path, others if changed is None else [*others, changed])
    print(f"{path}: {name} " + ("removed" if changed is None else f"is {_AS[changed.role]}"))
    return OK


def _add(accounts: Accounts, name: str, arguments: argparse.Namespace) -> Account:
    if name in accounts:
        raise UsageError(f"there is an account {name} already: `radslag users password {name}` changes its password")
    return new_account(name, arguments.role, _password(name, arguments.stdin))


def _change_password(accounts: Accounts, name: str, arguments: argparse.Namespace) -> Account:
    account = _known(accounts, name)
    return replace(account, password=hashed(_password(name, arguments.stdin)))


def _change_role(accounts: Accounts, name: str, arguments: argparse.Namespace) -> Account:
    return replace(_known(accounts, name), role=arguments.role)


def _remove(accounts: Accounts, name: str, _: argparse.Namespace) -> None:
    _known(accounts, name)


def _known(accounts: Accounts, name: str) -> Account:
    if name not in accounts:
        raise UsageError(f"there is no account {name}; there are: {', '.join(sorted(accounts)) or 'none'}")
    return accounts[name]


def _password(name: str, from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = getpass("Password: ")
        if password != getpass("The same again: "):
            raise UsageError("the two passwords differ: start again")
    else:
        raise UsageError("no terminal to ask for a password on: give it on standard input with --stdin")
    check_password(password, name)
    return password


_CHANGES: dict[str, Callable[[Accounts, str, argparse.Namespace], Account | None]] = {
    "add": _add,
    "password": _change_password,
    "role": _change_role,
    "remove": _remove,
}
_AS = {"reader": "a reader", "editor": "an editor"}

COMMANDS: tuple[Command, ...] = (
    Command("users", "Say who may log in to the web app, and as what.", _configure_users, _run_users, _EXAMPLES),
)
