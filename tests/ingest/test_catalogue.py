"""The documents as a list to search, and what they cover."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.catalogue import Catalogue
from ingest.chain import ingest
from ingest.errors import UsageError
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
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    root: Path = tmp_path_factory.mktemp("papper")
    (root / "a.txt").write_text(MINUTES.format(date="2021-05-10", first=1, second=2), encoding="utf-8")
    (root / "b.txt").write_text(MINUTES.format(date="2024-05-13", first=61, second=63), encoding="utf-8")
    (root / "memo.txt").write_text(MEMO, encoding="utf-8")
    settings = Settings(index=tmp_path_factory.mktemp("index"))
    ingest([root], settings, ToyEncoder())
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        yield registry.catalogue


def test_documents_are_listed_latest_first_and_undated_last(catalogue: Catalogue) -> None:
    listing = catalogue.listing()
    assert [entry.document for entry in listing.entries] == ["b.txt", "a.txt", "memo.txt"]
    assert [entry.date for entry in listing.entries] == ["2024-05-13", "2021-05-10", None]


def test_a_page_is_part_of_the_whole(catalogue: Catalogue) -> None:
    whole = catalogue.listing()
    pages = [catalogue.listing(limit=1, offset=offset) for offset in range(3)]
    assert [page.total for page in pages] == [whole.total] * 3 == [3] * 3
    assert tuple(entry for page in pages for entry in page.entries) == whole.entries
    assert catalogue.listing(offset=3).entries == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("SOPHÄMT", ["memo.txt"]),
        ("avgift ks 00012", ["memo.txt"]),
        ("memo.", ["memo.txt"]),
        ("avgift protokoll", []),
        ("%", []),
        ("_", []),
    ],
)
def test_every_word_must_stand_in_title_number_or_id(catalogue: Catalogue, words: str, found: list[str]) -> None:
    assert [entry.document for entry in catalogue.listing(words).entries] == found


def test_filters_narrow_the_list(catalogue: Catalogue) -> None:
    assert catalogue.listing(filters={"year": "2020-2022"}).total == 1
    assert [entry.document for entry in catalogue.listing(filters={"status": "förslag"}).entries] == ["memo.txt"]
    with pytest.raises(UsageError):
        catalogue.listing(filters={"colour": "red"})


def test_one_document_is_what_the_list_says(catalogue: Catalogue) -> None:
    assert catalogue.entry("b.txt") == catalogue.listing().entries[0]
    assert catalogue.entry("c.txt") is None


def test_the_overview_counts_and_tells_what_is_missing(catalogue: Catalogue) -> None:
    overview = catalogue.overview()
    assert overview.documents == 3
    assert overview.municipalities == (("Norrby kommun", 3),)
    assert dict(overview.kinds)["protokoll"] == 2
    assert overview.years == (("2021", 1), ("2022", 0), ("2023", 0), ("2024", 1))
    assert overview.empty_years == ("2022", "2023")
    assert [body for body, _ in overview.bodies] == ["Kommunfullmäktige", "Kommunstyrelsen"]
    assert overview.bodies[1][1] == {None: 1}
    assert [entry.document for entry in overview.undated] == ["memo.txt"]
    (gap,) = overview.gaps
    assert (gap.year, [(each.first, each.last) for each in gap.missing]) == ("2024", [(1, 60), (62, 62)])


def test_the_counts_are_of_what_the_filters_let_through_and_gaps_are_not_made_by_them(catalogue: Catalogue) -> None:
    overview = catalogue.overview({"kind": "tjänsteskrivelse"})
    assert overview.documents == dict(overview.kinds).get("tjänsteskrivelse", 0)
    assert overview.gaps == catalogue.overview().gaps
    assert catalogue.overview({"year": "2021"}).gaps == ()


def test_an_empty_index_covers_nothing(tmp_path: Path) -> None:
    with Registry.open(tmp_path / "registry.sqlite3", create=True) as registry:
        overview = registry.catalogue.overview()
        assert (overview.documents, overview.years, overview.bodies, overview.gaps) == (0, (), (), ())
        assert registry.catalogue.listing().total == 0
