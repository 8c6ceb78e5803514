"""Registry: is the file whole, are the matters those of the documents?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity

NAME = "registry"
SHOWN = 3  # complaints of SQLite that are shown


def check_registry(examined: Examined) -> Iterator[Finding]:
    """Faults of the SQLite file, and matters that are out of date."""
    registry = examined.registry
    roots = sorted({Path(root) for root in examined.roots.values()})
    if faults := registry.faults():
        more = f" and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        yield Finding(
            NAME,
            Severity.ERROR,
            "damaged",
            f"the file is damaged: {'; '.join(faults[:SHOWN])}{more}",
            examined.command("ingest", *roots),
            before=f"move feedback.jsonl aside if it is there, remove the folder {examined.settings.index}",
        )
        return
    if roots and not registry.matters.is_current():
        yield Finding(
            NAME,
            Severity.WARNING,
            "matters",
            "the matters were not linked since documents came or went",
            examined.command("ingest", *roots),
        )
