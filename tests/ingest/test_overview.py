"""What the documents cover, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.chain import ingest
from ingest.errors import UsageError
from ingest.filters import Holdings
from ingest.overview import overview_of
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.store import REGISTRY_FILE
from tests.encoders import ToyEncoder

MINUTES = """Norrby kommun
Sammanträdesprotokoll
Kommunfullmäktige
Sammanträdesdatum: {date}

§ {first}
Åtgärder för badet
Beslut

Kommunfullmäktige avslår motionen om gratis bad.

§ {second}
Lån till ishallen
Beslut

Kommunfullmäktige beviljar ishallen ett lån på 4 miljoner kronor.
"""
MEMO = """Norrby kommun

Mottagare
Kommunstyrelsen

Diarienummer
KS 2024/00012

Avgift för sophämtning

Förslag till beslut

1. Avgiften för sophämtning fastställs till 1 250 kronor om året.
"""


@pytest.fixture(scope="module")
def holdings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Holdings]:
    root: Path = tmp_path_factory.mktemp("papper")
    (root / "a.txt").write_text(MINUTES.format(date="2021-05-10", first=1, second=2), encoding="utf-8")
    (root / "b.txt").write_text(MINUTES.format(date="2024-05-13", first=61, second=63), encoding="utf-8")
    (root / "memo.txt").write_text(MEMO, encoding="utf-8")
    settings = Settings(index=tmp_path_factory.mktemp("index"))
    ingest([root], settings, ToyEncoder())
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        yield registry.holdings


def test_the_overview_counts_and_tells_what_is_missing(holdings: Holdings) -> None:
    overview = overview_of(holdings)
    assert overview.documents == 3
    assert overview.municipalities == (("Norrby kommun", 3),)
    assert dict(overview.kinds)["protokoll"] == 2
    assert overview.years == (("2021", 1), ("2022", 0), ("2023", 0), ("2024", 1))
    assert overview.empty_years == ("2022", "2023")
    assert [body for body, _ in overview.bodies] == ["Kommunfullmäktige", "Kommunstyrelsen"]
    assert overview.bodies[1][1] == {None: 1}
    assert [each.id for each in overview.undated] == ["memo.txt"]
    (gap,) = overview.gaps
    assert (gap.year, [(each.first, each.last) for each in gap.missing]) == ("2024", [(1, 60), (62, 62)])


def test_the_counts_are_of_what_the_filters_let_through_and_gaps_are_not_made_by_them(holdings: Holdings) -> None:
    overview = overview_of(holdings, {"kind": "protokoll", "status": "beslut"})
    assert overview.documents == 2
    assert overview_of(holdings, {"status": "förslag"}).gaps == overview.gaps == overview_of(holdings).gaps
    assert overview_of(holdings, {"year": "2021"}).gaps == ()
    with pytest.raises(UsageError):
        overview_of(holdings, {"colour": "red"})


def test_documents_are_found_by_their_diarienummer(holdings: Holdings) -> None:
    assert [each.id for each in holdings.documents(words="avgift 2024/00012")] == ["memo.txt"]
    assert holdings.documents(words="avgift protokoll") == []


def test_an_empty_index_covers_nothing(tmp_path: Path) -> None:
    with Registry.open(tmp_path / "registry.sqlite3", create=True) as registry:
        overview = overview_of(registry.holdings)
        assert (overview.documents, overview.years, overview.bodies, overview.gaps) == (0, (), (), ())
