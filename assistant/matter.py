"""Matters: asked what became of one, the answer is looked for in the steps it took, not in the words most like the question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from assistant.evidence import ALIKE, OF_THE_MOTION, Evidence, Weigher, alike
from assistant.kinds import FIGURES, OF_MATTERS, Kind, asks_count, presumed_outcome
from assistant.question import Ask
from assistant.rank import POSTPONED
from assistant.timeline import ending
from assistant.units import UNIT_PASSAGES, Unit, decides, unit_of, units_of
from assistant.words import numbers_in
from ingest.body_keys import rank, same_body
from ingest.dates import MONTH_NAMES
from ingest.matters import Matter, Role, Step
from ingest.model import ASKING, DECISIONS, Status
from ingest.outcome import FINAL, Outcome, verdict_of
from ingest.registry import Found, Registry

VOTING = re.compile(r"omröstning|votering|propositionsordning", re.IGNORECASE)  # headings below which a vote is told
TITLED = 0.8  # share of the weight of the question's words that tells that a matter is meant
CONCLUDED = 0.8  # confidence of the decision of such a matter
_TIMELY = re.compile(
    rf"^§ \S+|\d+(?:[–-]\d+)?|\b(?:reviderade?|nya?|ändrade?|ändring av|revidering av|{MONTH_NAMES})\b"
)
HARDLY_TITLED = 0.1  # with a smaller share, the decision of such a matter must be surer than others to be told
SURER = 0.65  # the least confidence for it; tuned, as the two above, on the dev cases
# What the background tells of: not what holds, but what somebody wished.
_WISHED = re.compile(
    r"\b(?:föresl(?:år|og|ås)|föreslagit|ansök(?:er|te|t) om|hemställer|yrkar|begär(?:t|de)? (?:att|om))\b",
    re.IGNORECASE,
)
_ASKS_WISHES = re.compile(
    r"\b(?:ansök\w*|sök(?:er|te|t)|begär\w*|äska\w*|vill ha|ville ha|appl(?:y|ied|ies|ication)\w*|request\w*|ask(?:s|ed|ing)? for|s(?:eek|ought)|want(?:s|ed)?)\b",
    re.IGNORECASE,
)
IDENTIFIES_WITHIN = 4.0  # how much less a sentence of a matter may be worth than one outside all of them, as the agenda
DECIDED_WITHIN = 4.0  # how much less a decision's words may be worth than those of its proposal


def from_its_matter(
    weigher: Weigher, evidence: list[Evidence], registry: Registry, filters: Mapping[str, str] | None = None
) -> list[Evidence]:
    """The evidence anew, with what answers in the matter of the best sentence first.

    Asked what became of a matter, the sentence most like the question tells only which matter is meant; the answer stands in
    another passage of it, if `filters` let it through. What isn't found there keeps its order.
    """
    best = _identifying(weigher.ask, evidence, registry)
    matter = registry.matters.of(*unit_of(best.found))
    steps = _steps_asked(weigher.ask, matter) if matter else []
    units = [unit for step in steps for unit in units_of(registry, step)] or [unit_of(best.found)]
    there = {item.found.passage.id: item.ranked for item in evidence if unit_of(item.found) in units}
    replaced_on = cache(registry.replaced_on)
    for found in (each for unit in units for each in registry.passages_of_unit(*unit, UNIT_PASSAGES, filters)):
        if found.passage.id not in there:
            later = replaced_on(found.passage.document)
            ranked = replace(best.ranked, found=found, dense=None, replaced_on=later)
            there[found.passage.id] = ranked
    oldest = min((item.found.about.date for item in evidence if item.found.about.date), default=None)
    here = weigher.weigh(list(there.values()), at_most=None, oldest=oldest)
    answering: list[Evidence] = []
    if weigher.ask.kind is Kind.VOTE:
        answering = [item for item in here if item.signals.fits == 1]
    if weigher.ask.when_decided and not _titled(best):
        return evidence
    if not answering and (
        weigher.ask.kind is Kind.DECISION or _titled(best)
    ):  # of a matter without a vote, the decision
        answering = [item for item in here if item.found.passage.status in DECISIONS]
    answering.sort(key=lambda item: _standing(weigher.ask, item, units))
    first = {item.place for item in answering}
    return [*answering, *(item for item in evidence if item.place not in first)]


def _identifying(ask: Ask, evidence: Sequence[Evidence], registry: Registry) -> Evidence:
    """The sentence that tells which matter is meant: the best; where it lacks words of the question, the first that bears them all; and
    where it stands outside all matters, the next that is nearly as good.
    """
    best = evidence[0]
    near = (item for item in evidence if item.score >= best.score - IDENTIFIES_WITHIN)
    candidates = chain([best] if _titled(best) else (), filter(_titled, evidence), near)
    meant = next((item for item in candidates if registry.matters.of(*unit_of(item.found))), best)
    return meant if ask.times or ask.numbers or ask.earlier else _latest_of_its_name(meant, evidence, registry)


def _latest_of_its_name(meant: Evidence, evidence: Sequence[Evidence], registry: Registry) -> Evidence:
    """What comes back every year or so under one name is asked about as it was decided last, where no time is named."""
    matter = registry.matters.of(*unit_of(meant.found))
    if matter is None or not _titled(meant):
        return meant
    last, found = matter.last_date or "", meant
    for item in filter(_titled, evidence):
        other = registry.matters.of(*unit_of(item.found))
        if (
            other
            and _name(other) == _name(matter)
            and (other.last_date or "") > last
            and any(map(decides, other.steps))
        ):
            last, found = other.last_date or "", item
    return found


def _name(matter: Matter) -> str:
    """The title of a matter without what changes from one year to the next."""
    return " ".join(_TIMELY.sub(" ", (matter.title or matter.id).casefold()).split())


def _titled(item: Evidence) -> bool:
    """Whether its headings bear what the question is about."""
    return item.headed >= TITLED and not item.missing


def decided_first(ask: Ask, evidence: Sequence[Evidence], registry: Registry) -> list[Evidence]:
    """The evidence anew: what was decided comes before what was proposed or asked for in the same matter, where it answers as well.

    The order stays where a proposal or an opinion is asked for, and where no words of the decision hold what is asked for.
    """
    first = evidence[0]
    wished = first.found.passage.status is Status.INFORMATION and _WISHED.search(first.words)
    if _ASKS_WISHES.search(ask.own_text) or not (wished or first.found.passage.status in ASKING):
        return list(evidence)
    if ask.standing not in (None, Status.BESLUT):
        return list(evidence)
    if ask.kind in (Kind.DECISION, Kind.YES_NO, Kind.OTHER):
        return list(evidence)  # nothing tells whether a sentence holds what these ask for
    last = next(filter(None, (_end(registry, each, first) for each in _saying_the_same(first, evidence))), None)
    units = units_of(registry, last) if last else []

    def decides_as_well(item: Evidence) -> bool:
        return (
            unit_of(item.found) in units
            and _decides(item.found)
            and not item.missing
            and item.signals.fits >= first.signals.fits
            and item.score >= first.score - DECIDED_WITHIN
        )

    decided = max(filter(decides_as_well, evidence), key=lambda item: alike(first, item), default=None)
    if decided is None:
        return list(evidence)
    # That the question is about this was told by the sentence it goes before.
    answer = replace(decided, score=first.score, signals=first.signals, beyond=first.beyond, stays=first.stays)
    return [answer, *(item for item in evidence if item is not decided)]


def _saying_the_same(first: Evidence, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """`first`, then what says the same in another paper, as the minutes repeat what was applied for."""
    yield first
    yield from (item for item in evidence if item is not first and alike(first, item) >= ALIKE)


def _end(registry: Registry, item: Evidence, first: Evidence) -> Step | None:
    """The decision that ended the matter of `item`, not before what `first` says."""
    matter = registry.matters.of(*unit_of(item.found))
    return ending(matter, first.found.about.date) if matter else None


@dataclass(frozen=True)
class Sequel:
    """What followed a proposal in its matter: it was decided, or sent back or put off (`settled` is False).

    `words` say so: the passage they stand in and the number of the sentence there; None when the decision has no words in the index.
    """

    words: tuple[Found, int] | None
    settled: bool


def sequel_of(registry: Registry, proposal: Found, evidence: Sequence[Evidence]) -> Sequel | None:
    """How the matter of a proposal went on, in words of its last decision: those that `evidence` (best first) holds, if any."""
    matter = registry.matters.of(*unit_of(proposal))
    if matter is None:
        return None
    if last := ending(matter, proposal.about.date):
        units = units_of(registry, last)
        weighed = ((item.found, item.number) for item in evidence if unit_of(item.found) in units)
        firsts = ((found, 0) for found in _passages(registry, units))
        words = next((each for each in chain(weighed, firsts) if _decides(each[0])), None)
        return Sequel(words, settled=True)
    taken = [step for step in matter.steps if step.role is Role.BESLUT and step.outcome]
    if not taken or taken[-1].outcome in FINAL:
        return None
    for found in filter(_decides, _passages(registry, units_of(registry, taken[-1]))):
        for number, span in enumerate(found.passage.sentence_spans()):
            if verdict_of([span.of(found.passage.text)], None, None).outcome is taken[-1].outcome:
                return Sequel((found, number), settled=False)
    return None


def concludes(ask: Ask, evidence: Sequence[Evidence]) -> bool:
    """Whether a decision, its day or a vote is asked for and the first sentence gives it, of a matter that bears all of the question's words."""
    if not evidence or not _titled(evidence[0]):
        return False
    first = evidence[0]
    if ask.kind is Kind.VOTE and first.signals.fits == 1:
        return True
    if ask.kind is Kind.VOTE and asks_count(ask.own_text):
        return False
    return (ask.kind in OF_MATTERS or ask.when_decided) and _decides(first.found) and first.ranked.settles


