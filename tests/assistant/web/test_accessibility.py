"""What the accessibility statement says, and of whom."""

from __future__ import annotations

import pytest

from assistant.model import Language
from assistant.web.accessibility import ENGLISH, SUPERVISION, SWEDISH, statement
from ingest.settings import load_settings


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_statement_says_what_the_law_asks_for(language: Language) -> None:
    html = statement(load_settings(operator="Köpings <kommun>", contact="info@exempel.se"), ("extractive",), language)
    for expected in ("Köpings &lt;kommun&gt;", "info@exempel.se", "2018:1937", "WCAG 2.1", SUPERVISION, "axe-core"):
        assert expected in html
    assert "operator" not in html


def test_who_runs_it_is_asked_for_where_nobody_is_named() -> None:
    assert SWEDISH.who_unnamed in statement(load_settings(), ("extractive",), "sv")


def test_a_language_model_is_named_where_one_words_answers() -> None:
    assert SWEDISH.by_model not in statement(load_settings(), ("extractive",), "sv")
    assert SWEDISH.by_model in statement(load_settings(), ("extractive", "llm"), "sv")


def test_both_languages_say_the_same_things() -> None:
    for name in SWEDISH.__dataclass_fields__:
        swedish, english = getattr(SWEDISH, name), getattr(ENGLISH, name)
        assert swedish != english, name
        if isinstance(swedish, tuple):
            assert len(swedish) == len(english), name
