"""Superseded words: a figure that its matter later changed gives way to the words of the change, an edition to the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from assistant.evidence import ALIKE, Evidence, alike, replaced
from assistant.kinds import FIGURES, Kind
from assistant.question import Ask
from assistant.units import Unit, unit_of
from assistant.words import NUMBER, PARAGRAPH, joined_number
from ingest.dates import MONTH_NAMES, times_in
from ingest.editions import COMING_ANEW
from ingest.model import Status
from ingest.registry import Registry

CHANGED_ALIKE = 0.8  # cosine of two sentences about the same, where the later decision says it changes the earlier
REPLACED_ALIKE = 0.7  # the same, of a decision and the paper that says what held until then
EDITION_ALIKE = 0.86  # the same, of sentences of two editions of a paper
EDITION_WITHIN = 3.0  # how much less the words of the later edition may be worth than those of the earlier
WITHIN = 9.0  # how much less the words of a change may be worth than the best sentence, and still be about the same
_CHANGE = re.compile(  # the point of an abbreviation or of thousands ends nothing, that of a sentence does
    r"\b(?:höj|sänk|ändr|ökn?|öka|utök|utvidg|minsk|juster|räknas? upp|förläng|flytta|senarelägg|tidigarelägg|skjut)\w*"
    r"(?:[^.:;]|\.(?=\w)){0,120}?\bfrån (?:och med )?(?P<old>(?:[^.:;]|\.(?=\w)){1,60}?) till (?:och med )?(?P<new>(?:[^.:;]|\.(?=\w)){1,60})",
    re.IGNORECASE,
)
_UNDONE = re.compile(  # a change that was refused, put off, only looked into, or of which an earlier decision is retold
    r"\b(?:inte|ej|avsl\w+|utred\w*|återremi\w+|bordl[äa]g\w*|upphäv\w*|yrka\w*|föresl\w+|uppdrag|beslutade|beslöt|bestämde)\b",
    re.IGNORECASE,
)
_UNTIL_THEN = re.compile(  # what a paper says to have held when it was written
    r"\b(?:i ?dag|(?:för )?närvarande|nuvarande|hittills|nu gällande|gällande|sedan|har (?:varit|legat|inte (?:\w+ )?(?:ändrats|höjts|sänkts|räknats))"
    r"|oförändra\w+|senast \w+|enligt (?:det|detta|då gällande) (?:beslut|reglement|avtal)\w*)\b",
    re.IGNORECASE,
)
_DAY = re.compile(rf"\d{{1,2}}\s(?:{MONTH_NAMES})|\d{{4}}-\d\d-\d\d", re.IGNORECASE)
_DATE = re.compile(rf"(?:{_DAY.pattern})(?:\s\d{{4}}\b)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


def changed_first(ask: Ask, evidence: Sequence[Evidence], registry: Registry) -> list[Evidence]:
    """The evidence anew: before a figure that a decision in the same matter changed stand the words of the last such decision.

    Those are "… höjs från 6 200 000 till 7 100 000 kronor", or a decision's that says the same with another figure, later than one
    before it or than the papers that say what held until then; what else tells a figure that was changed goes last. Only dated decisions change anything, and not one that was made later. The order stays
    where the question is about what was proposed or held at first, or names a time before the change.
    """
    order = list(evidence)
    if ask.kind not in FIGURES or ask.standing not in (None, Status.BESLUT) or ask.earlier:
        return order
    matter = registry.matters.of(*unit_of(order[0].found))
    if matter is None:
        return order

    def of_the_matter(item: Evidence) -> bool:
        its = registry.matters.of(*unit_of(item.found))
        return its is not None and its.id == matter.id

    first, overtaken = order[0], set[str]()
    told, decided_on = _told(first), _decided_on(first)
    for item in sorted(order, key=_decided_on):
        if not _decided_on(item) or _UNDONE.search(item.words):
            continue
        if _decided_on(item) < decided_on or _begins_after(item, ask.times):
            continue
        if item.missing or item.score < order[0].score - WITHIN:
            continue
        old = (
            _changed_by(item, told) or _restated(ask.kind, first, item, registry) or _in_place_of(ask.kind, first, item)
        )
        if old and of_the_matter(item):
            first, overtaken = item, overtaken | old
            told, decided_on = _told(item), _decided_on(item)
    for item in order:
        if _decided_on(item) < decided_on and of_the_matter(item):
            overtaken |= _restated(ask.kind, item, first, registry)
    if not overtaken:
        return order
    rest = [item for item in order if item is not first]
    last = [item for item in rest if _figures(item.words) & overtaken and of_the_matter(item)]
    # That the question is about this was told by the sentence it gives way to.
    answer = replace(
        first, score=order[0].score, signals=order[0].signals, beyond=order[0].beyond, stays=order[0].stays
    )
    return [answer, *(item for item in rest if item not in last), *last]


def newest_edition_first(ask: Ask, evidence: Sequence[Evidence], registry: Registry) -> list[Evidence]:
    """The evidence anew: what an edition, or the matter that led to it, says gives way to what a later edition says of the same.

    The order stays where the question names the time of the earlier edition, or is about what held at first.
    """
    if ask.earlier or ask.standing not in (None, Status.BESLUT):
        return list(evidence)
    edition, led_to = cache(registry.edition), cache(partial(_paper_led_to, registry))

    def old_edition(item: Evidence) -> str | None:
        """The edition that an item holds no longer."""
        if item.signals.replaced:
            return edition(item.found.passage.document)
        paper = led_to(unit_of(item.found), item.found.about.date)
        gone = paper is not None and replaced(ask, item.found.about, registry.replaced_on(paper))
        return edition(paper) if paper and gone else None

    if not any(edition(document) for document in {item.found.passage.document for item in evidence}):
        return list(evidence)
    order: list[Evidence] = []
    overtaken: list[Evidence] = []
    placed: set[tuple[str, int]] = set()
    for item in evidence:
        if item.place in placed:
            continue
        old = old_edition(item)
        same = [
            later
            for later in evidence
            if old is not None
            and not later.signals.replaced
            and edition(later.found.passage.document) == old
            and set(later.missing) <= set(item.missing)
            and later.score >= item.score - EDITION_WITHIN
            and alike(item, later) >= EDITION_ALIKE
        ]
        if not same:
            order.append(item)
            continue
        overtaken.append(item)
        newest = max(same, key=lambda later: alike(item, later))
        if newest.place not in placed:
            order.append(replace(newest, score=item.score))
            placed.add(newest.place)
    return [*order, *overtaken]


def _paper_led_to(registry: Registry, unit: Unit, date: str | None) -> str | None:
    """The paper coming out anew that a unit of this date was on the way to: the next one of its matter."""
    matter = registry.matters.of(*unit)
    for step in matter.steps if matter and date else ():
        about = registry.about(step.document) if (step.date or "") >= (date or "") else None
        if about and about.kind in COMING_ANEW:
            return step.document
    return None


def _changed_by(item: Evidence, told: frozenset[str]) -> frozenset[str]:
    """The figures of those told that a sentence says it changes."""
    change = _CHANGE.search(item.words)
    return _figures(change["old"]) & told if change else frozenset()


def _restated(kind: Kind, earlier: Evidence, later: Evidence, registry: Registry) -> frozenset[str]:
    """The figures of an earlier decision for which a later meeting's, that says the same, has others of their sort."""
    if not _decided_on(earlier) or not later.found.about.meeting or _decided_on(earlier) == _decided_on(later):
        return frozenset()
    if not _others(kind, earlier, later):
        return frozenset()
    document, paragraph = unit_of(later.found)
    changing = registry.matters.changes_to(*unit_of(earlier.found))
    changed = any(change.document == document and change.paragraph in (None, paragraph) for change in changing)
    same = alike(earlier, later) >= (CHANGED_ALIKE if changed else ALIKE)
    return _figures(earlier.words) if same else frozenset()


