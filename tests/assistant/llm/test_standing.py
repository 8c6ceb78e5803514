"""Standing: whatever words a model finds for it, a proposal doesn't become a decision."""

from __future__ import annotations

import pytest

from assistant.llm.check import Fault, Nearness, check
from assistant.llm.source import Source
from assistant.model import Citation, Language

QUOTE = "Avgiften för sophämtning fastställs till 1 250 kronor om året."
WITH_BODY = "Kommunfullmäktige fastställer avgiften för sophämtning till 1 250 kronor om året."


def source(quote: str = QUOTE, status: str = "förslag", body: str | None = "Kommunfullmäktige") -> Source:
    citation = Citation(
        1,
        "a.txt",
        None,
        "Norrby kommun",
        body,
        None,
        status,
        "2024-05-13",
        "KS 2024/7",
        None,
        1,
        "61",
        None,
        0,
        1,
        quote,
    )
    return Source(quote, (citation,))


def fault(sentence: str, language: Language, *sources: Source) -> Fault | None:
    numbered = dict(enumerate(sources or (source(),), 1))
    return check(sentence, tuple(numbered), numbered, language, Nearness(lambda *_: 1.0, 0.5)).fault


@pytest.mark.parametrize(
    "sentence",
    [
        "Kommunfullmäktige beslutade att avgiften för sophämtning är 1 250 kronor om året.",
        "Kommunfullmäktige har beslutat att avgiften är 1 250 kronor om året.",
        "Det är beslutat att avgiften är 1 250 kronor om året.",
        "Det beslutades att avgiften är 1 250 kronor om året.",
        "Beslut har fattats om en avgift på 1 250 kronor om året.",
        "Enligt beslutet är avgiften 1 250 kronor om året.",
        "Beslutet innebär en avgift på 1 250 kronor om året.",
        "Kommunfullmäktige antog avgiften 1 250 kronor om året.",
        "Förslaget om 1 250 kronor om året har antagits.",
        "Förslaget om 1 250 kronor om året antogs.",
        "Förslaget om 1 250 kronor om året gick igenom.",
        "Förslaget om 1 250 kronor om året bifölls.",
        "Förslaget om 1 250 kronor om året är godkänt.",
        "Förslaget om 1 250 kronor om året röstades igenom.",
        "Förslaget klubbades och avgiften är 1 250 kronor om året.",
        "Avgiften fastställdes till 1 250 kronor om året.",
        "Avgiften har fastställts till 1 250 kronor om året.",
        "Avgiften är fastställd till 1 250 kronor om året.",
        "Avgiften blev 1 250 kronor om året.",
        "Avgiften höjdes till 1 250 kronor om året.",
        "Avgiften är nu 1 250 kronor om året.",
        "Avgiften är redan 1 250 kronor om året.",
        "Numera är avgiften 1 250 kronor om året.",
        "Man enades om en avgift på 1 250 kronor om året.",
        "Kommunen införde en avgift på 1 250 kronor om året.",
        "Avgiften på 1 250 kronor om året trädde i kraft.",
        "Kommunfullmäktige slog fast avgiften 1 250 kronor om året.",
        "Kommunen bestämde att avgiften är 1 250 kronor om året.",
        "Förslaget om 1 250 kronor om året är slutgiltigt.",
        "Förslaget om 1 250 kronor om året är ett faktum.",
        "Förslaget om 1 250 kronor om året drevs igenom.",
        "Avgiften 1 250 kronor om året har börjat tas ut.",
        "Avgiften 1 250 kronor om året är reglerad.",
        "Det står klart att avgiften är 1 250 kronor om året.",
    ],
)
def test_a_proposal_does_not_become_a_decision_in_swedish(sentence: str) -> None:
    assert fault(sentence, "sv", source(WITH_BODY)) in (Fault.STANDING, Fault.OUTCOME)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council decided that the fee is SEK 1,250 a year.",
        "The council has decided on a fee of SEK 1,250 a year.",
        "It was decided that the fee is SEK 1,250 a year.",
        "It has been decided that the fee is SEK 1,250 a year.",
        "A decision was taken on a fee of SEK 1,250 a year.",
        "According to the decision, the fee is SEK 1,250 a year.",
        "The council adopted a fee of SEK 1,250 a year.",
        "The council approved a fee of SEK 1,250 a year.",
        "The proposal of SEK 1,250 a year was adopted.",
        "The proposal of SEK 1,250 a year has been approved.",
        "The proposal of SEK 1,250 a year passed.",
        "The proposal of SEK 1,250 a year won the vote.",
        "The council voted for a fee of SEK 1,250 a year.",
        "The council agreed on a fee of SEK 1,250 a year.",
        "The fee was set at SEK 1,250 a year.",
        "The fee has been set at SEK 1,250 a year.",
        "The fee was raised to SEK 1,250 a year.",
        "The fee is now SEK 1,250 a year.",
        "The fee already is SEK 1,250 a year.",
        "The fee of SEK 1,250 a year took effect.",
        "The fee of SEK 1,250 a year is in force.",
        "The council resolved that the fee is SEK 1,250 a year.",
        "The council established a fee of SEK 1,250 a year.",
        "The fee of SEK 1,250 a year got the green light and was confirmed.",
        "The council signed off on a fee of SEK 1,250 a year.",
        "The proposal of SEK 1,250 a year is final.",
        "The proposal of SEK 1,250 a year went through.",
        "The proposal of SEK 1,250 a year got the green light.",
        "It is official that the fee is SEK 1,250 a year.",
        "The fee of SEK 1,250 a year is being charged.",
    ],
)
def test_a_proposal_does_not_become_a_decision_in_english(sentence: str) -> None:
    assert fault(sentence, "en", source(WITH_BODY)) in (Fault.STANDING, Fault.OUTCOME)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Avgiften föreslås bli 1 250 kronor om året.", "sv"),
        ("Enligt förslaget fastställs avgiften till 1 250 kronor om året.", "sv"),
        ("Förslaget är att avgiften ska vara 1 250 kronor om året.", "sv"),
        ("Det föreslås att kommunfullmäktige fastställer avgiften till 1 250 kronor om året.", "sv"),
        ("The proposed fee is SEK 1,250 a year.", "en"),
        ("It is proposed that the fee be set at SEK 1,250 a year.", "en"),
        ("According to the proposal, the fee would be SEK 1,250 a year.", "en"),
        ("If adopted, the proposal sets the fee at SEK 1,250 a year.", "en"),
    ],
)
def test_a_proposal_may_be_told_as_one(sentence: str, language: Language) -> None:
    assert fault(sentence, language) is None


