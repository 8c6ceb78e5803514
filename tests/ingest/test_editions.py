"""Editions share municipality, kind and title, but for the figures in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.editions import edition_of, in_force_from
from ingest.model import Metadata

TARIFF = Metadata(title="Renhållningstaxa 2018", municipality="Norrby", kind="taxa", date="2017-11-13")


def test_editions_differ_in_figures_only() -> None:
    assert edition_of(TARIFF) == edition_of(replace(TARIFF, title="RENHÅLLNINGSTAXA 2021", date="2020-11-01"))
    assert edition_of(TARIFF) != edition_of(replace(TARIFF, title="VA-taxa 2018"))
    assert edition_of(TARIFF) != edition_of(replace(TARIFF, municipality="Sörby"))
    assert edition_of(TARIFF) != edition_of(replace(TARIFF, kind="regler"))
    classes = replace(TARIFF, kind="riktlinjer", title="Riktlinjer för årskurs 1-3")
    assert edition_of(classes) != edition_of(replace(classes, title="Riktlinjer för årskurs 4-6"))


@pytest.mark.parametrize(
    "title",
    [
        "Ändrade skolskjutsregler (avståndsgräns och ansökningstid)",
        "Revidering av skolskjutsregler 2021",
        "Nya, skolskjutsregler",
    ],
)
def test_a_title_that_says_it_is_anew_is_of_an_edition(title: str) -> None:
    rules = replace(TARIFF, kind="regler", title="Skolskjutsregler 2017")
    same = edition_of(replace(rules, title=title, date="2020-05-18")) == edition_of(rules)
    assert same is not title.startswith("Nya,")
    assert edition_of(replace(rules, title="Ändrade regler")) is None


def test_each_body_has_its_own() -> None:
    rules = replace(TARIFF, kind="reglemente", title="Reglemente", body="Socialnämnden")
    assert edition_of(rules) == edition_of(replace(rules, date="2022-01-01"))
    assert edition_of(rules) != edition_of(replace(rules, body="Byggnadsnämnden"))
    assert edition_of(replace(rules, body=None)) is None


def test_an_edition_holds_from_the_year_in_its_title() -> None:
    assert in_force_from("Taxa 2027", "2026-11-16") == "2027-01-01"
    assert in_force_from("Taxa 2026", "2026-11-16") == "2026-11-16"
    assert in_force_from("Taxa", "2026-11-16") == in_force_from(None, "2026-11-16") == "2026-11-16"


def test_papers_that_do_not_come_out_anew_have_none() -> None:
    assert edition_of(replace(TARIFF, kind="protokoll")) is None
    assert edition_of(replace(TARIFF, kind=None)) is None
    assert edition_of(replace(TARIFF, title=None)) is None
    assert edition_of(replace(TARIFF, title="2018")) is None
    assert edition_of(replace(TARIFF, title="Taxa")) is None
    assert edition_of(replace(TARIFF, title="1 § Avgift")) is None
    assert edition_of(replace(TARIFF, municipality=None)) is None
    assert edition_of(replace(TARIFF, date=None)) is None
