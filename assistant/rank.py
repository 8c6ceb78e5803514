"""Rank: what likeness doesn't know. Postponements tell nothing, so the decision they lead to goes before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.retrieve import Ranked
from ingest.model import Status

POSTPONED = re.compile(r"\bbordl(?:ägg|ag)\w*\b", re.IGNORECASE)
POSTPONED_PENALTY = 1.5  # in z-scores
DECIDED_BONUS = 0.15  # an adopted decision before its near-copies in proposals


def by_authority(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The passages anew, best first, with postponed §§ ranked down and adopted decisions a little up."""
    weighed = [replace(each, score=each.score + _authority(each)) for each in ranked]
    return sorted(weighed, key=lambda each: (-each.score, each.found.passage.id))


def _authority(ranked: Ranked) -> float:
    passage = ranked.found.passage
    if passage.status is not Status.BESLUT:
        return 0.0
    return -POSTPONED_PENALTY if POSTPONED.search(passage.text) else DECIDED_BONUS
