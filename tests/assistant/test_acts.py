"""Asked who did something in a matter, only words that tell of that act name who it was."""

from __future__ import annotations

import pytest

from assistant.acts import act_told, asks_by_whom, asks_who_put_forward, names_motion


@pytest.mark.parametrize(
    "question",
    [
        "Vem väckte motionen om cykelställ?",
        "Vilka står bakom motionen om cykelställ?",
        "Vem lämnade medborgarförslaget om en hundrastgård?",
        "Who put forward the motion on bicycle stands?",
        "Who was behind the citizens' proposal for a dog park?",
    ],
)
def test_it_is_asked_whose_a_motion_is(question: str) -> None:
    assert asks_who_put_forward(question)


@pytest.mark.parametrize(
    "question",
    ["Vem yrkade avslag på motionen?", "Vad blev det av motionen om cykelställ?", "Who chaired the meeting?"],
)
def test_other_questions_ask_for_something_else(question: str) -> None:
    assert not asks_who_put_forward(question)


@pytest.mark.parametrize(
    ("question", "tells", "does_not"),
    [
        (
            "Vem väckte motionen om cykelställ?",
            "Anna Lind (BL) föreslår i en motion att cykelställ sätts upp.",
            "På förslag av Per Ek (FH): Ärendet bordläggs.",
        ),
        (
            "Vem lämnade medborgarförslaget om en hundrastgård?",
            "Medborgarförslag från Karin Holm om en hundrastgård.",
            "Per Ek (FH) yrkar avslag på förslaget från nämnden.",
        ),
        ("Vem yrkade avslag?", "Per Ek (FH) yrkar avslag.", "Per Ek (FH) deltar inte i beslutet."),
        (
            "Vem är ordförande i kulturnämnden?",
            "Beslutande: Elin Kvarnhed (BY), ordförande",
            "Kulturnämnden, ordförande: 15 procent av arvodet",
        ),
        ("Who made a reservation?", "Per Ek (FH) reserverar sig.", "Per Ek (FH) yrkar avslag."),
        (
            "Vilka sitter i styrelsen för badet?",
            "Till ledamot i styrelsen utses Ulla Ek.",
            "Styrelsen beslutar om badets öppettider.",
        ),
        ("Who sits on the board?", "Styrelsen består av fem personer.", "Styrelsen beslutar om öppettiderna."),
        ("Who abstained?", "Nils Å (BY) avstår.", "Nils röstar nej."),
        ("Vilka röstade emot köpet?", "Nej röstar Per Ek (FH).", "Med 7 ja-röster mot 4 nej-röster antas köpet."),
        ("Who voted against it?", "Nej: Per Ek (FH)", "Nämnden har med 5 röster mot 4 tillstyrkt det."),
        ("Vilka röstade för köpet?", "Ja röstar Ulla Ek (NH).", "Nej röstar Per Ek (FH)."),
        ("Vilka lade ner sin röst?", "Två nedlagda röster.", "Två röster mot beslutet."),
    ],
)
def test_only_words_of_the_act_tell_who_did_it(question: str, tells: str, does_not: str) -> None:
    act = act_told(question)
    assert act is not None
    assert act.search(tells)
    assert not act.search(does_not)


def test_a_question_of_no_such_act_needs_no_words_of_one() -> None:
    assert act_told("Vem är kommunens revisor?") is None


def test_a_title_tells_what_a_motion_is_about() -> None:
    assert names_motion("Motion av Anna Lind (BL) om cykelställ vid stationen")
    assert not names_motion("Anna Lind (BL) har väckt en motion.")


def test_who_was_against_and_who_moved_what_is_asked_by_whom() -> None:
    assert asks_by_whom("Vilka partier reserverade sig mot beslutet?")
    assert asks_by_whom("Who moved that the motion be rejected?")
    assert not asks_by_whom("Vem är kommunens revisor?")
