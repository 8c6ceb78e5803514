"""`radslag doctor` on the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from ingest.cli import FAILED, OK, Command, add_index_argument
from ingest.doctor.names import TITLES
from ingest.settings import Settings

Item = TypeVar("Item")
PATIENCE_SECONDS = 1.0  # a shorter loop shows no bar
_DESCRIPTION = """\
Check an index, and name the command that mends each finding. Nothing is changed but with --mend. The checks:

{checks}

Errors make answers wrong, lose them, or show personal data; warnings make answers worse than need be; notes are worth
knowing. Exit status: 0 when there are notes at most, 1 when something is wrong, 2 when there is no index that can be
opened. Personal identity numbers are masked in the report."""


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = _DESCRIPTION.format(checks="\n".join(f"  {name:<11} {what}" for name, what in TITLES.items()))
    add_index_argument(parser)
    parser.add_argument(
        "--only",
        nargs="+",
        choices=tuple(TITLES),
        metavar="CHECK",
        help="run these checks only, such as identity quality",
    )
    parser.add_argument(
        "--mend",
        action="store_true",
        help="first put in order what needs neither files nor encoder: the vector store",
    )
    parser.add_argument("--json", action="store_true", help="print everything that was found as JSON")


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.doctor.examine import examination, examine
    from ingest.doctor.mend import mend
    from ingest.doctor.report import report_json, report_text

    today = date.today()
    with examination(settings, today, _progress) as examined:
        mended = mend(examined) if arguments.mend else []
        checkup = examine(examined, arguments.only or tuple(TITLES))
    if arguments.json:
        print(report_json(checkup, settings.index, mended, today))
    else:
        print("\n".join([*(f"Mended: {what}." for what in mended), report_text(checkup, settings.index, today)]))
    return OK if checkup.well else FAILED


def _progress(items: Sequence[Item]) -> Iterable[Item]:
    from tqdm import tqdm

    bar: Iterable[Item] = tqdm(
        items, desc="doctor", leave=False, delay=PATIENCE_SECONDS, disable=not sys.stderr.isatty()
    )
    return bar


COMMAND = Command("doctor", "Check an index and name the command that mends each finding.", _configure, _run)
