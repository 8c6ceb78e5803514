"""Cases and answers in a few words, and a product that gives answers written down beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.model import Answer, Citation, Hit, Precedent, Precedents, Timings, Turn
from evals.answers import Stored
from evals.cases import AnyCase, Case, Gold, PrecedentCase
from evals.fingerprint import Fingerprint

TEXT = "Köpings kommun betalar årligen in 375 000 kronor.\nBeslutet fattas den 2 april 2023."
DOCUMENT = "koping/a.txt"


def case(identity: str = "c1", **changes: Any) -> Case:
    """A question about a sum, answerable, with one fact and one evidence group; `changes` are fields."""
    base = Case(
        id=identity,
        question="Vad betalar kommunen?",
        lang="sv",
        answerable=True,
        facts=(("375 000", "375000"),),
        evidence=((Gold(DOCUMENT, "betalar årligen in 375 000 kronor"),),),
        tags=("amount",),
    )
    return replace(base, **changes)


def unanswerable(identity: str = "u1", **changes: Any) -> Case:
    return case(identity, **{"answerable": False, "facts": (), "evidence": (), "tags": ("absent",), **changes})


def precedent_case(identity: str = "p1", *relevant: str, **changes: Any) -> PrecedentCase:
    base = PrecedentCase(identity, relevant or (DOCUMENT,), tags=("precedent",), query="samordningsförbund")
    return replace(base, **changes)


def citation(quote: str = "betalar årligen in 375 000 kronor", document: str = DOCUMENT, /, **changes: Any) -> Citation:
    base = Citation.bare(document, TEXT.find(quote), quote, "förslag")
    return replace(base, **changes)


def hit(text: str, document: str = DOCUMENT) -> Hit:
    return Hit(document, 0, len(text), 0.5, text)


def answer(text: str = "Kommunen betalar 375 000 kronor. [1]", *citations: Citation, **changes: Any) -> Answer:
    base = Answer(
        question="Vad betalar kommunen?",
        language="sv",
        answer=text,
        abstained=False,
        confidence=0.9,
        engine="extractive",
        statements=(),
        citations=citations,
        retrieved=(),
        timings_ms=Timings(embed=1.0, retrieve=1.0, answer=1.0, total=3.0),
    )
    return replace(base, **changes)


def abstention(**changes: Any) -> Answer:
    return answer("Handlingarna svarar inte på det.", abstained=True, **changes)


def found(*documents: str) -> Precedents:
    return Precedents(
        "samordningsförbund",
        tuple(
            Precedent(document, None, "okänd", None, None, None, None, 1.0 / rank, "…")
            for rank, document in enumerate(documents, start=1)
        ),
    )


def fingerprint(**changes: Any) -> Fingerprint:
    base = Fingerprint(
        code="c0de",
        corpus="c0",
        model="m0",
        settings="5e",
        scoring="5c",
        cases="ca",
        libraries={"python": "3.11"},
        date="2026-11-21T10:00:00",
    )
    return replace(base, **changes)


def text_of(document: str) -> str | None:
    return {DOCUMENT: TEXT}.get(document)


def stored(**answers: Answer | Precedents | str) -> dict[str, Stored]:
    """Lines by id; a text is the message of a crash."""
    return {
        identity: {"id": identity, "error": given}
        if isinstance(given, str)
        else {"id": identity, **json.loads(json.dumps(given.as_json()))}
        for identity, given in answers.items()
    }


def timed(total: float, given: Answer | None = None) -> Answer:
    return replace(given or answer(), timings_ms=Timings(1.0, 1.0, 1.0, total))


CASES: tuple[AnyCase, ...] = (
    case("right", tags=("amount", "flagship")),
    case("wrong", lang="en"),
    case("crash"),
    unanswerable("silent"),
    precedent_case("near", "a", "b"),
    precedent_case("far", "z"),
)
ANSWERS = stored(
    right=timed(10, answer("375 000 kronor [1]", citation(), retrieved=(hit("betalar årligen in 375 000 kronor"),))),
    wrong=timed(30, answer("Vet inte, 3 kronor")),
    crash="ValueError: trasig",
    silent=timed(20, abstention()),
    near=found("x", "a", "y"),
    far=found("1", "2", "3", "4", "5", "z"),
)


@dataclass
class FakeProduct:
    """Answers by question (an exception is raised), remembers what it was asked, abstains from the rest."""

    answers: Mapping[str, Answer | Exception] = field(default_factory=dict)
    precedents_by_query: Mapping[str, Precedents] = field(default_factory=dict)
    asked: list[tuple[str, tuple[Turn, ...], Mapping[str, str] | None]] = field(default_factory=list)
    fingerprint: str = "toy"

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Mapping[str, str] | None = None) -> Answer:
        self.asked.append((question, tuple(history), filters))
        given = self.answers.get(question, abstention())
        if isinstance(given, Exception):
            raise given
        return given

    def precedents(self, text: str | None = None, document: str | None = None, k: int = 10) -> Precedents:
        assert k >= 10
        return self.precedents_by_query.get(text or document or "", Precedents(text or ""))

    def documents(self) -> Mapping[str, str]:
        return {DOCUMENT: "hash"}

    def text_of(self, document: str) -> str | None:
        return text_of(document)