def _in_place_of(kind: Kind, background: Evidence, decision: Evidence) -> frozenset[str]:
    """The figures of what held until a decision, where the decision says the same with others of their sort."""
    tells = background.found.passage.status is Status.INFORMATION and not background.sentence.row
    if not tells or not _UNTIL_THEN.search(background.words):
        return frozenset()
    if not background.found.about.date or background.found.about.date > _decided_on(decision):
        return frozenset()
    if not _others(kind, background, decision) or alike(background, decision) < REPLACED_ALIKE:
        return frozenset()
    return _figures(background.words)


def _others(kind: Kind, earlier: Evidence, later: Evidence) -> bool:
    """Whether the later has figures of the sort asked for, and none that the earlier has."""
    figures = _dates if kind is Kind.WHEN else _numbers
    old, new = figures(earlier.words), figures(later.words)
    return bool(new) and not any(a.startswith(b) or b.startswith(a) for a in old for b in new)


def _told(item: Evidence) -> frozenset[str]:
    """The figures that a sentence tells; of a change those it leads to."""
    change = _CHANGE.search(item.words)
    return _figures(change["new"] if change else item.words)


def _decided_on(item: Evidence) -> str:
    """The ISO date of a decision; of anything else, or of one without a date, nothing."""
    return (item.found.about.date or "") if item.found.passage.status is Status.BESLUT else ""


def _begins_after(item: Evidence, times: Sequence[str]) -> bool:
    """Whether a change was decided, or holds from a year, after all the times that a question names."""
    begins = max([_decided_on(item), *times_in(item.words)])
    return bool(times) and all(begins[: len(time)] > time for time in times)


def _figures(text: str) -> frozenset[str]:
    """The sums, shares and days of a text, each written in one way; single digits, years and the numbers of §§ aside."""
    return _days(text) | _numbers(text)


def _dates(text: str) -> frozenset[str]:
    """Days with the years they are of, where those are told."""
    return frozenset(" ".join(day.casefold().split()) for day in _DATE.findall(text))


def _days(text: str) -> frozenset[str]:
    return frozenset(" ".join(day.casefold().split()) for day in _DAY.findall(text))


def _numbers(text: str) -> frozenset[str]:
    rest = _DAY.sub(" ", PARAGRAPH.sub(" ", text))
    numbers = {joined_number(number).replace(".", "") for number in NUMBER.findall(rest)}
    return frozenset(number for number in numbers if len(number) > 1 and not _YEAR.fullmatch(number))
