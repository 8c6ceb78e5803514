"""Units: a § of minutes, or a whole document outside them. What is looked for often stands in another passage of the one that is found.

A § tells its topic in its heading and background, and what was decided in a point that repeats none of it; and what was decided
in the end may stand in a § that is less like the question than the proposal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from assistant.retrieve import Ranked
from ingest.matters import Matter, Role, Step
from ingest.model import DECISIONS
from ingest.outcome import FINAL
from ingest.registry import Found, Registry

UNITS = 4  # best units whose other passages are looked at
MATTERS = 2  # best matters whose decisions are looked at
UNIT_PASSAGES = 16  # of one unit, at most

Unit = tuple[str, str | None]


def unit_of(found: Found) -> Unit:
    """The § that a passage stands in, or the document when it stands in none."""
    return found.passage.document, found.passage.paragraph


def units_of(registry: Registry, step: Step) -> list[Unit]:
    """The units that a step of a matter was taken in: its §, or all of a paper that is one step as a whole."""
    if step.paragraph is not None:
        return [(step.document, step.paragraph)]
    return [(step.document, paragraph) for paragraph in registry.paragraphs(step.document)]


def of_its_matter(registry: Registry, found: Found) -> frozenset[Unit]:
    """The units of all steps of the matter that a passage belongs to, its own among them."""
    matter = registry.matters.of(*unit_of(found))
    steps = matter.steps if matter else ()
    return frozenset([unit_of(found), *(unit for step in steps for unit in units_of(registry, step))])


def with_units(registry: Registry, ranked: Sequence[Ranked], filters: Mapping[str, str] | None = None) -> list[Ranked]:
    """The passages (best first), each with its unit's best score, and behind them the rest of the best units.

    Of a unit without §, only the passages that propose or decide are added; the decisions of the best matters are, too. Every
    passage learns whether its matter ended with it, or went on, and whether its paper came out anew. What `filters` leave out is not added.
    """
    best: dict[Unit, float] = {}
    for each in ranked:
        best.setdefault(unit_of(each.found), each.score)
    matters: dict[Unit, Matter | None] = {unit: registry.matters.of(*unit) for unit in best}
    wanted = dict(list(best.items())[:UNITS])
    for matter in list({each.id: each for each in matters.values() if each}.values())[:MATTERS]:
        score = max(best[unit] for unit, its in matters.items() if its and its.id == matter.id)
        for unit in (unit for step in matter.steps if decides(step) for unit in units_of(registry, step)):
            wanted.setdefault(unit, score)
            best.setdefault(unit, score)
            matters.setdefault(unit, matter)
    known = {each.found.passage.id for each in ranked}
    lowest = min((each.score for each in ranked), default=0.0)
    added = [
        Ranked(found, lowest, score, None)
        for unit, score in wanted.items()
        for found in registry.passages_of_unit(*unit, UNIT_PASSAGES, filters)
        if found.passage.id not in known and (unit[1] is not None or found.passage.status in DECISIONS)
    ]
    replaced_on = cache(registry.replaced_on)
    return [
        replace(_in_its_matter(each, best, matters), replaced_on=replaced_on(each.found.passage.document))
        for each in (*ranked, *added)
    ]


def _in_its_matter(ranked: Ranked, best: dict[Unit, float], matters: dict[Unit, Matter | None]) -> Ranked:
    unit = unit_of(ranked.found)
    matter, date = matters.get(unit), ranked.found.about.date
    deciding = [step for step in matter.steps if decides(step)] if matter else []
    last = deciding[-1] if deciding else None
    return replace(
        ranked,
        unit=best[unit],
        settles=last is not None and unit[0] == last.document and last.paragraph in (None, unit[1]),
        overtaken=last is not None and (last.date or "") > (date or ""),
    )


def decides(step: Step) -> bool:
    """Whether the step settled its matter, for then."""
    return step.role in (Role.BESLUT, Role.ÄNDRING) and step.outcome in FINAL
