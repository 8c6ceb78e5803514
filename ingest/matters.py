"""Matters (ärenden): what was set going, proposed, decided and changed later, in order and with its outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from ingest.body_keys import rank
from ingest.linking import decisions_named, in_time, link
from ingest.mentions import dnr_key
from ingest.model import Status
from ingest.outcome import FINAL, Outcome
from ingest.units import Unit

ID_CHARS = 12


class Role(StrEnum):
    """What a step is to its matter."""

    INITIATIV = "initiativ"  # motion, medborgarförslag, interpellation, application: what set it going
    FÖRSLAG = "förslag"  # a memo (tjänsteskrivelse) that proposes a decision
    BEREDNING = "beredning"  # a body proposes to a higher one, or gives its opinion
    BESLUT = "beslut"
    ÄNDRING = "ändring"  # a decision that changes or cancels an earlier one
    UPPFÖLJNING = "uppföljning"  # noted after a decision: a report, an account
    HANDLING = "handling"  # any other paper: what was adopted, a contract, a letter


@dataclass(frozen=True)
class Step:
    """One step of a matter: a § of minutes (`paragraph`) or a whole other paper; what isn't said is None."""

    document: str
    paragraph: str | None
    number: str | None  # of the § that it is or is an extract of
    date: str | None
    body: str | None
    title: str | None
    role: Role
    status: Status
    outcome: Outcome | None  # of this step, when it decides

    def as_json(self) -> dict[str, Any]:
        """The step as plain values, `paragraph` being the number of its §."""
        shown = {key: value for key, value in asdict(self).items() if key != "number"}
        return shown | {"paragraph": self.number}


@dataclass(frozen=True)
class Matter:
    """A matter with its steps by date; `outcome` is that of the last deciding step of the highest body."""

    id: str
    title: str | None
    dnr: str | None
    municipality: str | None
    outcome: Outcome | None
    steps: tuple[Step, ...]

    @property
    def first_date(self) -> str | None:
        return min((step.date for step in self.steps if step.date), default=None)

    @property
    def last_date(self) -> str | None:
        return max((step.date for step in self.steps if step.date), default=None)

    def as_json(self) -> dict[str, Any]:
        """The matter as plain dicts and lists."""
        return {
            "id": self.id,
            "title": self.title,
            "dnr": self.dnr,
            "municipality": self.municipality,
            "outcome": self.outcome,
            "first_date": self.first_date,
            "last_date": self.last_date,
            "steps": [step.as_json() for step in self.steps],
        }


@dataclass(frozen=True)
class Change:
    """A later decision that changes or cancels an earlier one, of the same matter or another."""

    document: str
    paragraph: str | None
    changed_document: str
    changed_paragraph: str | None
    how: str  # "ändrar" or "upphäver"


_INITIATIVES = frozenset({"motion", "medborgarförslag", "interpellation", "ansökan", "e-förslag"})
_MEMOS = frozenset({"tjänsteskrivelse", "tjänsteutlåtande"})


def matters_of(units: Sequence[Unit]) -> list[Matter]:
    """The matters that the units make, ordered by id; the order of `units` doesn't matter."""
    return sorted(map(_matter, link(units)), key=lambda matter: matter.id)


def changes_of(units: Sequence[Unit]) -> list[Change]:
    """Which decisions change which, as their own words say; the later one always changes the earlier."""
    found = {
        Change(one.document, one.paragraph, other.document, other.paragraph, reference.how)
        for one, other, reference in decisions_named(sorted(units, key=lambda unit: unit.key))
        if reference.how
        and one.decision
        and (other.date or "") < (one.date or "")
        and not one.verdict.proposes
        and one.municipality == other.municipality
    }
    return sorted(found, key=lambda change: (change.document, change.paragraph or "", change.changed_document))


def _matter(units: list[Unit]) -> Matter:
    steps: list[Step] = []
    for number, unit in enumerate(units):
        steps.append(_step(unit, units[:number], steps))
    first = min(units, key=in_time)
    titles = Counter(unit.title for unit in units if unit.title and (unit.decision or unit.kind in _MEMOS))
    titles = titles or Counter(unit.title for unit in units if unit.title)
    dnrs = Counter(unit.dnr for unit in units if dnr_key(unit.dnr))
    return Matter(
        id=sha256("\0".join(first.key).encode()).hexdigest()[:ID_CHARS],
        title=titles.most_common(1)[0][0] if titles else None,
        dnr=dnrs.most_common(1)[0][0] if dnrs else None,
        municipality=first.municipality,
        outcome=_outcome_of_matter(list(zip(units, steps, strict=True))),
        steps=tuple(steps),
    )


def _step(unit: Unit, before: Sequence[Unit], steps: Sequence[Step]) -> Step:
    outcome = _outcome(unit, before) if unit.decision and not unit.verdict.proposes else None
    return Step(
        document=unit.document,
        paragraph=unit.paragraph,
        number=unit.number,
        date=unit.date,
        body=unit.body,
        title=unit.title,
        role=_role(unit, outcome, steps),
        status=unit.status,
        outcome=outcome,
    )


def _outcome(unit: Unit, before: Sequence[Unit]) -> Outcome | None:
    """What a deciding step decided; a proposal granted without its words is looked up among the steps before it."""
    verdict = unit.verdict
    if verdict.outcome:
        return verdict.outcome
    proposed = [earlier.verdict for earlier in before if earlier.verdict.proposes or not earlier.decision]
    if verdict.as_proposed:
        return next((earlier.outcome for earlier in reversed(proposed) if earlier.outcome), Outcome.BIFALL)
    if verdict.decides and (before or unit.on_proposal):
        return Outcome.BIFALL
    return None


def _role(unit: Unit, outcome: Outcome | None, steps: Sequence[Step]) -> Role:
    if unit.kind in _INITIATIVES:
        return Role.INITIATIV
    if unit.kind in _MEMOS:
        return Role.FÖRSLAG
    if not unit.decision:
        return Role.INITIATIV if unit.kind == "e-post" and not steps else Role.HANDLING
    if unit.verdict.proposes:
        return Role.BEREDNING
    decided = any(step.outcome in FINAL for step in steps if (step.date or "") < (unit.date or ""))
    if not decided:
        return Role.BESLUT
    if outcome in FINAL or outcome is Outcome.ÅTERREMISS:
        return Role.ÄNDRING
    return Role.UPPFÖLJNING if outcome is None else Role.BESLUT


def _outcome_of_matter(steps: Sequence[tuple[Unit, Step]]) -> Outcome | None:
    """That of the last deciding step of the highest body that has had the matter before it.

    A paper that says which decision adopted it stands for that decision where the minutes are missing.
    """
    told = []
    for unit, step in steps:
        if unit.adopted and unit.kind not in _MEMOS:  # a memo names what was adopted before it
            told.append((rank(unit.adopted.body), unit.adopted.date, False, Outcome.ANTAGEN))
        elif step.outcome:
            told.append((rank(unit.body), unit.date or "", True, step.outcome))
    highest = max((body for body, _, _, _ in told), default=0)
    deciding = [
        (day, itself, outcome)
        for body, day, itself, outcome in told
        if body == highest and outcome is not Outcome.BORDLAGD
    ]
    return max(deciding, key=lambda each: each[:2])[2] if deciding else None
