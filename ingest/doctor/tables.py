"""Registry: is the file whole, does every passage have its words, are the matters those of the documents?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity

NAME = "registry"
SHOWN = 3  # complaints of SQLite that are shown


def check_registry(examined: Examined) -> Iterator[Finding]:
    """Faults of the SQLite file, of the lexical index in it, and matters that are out of date."""
    registry = examined.registry
    roots = sorted({Path(root) for root in examined.roots.values()})
    mend = examined.command("doctor", "--mend")
    if faults := registry.faults():
        more = f" and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        yield Finding(
            NAME,
            Severity.ERROR,
            "damaged",
            f"the file is damaged: {'; '.join(faults[:SHOWN])}{more}",
            examined.command("ingest", *roots),
            before=f"remove the folder {examined.settings.index}",
        )
        return
    if not registry.words_are_whole():
        yield Finding(NAME, Severity.ERROR, "words-damaged", "the lexical index is damaged", mend)
    wordless, strays = registry.passages_without_words(), registry.words_without_passages()
    if wordless:
        yield Finding(
            NAME, Severity.ERROR, "words-missing", f"{len(wordless)} passages cannot be found by their words", mend
        )
    if strays:
        yield Finding(NAME, Severity.ERROR, "words-stray", f"the words of {strays} passages that are gone", mend)
    if roots and not registry.matters.is_current():
        yield Finding(
            NAME,
            Severity.WARNING,
            "matters",
            "the matters were not linked since documents came or went",
            examined.command("ingest", *roots),
        )
