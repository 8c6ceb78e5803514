"""What runs of minutes show to be missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.gaps import Minutes, Missing, gaps_in


def minutes(date: str, *numbers: int, body: str = "Kommunfullmäktige", whole: bool = True) -> Minutes:
    return Minutes("Norrby kommun", body, date, frozenset(numbers), whole)


def test_a_run_from_1_on_has_no_gap() -> None:
    assert gaps_in([minutes("2024-01-15", 1, 2, 3), minutes("2024-02-12", 4, 5)]) == ()


def test_numbers_between_two_meetings_belong_to_minutes_that_are_not_held() -> None:
    (year,) = gaps_in([minutes("2024-05-13", 9, 10), minutes("2024-01-15", 1, 2, 3)])
    assert year.missing == (Missing(4, 8, "2024-01-15", "2024-05-13"),)
    assert not year.missing[0].within
    assert year.meetings == ("2024-01-15", "2024-05-13")


def test_a_number_missing_from_one_meeting_is_told_apart() -> None:
    (year,) = gaps_in([minutes("2024-01-15", 1, 2, 4)])
    assert year.missing == (Missing(3, 3, "2024-01-15", "2024-01-15"),)
    assert year.missing[0].within


def test_minutes_before_the_first_held_are_missing_and_each_year_begins_anew() -> None:
    first, second = gaps_in([minutes("2023-11-27", 80), minutes("2024-01-15", 2)])
    assert (first.year, first.missing) == ("2023", (Missing(1, 79, None, "2023-11-27"),))
    assert (second.year, second.missing) == ("2024", (Missing(1, 1, None, "2024-01-15"),))


def test_an_extract_fills_its_number_and_shows_that_its_minutes_are_missing() -> None:
    (year,) = gaps_in([minutes("2024-01-15", 1, 2), minutes("2024-02-12", 3, whole=False)])
    assert year.missing == ()
    assert year.extracts == ("2024-02-12",)
    assert gaps_in([minutes("2024-01-15", 1, 2), minutes("2024-01-15", 2, whole=False)]) == ()


def test_a_body_is_one_however_it_is_written_and_bodies_are_apart() -> None:
    assert gaps_in([minutes("2024-01-15", 1), minutes("2024-02-12", 2, body="KF")]) == ()
    assert len(gaps_in([minutes("2024-01-15", 1), minutes("2024-02-12", 2, body="Kommunstyrelsen")])) == 1


@given(st.sets(st.integers(1, 60), min_size=1))
def test_what_is_held_and_what_is_missing_make_an_unbroken_run(numbers: set[int]) -> None:
    years = gaps_in([minutes("2024-01-15", *numbers)])
    missing = {number for year in years for gap in year.missing for number in range(gap.first, gap.last + 1)}
    assert not missing & numbers
    assert missing | numbers == set(range(1, max(numbers) + 1))
