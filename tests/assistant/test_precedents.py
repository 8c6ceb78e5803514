"""Precedents, with what became of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant import nearness
from assistant.nearness import Nearness, nearness_of
from assistant.precedents import GENERAL_PENALTY, OF_MATTER, _by_matter
from assistant.render import precedents_text
from assistant.retrieve import Ranked
from assistant.service import Assistant
from ingest.errors import UsageError


def test_earlier_matters_come_with_outcome_date_and_quote(assistant: Assistant) -> None:
    found = assistant.precedents("gratis bad för barn").precedents
    assert found[0].title == "§ 61 Motion om gratis bad"
    assert (found[0].outcome, found[0].date, found[0].status) == ("avslag", "2024-05-13", "beslut")
    assert found[0].quote == "Kommunfullmäktige avslår motionen om gratis bad."


def test_the_quote_can_be_looked_up_and_the_matter_has_its_steps(assistant: Assistant) -> None:
    for each in assistant.precedents("gratis bad för barn").precedents:
        text = assistant.text_of(each.document)
        assert text is not None
        assert " ".join(text[each.start : each.end].split()) == each.quote
    first = assistant.precedents("gratis bad för barn").precedents[0]
    assert (first.paragraph, first.kind, first.municipality) == ("61", "protokoll", "Norrby kommun")
    assert [(step.document, step.paragraph) for step in first.steps] == [(first.document, "61")]


def test_a_document_is_no_precedent_of_itself(assistant: Assistant) -> None:
    found = assistant.precedents(document="norrby/memo.txt")
    assert found.query == "norrby/memo.txt"
    assert all(each.document != "norrby/memo.txt" for each in found.precedents)


@pytest.mark.parametrize("given", [{}, {"text": "a", "document": "b"}, {"document": "finns/inte.txt"}])
def test_unusable_requests_are_said(assistant: Assistant, given: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        assistant.precedents(**given)


def test_an_empty_text_is_said(assistant: Assistant) -> None:
    with pytest.raises(UsageError, match="empty"):
        assistant.precedents(" ")


def test_amounts_and_conditions_come_from_the_decision_or_else_the_proposal(assistant: Assistant) -> None:
    loan = assistant.precedents("lån till ishallen på miljoner kronor").precedents[0]
    assert (loan.amounts, loan.conditions) == (("4 miljoner kronor",), ())
    fee = next(each for each in assistant.precedents("avgift för sophämtning").precedents if each.status == "förslag")
    assert fee.amounts == ("1 250 kronor",)
    assert fee.conditions == ("under förutsättning att Sörby kommun fattar samma beslut",)


def test_the_text_shows_what_became_of_the_matter(assistant: Assistant) -> None:
    lines = precedents_text(assistant.precedents("gratis bad för barn", k=1)).splitlines()
    assert lines[0] == "§ 61 Motion om gratis bad"
    assert lines[1] == "    Beslut · utfall: avslag · 2024-05-13 · Kommunfullmäktige"
    assert "    │ ”Kommunfullmäktige avslår motionen om gratis bad.”" in lines
    english = precedents_text(assistant.precedents("the gratis bad for children", k=1))
    assert "Decision · outcome: avslag (refused)" in english
    fee = precedents_text(assistant.precedents("avgift för sophämtning"))
    assert "    Belopp: 1 250 kronor" in fee
    assert "    Villkor: under förutsättning att Sörby kommun fattar samma beslut" in fee


def test_when_nothing_is_alike_that_is_said_with_what_came_nearest(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearness, "known", lambda: {"toy": Nearness(matter=0.25, topic=0.5)})
    assert assistant.precedents("motion om gratis bad").precedents
    for text, note in (
        ("rymdraketer i Xanadu", "Inget tidigare ärende liknar detta."),
        ("a spaceship for the moon", "No earlier matter is like this."),
    ):
        found = assistant.precedents(text)
        assert (found.precedents, found.note) == ((), note)
        assert 1 <= len(found.nearest) <= 3
        assert precedents_text(found).startswith(f"{note}\n\n")
        assert found.nearest[0].document in precedents_text(found)


def test_one_word_or_two_are_looked_for_as_such_where_their_meaning_tells_little(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearness, "known", lambda: {"toy": Nearness(matter=2.0, topic=0.5)})  # nothing is near enough
    assert {each.document for each in assistant.precedents("sophämtning").precedents} >= {"norrby/memo.txt"}
    assert assistant.precedents("gratis bad").precedents[0].title == "§ 61 Motion om gratis bad"
    for text in ("rymdraketer", "gratis rymdraketer", "sophämtning Xanadu", "lån till ishallen på miljoner kronor"):
        assert assistant.precedents(text).precedents == ()


def test_a_filter_that_nothing_matches_is_said(assistant: Assistant) -> None:
    found = assistant.precedents("gratis bad", filters={"kind": "motion"})
    assert (found.precedents, found.nearest) == ((), ())
    assert found.note is not None
    assert found.note.startswith("Inget dokument motsvarar filtret kind=motion.")
    assert precedents_text(found).replace("\n", " ") == found.note


def test_a_step_is_drawn_towards_the_best_of_its_matter_and_rules_go_down() -> None:
    def ranked(document: str, score: float, kind: str = "protokoll") -> Any:
        passage = SimpleNamespace(id=f"{document}#{score}", document=document, paragraph=None)
        return Ranked(
            cast("Any", SimpleNamespace(passage=passage, about=SimpleNamespace(kind=kind))), score, score, None
        )

    matters = {"motion": "bad", "beslut": "bad", "annat": "annat", "regler": "regler"}
    registry = SimpleNamespace(matters=SimpleNamespace(of=lambda document, _: SimpleNamespace(id=matters[document])))
    found = [ranked("motion", 3.0), ranked("motion", 2.9), ranked("regler", 2.1, "regler"), ranked("annat", 2.0)]
    found.append(ranked("beslut", 1.4))
    ordered = _by_matter(cast("Any", registry), found)
    assert [each.found.passage.document for each in ordered] == ["motion", "beslut", "annat", "regler"]
    assert [each.score for each in ordered] == pytest.approx([3.0, 1.4 + OF_MATTER * 1.6, 2.0, 2.1 - GENERAL_PENALTY])


def test_nearness_is_known_for_measured_encoders_only() -> None:
    assert nearness_of("multilingual-e5-small@abc/int8.2") is not None
    assert nearness_of("toy") is None
