"""Wording: what a sentence may not add to a decision, whose name, denial, outcome or claim isn't there."""

from __future__ import annotations

import pytest

from assistant.llm.check import Fault, Nearness, check
from assistant.model import Language
from tests.assistant.llm.test_standing import source

DECISION = "Kommunfullmäktige beslutar att borgensramen för Exempelbostäder AB höjs från 300 till 380 miljoner kronor."


def fault(sentence: str, language: Language, quote: str = DECISION) -> Fault | None:
    cited = {1: source(quote, "beslut")}
    return check(sentence, (1,), cited, language, Nearness(lambda *_: 1.0, 0.5)).fault


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("Borgensramen för Exempelbostäder AB höjs mot moderaternas vilja.", "sv", Fault.NAME),
        ("Enligt länsstyrelsen höjs borgensramen för Exempelbostäder AB.", "sv", Fault.NAME),
        ("Enligt skatteverket höjs borgensramen för Exempelbostäder AB.", "sv", Fault.NAME),
        ("The police have the guarantee for Exempelbostäder AB raised.", "en", Fault.NAME),
        ("The Sweden Democrats have the guarantee for Exempelbostäder AB raised.", "en", Fault.NAME),
        ("The county administrative board raises the guarantee for Exempelbostäder AB.", "en", Fault.NAME),
        ("Borgensramen för Exempelbostäder AB höjs knappast.", "sv", Fault.DENIAL),
        ("The guarantee for Exempelbostäder AB is hardly raised.", "en", Fault.DENIAL),
        ("The council fails to raise the guarantee for Exempelbostäder AB.", "en", Fault.DENIAL),
        ("Kommunfullmäktige vägrar att höja borgensramen.", "sv", Fault.OUTCOME),
        ("Kommunfullmäktige avstår från att höja borgensramen.", "sv", Fault.OUTCOME),
        ("Beslutet att höja borgensramen revs upp.", "sv", Fault.OUTCOME),
        ("The council refrains from raising the guarantee.", "en", Fault.OUTCOME),
        ("The council revoked the decision to raise the guarantee.", "en", Fault.OUTCOME),
        ("Borgensramen för Exempelbostäder AB höjs tillfälligt.", "sv", Fault.CLAIM),
        ("Kommunfullmäktige höjer enhälligt borgensramen.", "sv", Fault.CLAIM),
        ("The guarantee is raised until further notice.", "en", Fault.CLAIM),
        ("Borgensramen höjs till drygt 380 miljoner kronor.", "sv", Fault.CLAIM),
    ],
)
def test_nothing_is_added_to_a_decision(sentence: str, language: Language, expected: Fault) -> None:
    assert fault(sentence, language) is expected


@pytest.mark.parametrize(
    ("sentence", "language", "quote"),
    [
        ("Borgensramen för Exempelbostäder AB höjs från 300 till 380 miljoner kronor.", "sv", DECISION),
        ("The guarantee for Exempelbostäder AB is raised from SEK 300 million to SEK 380 million.", "en", DECISION),
        ("Länsstyrelsens beslut upphävs.", "sv", "Kommunfullmäktige beslutar att upphäva länsstyrelsens beslut."),
        ("The permit is revoked.", "en", "Nämnden beslutar att tillståndet upphävs."),
        ("The council is unanimous that the fee is temporary.", "en", "Fullmäktige är enigt om en tillfällig avgift."),
    ],
)
def test_what_stands_there_may_be_said(sentence: str, language: Language, quote: str) -> None:
    assert fault(sentence, language, quote) is None
