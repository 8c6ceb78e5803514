"""Matters: whether a decision is about what was proposed."""

from __future__ import annotations

from assistant.question import substance
from assistant.words import found, letters
from ingest.model import Status
from ingest.registry import Found

SAME_TITLE = 0.6  # share of the words of the proposal's title that the decision's heading must hold


def decides(decision: Found, proposal: Found) -> bool:
    """Whether `decision` was adopted in the matter of `proposal`: they share the diarienummer, or the title."""
    if decision.passage.status is not Status.BESLUT:
        return False
    if proposal.passage.dnr is not None and proposal.passage.dnr == decision.passage.dnr:
        return True
    words = substance(proposal.about.title or "")
    heading = letters(f"{decision.about.title or ''} {decision.passage.section or ''}")
    return bool(words) and sum(found((word,), heading) for word in words) >= SAME_TITLE * len(words)
