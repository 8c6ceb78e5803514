"""What became of a motion, and when, is told by the decision that ended its matter, in whatever words it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.service import Assistant
from ingest.model import Passage
from tests.assistant.test_matter import reading

MINUTES = """Protokoll

Kommunfullmäktige
Sammanträdesdatum {date}

{paragraphs}
"""
LIST = """§ 11 Förteckning över anmälningsärenden

Beslut

Antecknas.

Efter föregående sammanträde har följande motioner inkommit till kommunfullmäktige.

Motion av Anna Lind (BL) om cykelställ vid stationen, H 2023 nr 14.

Motion av Per Ek (FH) om belysning längs ån, H 2023 nr 15.
"""
REFUSED = """§ 52 Motion av Anna Lind (BL) om cykelställ vid stationen

Yrkanden

Anna Lind (BL) yrkar bifall till motionen.

Omröstning

Omröstningen utfaller med 22 Ja mot 19 Nej.

Beslut

Enligt kommunstyrelsens förslag:

Den av Anna Lind väckta motionen avslås.

Reservation

Per Ek (FH) reserverar sig mot beslutet.
"""
GRANTED = """§ 53 Motion av Per Ek (FH) om belysning längs ån

Beslut

Den av Per Ek väckta motionen bifalles.
"""
RULES = """§ {number} Ägardirektiv för Norrby Bad AB

Beslut

Ägardirektiven fastställs med ett krav på {percent} procent.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    papers = {
        "kf-2023-02-23.txt": MINUTES.format(date="2023-02-23", paragraphs=LIST),
        "kf-2020-02-20.txt": MINUTES.format(date="2020-02-20", paragraphs=RULES.format(number=7, percent=3)),
        "kf-2023-06-19.txt": MINUTES.format(date="2023-06-19", paragraphs=f"{REFUSED}\n{GRANTED}"),
        "kf-2024-02-22.txt": MINUTES.format(date="2024-02-22", paragraphs=RULES.format(number=9, percent=5)),
    }
    with reading(tmp_path_factory.mktemp("archive"), papers) as assistant:
        yield assistant


def _best(archive: Assistant, question: str) -> Passage:
    """The passage of the best evidence, whether or not it is sure enough to be given."""
    _, (evidence,) = archive.evidence(question)
    return evidence[0].found.passage


@pytest.mark.parametrize(
    "question",
    [
        "Hur gick det för motionen om cykelställ vid stationen?",
        "Hur slutade motionen om cykelställ vid stationen?",
        "Blev motionen om cykelställ vid stationen bifallen?",
        "Sa fullmäktige ja till motionen om cykelställ vid stationen?",
        "Vad beslutade kommunfullmäktige om motionen om cykelställ vid stationen?",
        "Vad blev resultatet av motionen om cykelställ vid stationen?",
        "Har motionen om cykelställ vid stationen avgjorts?",
        "Röstades motionen om cykelställ vid stationen ner?",
    ],
)
def test_what_became_of_a_motion(archive: Assistant, question: str) -> None:
    answer = archive.ask(question)
    assert [(each.paragraph, each.status) for each in answer.citations[:1]] == [("52", "beslut")]
    assert "motionen avslås" in answer.answer
    assert "inkommit" not in answer.answer


def test_what_was_received_may_be_asked_for(archive: Assistant) -> None:
    assert _best(archive, "Vilka motioner har inkommit till fullmäktige?").paragraph == "11"


def test_the_day_and_the_paragraph_of_a_decision(archive: Assistant) -> None:
    for question in (
        "När avgjordes motionen om cykelställ vid stationen?",
        "I vilken paragraf behandlades motionen om cykelställ vid stationen?",
    ):
        assert "2023-06-19, § 52" in archive.ask(question).answer.splitlines()[0]


def test_a_vote_is_given_in_figures_and_only_where_there_was_one(archive: Assistant) -> None:
    assert (
        "22 Ja mot 19 Nej" in archive.ask("Med hur många röster avgjordes motionen om cykelställ vid stationen?").answer
    )
    without = archive.ask("Hur röstade fullmäktige om motionen om belysning längs ån?")
    assert [each.paragraph for each in without.citations] == ["53"]
    assert archive.ask("Med hur många röster avgjordes motionen om belysning längs ån?").abstained


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Vilka yrkade bifall till motionen om cykelställ vid stationen?", "yrkar bifall"),
        ("Vilka reserverade sig mot beslutet om motionen om cykelställ vid stationen?", "reserverar sig"),
    ],
)
def test_who_did_what_is_told_by_words_that_say_so(archive: Assistant, question: str, words: str) -> None:
    assert words in _best(archive, question).text


def test_whose_a_motion_is_is_never_told_of_another(archive: Assistant) -> None:
    assert "Anna Lind" in archive.ask("Vem väckte motionen om cykelställ vid stationen?").answer
    for question in (
        "Vem väckte motionen om gratis skolfrukost?",
        "Who put forward the motion on free school breakfasts?",
    ):
        other = archive.ask(question)
        assert other.abstained
        assert "Anna Lind" not in other.answer


def test_who_was_against_is_never_told_of_another_matter(archive: Assistant) -> None:
    answer = archive.ask("Vilka reserverade sig mot beslutet om gratis skolfrukost?")
    assert answer.abstained
    assert "Per Ek" not in answer.answer


def test_the_decision_of_another_matter_is_not_given(archive: Assistant) -> None:
    assert archive.ask("Vad beslutade fullmäktige om motionen om gratis skolfrukost?").abstained


def test_what_comes_back_is_told_as_it_was_decided_last(archive: Assistant) -> None:
    assert "5 procent" in archive.ask("Vad beslutade fullmäktige om ägardirektiv för Norrby Bad AB?").answer
    assert "3 procent" in archive.ask("Vad beslutade fullmäktige 2020 om ägardirektiv för Norrby Bad AB?").answer
