"""Weighing: of many sentences the best at a glance are weighed, and words that meet the question's speak for a sentence."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from assistant.evidence import GLANCED, ROW_WITHIN, Evidence, Weigher, fits, likest_row_first, missing
from assistant.fitted import Signals
from assistant.kinds import Kind
from assistant.model import Turn
from assistant.question import understand
from assistant.retrieve import USUAL, USUALLY_SUITED, Ranked, Sought, sought
from assistant.service import WEIGHED, _worth_weighing
from assistant.units import unit_of
from assistant.words import weigh_words
from ingest.encode import Seen
from ingest.model import Metadata, Passage, Row, Sentence, Span, Status
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


def weighed(question: str, *sentences: str, about: Metadata | None = None) -> dict[str, Evidence]:
    """The sentences of one passage, weighed for a question, by their words."""
    (ask,) = understand(question).asks
    nothing = weigh_words((), {}, 1)
    passage = ranked(1, *sentences)
    passage = replace(passage, found=replace(passage.found, about=about or Metadata()))
    weigher = Weigher(
        ask, sought(ENCODER, [question])[0], nothing, nothing, nothing, lambda *_: passage.found.passage.text
    )
    return {item.words: item for item in weigher.weigh([passage])}


def test_words_without_the_share_that_is_asked_for_are_worth_less() -> None:
    share, sum_of_money = "Staten betalar 30 procent av bryggan.", "Staten betalar 4 000 kronor av bryggan."
    for question, least in (("Hur stor andel betalar staten?", 3.0), ("Hur mycket betalar staten?", -1.0)):
        told = weighed(question, share, sum_of_money)
        assert told[share].beyond - told[sum_of_money].beyond >= least
        assert (told[sum_of_money].beyond < 0) is (least > 0)


def test_another_municipality_is_missed_in_words_that_do_not_name_it() -> None:
    price, other = "Bryggan kostar 40 kronor.", "Arboga har ingen brygga."
    question = "Vad kostar bryggan i Arboga?"
    for of, missed in (("Arboga kommun", ()), ("Köpings kommun", ("Arboga",))):
        told = weighed(question, price, other, about=Metadata(municipality=of))
        assert told[price].missing == missed  # though the next sentence names it
        assert told[other].missing == ()
    (ask,) = understand(question).asks
    passage = ranked(1, price)
    passage = replace(passage, found=replace(passage.found, about=Metadata(municipality="Köpings kommun")))
    nothing = weigh_words((), {}, 1)
    weigher = Weigher(ask, sought(ENCODER, [question])[0], nothing, nothing, nothing, lambda *_: f"{price} {other}")
    (item,) = weigher.weigh([passage])
    assert item.missing == ("Arboga",)  # though its paper names it elsewhere


def test_a_figure_told_to_be_of_another_year_is_none_of_the_year_asked_for() -> None:
    of_another, plain = "En portion kostade 90 kronor 2017.", "En portion kostar 95 kronor."
    told = weighed("Vad kostade en portion 2019?", of_another, plain, about=Metadata(date="2018-11-26"))
    assert "2019" in told[of_another].missing
    assert "2019" in told[plain].missing
    told = weighed("Vad kostade en portion 2019?", of_another, plain, about=Metadata(date="2019-11-26"))
    assert told[plain].signals.named == told[of_another].signals.named


def test_somebody_elses_words_are_not_those_asked_for() -> None:
    hers, others = "Anna Lind yrkar avslag.", "Anna Berg yrkar bifall."
    told = weighed("Vad yrkade Anna Lind?", hers, others)
    assert told[hers].missing == ()
    assert told[others].missing == ("Anna Lind",)


def row_of(number: int, score: float, within: float, caption: str = "Avgifter") -> Evidence:
    where = ranked(1, "Vuxen | 40", "Barn | 20", "Hund | 5")
    rows = tuple(
        replace(each, row=Row(("a", "b"), ("Avgift", "Kronor"), None, caption))
        for each in where.found.passage.sentences
    )
    found = replace(where.found, passage=replace(where.found.passage, sentences=rows))
    signals = replace(Signals(*(0.0 for _ in fields(Signals))), within=within)
    return Evidence(replace(where, found=found), number, score, signals, ())


def test_of_rows_worth_about_the_same_the_one_with_more_of_the_question_goes_first() -> None:
    first, likest, far = row_of(0, 5.0, 0.2), row_of(1, 5.0 - ROW_WITHIN, 0.8), row_of(2, 4.0, 0.9)
    ordered = likest_row_first([first, likest, far])
    assert [item.number for item in ordered] == [1, 0, 2]
    assert ordered[0].score == 5.0
    for other in (
        row_of(1, 5.0, 0.2),  # no more of the question
        row_of(1, 5.0, 0.8, "Taxor"),  # of another table
        replace(likest, missing=("Ulla",)),
    ):
        assert likest_row_first([first, other]) == [first, other]
    lacking = replace(first, missing=("Ulla",))
    assert likest_row_first([lacking, likest]) == [lacking, likest]


def test_a_passage_with_all_names_is_weighed_before_others_as_good() -> None:
    (ask,) = understand("Vad kostar bryggan i Svartnäs?").asks
    others = [ranked(number, "Bryggan kostar 40 kronor.") for number in range(WEIGHED + 2)]
    named = ranked(99, "Bryggan i Svartnäs kostar 50 kronor.")
    chosen = _worth_weighing(ask, [*others, named])
    assert chosen == [*others[: WEIGHED - 1], named]
    assert _worth_weighing(ask, others) == others[:WEIGHED]


def test_a_bare_follow_up_keeps_to_words_with_the_names_spoken_of() -> None:
    asked = understand("Och när då?", [Turn("user", "Vad kostar bryggan i Svartnäs?")])
    (ask,) = asked.asks
    assert ask.bare
    passage = ranked(1, "Bryggan i Svartnäs öppnar den 3 maj.", "Den öppnar den 4 maj.")
    nothing = weigh_words((), {}, 1)
    weigher = Weigher(
        ask,
        sought(ENCODER, [ask.texts[0]])[0],
        nothing,
        nothing,
        nothing,
        lambda *_: passage.found.passage.text,
        spoken_of=frozenset({unit_of(passage.found)}),
    )
    stays = {item.words: item.stays for item in weigher.weigh([passage])}
    assert stays == {"Bryggan i Svartnäs öppnar den 3 maj.": 4.0, "Den öppnar den 4 maj.": 3.0}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Kind.WHY, "Överskottet beror på inställda resor."),
        (Kind.WHY, "Skälet är högre priser."),
        (Kind.WHO, "Listan bestyrks av sekreteraren."),
    ],
)
def test_reasons_and_offices_fit_what_asks_for_them(kind: Kind, sentence: str) -> None:
    assert fits(kind, sentence, Status.INFORMATION) >= 0.5
    assert fits(kind, "Resorna blev fler.", Status.INFORMATION) == 0.0
