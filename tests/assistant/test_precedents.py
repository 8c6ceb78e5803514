"""Precedents, with what became of them."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.service import Assistant
from ingest.errors import UsageError


def test_earlier_matters_come_with_outcome_date_and_quote(assistant: Assistant) -> None:
    found = assistant.precedents("gratis bad för barn").precedents
    assert found[0].title == "§ 61 Motion om gratis bad"
    assert (found[0].outcome, found[0].date, found[0].status) == ("avslag", "2024-05-13", "beslut")
    assert found[0].quote == "Kommunfullmäktige avslår motionen om gratis bad."


def test_a_document_is_no_precedent_of_itself(assistant: Assistant) -> None:
    found = assistant.precedents(document="norrby/memo.txt")
    assert found.query == "norrby/memo.txt"
    assert all(each.document != "norrby/memo.txt" for each in found.precedents)


@pytest.mark.parametrize("given", [{}, {"text": "a", "document": "b"}, {"document": "finns/inte.txt"}])
def test_unusable_requests_are_said(assistant: Assistant, given: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        assistant.precedents(**given)
