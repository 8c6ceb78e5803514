"""The verbs of `ingest` on the command line."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from ingest.cli import FAILED, OK, Command, add_index_argument
from ingest.doctor.commands import COMMAND as DOCTOR
from ingest.errors import UsageError
from ingest.matter_commands import MATTERS
from ingest.model import Failure, IngestReport
from ingest.settings import Settings
from ingest.sources import shown

if TYPE_CHECKING:
    from ingest.chain import Step

SECONDS_IN_A_LOG = 15  # between two lines of progress, and before the first

_EXAMPLES = """examples:
  radslag ingest                        read what is new or changed in corpus/
  radslag ingest protokoll motioner     read two folders
  radslag ingest protokoll --dry-run    say what would change, and change nothing
  radslag ingest protokoll --watch      read again whenever something changes
  radslag ingest --forget motioner/1998 forget the documents of a folder

exit status: 0 all well, 1 some documents failed, 2 the arguments, the settings or the index can't be used
"""


def _configure_ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="files and folders to read (default: corpus/ and what was uploaded)",
    )
    add_index_argument(parser)
    parser.add_argument("--json", action="store_true", help="print the report as JSON (with --watch: one a line)")
    parser.add_argument("--dry-run", action="store_true", help="say what would change; nothing is read or written")
    parser.add_argument("--watch", action="store_true", help="go on, and ingest again when something changes")
    parser.add_argument("--anew", action="store_true", help="read the files again even if they have not changed")
    parser.add_argument("--wait", action="store_true", help="while another ingest writes the index, wait for its end")
    parser.add_argument(
        "--forget",
        action="append",
        metavar="PATH|ID",
        help="read nothing, but forget the documents of this file, folder or id; may be repeated",
    )


def _run_ingest(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest import chain

    if arguments.forget and (arguments.paths or arguments.watch):
        raise UsageError(
            "--forget reads nothing: name what is to be forgotten after it, and run it without PATH and --watch"
        )
    if arguments.anew and (arguments.forget or arguments.watch or arguments.dry_run):
        raise UsageError("--anew goes with PATH alone: leave out --forget, --watch and --dry-run")
    if arguments.watch and arguments.dry_run:
        raise UsageError("--watch and --dry-run exclude each other: choose one")
    paths = arguments.paths or usual_paths(settings)
    if arguments.dry_run:
        return _foretell(arguments, paths, settings)
    if arguments.watch:
        return _watch(arguments, paths, settings)
    if arguments.forget:
        report = chain.forget(arguments.forget, settings, arguments.wait)
    else:
        report = chain.ingest(paths, settings, progress=_progress, wait=arguments.wait, anew=arguments.anew)
    _print_report(report, arguments.json)
    return FAILED if report.failed else OK


def usual_paths(settings: Settings) -> list[Path]:
    """What is ingested when no path is given: the corpus, and what was uploaded where something was."""
    from ingest.uploads import uploads_folder

    uploads = uploads_folder(settings)
    return [settings.corpus, uploads] if any(uploads.glob("*")) else [settings.corpus]


def _watch(arguments: argparse.Namespace, paths: Sequence[Path], settings: Settings) -> int:
    """Until Ctrl-C, which is the way to end it and no error."""
    from ingest import chain
    from ingest.encode import load_encoder
    from ingest.watch import watch

    def show(report: IngestReport) -> None:
        _print_report(report, arguments.json)
        sys.stdout.flush()

    try:
        encoder = load_encoder(settings)
        watch(paths, settings.ignore, lambda present: chain.ingest(present, settings, encoder, _progress, True), show)
    except KeyboardInterrupt:
        print("ended", file=sys.stderr)
    return OK


def _foretell(arguments: argparse.Namespace, paths: Sequence[Path], settings: Settings) -> int:
    from ingest import chain

    documents: dict[str, list[str]]
    if arguments.forget:
        gone = chain.foreseen_forgotten(arguments.forget, settings)
        report = IngestReport(removed=len(gone))
        documents = {"added": [], "updated": [], "removed": list(gone)}
    else:
        plan = chain.foresee(paths, settings)
        report = plan.report()
        documents = {
            "added": [source.id for source in plan.added],
            "updated": [source.id for source in plan.updated],
            "removed": list(plan.gone),
        }
    if arguments.json:
        print(_json({**asdict(report), "dry_run": True, "documents": documents}))
    else:
        for verb, ids in documents.items():
            for document in ids:
                print(f"would be {verb}: {document}")
        print(f"nothing was changed; {_counts(report)} (a file that can't be understood shows only when it is read)")
        _print_failures(report)
    return FAILED if report.failed else OK


def _progress(steps: Iterator[Step], total: int) -> Iterator[Step]:
    """A bar on a terminal, with the document that is waited for; its clock goes on while that one takes long. In a log, a line now and then."""
    if not sys.stderr.isatty():
        yield from _progress_in_a_log(steps, total)
        return
    from tqdm import tqdm

    ended = Event()
    with tqdm(desc="ingest", unit="document", total=total) as bar:

        def tick() -> None:
            while not ended.wait(1):
                bar.refresh()

        ticker = Thread(target=tick, daemon=True)
        ticker.start()
        try:
            for step in steps:
                bar.set_postfix_str(step[0].id)
                yield step
                bar.update()
        finally:
            ended.set()
            ticker.join()


def _progress_in_a_log(steps: Iterator[Step], total: int) -> Iterator[Step]:
    told = time.monotonic()
    for number, step in enumerate(steps):
        if time.monotonic() - told >= SECONDS_IN_A_LOG:
            print(f"ingest: {number} of {total} documents, now {step[0].id}", file=sys.stderr, flush=True)
            told = time.monotonic()
        yield step


def _print_report(report: IngestReport, as_json: bool) -> None:
    """The report on standard output; for people, what went wrong goes to standard error."""
    if as_json:
        print(_json(asdict(report)))
    else:
        print(f"{_counts(report)}; {report.passages} passages written in {report.seconds:.1f} s")
        _print_failures(report)


def _counts(report: IngestReport) -> str:
    return (
        f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {report.removed} removed, "
        f"{len(report.failed)} failed"
    )


def _print_failures(report: IngestReport) -> None:
    def say(kind: str, failures: Iterable[Failure]) -> None:
        for failure in failures:
            print(shown(f"{kind}: {failure.document}: {failure.reason}; {failure.remedy}"), file=sys.stderr)

    say("failed", report.failed)
    say("note", report.notes)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _configure_settings(_: argparse.ArgumentParser) -> None:
    """No arguments: the settings are what is asked for."""


def _run_settings(_: argparse.Namespace, settings: Settings) -> int:
    values = settings.model_dump(mode="json")  # numbers, text and lists of them are written alike in JSON and in TOML
    for name, field in Settings.model_fields.items():
        value = values[name]
        unwritten = value is None or name == "llm_key"  # a key never stands in the file, hidden or not
        print(f"# {field.description}")
        print(f"# {name} is {'not set' if value is None else 'set'}" if unwritten else f"{name} = {_json(value)}")
    return OK


COMMANDS: tuple[Command, ...] = (
    Command("ingest", "Read files and folders into the index.", _configure_ingest, _run_ingest, _EXAMPLES),
    MATTERS,
    DOCTOR,
    Command(
        "settings",
        "Print every setting with its value and meaning, as a radslag.toml.",
        _configure_settings,
        _run_settings,
    ),
)
