"""Lines for a terminal keep what belongs together in one piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.markup import plain
from assistant.wrapping import TERMINAL_COLUMNS, wrapped


@pytest.mark.parametrize(
    "piece",
    [
        "15 000 kronor",
        "1 250 000 kr",
        "4,5 miljoner kronor",
        "den 1 mars 2024",
        "31 december 2025",
        "12 May 2024",
        "mars 2024",
        "§ 41",
        "punkt 4",
        "KS 2018/00170",
        "30 procent",
        "30 %",
        "375 000",
    ],
)
def test_a_number_with_its_unit_and_a_date_stay_on_one_line_wherever_the_line_ends(piece: str) -> None:
    for before in range(TERMINAL_COLUMNS - len(piece) - 4, TERMINAL_COLUMNS + 1):
        lines = wrapped(f"{'x' * before} {piece} och så vidare")
        assert sum(piece in line for line in lines) == 1, before


def test_a_marker_stays_with_its_words() -> None:
    assert wrapped(f"{'x ' * 41}kronor. [1]")[-1].endswith("kronor. [1]")


def test_a_run_of_numbers_too_long_for_a_line_is_broken_all_the_same() -> None:
    assert all(len(line) <= TERMINAL_COLUMNS for line in wrapped("1 " + "000 " * 100))


@given(st.text("a1 0§[]den marskr.,\n\u00a0", max_size=300))
def test_nothing_is_lost_or_too_long(words: str) -> None:
    lines = wrapped(words, "  ")
    assert " ".join(" ".join(lines).split()) == plain(" ".join(words.split()))
    assert all(len(line) <= TERMINAL_COLUMNS or " " not in line.strip() for line in lines)
