"""Timeline: the steps a matter took, with the one that is being read, what changed it later, and what isn't there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.matters import Matter, Role, Step
from ingest.model import DECISIONS, Span, Status
from ingest.outcome import FINAL, Outcome
from ingest.registry import Registry


class Missing(StrEnum):
    """A step that a matter must have had, and no document of the index is."""

    PROPOSAL = "proposal"
    DECISION = "decision"


@dataclass(frozen=True)
class Event:
    """A step with the words to read of it (None: the whole paper), and whether it is the one being read.

    `how` says of a later decision outside the matter that it "ändrar" or "upphäver" one of its steps.
    """

    step: Step
    words: Span | None
    present: bool
    how: str | None = None


@dataclass(frozen=True)
class Timeline:
    """A matter's events by date; `papers` are kind and date of papers its steps name that aren't in the index."""

    matter: Matter
    events: tuple[Event, ...]
    papers: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]


def timeline_of(registry: Registry, matter: Matter, document: str, paragraphs: Sequence[str | None]) -> Timeline:
    """The timeline of a matter, read at some §§ of a document; without any, at the document as a whole."""
    read = set(paragraphs)

    def is_read(step: Step) -> bool:
        return step.document == document and (step.paragraph is None or not read or step.paragraph in read)

    steps = [(step, None) for step in matter.steps]
    within = {(step.document, step.paragraph) for step in matter.steps}
    later = {
        (change.document, change.paragraph): change.how
        for step in matter.steps
        for change in registry.matters.changes_to(step.document, step.paragraph)
    }
    changes = [
        (step, how)
        for (other, paragraph), how in later.items()
        if (other, paragraph) not in within and (step := _step_of(registry, other, paragraph))
    ]
    everything = [*steps, *sorted(changes, key=lambda each: each[0].date or "")]
    return Timeline(
        matter,
        tuple(Event(step, _words(registry, step), is_read(step), how) for step, how in everything),
        tuple(registry.matters.papers_missed(matter.id)),
        tuple(_missing(matter)),
    )


def ending(matter: Matter, since: str | None) -> Step | None:
    """The step that a matter ended with on the day `since` or later: the decision, or the paper that it adopted."""
    if matter.outcome not in FINAL:
        return None
    decisions = [s for s in matter.steps if s.role in {Role.BESLUT, Role.ÄNDRING} and s.outcome is matter.outcome]
    adopted = [s for s in matter.steps if s.role is Role.HANDLING and s.status is Status.BESLUT]
    after = [step for step in (decisions or adopted)[-1:] if (step.date or "") >= (since or "")]
    return after[0] if after else None


def _step_of(registry: Registry, document: str, paragraph: str | None) -> Step | None:
    """A later decision as the step that it is of its own matter."""
    matter = registry.matters.of(document, paragraph)
    return (
        next((s for s in matter.steps if (s.document, s.paragraph) == (document, paragraph)), None) if matter else None
    )


def _words(registry: Registry, step: Step) -> Span | None:
    """Where a § begins, or what a paper that proposes or decides puts forward."""
    passages = [passage for passage in registry.outline(step.document) if step.paragraph in (None, passage.paragraph)]
    deciding = [passage for passage in passages if passage.status in DECISIONS and passage.status is step.status]
    if deciding:
        return deciding[0].span
    return passages[0].span if passages and step.paragraph is not None else None


def _missing(matter: Matter) -> list[Missing]:
    roles = {step.role for step in matter.steps}
    decided = any(
        step.role in {Role.BESLUT, Role.ÄNDRING} and step.outcome not in {Outcome.BORDLAGD, Outcome.ÅTERREMISS}
        for step in matter.steps
    )
    missing = []
    if decided and not roles & {Role.FÖRSLAG, Role.BEREDNING, Role.INITIATIV}:
        missing.append(Missing.PROPOSAL)
    if not decided and matter.outcome not in FINAL and roles & {Role.FÖRSLAG, Role.BEREDNING, Role.INITIATIV}:
        missing.append(Missing.DECISION)
    return missing
