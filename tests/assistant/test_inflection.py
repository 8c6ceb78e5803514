"""Inflection: English forms and their base forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.inflection import possible_bases


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("fees", "fee"),
        ("taxes", "tax"),
        ("parties", "party"),
        ("applied", "apply"),
        ("approved", "approve"),
        ("rejected", "reject"),
        ("stopping", "stop"),
        ("closing", "close"),
        ("annually", "annual"),
        ("temporarily", "temporary"),
        ("paid", "pay"),
        ("withdrawn", "withdraw"),
        ("municipality's", "municipality"),
        ("citizens’", "citizen"),
        ("men's", "man"),
        ("organized", "organise"),
        ("centers", "centre"),
        ("neighboring", "neighbour"),
        ("dealt", "deal"),
        ("chosen", "choose"),
        ("frozen", "freeze"),
        ("teeth", "tooth"),
        ("referenda", "referendum"),
        ("colored", "colour"),
        ("archeological", "archaeological"),
        ("catalogs", "catalogue"),
    ],
)
def test_the_base_form_is_among_the_guesses(word: str, base: str) -> None:
    assert base in possible_bases(word)


@pytest.mark.parametrize(("word", "no_base"), [("us", "u"), ("red", "r"), ("king", "k"), ("being", "be")])
def test_nothing_shorter_than_three_letters_is_guessed(word: str, no_base: str) -> None:
    assert no_base not in possible_bases(word)


@given(st.text(alphabet="abdegilnprstyzåö'’", min_size=1, max_size=12))
def test_the_word_comes_first_and_no_guess_twice(word: str) -> None:
    bases = possible_bases(word)
    assert bases[0] == word.replace("'", "").replace("’", "")
    assert len(set(bases)) == len(bases)
