"""Fitting: what tells right sentences from wrong ones gets weight, what doesn't gets none, and what errs together is held out together."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, fields, replace

import numpy as np
import pytest

from assistant.evidence import Evidence
from assistant.fitted import Calibration, Fitted, Grounds, Signals, fitted, parse
from assistant.kinds import Kind
from assistant.model import Language
from assistant.question import understand
from assistant.retrieve import Ranked
from evals.cases import Gold
from evals.fit import GOLD_ONLY, Example, cross_validated, examples_of, first_of, fit, fit_ranking, quality, render
from ingest.model import Metadata, Passage, Sentence, Span, Status
from ingest.registry import Found
from tests.evals.builders import case

NOTHING = Signals(*(0.0 for _ in fields(Signals)))


def evidence(text: str, signals: Signals = NOTHING, document: str = "a.txt", missing: Sequence[str] = ()) -> Evidence:
    span = Span(0, len(text))
    passage = Passage(
        id=f"{document}-{text}",
        document=document,
        span=span,
        text=text,
        header="",
        section=None,
        status=Status.INFORMATION,
        sentences=(Sentence((span,)),),
        sentence_chars=(len(text),),
    )
    found = Found(passage, Metadata(), np.zeros((1, 2), dtype=np.float32))
    return Evidence(Ranked(found, 0.0, 0.0, None), 0, 0.0, signals, tuple(missing))


BATH = case(
    question="Vad kostar badet?", facts=(("50 kronor",),), evidence=((Gold("a.txt", "Badet kostar 50 kronor."),),)
)


def example(number: int, *, fits: float, noise: random.Random, language: Language = "sv") -> Example:
    """Two sentences, of which the one that `fits` is right; likeness is noise."""
    items = tuple(
        evidence(
            f"{place}", replace(NOTHING, fits=worth, likeness=noise.random(), within=worth), document=f"{place}.txt"
        )
        for place, worth in enumerate((fits, 1 - fits))
    )
    right = np.array([fits > 0.5, fits <= 0.5])
    return Example(
        cluster=f"{number}",
        language=language,
        answerable=True,
        evidence=items,
        signals=np.array([[getattr(item.signals, field.name) for field in fields(Signals)] for item in items]),
        worth=right.astype(float),
        right=right,
    )


@pytest.fixture
def examples() -> list[Example]:
    noise = random.Random(7)
    languages: tuple[Language, Language] = ("sv", "en")
    return [example(n, fits=float(n % 3 == 0), noise=noise, language=languages[n % 2]) for n in range(60)]


def test_a_sentence_is_worth_its_fact_and_its_place() -> None:
    items = [evidence("Badet kostar 50 kronor."), evidence("Priset är 50 kronor."), evidence("Badet är öppet.")]
    (found,) = examples_of([BATH], lambda each: (understand(each.question), (items,)))
    assert found.worth.tolist() == [1.0, 0.0, 0.0]
    assert found.right.tolist() == [True, True, False]  # a fact is a fact wherever it stands
    elsewhere = replace(BATH, facts=(("i juni",),))
    (found,) = examples_of([elsewhere], lambda each: (understand(each.question), (items,)))
    assert found.worth.tolist() == [GOLD_ONLY, 0.0, 0.0]
    assert found.right.tolist() == [True, False, False]  # no sentence says the fact: the gold one comes nearest


def test_a_question_for_several_things_or_without_evidence_teaches_nothing() -> None:
    items = [evidence("Badet kostar 50 kronor.")]
    assert examples_of([BATH], lambda each: (understand(each.question), (items, items))) == ()
    assert examples_of([BATH], lambda each: (understand(each.question), ([],))) == ()


def test_what_tells_gets_weight_and_noise_gets_little(examples: list[Example]) -> None:
    ranking = fit_ranking(examples)
    assert ranking.fits > 10 * abs(ranking.likeness)
    assert ranking.row == 0
    numbers = fit(examples)
    assert quality(examples, numbers) == {"first": 1.0, "right": 1.0}
    assert cross_validated(examples)["first"] == 1.0


def test_fitting_is_the_same_each_time(examples: list[Example]) -> None:
    assert fit(examples) == fit(examples)


def test_what_errs_together_is_held_out_together(examples: list[Example]) -> None:
    together = [replace(each, cluster="same") for each in examples]
    assert cross_validated(together) == {"first": 0.0, "right": 0.0}  # nothing is left to learn from


def test_the_lead_is_over_another_document(examples: list[Example]) -> None:
    ranking = replace(NOTHING, fits=2.0)
    first = first_of(examples[0], ranking)
    assert (first.grounds.score, first.grounds.margin) == (2.0, 2.0)
    assert first.right
    assert first.named


def test_a_name_in_vain_is_never_answered() -> None:
    items = (evidence("Badet kostar 50 kronor.", missing=["Norrby"]),)
    unanswerable = Example("x", "sv", False, items, np.zeros((1, len(fields(Signals)))), np.zeros(1), np.array([False]))
    always = Calibration(9.0, Grounds(*(0.0 for _ in fields(Grounds))), 0.5)
    assert quality([unanswerable], Fitted(NOTHING, {"sv": always, "en": always})) == {"first": 0.0, "right": 1.0}


def test_what_is_written_is_what_is_read(examples: list[Example]) -> None:
    numbers = fit(examples)
    assert parse(render(numbers)) == numbers
    assert json.loads(render(numbers)) == asdict(numbers)


def test_the_numbers_in_force_say_what_is_meant() -> None:
    ranking = fitted().ranking
    assert min(ranking.likeness, ranking.unit, ranking.fits, ranking.within, ranking.recent) > 0
    assert ranking.overtaken < 0 < ranking.asked
    assert understand("Vad kostar badet?").asks[0].kind is Kind.AMOUNT
