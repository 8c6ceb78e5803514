"""Dates in all their forms."""

from __future__ import annotations

import pytest

from ingest.dates import dates_in, first_date


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("den 13 maj 2024", ["2024-05-13"]),
        ("2024-05-13 och 1 oktober 2023", ["2024-05-13", "2023-10-01"]),
        ("1st of May 2023", ["2023-05-01"]),
        ("on 28 March 2022", ["2022-03-28"]),
        ("3 January, 2020", ["2020-01-03"]),
        ("5 augusti 2019", ["2019-08-05"]),
        ("2024-13-40", []),
        ("i maj 2024", []),
        ("", []),
    ],
)
def test_dates(words: str, dates: list[str]) -> None:
    assert dates_in(words) == dates
    assert first_date(words) == (dates[0] if dates else None)
