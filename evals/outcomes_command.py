"""`radslag outcomes`: how well an index's own decisions are found by what their matters are called."""

from __future__ import annotations

import argparse
import json
import random
import sys

from assistant.commands import positive
from ingest.cli import FAILED, OK, Command, add_index_argument
from ingest.settings import Settings

SEED = 7


def _configure(parser: argparse.ArgumentParser) -> None:
    add_index_argument(parser)
    parser.add_argument(
        "--matters",
        type=positive,
        metavar="N",
        help="ask about so many, drawn at random but always the same (default: all)",
    )
    parser.add_argument("--json", action="store_true", help="print the figures and what went wrong as JSON")


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from assistant.service import Assistant
    from evals.outcomes import inquiries, measure, render

    with Assistant.open(settings) as assistant:
        asked = inquiries(assistant.archive.matters())
        matters = sorted({inquiry.matter for inquiry in asked})
        if not matters:
            print("found no settled matter with a title of its own: ingest minutes first", file=sys.stderr)
            return FAILED
        if arguments.matters and arguments.matters < len(matters):
            drawn = set(random.Random(SEED).sample(matters, arguments.matters))
            asked = tuple(inquiry for inquiry in asked if inquiry.matter in drawn)
        with tqdm(total=len(asked), desc="outcomes", unit="question", disable=not sys.stderr.isatty()) as bar:
            outcomes = measure(asked, assistant, bar.update)
    print(json.dumps(outcomes.as_json(), ensure_ascii=False) if arguments.json else render(outcomes))
    return OK


COMMAND = Command(
    "outcomes", "Ask what became of each settled matter of an index, and count the right answers.", _configure, _run
)
