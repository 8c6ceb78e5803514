"""What documents may be narrowed by, and what is said of a filter that none of them has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.chain import ingest
from ingest.errors import UsageError
from ingest.filters import Coverage, Unknown, where, years
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.store import REGISTRY_FILE, Index
from tests.encoders import ToyEncoder

PAPERS = {
    "norrby/a.txt": "Norrby kommun\nTjänsteskrivelse\n2018-02-01\n\nAvgift för bad\n\nBadet kostar 20 kronor.",
    "norrby/b.txt": "Norrby kommun\nTjänsteskrivelse\n2020-03-01\n\nAvgift för bad\n\nBadet kostar 30 kronor.",
    "sörby/c.txt": "Sörby kommun\nTjänsteskrivelse\n2022-04-01\n\nAvgift för bad\n\nBadet kostar 40 kronor.",
    "sörby/d.txt": "Sörby kommun\n\nAvgift för bad\n\nBadet i Sörby kommun kostar ingenting.",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name, text in PAPERS.items():
        path = tmp_path / "papper" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = Settings(index=tmp_path / "index")
    ingest([tmp_path / "papper"], settings, ToyEncoder())
    return settings


def test_coverage_is_of_the_documents_that_the_filter_lets_through(settings: Settings) -> None:
    both = ("Norrby kommun", "Sörby kommun")
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        coverage = registry.holdings.coverage
        assert coverage() == Coverage(4, both, "2018-02-01", "2022-04-01", 1)
        assert coverage({"municipality": "Sörby kommun"}) == Coverage(2, both[1:], "2022-04-01", "2022-04-01", 1)
        assert coverage({"year": "2018-2020"}) == Coverage(2, both[:1], "2018-02-01", "2020-03-01", 0)
        assert coverage({"year": "2019"}) == Coverage(0, (), None, None, 0)
        assert coverage({"status": "motion"}).documents == 0
        assert coverage({"status": "information"}).documents == 4


def test_a_range_of_years_is_searched_alike_in_chroma_and_in_the_registry(settings: Settings) -> None:
    encoder = ToyEncoder()
    query = encoder.encode_query("vad kostar badet").astype(np.float32)
    with Index.open(settings, encoder.fingerprint) as index:
        for value, documents in (("2020-2022", {"norrby/b.txt", "sörby/c.txt"}), ("2018", {"norrby/a.txt"})):
            for nearest in (index.nearest, index.registry.nearest):
                found = index.registry.passages([passage for passage, _ in nearest(query, 50, {"year": value})])
                assert {each.passage.document for each in found.values()} == documents


def test_years_are_a_year_or_a_range() -> None:
    assert years("2024") == ("2024", "2024")
    assert years("2018-2020") == years("2018–2020") == ("2018", "2020")


@pytest.mark.parametrize("value", ["i fjol", "24", "2020-2018", "2018-", "2024-05-13"])
def test_another_year_is_refused(value: str) -> None:
    with pytest.raises(UsageError, match="needs a year"):
        where({"year": value})


@pytest.mark.parametrize(
    ("key", "value", "alike"),
    [
        ("municipality", "sörby", ("Sörby kommun",)),
        ("municipality", "norrby kommun", ("Norrby kommun", "Sörby kommun")),
        ("municipality", "Sorby kommun", ("Sörby kommun", "Norrby kommun")),
        ("kind", "tjänsteskrivelsen", ("tjänsteskrivelse",)),
        ("document", "a.txt", ("norrby/a.txt",)),
        ("municipality", "Paris", ()),
    ],
)
def test_an_unknown_value_comes_with_those_that_resemble_it(
    settings: Settings, key: str, value: str, alike: tuple[str, ...]
) -> None:
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        (unknown,) = registry.holdings.unknown({key: value})
        assert (unknown.key, unknown.value) == (key, value)
        assert unknown.alike[: len(alike)] == alike
        assert bool(unknown.alike) == bool(alike)


def test_years_there_are_come_in_their_order_and_known_values_are_not_unknown(settings: Settings) -> None:
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        assert registry.holdings.unknown({"municipality": "Sörby kommun", "year": "1999"}) == (
            Unknown("year", "1999", ("2018", "2020", "2022"), ()),
        )
        assert registry.holdings.unknown({"municipality": "Sörby kommun", "year": "2018"}) == ()
