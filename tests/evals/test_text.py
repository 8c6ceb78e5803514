"""Folding and matching."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.text import collapse, contains, fold, matches

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
