"""Coverage-guided fuzzing of one group of readers: `python -m tests.fuzz.harness GROUP [options of libFuzzer] [folders]`.

Ends with an error and saves the input when a law of reading is broken, an error escapes that nobody meant, or a file
takes more than half a minute. Saved inputs go to `tests/fuzz/found`, where every run of the tests tries them again.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["ingest"]):
    import ingest.parse
    import ingest.read.docx
    import ingest.read.html
    import ingest.read.mail
    import ingest.read.odt
    import ingest.read.pdf  # noqa: F401 - the readers are imported late, which would be outside of this block

from tests.fuzz.targets import run


def main() -> None:
    program, group, *options = sys.argv
    atheris.Setup([program, *options], lambda data: run(group, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
