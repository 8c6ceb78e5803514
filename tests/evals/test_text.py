"""Folding and matching."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.text import collapse, contains, fold, matches, place, states

TEXTS = st.text(alphabet=st.sampled_from("aåäöÅÄÖÉßİſ12 \t\n\f\u00a0\u00ad-–—−‐\u0308\u030a\u0345ﬁ"), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("KÖPING", "köping"),
        ("a\u030a", "å"),  # decomposed
        ("375\u00a0000", "375 000"),
        (" a \n\f\t b ", "a b"),
        ("2023‐05–01—x−1", "2023-05-01-x-1"),
        ("a--b", "a--b"),  # every dash becomes one hyphen; two dashes stay two
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
def test_folding_twice_equals_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_any_text_twice_equals_folding_it_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_collapse_keeps_case_and_dashes() -> None:
    assert collapse("A –\n\u00a0B") == "A – B"


def test_nothing_stands_nowhere() -> None:
    assert not contains("text", " \n")
    assert contains("Den 2 APRIL", "2\u00a0april")


@pytest.mark.parametrize(
    ("text", "words", "where"),
    [
        ("Avgiften är 58 kronor.", "58", 12),
        ("Avgiften är 580 kronor.", "58", None),
        ("Avgiften är 158.", "58", None),
        ("0,5 procent", "5 procent", None),
        ("10,5 procent, sedan 0,5 procent", "0,5 procent", 20),  # the second time they stand there whole
        ("1 350\u00a0000 kronor", "350 000", None),
        ("12 500 st", "12", None),
        ("år 2019 350 000 kronor", "350 000", 8),  # a year is no group of thousands
        ("21:75", "21", None),
        ("4.8 million", "4", None),
        ("Den 22 april", "2 april", None),
        ("bilaga 12", "bilaga 1", None),
        ("16–64 år", "16", 0),  # a dash parts two numbers
        ("2023-05-01", "2023", 0),
        ("Det är § 34.", "34", 9),  # the full stop ends the sentence
        ("a | 135 | 120 000", "120 000", 10),
        ("text", "  ", None),
    ],
)
def test_numbers_stand_whole(text: str, words: str, where: int | None) -> None:
    assert place(text, words) == where


@given(TEXTS, TEXTS)
def test_what_a_text_states_it_contains(text: str, words: str) -> None:
    assert contains(text, words) or not states(text, words)
    if not any(character.isdecimal() for character in words):
        assert states(text, words) == contains(text, words)


@pytest.mark.parametrize(
    ("quote", "gold", "hit"),
    [
        ("xx B c yy", "b c", True),  # contained
        ("a b c x y", "a b c d e", True),  # 3 of 5 = 60 %
        ("a b x y z", "a b c d e", False),  # 2 of 5
        ("e d c", "a b c d e", True),  # order doesn't count
        ("inte x x", "inte inte nej", False),  # one "inte" meets one of two: 1 of 3
        ("inte inte", "inte inte nej", True),  # 2 of 3
        ("", "a", False),
        ("a", "§", False),  # a gold quote without words is met by containing it only
        ("§ 4", "§", True),
    ],
)
def test_matches(quote: str, gold: str, hit: bool) -> None:
    assert matches(quote, gold) is hit


@given(TEXTS, TEXTS, TEXTS)
def test_a_longer_quote_still_matches(before: str, gold: str, after: str) -> None:
    if matches(gold, gold):
        assert matches(f"{before} {gold} {after}", gold)
