"""Units: a § of minutes, or a whole document outside them. What is looked for often stands in another passage of the one that is found.

A § tells its topic in its heading and background, and what was decided in a point that repeats none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.retrieve import Ranked
from ingest.model import DECISIONS
from ingest.registry import Found, Registry

UNITS = 8  # best units whose other passages are looked at
UNIT_PASSAGES = 24  # of one unit, at most

Unit = tuple[str, str | None]


def unit_of(found: Found) -> Unit:
    """The § that a passage stands in, or the document when it stands in none."""
    return found.passage.document, found.passage.paragraph


def with_units(registry: Registry, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The passages (best first), each with its unit's best score, and behind them the rest of the best units.

    Of a unit without §, only the passages that propose or decide are added.
    """
    best: dict[Unit, float] = {}
    for each in ranked:
        best.setdefault(unit_of(each.found), each.score)
    known = {each.found.passage.id for each in ranked}
    lowest = min((each.score for each in ranked), default=0.0)
    added = [
        Ranked(found, lowest, best[unit], None, None)
        for unit in list(best)[:UNITS]
        for found in registry.passages_of_unit(*unit, UNIT_PASSAGES)
        if found.passage.id not in known and (unit[1] is not None or found.passage.status in DECISIONS)
    ]
    return [*(replace(each, unit=best[unit_of(each.found)]) for each in ranked), *added]