def of_another(ask: Ask, best: Evidence) -> bool:
    """Whether it is asked whose a motion is or who did what in a matter, and the best is about another."""
    least = OF_THE_MOTION if ask.put_forward else HARDLY_TITLED if ask.by_whom and ask.topic else 0.0
    return best.headed < least


def astray(ask: Ask, best: Evidence) -> bool:
    """Whether a decision is asked for and the best is of a matter whose name has little to do with the question."""
    return ask.kind is Kind.DECISION and bool(ask.topic) and best.headed < HARDLY_TITLED


def contested(registry: Registry, ask: Ask, one: Evidence, other: Evidence) -> bool:
    """Whether two documents of one matter say the same of the same standing with other figures, and none of them outranks the other."""
    first, second = one.found.passage, other.found.passage
    if ask.kind not in FIGURES or first.document == second.document or first.status is not second.status:
        return False
    if _decides(one.found) and one.found.about.date != other.found.about.date:
        return False
    figures = [numbers_in(item.words) - set(ask.numbers) for item in (one, other)]
    if not all(figures) or figures[0] & figures[1] or alike(one, other) < ALIKE:
        return False
    matters = [registry.matters.of(*unit_of(item.found)) for item in (one, other)]
    return matters[0] is not None and matters[1] is not None and matters[0].id == matters[1].id


