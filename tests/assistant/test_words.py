"""How much of a question stands in a text."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.words import Weighed, found, idf, letters, missing_names, numbers_in, others_named, weigh_words


def test_a_word_is_found_in_inflections_and_compounds() -> None:
    assert found(("samordningsförbund",), letters("länssamordningsförbundet bildas")) == 1
    assert found(("avgifterna",), letters("en avgift")) == 1
    assert found(("samordningsförbunden",), letters("ett samordningsförbund")) == 1
    assert found(("bildas",), letters("bildandet av förbundet")) == 1
    assert found(("kommunalskatt",), letters("kommunen betalar")) == 0


def test_a_short_word_is_found_in_its_inflections() -> None:
    assert found(("taxor",), letters("Taxa för torghandel")) == 1
    assert found(("vägen",), letters("en ny väg")) == 1
    assert found(("väg",), letters("vägen byggs")) == 1


def test_a_short_word_weighs_what_its_own_form_does() -> None:
    (common,) = weigh_words([("taxa",)], {"taxa": 9}, 10).weights
    (rare,) = weigh_words([("taxa",)], {}, 10).weights
    assert common < rare


def test_the_best_alternative_counts() -> None:
    assert found(("upplöses", "likvideras"), letters("förbundet likvideras")) == 1


def test_coverage_is_the_share_of_weight() -> None:
    # 10 passages; "bad" stands in 1, "avgift" nowhere, so "avgift" weighs more
    weighed = weigh_words([("bad",), ("avgift",)], {"bad": 1}, 10)
    bad, fee = math.log(1 + 11 / 2), math.log(1 + 11 / 1)
    assert weighed.weights == pytest.approx((bad, fee))
    assert weighed.coverage(letters("ett bad")) == pytest.approx(bad / (bad + fee))
    assert weighed.coverage(letters("bad mot avgift")) == 1


def test_nothing_to_find_is_all_found() -> None:
    assert weigh_words([], {}, 10).coverage(letters("text")) == 1


def test_rarer_terms_weigh_more() -> None:
    assert idf(0, 100) > idf(1, 100) > idf(50, 100) > idf(100, 100) > 0


@pytest.mark.parametrize(
    ("name", "text", "is_there"),
    [
        ("Köpings", "Köping betalar", True),
        ("Köping", "Köpings kommun", True),
        ("Köping", "Norrköpings kommun", False),
        ("Vasteras", "Samordningsförbundet Västerås", True),
        ("Samordningsforbundet", "Samordningsförbundet", True),
        ("Mälardlen", "Västra Mälardalen", True),  # a slip of the pen
        ("Stockholm", "Köpings kommun", False),
        ("Arboga", "Kungsör och Köping", False),
    ],
)
def test_names(name: str, text: str, is_there: bool) -> None:
    assert missing_names([name], text) == (() if is_there else (name,))


def test_numbers_are_written_in_one_way() -> None:
    found_numbers = numbers_in("§ 23 den 28 mars 2022 om 375 000 kr, 12,5 procent, 2024-05-13 och KS 2021/123")
    assert {"§ 23", "2022-03-28", "375000", "12,5", "2024-05-13", "2022", "2021", "123"} <= found_numbers
    assert "375" not in found_numbers


@given(
    words=st.lists(st.lists(st.sampled_from(("avgift", "bad", "kommun", "lån")), min_size=1, max_size=3), max_size=4),
    text=st.lists(st.sampled_from(("badavgiften", "lånet", "kommunerna", "hyra")), max_size=3),
)
def test_coverage_is_the_weighed_share_of_the_words_that_are_there(words: list[list[str]], text: list[str]) -> None:
    there = letters(" ".join(text))
    groups = tuple(map(tuple, words))
    weights = tuple(range(1, len(groups) + 1))
    expected = sum(weight * found(group, there) for group, weight in zip(groups, weights, strict=True))
    share = Weighed(groups, weights).coverage(there)
    assert share == (expected / sum(weights) if weights else 1)


@pytest.mark.parametrize(
    ("sentence", "others"),
    [
        ("Anna Berg (S) yrkar avslag.", ("Anna Lind",)),
        ("Anna Lind (S) yrkar avslag.", ()),
        ("Lind, Anna (S) yrkar avslag.", ()),
        ("Anna yrkar avslag.", ()),  # may be she
        ("Per Berg (S) yrkar avslag.", ()),
    ],
)
def test_a_first_name_with_another_surname_is_somebody_else(sentence: str, others: tuple[str, ...]) -> None:
    assert others_named("Vad yrkade Anna Lind?", sentence) == others