def test_a_decision_carries_what_is_said_to_be_decided_and_a_proposal_beside_it_does_not() -> None:
    decision = source("Kommunfullmäktige beslutar att avgiften är 1 100 kronor om året.", "beslut")
    sentence = "Kommunfullmäktige beslutade att avgiften är {} kronor om året."
    assert fault(sentence.format("1 100"), "sv", decision, source()) is None
    assert fault(sentence.format("1 250"), "sv", decision, source()) is Fault.FIGURE


def test_an_earlier_decision_in_a_proposal_is_told_with_its_date_or_not_at_all() -> None:
    both = source("Den avgift om 1 100 kronor som kommunfullmäktige beslutade 2019-06-17 § 12 höjs till 1 250 kronor.")
    assert fault("Kommunfullmäktige beslutade 2019-06-17 § 12 om en avgift på 1 100 kronor.", "sv", both) is None
    assert fault("Kommunfullmäktige beslutade att avgiften höjs till 1 250 kronor.", "sv", both) is Fault.STANDING


def test_a_decision_is_no_proposal() -> None:
    decision = source("Kommunfullmäktige beslutar att avgiften är 1 100 kronor om året.", "beslut")
    assert fault("Det föreslås att avgiften är 1 100 kronor om året.", "sv", decision) is Fault.STANDING


def test_where_a_decision_stands_may_be_said_of_it_but_not_of_what_it_brings() -> None:
    decision = source("Kommunfullmäktige beslutar att avgiften är 1 100 kronor om året.", "beslut")
    assert (
        fault("Kommunfullmäktige beslutade den 13 maj 2024, § 61, att avgiften är 1 100 kronor.", "sv", decision)
        is None
    )
    assert fault("On 13 May 2024 the council decided on a fee of SEK 1,100 (KS 2024/7).", "en", decision) is None
    assert fault("Enligt beslutet gäller avgiften 1 100 kronor från den 13 maj 2024.", "sv", decision) is Fault.FIGURE
    assert fault("Kommunfullmäktige beslutade den 14 maj 2024 om 1 100 kronor.", "sv", decision) is Fault.FIGURE
