"""The filter bar: what it offers, and what it takes from a browser."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.web.filterbar import bar, valid
from tests.answers import CHOICES, HOSTILE_MARKUP


def test_a_list_offers_what_the_documents_have_and_everything() -> None:
    html = bar(CHOICES, "sv")
    assert html.count("<select") == 5, "body, kind, status, first and last year"
    assert 'name="municipality"' not in html, "one municipality is nothing to choose from"
    assert '<option value="">Alla</option><option value="Kommunfullmäktige">' in html
    assert '<option value="protokoll">protokoll (minutes)</option>' in bar(CHOICES, "en")


def test_what_documents_say_of_themselves_is_only_text() -> None:
    html = bar({**CHOICES, "body": (HOSTILE_MARKUP, "Kommunstyrelsen")}, "sv")
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({"year": "2018-2020", "body": "KS"}, {"year": "2018-2020", "body": "KS"}),
        ({"year": "2020-2018"}, {}),
        ({"year": "aldrig", "kind": "taxa"}, {"kind": "taxa"}),
        ({"unknown": "x", "body": "", "kind": 7, "status": None}, {}),
        (["body"], {}),
        (None, {}),
    ],
)
def test_what_is_no_filter_is_left_out(given: Any, taken: dict[str, str]) -> None:
    assert valid(given) == taken
