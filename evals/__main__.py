"""`python -m evals CASES...`: the verbs of this package."""

import sys

from evals.commands import COMMANDS
from ingest.cli import main

sys.exit(main("python -m evals", "Evaluate the answers of Rådslag.", COMMANDS, default="eval"))
