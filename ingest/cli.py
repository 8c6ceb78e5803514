"""What all command lines share: arguments in, exit status out, errors as one line on standard error."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NoReturn

from ingest.errors import RadslagError, UsageError
from ingest.settings import Settings, load_settings

OK, FAILED, UNUSABLE = 0, 1, 2
INTERRUPTED = 130  # what shells give for a program ended by Ctrl-C


@dataclass(frozen=True)
class Command:
    """One verb: how its arguments look and what it does; `run` returns the exit status."""

    name: str
    help: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Settings], int]
    examples: str = ""  # shown at the end of --help, as it stands


class _Parser(argparse.ArgumentParser):
    """argparse, with errors in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def add_index_argument(parser: argparse.ArgumentParser) -> None:
    """`--index DIR`, which every command that touches an index takes."""
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of the index (default: .radslag)")


def key_value(given: str) -> tuple[str, str]:
    """An argument KEY=VALUE, as `--filter` takes it."""
    key, sign, value = given.partition("=")
    if not sign or not value:
        raise argparse.ArgumentTypeError(f"found {given!r}, needs KEY=VALUE")
    return key, value


def given_filters(given: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The filters by key; a document has one value of each, so a key given twice is refused."""
    keys = [key for key, _ in given]
    for key in keys:
        if keys.count(key) > 1:
            raise UsageError(
                f"filter {key} is given {keys.count(key)} times: give it once (a year may be a range, 2018-2020)"
            )
    return dict(given)


def main(
    program: str,
    description: str,
    commands: Sequence[Command],
    arguments: Sequence[str] | None = None,
    default: str | None = None,
    developing: Sequence[Command] = (),
) -> int:
    """Parse `arguments` (default: those of the process), run the command and return the exit status.

    The commands in `developing`, for those who work on the program, are listed after the others.

    `default` names the command meant when the first argument names none, so that `python -m ingest corpus` works
    like `radslag ingest corpus`.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    names = {command.name for command in (*commands, *developing)}
    if default and not (given and (given[0] in names or given[0] in {"-h", "--help", "--version"})):
        given.insert(0, default)
    parser = _Parser(
        prog=program,
        description=description,
        epilog=_listed(developing),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"radslag {program_version()}")
    verbs = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in (*commands, *developing):
        shown: dict[str, Any] = {} if command in developing else {"help": command.help}
        verb = verbs.add_parser(
            command.name,
            **shown,
            description=command.help,
            epilog=command.examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.configure(verb)
        verb.set_defaults(run=command.run)
    namespace = parser.parse_args(given)
    _tell_on_standard_error()
    try:
        settings = load_settings(**_setting_overrides(namespace))
        status: int = namespace.run(namespace, settings)
    except UsageError as error:
        return _complain(program, error, UNUSABLE)
    except RadslagError as error:
        return _complain(program, error, FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output (head, less) has gone: nothing is wrong
        sys.stderr.close()
        return OK
    except OSError as error:
        if error.filename is None:
            raise
        return _complain(program, UsageError(f"cannot use {error.filename}: {error.strerror}"), UNUSABLE)
    return status


def _listed(developing: Sequence[Command]) -> str | None:
    """The commands for those who work on the program, as argparse lists the others."""
    lines = (f"    {command.name:<13} {command.help}" for command in developing)
    return "\n".join(("to work on the program:", *lines)) if developing else None


class _StandardError(logging.Handler):
    """Writes to what standard error is at that moment, which tests and servers change."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr)


def program_version() -> str:
    """The version that is installed."""
    try:
        return version("radslag")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "of a checkout"


def _tell_on_standard_error() -> None:
    """What takes seconds is said in plain sentences on standard error, which leaves standard output to the result."""
    logger = logging.getLogger("radslag")
    if not logger.handlers:
        logger.addHandler(_StandardError())
        logger.setLevel(logging.INFO)


def _setting_overrides(namespace: argparse.Namespace) -> dict[str, object]:
    """Arguments that carry the name of a setting override it."""
    return {name: value for name, value in vars(namespace).items() if name in Settings.model_fields}


def _complain(program: str, error: RadslagError, status: int) -> int:
    print(f"{program}: {' '.join(str(error).split())}", file=sys.stderr)
    return status
