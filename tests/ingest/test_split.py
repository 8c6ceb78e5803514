"""Laws of passages: nothing lost, nothing twice, spans true, no section crossed, no limit exceeded."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import Extract, read
from ingest.settings import Settings
from ingest.split import split
from ingest.structure import understand
from tests.ingest.laws import check_passages

CORPUS = Path(__file__).parents[2] / "corpus"
LINES = st.sampled_from(
    [
        "Förslag till beslut",
        "Ärendebeskrivning",
        "§ 12 Val av justerare",
        "Beslut",
        "1. Avgiften fastställs till 1 250 kronor från den 1 januari 2025.",
        "2. Beslutet gäller under förutsätt\u00adning att alla är överens.",
        "- Ärendet bordläggs.",
        "Kommunen har i dag två bad. Det ena är stängt för ombyggnad",
        "och det andra är öppet. Åtgärder krävs enligt utredningen från 2021.",
        "Postadress",
        "Telefon",
        "12 (40)",
        "## Rubrik",
        "",
        "\f",
        "ord " * 300,
        "x" * 1500,
    ]
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=25), st.booleans(), st.integers(200, 900))
def test_laws_hold_for_any_arrangement(lines: list[str], markup: bool, max_chars: int) -> None:
    document = understand("prov.txt", Extract("\n".join(lines), markup=markup))
    check_passages(document, split(document, "1", max_chars), max_chars)


def test_laws_hold_for_the_real_documents() -> None:
    for path in sorted((CORPUS / "koping").iterdir()):
        document = understand(f"koping/{path.name}", read(path, path.name, Settings()))
        passages = split(document, "1", 900)
        check_passages(document, passages, 900)
        assert len(passages) > 8


def test_a_point_is_a_passage_with_its_place_in_the_header() -> None:
    path = CORPUS / "koping" / "002_bb1c2f2fbae1ae61.txt"
    document = understand(f"koping/{path.name}", read(path, path.name, Settings()))
    point = next(passage for passage in split(document, "1", 900) if passage.point == 4)
    assert point.text.startswith("Samordningsförbundet Västra Mälardalen likvideras")
    assert point.header == (
        "Köpings kommun · Kommunstyrelsen · tjänsteskrivelse · 2023-01-20 · "
        "Beslut om bildande av länssamordningsförbund › Förslag till beslut › punkt 4"
    )


def test_ids_depend_on_document_version_and_position_only() -> None:
    document = understand("prov.txt", Extract("Beslut\n\n1. Ett.\n2. Två.\n"))
    assert split(document, "a", 900) == split(document, "a", 900)
    ids = {passage.id for passage in split(document, "a", 900)}
    assert ids.isdisjoint(passage.id for passage in split(document, "b", 900))
