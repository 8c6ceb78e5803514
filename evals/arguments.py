"""Arguments that several verbs of `evals` take."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_cases_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "cases", nargs="+", type=Path, metavar="CASES", help="JSONL files of cases, or folders that hold some"
    )
