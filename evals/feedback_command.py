"""`radslag feedback` on the command line."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from ingest.cli import OK, Command, add_index_argument
from ingest.settings import Settings


def _configure(parser: argparse.ArgumentParser) -> None:
    add_index_argument(parser)
    parser.add_argument(
        "--verdict", choices=("right", "wrong", "missing-source"), help="only what was said so (default: all)"
    )
    parser.add_argument(
        "--to-cases", type=Path, metavar="FILE", help="write a draft evaluation case for each into a new JSONL file"
    )
    parser.add_argument("--json", action="store_true", help="print one entry a line as JSON")


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.feedback import feedback_file, read_feedback
    from evals.feedback import listed, write_drafts

    entries = [entry for entry in read_feedback(feedback_file(settings)) if arguments.verdict in (None, entry.verdict)]
    if arguments.to_cases:
        count = write_drafts(entries, arguments.to_cases)
        print(
            f"{arguments.to_cases}: {count} drafts; decide on answerable, facts and evidence of each, give it a kind as its first"
        )
        print(f"tag, and run `radslag check-cases {arguments.to_cases}`")
    elif arguments.json:
        for entry in entries:
            print(json.dumps({"id": entry.id, **asdict(entry)}, ensure_ascii=False))
    elif entries:
        print(listed(entries))
    return OK


COMMAND = Command(
    "feedback", "Show what readers said of answers, or make draft evaluation cases of it.", _configure, _run
)
