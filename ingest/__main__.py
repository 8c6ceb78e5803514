"""`python -m ingest [PATH...]`: the verbs of this package."""

import sys

from ingest.cli import main
from ingest.commands import COMMANDS

sys.exit(main("python -m ingest", "Read council documents into an index.", COMMANDS, default="ingest"))
