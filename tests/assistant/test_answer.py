"""What makes a sentence whole: the list that it opens, or is an entry of when a list is asked for."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from assistant.answer import told
from assistant.evidence import Evidence
from assistant.fitted import Signals
from assistant.question import understand
from assistant.retrieve import Ranked
from ingest.model import Metadata, Passage, Sentence, Span, Status
from ingest.registry import Found

NOTHING = Signals(*(0.0 for _ in fields(Signals)))
POLES = ("Stängerna är kommunens:", "kommunhuset (tre stänger),", "Folkets hall", "torget.", "De målas vart femte år.")
RULES = ("Policyn gäller stängerna vid: - kommunhuset,", "Folkets hall och", "torget.", "Skolor sköter sina egna.")
MIDST = ("Avgifter 2024", "Taxan gäller för:", "barn,", "äldre,", "föreningar.")
SHORTENED = ("Bidrag ges till:", "lokaler", "resor m.m.", "utbildning", "material.", "Sök före den 1 maj.")
NO_LIST = ("Närvarande", "Ulla Ek", "Per Sjö", "Mötet öppnas.")


def whole(question: str, sentences: tuple[str, ...], number: int) -> list[str]:
    """The sentences told when the one with this number is chosen."""
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    passage = Passage(
        id="1",
        document="a.txt",
        span=Span(0, start - 1),
        text=" ".join(sentences),
        header="",
        section=None,
        status=Status.BESLUT,
        sentences=tuple(Sentence((span,)) for span in spans),
        sentence_chars=tuple(len(sentence) for sentence in sentences),
    )
    found = Found(passage, Metadata(), np.zeros((len(spans), 2), dtype=np.float32))
    evidence = Evidence(Ranked(found, 0.0, 0.0, None, None), number, 0.0, NOTHING, ())
    (ask,) = understand(question).asks
    ((_, said),) = told(ask, [evidence], 1, lambda _: [found])
    return [sentence.of(passage.text) for sentence in said]


@pytest.mark.parametrize(
    ("question", "sentences", "number", "first", "last"),
    [
        ("Var står flaggstängerna?", POLES, 0, 0, 3),
        ("Var står flaggstängerna?", RULES, 0, 0, 2),
        ("Var står flaggstängerna?", POLES, 2, 2, 2),
        ("Vilka flaggstänger har kommunen?", POLES, 2, 0, 3),
        ("Vilka flaggstänger har kommunen?", RULES, 1, 0, 2),
        ("Vilka flaggstänger har kommunen?", POLES, 4, 4, 4),
        ("Vilka grupper gäller taxan för?", MIDST, 2, 1, 4),
        ("Vad ges det bidrag till?", SHORTENED, 0, 0, 4),
        ("Vilka var närvarande?", NO_LIST, 1, 1, 1),
    ],
)
def test_a_list_is_told_whole(question: str, sentences: tuple[str, ...], number: int, first: int, last: int) -> None:
    assert whole(question, sentences, number) == list(sentences[first : last + 1])


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("Därför ska bolaget betala en avgift.", True),
        ("Hon yrkar bifall till förslaget.", True),
        ("Hans yrkande avslås.", True),
        ("Detta innebär en högre avgift.", True),
        ("Hans Lindberg (S) yrkar bifall.", False),
        ("Hans-Erik Ek reserverar sig.", False),
        ("Detta avtal gäller till och med 2024.", False),
        ("Därför att medel saknas avslås motionen.", False),
        ("Då nämnden saknar medel avslås motionen.", False),
        ("Bolaget betalar en avgift.", False),
    ],
)
def test_a_sentence_that_points_back_is_told_with_the_one_before(sentence: str, leans: bool) -> None:
    sentences = ("Lån med borgen blir billigare.", sentence, "Avgiften är 0,35 procent.")
    assert whole("Varför tas en avgift ut?", sentences, 1) == list(sentences[0 if leans else 1 : 2])
    assert whole("Varför tas en avgift ut?", sentences[1:], 0) == [sentence]
