"""Matters: which words belong to one matter, and which of them are its decision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence, Weigher
from assistant.kinds import Kind
from assistant.question import substance
from assistant.rank import POSTPONED
from assistant.retrieve import Ranked
from assistant.words import found, letters
from ingest.model import DECISIONS, Status
from ingest.registry import Found

MATTER_PASSAGES = 80  # passages of one matter that are looked at
OF_MATTERS = frozenset({Kind.DECISION, Kind.VOTE})  # what is asked stands somewhere in the matter, in words of its own
SAME_TITLE = 0.6  # share of the words of the proposal's title that the decision's heading must hold
HIGHEST_BODY = "Kommunfullmäktige"
_PROPOSAL_ASKED = re.compile(r"\bföresl|\bförslag|\bpropos", re.IGNORECASE)


def from_its_matter(weigher: Weigher, evidence: list[Evidence], passages: Sequence[Found]) -> list[Evidence]:
    """The evidence anew, with what answers in the matter of the best sentence first.

    Asked what became of a matter, the sentence most like the question tells only which matter is meant; the answer stands in
    another passage of it. `passages` are those of that matter; what isn't found here keeps its order.
    """
    known = {item.found.passage.id for item in evidence}
    best = evidence[0].ranked
    new = [Ranked(each, best.score, best.unit, None, None) for each in passages if each.passage.id not in known]
    everything = [*evidence, *weigher.weigh(new)]
    matter = {each.passage.id for each in passages}
    here = [item for item in everything if item.found.passage.id in matter]
    if weigher.ask.kind is Kind.VOTE:
        answering = sorted((item for item in here if item.signals.fits == 1), key=lambda item: -item.score)
    else:
        wanted = Status.FÖRSLAG if _PROPOSAL_ASKED.search(weigher.ask.own_text) else Status.BESLUT
        answering = sorted(
            (item for item in here if item.found.passage.status in DECISIONS), key=lambda item: _finality(item, wanted)
        )
    first = {id(item) for item in answering}
    return [*answering, *(item for item in evidence if id(item) not in first)]


def _finality(item: Evidence, wanted: Status) -> tuple[bool, bool, bool, str, float]:
    """Orders decisions: those of the wanted standing, not postponed, of the highest body, the latest, the likest first."""
    passage, about = item.found.passage, item.found.about
    later_first = "".join(chr(0x10FFFF - ord(sign)) for sign in about.date or "")
    return (
        passage.status is not wanted,
        bool(POSTPONED.search(passage.text)),
        about.body != HIGHEST_BODY,
        later_first,
        -item.score,
    )


def decides(decision: Found, proposal: Found) -> bool:
    """Whether `decision` was adopted in the matter of `proposal`: they share the diarienummer, or the title."""
    if decision.passage.status is not Status.BESLUT:
        return False
    if proposal.passage.dnr is not None and proposal.passage.dnr == decision.passage.dnr:
        return True
    words = substance(proposal.about.title or "")
    heading = letters(f"{decision.about.title or ''} {decision.passage.section or ''}")
    return bool(words) and sum(found((word,), heading) for word in words) >= SAME_TITLE * len(words)
