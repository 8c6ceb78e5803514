"""Mend: put in order what the registry can put in order by itself, without the files and without the encoder."""

from __future__ import annotations

from ingest.doctor.examined import Examined
from ingest.doctor.vectors import check_store
from ingest.store import sync, sync_anew


def mend(examined: Examined) -> list[str]:
    """What was mended, a sentence each; nothing is touched that is in order.

    Raises:
        UsageError: the vector store can't be written.
    """
    registry, settings = examined.registry, examined.settings
    done = []
    sync(registry, settings)
    if list(check_store(examined)):
        sync_anew(registry, settings)
        done.append("the vector store was made anew from the registry")
    return done
