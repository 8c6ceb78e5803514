"""Rådslag on the command line: the verbs of all packages behind one name."""

from __future__ import annotations

import sys

from assistant.commands import COMMANDS as ASSISTANT
from evals.commands import COMMANDS as EVALS
from evals.feedback_command import COMMAND as FEEDBACK
from ingest.cli import main as run
from ingest.commands import COMMANDS as INGEST


def main() -> None:
    """Entry point of the console script; ends the process with the command's exit status."""
    about = "What has the municipality decided? Answers with citations."
    sys.exit(
        run(
            "radslag",
            about,
            (*INGEST, *ASSISTANT, FEEDBACK),
            developing=[each for each in EVALS if each is not FEEDBACK],
        )
    )


if __name__ == "__main__":
    main()
