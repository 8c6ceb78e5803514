"""Outcomes: what became of each settled matter of an index, asked for by its title, and whether its last decision answers.

Needs no cases written by hand, so that it measures any municipality's own index. Titles are the documents' words: it tells how well
decisions are followed through their matters, not how well other words for them are understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.model import Answer, Language
from assistant.units import decides
from evals.rates import Rate, Sample, proportion
from evals.run import Product, Tick
from evals.tally import yes
from ingest.matters import Matter, Step
from ingest.model import Status

FORMS: tuple[tuple[Language, str], ...] = (
    ("sv", "Hur gick det med {topic}?"),
    ("sv", "Vad beslutades om {topic}?"),
    ("sv", "Har {topic} avgjorts?"),
    ("sv", "När avgjordes {topic}?"),
    ("en", "What became of {topic}?"),
    ("en", "What was decided on {topic}?"),
    ("en", "When was {topic} decided?"),
)
MAX_TITLE_CHARS = 140  # longer ones nobody asks for

_INITIATIVE = re.compile(
    r"(?i)\b(?P<kind>motion|medborgarförslag|e-förslag)(?:en|et)?\b.*?\b(?:om|angående|gällande) (?P<what>.+)"
)
_DEFINITE = {
    "motion": ("motionen", "the motion"),
    "medborgarförslag": ("medborgarförslaget", "the citizen’s proposal"),
    "e-förslag": ("e-förslaget", "the e-proposal"),
}
_TIMELY = re.compile(r"\d+")


@dataclass(frozen=True)
class Inquiry:
    """A question and the step whose decision answers it."""

    question: str
    form: str
    matter: str
    decision: Step


@dataclass(frozen=True)
class Outcomes:
    """Of how many questions the last decision is cited first, by form and in all."""

    matters: int
    by_form: tuple[tuple[str, Rate], ...]
    overall: Rate
    wrong: tuple[tuple[Inquiry, Answer], ...]

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values; of what went wrong the question and the answer."""
        return {
            "matters": self.matters,
            "forms": {form: asdict(rate) for form, rate in self.by_form},
            "overall": asdict(self.overall),
            "wrong": [{"question": inquiry.question, "answer": answer.answer} for inquiry, answer in self.wrong],
        }


def inquiries(matters: Sequence[Matter]) -> tuple[Inquiry, ...]:
    """Each settled matter with a title of its own in every form; those that come back under one name are left out."""
    names = Counter(_TIMELY.sub("", matter.title or "").casefold() for matter in matters)
    return tuple(
        Inquiry(form.format(topic=_topic(matter.title, language)), form, matter.id, last)
        for matter in matters
        if matter.title
        and len(matter.title) <= MAX_TITLE_CHARS
        and names[_TIMELY.sub("", matter.title).casefold()] == 1
        for last in _last_decision(matter)
        for language, form in FORMS
    )


def measure(asked: Sequence[Inquiry], product: Product, tick: Tick = lambda: None) -> Outcomes:
    """Ask each question and count those whose first citation is the decision that its matter ended with."""
    samples: dict[str, list[Sample]] = {}
    wrong = []
    for inquiry in asked:
        answer = product.ask(inquiry.question)
        right = _rests_on(answer, inquiry.decision)
        samples.setdefault(inquiry.form, []).append(Sample(yes(right), inquiry.matter))
        if not right:
            wrong.append((inquiry, answer))
        tick()
    overall = proportion([sample for each in samples.values() for sample in each])
    by_form = tuple((form, rate) for form, each in samples.items() if (rate := proportion(each)))
    assert overall is not None
    return Outcomes(len({inquiry.matter for inquiry in asked}), by_form, overall, tuple(wrong))


def render(outcomes: Outcomes) -> str:
    """The figures as lines of a table."""
    rows = [*outcomes.by_form, ("in all", outcomes.overall)]
    width = max(len(form) for form, _ in rows)
    lines = [
        f"{form:{width}}  {rate.value:6.1%}  ({rate.low:.0%}–{rate.high:.0%}, n = {rate.n})" for form, rate in rows
    ]
    return "\n".join([f"{outcomes.matters} settled matters; answers that rest on the decision each ended with", *lines])


def _last_decision(matter: Matter) -> Iterator[Step]:
    deciding = [step for step in matter.steps if decides(step)]
    yield from deciding[-1:]


def _topic(title: str, language: Language) -> str:
    """The matter as one speaks of it: "motionen om cykelställ", or its title."""
    if found := _INITIATIVE.search(title):
        swedish, english = _DEFINITE[found["kind"].casefold()]
        what = found["what"].strip(" .")
        return f"{swedish} om {what}" if language == "sv" else f"{english} on “{what}”"
    return title if language == "sv" else f"“{title}”"


def _rests_on(answer: Answer, decision: Step) -> bool:
    return any(
        citation.document == decision.document
        and decision.paragraph in (None, citation.paragraph)
        and citation.status == Status.BESLUT
        for citation in answer.citations[:1]
    )
