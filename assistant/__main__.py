"""`python -m assistant COMMAND`: the verbs of this package."""

import sys

from assistant.commands import COMMANDS
from ingest.cli import main

sys.exit(main("python -m assistant", "Ask what has been decided.", COMMANDS))
