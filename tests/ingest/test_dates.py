"""Dates: days that the calendar has, in figures and in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.chain import ingest
from ingest.dates import dates_in, times_in
from ingest.settings import Settings
from tests.encoders import ToyEncoder


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("Datum: 2024-02-29 och den 3 maj 2024", ["2024-02-29", "2024-05-03"]),
        ("Datum: 2024-06-31", []),
        ("Datum: 2023-02-29", []),
        ("den 45 maj 2024", []),
        ("on 31st of June, 2024", []),
        ("2024-13-01", []),
    ],
)
def test_only_days_of_the_calendar_are_dates(words: str, dates: list[str]) -> None:
    assert dates_in(words) == dates


def test_of_an_impossible_day_the_month_may_still_be_meant() -> None:
    assert times_in("den 45 maj 2024") == ["2024-05"]


def test_a_slip_in_a_date_stops_no_ingest(tmp_path: Path) -> None:
    papers = tmp_path / "papper"
    papers.mkdir()
    for name, day in {"a.txt": "2024-06-31", "b.txt": "2024-05-30"}.items():
        words = f"TJÄNSTESKRIVELSE\nDatum: {day}\nSkola i Norrby\n\nFörslag till beslut\nSkolan byggs.\n"
        (papers / name).write_text(words, encoding="utf-8")
    report = ingest([papers], Settings(index=tmp_path / "index"), ToyEncoder())
    assert (report.added, report.failed) == (2, ())
