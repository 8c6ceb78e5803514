"""Outcome: what became of a matter, as the words of its decision say."""

from __future__ import annotations

import pytest

from ingest.outcome import Outcome, Verdict, verdict_of

KF, KS = "kommunfullmäktige", "kommunstyrelsen"


@pytest.mark.parametrize(
    ("points", "outcome"),
    [
        (["Kommunfullmäktige beslutar: Motionen bifalls."], Outcome.BIFALL),
        (["Motionen avslås."], Outcome.AVSLAG),
        (["Kommunstyrelsens förslag att motionen avslås bifalls."], Outcome.AVSLAG),
        (["Enligt kommunstyrelsens förslag: Den av Ann Ek väckta motionen avslås."], Outcome.AVSLAG),
        (["Medborgarförslaget avslås.", "Nämnden ska pröva reflexstolpar."], Outcome.AVSLAG),
        (["Medborgarförslaget bifalls i den del det gäller skolan.", "I övrigt avslås det."], Outcome.BIFALL),
        (["Motionen anses besvarad."], Outcome.BESVARAD),
        (["Motionen bifalls på så sätt att tak byggs.", "Motionen anses i övrigt besvarad."], Outcome.BIFALL),
        (["Bifall till kommunstyrelsens förslag att motionen avslås."], Outcome.AVSLAG),
        (["Reglementet antas."], Outcome.ANTAGEN),
        (["Interpellationen är besvarad."], Outcome.BESVARAD),
        (["Ärendet återremitteras till nämnden."], Outcome.ÅTERREMISS),
        (["På förslag av Ann Ek (M): Ärendet bordläggs till sammanträdet den 3 maj 2024."], Outcome.BORDLAGD),
        (["Taxan fastställs att gälla från den 1 januari.", "Förslaget om rabatt avslås."], Outcome.ANTAGEN),
        (["Föreningen beviljas 180 000 kronor."], Outcome.BIFALL),
        (["Försäljningen godkänns inte."], Outcome.AVSLAG),
        (["Hemställan från bolaget godkänns."], Outcome.BIFALL),
        (["Anna Lindgrens tilläggsyrkande avslås.", "Planen antas."], Outcome.ANTAGEN),
        (["Timavgiften höjs till 1 240 kronor.", "Förslaget om 1 290 kronor avslås."], None),
        (["Skolan byggs ut.", "Kommunstyrelsens förslag att motionen avslås bifalls."], Outcome.AVSLAG),
        (["Informationen antecknas."], None),
        (["Motionen överlämnas till kommunstyrelsen."], None),
        (["Bordlagt den 3 maj 2024, § 4 och återremitterat den 1 juni 2024, § 7."], None),
        ([], None),
    ],
)
def test_the_words_decide(points: list[str], outcome: Outcome | None) -> None:
    assert verdict_of(points, "Motion om tak", KF).outcome is outcome


def test_what_a_board_proposes_is_not_decided() -> None:
    verdict = verdict_of(["Kommunstyrelsen föreslår kommunfullmäktige att avslå motionen."], "Motion om tak", KS)
    assert verdict.proposes
    assert verdict.outcome is Outcome.AVSLAG


def test_a_yrkande_is_decided_where_it_is_the_matter() -> None:
    assert verdict_of(["Yrkandet avslås."], "Yrkande från SD om taxor", KS).outcome is Outcome.AVSLAG
    assert verdict_of(["Yrkandet avslås."], "Taxor för 2025", KS).outcome is None


def test_a_proposal_granted_without_its_words_is_told_apart() -> None:
    verdict = verdict_of(["Kommunfullmäktige bifaller kommunstyrelsens förslag."], "Taxor för 2025", KF)
    assert verdict == Verdict(None, as_proposed=True)


def test_a_decision_in_no_word_for_an_outcome_still_lays_something_down() -> None:
    assert verdict_of(["Kommunen går i borgen för bolagets lån."], "Borgen", KF).decides
    assert not verdict_of(["Redovisningen läggs till handlingarna."], "Redovisning", KF).decides


def test_a_decision_that_refuses_one_proposal_still_lays_down_another() -> None:
    assert verdict_of(["Timavgiften höjs till 1 240 kronor.", "Förslaget om 1 290 kronor avslås."], "Taxa", KF).decides
