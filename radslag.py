"""Rådslag on the command line: the verbs of all packages behind one name."""

from __future__ import annotations

import sys

from assistant.commands import COMMANDS as ASSISTANT
from evals.commands import COMMANDS as EVALS
from ingest.cli import main as run
from ingest.commands import COMMANDS as INGEST


def main() -> None:
    """Entry point of the console script; ends the process with the command's exit status."""
    sys.exit(
        run("radslag", "What has the municipality decided? Answers with citations.", (*INGEST, *ASSISTANT, *EVALS))
    )


if __name__ == "__main__":
    main()
