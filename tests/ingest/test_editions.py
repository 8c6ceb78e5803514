"""Editions share municipality, kind and title, but for the figures in it."""

from __future__ import annotations

from dataclasses import replace

from ingest.editions import edition_of
from ingest.model import Metadata

TARIFF = Metadata(title="Renhållningstaxa 2018", municipality="Norrby", kind="taxa", date="2017-11-13")


def test_editions_differ_in_figures_only() -> None:
    assert edition_of(TARIFF) == edition_of(replace(TARIFF, title="RENHÅLLNINGSTAXA 2021", date="2020-11-01"))
    assert edition_of(TARIFF) != edition_of(replace(TARIFF, title="VA-taxa 2018"))
    assert edition_of(TARIFF) != edition_of(replace(TARIFF, municipality="Sörby"))
    assert edition_of(TARIFF) != edition_of(replace(TARIFF, kind="regler"))


def test_papers_that_do_not_come_out_anew_have_none() -> None:
    assert edition_of(replace(TARIFF, kind="protokoll")) is None
    assert edition_of(replace(TARIFF, kind=None)) is None
    assert edition_of(replace(TARIFF, title=None)) is None
    assert edition_of(replace(TARIFF, title="2018")) is None
    assert edition_of(replace(TARIFF, date=None)) is None
