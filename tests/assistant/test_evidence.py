"""Weighing: of many sentences the best at a glance are weighed, and words that meet the question's speak for a sentence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.evidence import GLANCED, Weigher, fits, missing
from assistant.kinds import Kind
from assistant.question import understand
from assistant.retrieve import USUAL, USUALLY_SUITED, Ranked, Sought, sought
from assistant.words import weigh_words
from ingest.encode import Seen
from ingest.model import Metadata, Passage, Sentence, Span, Status
from ingest.registry import Found
from tests.encoders import ToyEncoder

QUESTION = "Vad kostar bryggan?"
ENCODER = ToyEncoder()


def ranked(number: int, *sentences: str) -> Ranked:
    """A passage of these sentences, each a line of its document."""
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    text = " ".join(sentences)
    passage = Passage(
        id=f"{number:03}",
        document=f"{number}.txt",
        span=Span(0, len(text)),
        text=text,
        header="",
        section=None,
        status=Status.INFORMATION,
        sentences=tuple(Sentence((span,)) for span in spans),
        sentence_chars=tuple(map(len, sentences)),
    )
    seen: Seen = ENCODER.encode_spans(text, spans)
    return Ranked(Found(passage, Metadata(), seen.spans, seen.words), 0.0, 0.0, None)


def weigher(search: Sought) -> Weigher:
    (ask,) = understand(QUESTION).asks
    nothing = weigh_words((), {}, 1)
    return Weigher(ask, search, nothing, nothing, nothing, lambda *_: "")


def test_of_many_sentences_the_best_at_a_glance_are_weighed() -> None:
    several = [
        ranked(number, *(f"Båten {number**3}{place**5} och en {place**7}." for place in range(10)))
        for number in range(10)
    ]
    several.append(ranked(99, "Bryggan kostar 40 kronor."))
    weighing = weigher(sought(ENCODER, [QUESTION])[0])
    some, everything = weighing.weigh(several), weighing.weigh(several, at_most=None)
    assert len(everything) == 101
    assert GLANCED <= len(some) < len(everything)
    assert some[0].words == everything[0].words == "Bryggan kostar 40 kronor."
    assert {item.place for item in some} < {item.place for item in everything}
    assert weighing.weigh([]) == []


def test_words_that_meet_the_question_speak_for_a_sentence() -> None:
    one, other = ranked(2, "Bryggan kostar mycket."), ranked(1, "Hamnen och båtarna.")
    alike = [
        replace(each, found=replace(each.found, sentence_vectors=one.found.sentence_vectors)) for each in (other, one)
    ]
    search = sought(ENCODER, [QUESTION])[0]
    assert weigher(search).weigh(alike)[0].found.passage.id == "002"
    without = [item.score for item in weigher(replace(search, asked=None)).weigh(alike)]
    assert without[0] == without[1]


def test_where_words_cannot_be_compared_they_are_taken_as_usual() -> None:
    found = ranked(1, "Bryggan kostar mycket.", "Hamnen.").found
    search = sought(ENCODER, [QUESTION])[0]
    assert np.array_equal(replace(search, asked=None).met_by(found).by_each, np.full(2, USUAL, dtype=np.float32))
    assert np.array_equal(search.met_by(replace(found, words=None)).by_each, np.full(2, USUAL, dtype=np.float32))
    assert search.met_by(found).by_each[0] > search.met_by(found).by_each[1]
    for unknown in (replace(search, asked=None).suited_by(found), search.suited_by(replace(found, words=None))):
        assert np.array_equal(unknown, np.full(2, USUALLY_SUITED, dtype=np.float32))
    assert search.suited_by(found).tolist() == [0, 0]  # the toy encoder expects no sort of thing more than another


def test_what_tells_nothing_is_no_evidence() -> None:
    search = sought(ENCODER, [QUESTION])[0]
    furniture = ("Se bilaga 3.", "Utdragets riktighet bestyrks", "Justerandes sign.")
    evidence = weigher(search).weigh([ranked(1, "Bryggan kostar två kronor.", *furniture)])
    assert [item.words for item in evidence] == ["Bryggan kostar två kronor."]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Vilka reserverade sig mot beslutet?", True),
        ("Vem lämnade en reservation mot taxan?", True),
        ("Who entered a reservation?", True),
        ("Which councillors dissented?", True),
        ("Vad gäller för en markreservation?", False),
        ("Hur länge är tomten reserverad?", False),
        ("How long can a plot be reserved?", False),
    ],
)
def test_who_reserved_themselves_is_answered_only_by_a_reservation(question: str, asked: bool) -> None:
    (ask,) = understand(question).asks
    assert missing(ask, "Nämnden beslutar att anta taxan.") == (("reservation",) if asked else ())
    for text in ("Ulla Ek (S) reserverar sig mot beslutet.", "Reservation\nUlla Ek (S)"):
        assert missing(ask, text) == ()


def test_a_reservation_is_missed_beside_the_names_and_numbers() -> None:
    (ask,) = understand("Varför reserverade sig Ulla Ek mot § 23?").asks
    assert missing(ask, "Nämnden antar taxan.") == ("reservation", "Ulla", "Ek", "§ 23")
    assert missing(ask, "§ 23 Ulla Ek (S) reserverar sig mot beslutet.") == ()


@pytest.mark.parametrize(
    ("sentence", "worth"),
    [
        ("Taxan gäller från den 1 juli 2024.", 1.0),
        ("Genomförandetiden är tio år.", 0.8),
        ("Väntetiden är högst 30 minuter.", 0.8),
        ("Pengarna betalas ut den sista bankdagen i månaden.", 0.8),
        ("Bron öppnar hösten efter.", 0.8),
        ("Taxan är 900 kronor.", 0.0),
    ],
)
def test_durations_and_days_without_a_date_answer_when(sentence: str, worth: float) -> None:
    assert fits(Kind.WHEN, sentence, Status.BESLUT) == worth
