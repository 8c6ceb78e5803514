"""Yes and no are said only where the words decide it."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from assistant.evidence import Evidence
from assistant.fitted import Signals
from assistant.question import understand
from assistant.retrieve import Ranked
from assistant.yes_no import yes_or_no
from ingest.model import Metadata, Passage, Sentence, Span, Status
from ingest.registry import Found

NOTHING = Signals(*(0.0 for _ in fields(Signals)))


def said(
    question: str, words: str, within: float = 1.0, status: Status = Status.BESLUT, settles: bool = False
) -> bool | None:
    span = Span(0, len(words))
    passage = Passage(
        id="1",
        document="a.txt",
        span=span,
        text=words,
        header="",
        section=None,
        status=status,
        sentences=(Sentence((span,)),),
        sentence_chars=(len(words),),
    )
    ranked = Ranked(Found(passage, Metadata(), np.zeros((1, 2), dtype=np.float32)), 0.0, 0.0, None, settles=settles)
    (ask,) = understand(question).asks
    return yes_or_no(ask, Evidence(ranked, 0, 0.0, replace(NOTHING, within=within), ()))


def test_a_sentence_that_says_it_all_affirms() -> None:
    assert said("Ska badet stängas på måndagar?", "Badet ska stängas på måndagar.") is True
    assert said("Ska badet stängas på måndagar?", "Badet ska stängas.", within=0.8) is None
    assert said("Ska badet inte stängas på måndagar?", "Badet ska inte stängas på måndagar.") is True


def test_a_denial_says_no() -> None:
    assert said("Can a party apply for grants?", "Bidrag lämnas inte till politiska partier.", within=0.6) is False
    assert said("Can a party apply for grants?", "Bidrag lämnas inte till företag.", within=0.3) is None
    assert said("Får elever inte åka gratis?", "Elever får åka gratis med bussen.") is False


@pytest.mark.parametrize(
    ("question", "words", "status"),
    [
        ("Ska badet stängas?", "Badet ska stängas.", Status.FÖRSLAG),
        ("Ska badet stängas?", "Badet ska stängas.", Status.MOTION),
        ("Ska badet stängas?", "Badet ska stängas om Sörby fattar samma beslut.", Status.BESLUT),
        ("Ska badet stängas?", "Fritidschefen anser att badet ska stängas.", Status.INFORMATION),
        ("Kostar badet 50 kronor?", "Badet kostar 60 kronor.", Status.BESLUT),
        ("Ska badet stängas?", "Ja för att badet ska stängas.", Status.INFORMATION),
        ("Fick nämnden en anmärkning?", "Nej för anmärkning mot nämnden.", Status.INFORMATION),
        ("Ska badet stängas eller byggas om?", "Badet ska stängas.", Status.BESLUT),
        ("När ska badet stängas?", "Badet ska stängas.", Status.BESLUT),
    ],
)
def test_a_proposal_a_reservation_another_number_and_an_alternative_decide_nothing(
    question: str, words: str, status: Status
) -> None:
    assert said(question, words, status=status) is None


@pytest.mark.parametrize(
    ("question", "words", "went"),
    [
        ("Bifölls motionen om badet?", "Kommunfullmäktige avslår motionen.", False),
        ("Was the motion on the baths rejected?", "Kommunfullmäktige avslår motionen.", True),
        ("Bifölls motionen om badet?", "Kommunfullmäktige bifaller motionen.", True),
        ("Bifölls motionen om badet?", "Motionen anses besvarad.", None),
        ("Avslogs motionen om badet?", "Motionen bifalls i den del det gäller bryggan.", None),
        ("Bifölls motionen om badet?", "Kommunfullmäktige bifaller motionen delvis.", None),
    ],
)
def test_what_became_of_a_matter_decides(question: str, words: str, went: bool | None) -> None:
    assert said(question, words, within=0.2, settles=True) is went
    assert said(question, words, within=0.2, settles=False) is None
