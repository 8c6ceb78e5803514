"""Examine: the checks, run one after the other over an index that nobody writes meanwhile."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from ingest.doctor import duplicates, files, identity, model, quality, spans, tables, vectors
from ingest.doctor.examined import Examined, Progress
from ingest.doctor.finding import Finding, Severity
from ingest.encode import Encoder, encoder_fingerprint, load_encoder
from ingest.errors import UsageError
from ingest.settings import Settings
from ingest.store import REGISTRY_FILE, writing

CHECKS: Mapping[str, Callable[[Examined], Iterator[Finding]]] = {
    tables.NAME: tables.check_registry,
    vectors.NAME: vectors.check_vectors,
    spans.NAME: spans.check_spans,
    model.NAME: model.check_model,
    files.NAME: files.check_files,
    duplicates.NAME: duplicates.check_duplicates,
    quality.NAME: quality.check_quality,
    identity.NAME: identity.check_identity,
}


@dataclass(frozen=True)
class Checkup:
    """What an examination found; `seconds` by the name of each check that was run, in order."""

    documents: int
    passages: int
    findings: tuple[Finding, ...]
    seconds: dict[str, float]

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def well(self) -> bool:
        """Whether there is nothing to be mended."""
        return all(finding.severity is Severity.NOTE for finding in self.findings)


@contextmanager
def examination(
    settings: Settings, today: date, progress: Progress, encoder: Encoder | None = None
) -> Iterator[Examined]:
    """The index at `settings.index`, opened to be examined; ingest is kept out meanwhile.

    `encoder` defaults to the one the settings name, loaded when it is needed.

    Raises:
        UsageError: there is no index, or it can't be opened.
    """
    if not (settings.index / REGISTRY_FILE).exists():
        raise UsageError(f"no index at {settings.index}: run `radslag ingest` first, or name another with --index")

    def load() -> Encoder:
        return encoder or load_encoder(settings)

    with writing(settings.index) as registry:
        fingerprint = encoder.fingerprint if encoder else encoder_fingerprint(settings)
        yield Examined(registry, settings, load, fingerprint, today, progress)


def examine(examined: Examined, names: Collection[str] = tuple(CHECKS)) -> Checkup:
    """Run the checks of these names, in the order of `CHECKS`.

    Where the registry can't be read at some place, the check that came upon it ends with a finding that says so.

    Raises:
        sqlite3.DatabaseError: the registry can't be read at all; inside `examination` it becomes a UsageError.
    """
    documents, passages = examined.registry.counts()
    findings: list[Finding] = []
    seconds = {}
    for name, check in CHECKS.items():
        if name not in names:
            continue
        began = time.perf_counter()
        try:
            findings.extend(check(examined))
        except sqlite3.DatabaseError as error:
            findings.append(
                Finding(
                    name,
                    Severity.ERROR,
                    "damaged",
                    f"the registry cannot be read ({error}), which ended this check",
                    examined.command("ingest"),
                    before=f"remove the folder {examined.settings.index}",
                )
            )
        seconds[name] = round(time.perf_counter() - began, 3)
    return Checkup(documents, passages, tuple(findings), seconds)