def went_otherwise(registry: Registry, ask: Ask, best: Evidence) -> bool:
    """Whether a question takes for granted that a proposal was granted or refused ("Varför biföll …") and its matter knows no such decision."""
    presumed = presumed_outcome(ask.own_text)
    matter = registry.matters.of(*unit_of(best.found)) if presumed else None
    if matter is None:
        return False
    granted = {Outcome.BIFALL, Outcome.ANTAGEN}
    return not {step.outcome for step in matter.steps} & (granted if presumed in granted else {presumed})


def _passages(registry: Registry, units: Sequence[Unit]) -> Iterator[Found]:
    return (found for unit in units for found in registry.passages_of_unit(*unit, UNIT_PASSAGES))


def _decides(found: Found) -> bool:
    return found.passage.status is Status.BESLUT


def _standing(ask: Ask, item: Evidence, units: Sequence[Unit]) -> tuple[bool, bool, int, float]:
    """Orders what answers: of the standing asked for, neither postponed nor a vote on the way, in the step most likely meant, the likest first."""
    passage = item.found.passage
    if ask.kind is Kind.VOTE and item.signals.fits == 1:
        votes = passage.status is Status.BESLUT or VOTING.search(passage.section or "")
        return not votes, False, units.index(unit_of(item.found)), -item.score
    wanted = ask.standing if ask.standing in DECISIONS and not ask.when_decided else Status.BESLUT
    return (
        passage.status is not wanted,
        bool(POSTPONED.search(passage.text) or VOTING.search(passage.section or "")),
        units.index(unit_of(item.found)),
        -item.score,
    )


def _steps_asked(ask: Ask, matter: Matter) -> list[Step]:
    """The steps of a matter, that most likely meant first: of the time and the body named, deciding, highest, last."""

    def meant(step: Step) -> tuple[int, bool, bool, int, int]:
        named = any(same_body(body, step.body) for body in ask.bodies)
        return -_nearness(step, ask), not named, not decides(step), -rank(step.body), -matter.steps.index(step)

    return sorted(matter.steps, key=meant)


def _nearness(step: Step, ask: Ask) -> int:
    """How exactly the step is of a time that is asked about, in characters of its date: of the year, the month or the day."""
    return max((len(time) for time in ask.times if (step.date or "").startswith(time)), default=0)
