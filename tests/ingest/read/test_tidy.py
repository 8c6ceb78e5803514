"""Signs that are tidied away, and numbers as documents write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.numerals import integer, numeral
from ingest.read.tidy import one_line, tidy


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("kommun\u00adfull\u200bmäktige", "kommunfullmäktige"),
        ("45\u00a0000\u202f000", "45 000 000"),
        ("a\u2011b", "a-b"),
        ("a\tb  c", "a b c"),
        ("a \r\n\n b\u2028c\x0cd", "a\nb\nc\nd"),
        ("\x96 \x93citat\x94", "– “citat”"),  # cp1252 read as Latin-1
        ("\uf0b7 punkt \uf0fe \ue000", "• punkt ☒"),
        ("\u202ea\x00\x07\ufeff", "a"),
    ],
)
def test_signs_for_setting_a_text_are_tidied_away(raw: str, plain: str) -> None:
    assert tidy(raw) == plain


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (1, "1", "1"), (7, "01", "07"), (26, "a", "z"), (27, "a", "aa"), (53, "A", "AAA"), (0, "a", "0"), (10_000, "a", "10000"),
        (4, "i", "iv"), (1990, "I", "MCMXC"), (0, "i", "0"), (4000, "I", "4000"), (3, "okänd", "3"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_style_of_the_list(value: int, style: str, written: str) -> None:
    assert numeral(value, style) == written


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), (" -3 ", -3), (None, 7), ("", 7), ("x", 7), ("1.5", 7), ("9" * 5_000, 7)]
)
def test_a_number_in_an_attribute_is_believed_when_it_is_one(text: str | None, value: int) -> None:
    assert integer(text, 7) == value
