"""Superseded figures: where the best sentence tells a figure that its matter later changed, the words of the change answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.kinds import FIGURES
from assistant.question import Ask
from assistant.units import unit_of
from assistant.words import NUMBER, joined_number
from ingest.model import Status
from ingest.registry import Found, Registry

_CHANGE = re.compile(
    r"\b(?:höj|sänk|ändra|öka|utöka|utvidga|minska|justera|förläng|flytta|senarelägg|tidigarelägg|skjut)\w*\b"
    r"[^.:;]{0,120}?\bfrån (?:och med )?(?P<old>[^.:;]{1,60}?) till (?:och med )?(?P<new>[^.:;]{1,60})",
    re.IGNORECASE,
)
_AT_FIRST = re.compile(
    r"\b(?:ursprunglig\w*|(?:från|i) början|först\w*|innan|dessförinnan|tidigare|förut|förr|gam(?:mal|la)|original\w*|initial\w*|"
    r"(?:at|the) first|to begin with|at the outset|before|earlier|previous\w*|prior|old)\b",
    re.IGNORECASE,
)


def changed_first(ask: Ask, evidence: Sequence[Evidence], registry: Registry) -> list[Evidence]:
    """The evidence anew: before a figure that a decision in the same matter changed stand the words of that decision.

    Those are "… höjs från 6 200 000 till 7 100 000 kronor", and what else tells the old figure goes last. The order stays where the question is about what was proposed or held
    before, or names a time that isn't that of the change.
    """
    order = list(evidence)
    if ask.kind not in FIGURES or ask.standing not in (None, Status.BESLUT) or _AT_FIRST.search(ask.own_text):
        return order
    told = _figures(order[0].words)
    if _CHANGE.search(order[0].words) or not told:
        return order
    lead = order[0].found
    matter, decided_on = registry.matters.of(*unit_of(lead)), _decided_on(lead)
    for place, item in enumerate(order):
        date = _decided_on(item.found)
        change = _CHANGE.search(item.words) if date else None
        if change is None or date < decided_on or not _figures(change["old"]) & told:
            continue
        if ask.times and not any(date.startswith(time) for time in ask.times):
            continue
        its = registry.matters.of(*unit_of(item.found))
        if matter is not None and its is not None and its.id == matter.id:
            rest = order[:place] + order[place + 1 :]
            return [item, *sorted(rest, key=lambda other: bool(_figures(other.words) & told))]
    return order


def _decided_on(found: Found) -> str:
    """The ISO date of a decision; of anything else, or of one without a date, nothing."""
    return (found.about.date or "") if found.passage.status is Status.BESLUT else ""


def _figures(text: str) -> set[str]:
    """The numbers of a text that are more than a count or the number of a §."""
    return {each for number in NUMBER.findall(text) if len(each := joined_number(number)) > 2}
