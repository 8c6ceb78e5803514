"""The verbs of `ingest` on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from ingest.cli import FAILED, OK, Command, add_index_argument
from ingest.matter_commands import MATTERS
from ingest.model import IngestReport
from ingest.settings import Settings
from ingest.sources import Source


def _configure_ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files and folders to read (default: corpus/)"
    )
    add_index_argument(parser)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def _run_ingest(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.chain import ingest

    report = ingest(arguments.paths or [settings.corpus], settings, progress=_progress)
    if arguments.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        print(_report_text(report))
    return FAILED if report.failed else OK


def _progress(sources: Iterable[Source]) -> Iterable[Source]:
    from tqdm import tqdm

    bar: Iterable[Source] = tqdm(list(sources), desc="ingest", unit="document", disable=not sys.stderr.isatty())
    return bar


def _report_text(report: IngestReport) -> str:
    lines = [
        f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {report.removed} removed, "
        f"{len(report.failed)} failed; {report.passages} passages written in {report.seconds:.1f} s"
    ]
    lines += [f"failed: {failure.document}: {failure.reason}; {failure.remedy}" for failure in report.failed]
    lines += [f"note: {note.document}: {note.reason}; {note.remedy}" for note in report.notes]
    return "\n".join(lines)


def _configure_settings(_: argparse.ArgumentParser) -> None:
    """No arguments: the settings are what is asked for."""


def _run_settings(_: argparse.Namespace, settings: Settings) -> int:
    for name, field in Settings.model_fields.items():
        print(f"{name} = {getattr(settings, name)!s}\n    {field.description}")
    return OK


COMMANDS: tuple[Command, ...] = (
    Command("ingest", "Read files and folders into the index.", _configure_ingest, _run_ingest),
    MATTERS,
    Command("settings", "Print every setting with its value and meaning.", _configure_settings, _run_settings),
)
