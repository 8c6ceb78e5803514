"""The verbs of `evals` that measure speed, memory and waiting, and take pictures."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from ingest.cli import FAILED, OK, Command, add_index_argument
from ingest.settings import Settings


def _configure_bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of real documents (default: corpus/)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _run_bench(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.bench import bench
    from evals.figures import render

    figures = bench(settings, report=lambda what: print(f"{what} …", file=sys.stderr))
    if arguments.json:
        print(json.dumps([figure.as_json() for figure in figures], ensure_ascii=False))
    else:
        print(render(figures))
    return OK


def _configure_load(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the page of a running web app, http://127.0.0.1:7860/")
    parser.add_argument("--people", type=int, default=30, metavar="N", help="how many ask at once (default: 30)")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="one a line (default: those of `radslag bench`)")
    parser.add_argument("--json", action="store_true", help="print every wait and the figures as JSON")


def _run_load(arguments: argparse.Namespace, _: Settings) -> int:
    from evals.bench import QUESTIONS
    from evals.figures import render
    from evals.load import figures, load, read_questions

    questions = read_questions(arguments.questions) if arguments.questions else QUESTIONS
    waits = load(arguments.url, questions, arguments.people)
    measured = figures(waits)
    if arguments.json:
        told = {"waits": [asdict(wait) for wait in waits], "figures": [figure.as_json() for figure in measured]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(render(measured))
    for reason in sorted({wait.error for wait in waits if wait.error}):
        print(reason, file=sys.stderr)
    return FAILED if any(figure.met is False for figure in measured) else OK


def _configure_page(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="where the web app runs, such as http://127.0.0.1:7860/")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _run_page(arguments: argparse.Namespace, _: Settings) -> int:
    from evals.bench import QUESTIONS
    from evals.figures import render
    from evals.page import page_figures

    measured = tuple(page_figures(arguments.url, QUESTIONS))
    if arguments.json:
        print(json.dumps([figure.as_json() for figure in measured], ensure_ascii=False))
    else:
        print(render(measured))
    return FAILED if any(figure.met is False for figure in measured) else OK


def _configure_screenshots(parser: argparse.ArgumentParser) -> None:
    add_index_argument(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("docs"), metavar="DIR", help="where to put them (default: docs)"
    )


def _run_screenshots(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.screenshots import take

    arguments.out.mkdir(parents=True, exist_ok=True)
    for picture in take(settings, arguments.out):
        print(picture)
    return OK


COMMANDS: tuple[Command, ...] = (
    Command("bench", "Measure speed and memory beside their targets.", _configure_bench, _run_bench),
    Command(
        "load", "Let many people ask a running web app at once, and say how long they wait.", _configure_load, _run_load
    ),
    Command("page", "Measure in a browser how long one waits for a running web app.", _configure_page, _run_page),
    Command("screenshots", "Take the README's pictures of the web app anew.", _configure_screenshots, _run_screenshots),
)
