"""Terms: what the lexical side counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.terms import terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 23", ["§23"]),
        ("§23", ["§23"]),
        ("375 000 kronor", ["375000", "krono", "ronor"]),
        ("375\u00a0000", ["375000"]),
        ("2022-03-28", ["2022-03-28"]),
        (
            "KS 2021/123",
            [
                *("ks kommu ommun mmuns munst unsty nstyr styre tyrel yrels relse elsen 2021/123".split()),
            ],
        ),
        ("år", ["år"]),
        ("ar", ["ar"]),
        ("", []),
    ],
)
def test_terms_of(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_compounds_and_inflections_share_terms() -> None:
    compound, simple = set(terms("länssamordningsförbundet")), set(terms("samordningsförbund"))
    assert simple <= compound


@given(st.text(alphabet="abcåäö §0123456789-/., ", max_size=60))
def test_terms_do_not_depend_on_case_or_outer_space(text: str) -> None:
    assert terms(f"  {text.upper()} ") == terms(text.lower())
