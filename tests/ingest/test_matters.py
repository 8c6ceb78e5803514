"""Matters: which §§ and papers are one, in what order, with what outcome; the same however the documents came in."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ingest.chain import ingest
from ingest.errors import UsageError
from ingest.matters import Matter, Role
from ingest.mentions import Sort
from ingest.outcome import Outcome
from ingest.parse import parse
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.sources import find_sources
from ingest.store import REGISTRY_FILE
from tests.encoders import ToyEncoder, without_vectors

MOTION = """# Motion om solceller på skolans tak

Datum: 2023-02-01

Vi yrkar att kommunen bygger solceller på skolans tak. Ann Ek (S)
"""
MEMO = """TJÄNSTESKRIVELSE

2023-05-02

# Motion av Ann Ek (S) om solceller på skolans tak

Dnr KS 2023/00017

## Förslag till beslut

Motionen avslås.

## Ärendebeskrivning

Motionen väcktes 2023-02-01. Kommunen har inte råd med solceller.
"""
MINUTES = """# Protokoll {body} {date}

PROTOKOLL

Sammanträdesdatum {date}

"""
PARAGRAPH = """## § {number} {title}

{dnr}

## Beslut

{decision}

## Beslutsunderlag

{papers}

"""


def minutes(body: str, date: str, *paragraphs: tuple[int, str, str, str, str]) -> str:
    parts = [
        PARAGRAPH.format(number=number, title=title, dnr=dnr, decision=decision, papers=papers)
        for number, title, dnr, decision, papers in paragraphs
    ]
    return MINUTES.format(body=body, date=date) + "".join(parts)


KS = minutes(
    "Kommunstyrelsen",
    "2023-05-16",
    (50, "Val av justerare", "", "Ann Ek utses.", ""),
    (
        51,
        "Motion av Ann Ek (S) om solceller på skolans tak",
        "Dnr KS 2023-17",
        "Kommunstyrelsen föreslår kommunfullmäktige att avslå motionen.",
        "Tjänsteskrivelse 2023-05-02",
    ),
    (52, "Taxa för torghandel", "", "Kommunstyrelsen föreslår kommunfullmäktige att anta taxan.", "Förslag till taxa"),
)
KF = minutes(
    "Kommunfullmäktige",
    "2023-06-12",
    (20, "Val av justerare", "", "Bo Ek utses.", ""),
    (
        21,
        "Motion av Ann Ek (S) om solceller på skolans tak",
        "Dnr KS 2023/00017",
        "Kommunfullmäktige bifaller kommunstyrelsens förslag.",
        "Kommunstyrelsens protokoll 2023-05-16 § 51",
    ),
    (22, "Taxa för torghandel", "", "Taxan fastställs.", "Kommunstyrelsens protokoll 2023-05-16 § 52"),
)
NEXT_YEAR = minutes(
    "Kommunfullmäktige",
    "2024-06-10",
    (20, "Val av justerare", "", "Bo Ek utses.", ""),
    (31, "Taxa för torghandel", "", "Taxan fastställs.", "Förslag till taxa"),
    (
        32,
        "Omprövning av beslut om solceller",
        "Dnr KS 2024/00005",
        "Kommunfullmäktiges beslut 2023-06-12 § 21 upphävs. Solceller byggs på skolans tak.",
        "Skrivelse",
    ),
)
FILES = {"motion.md": MOTION, "memo.md": MEMO, "ks.md": KS, "kf.md": KF, "kf-nästa.md": NEXT_YEAR}


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry.open(tmp_path / "registry.sqlite3", create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "arkiv"
    root.mkdir()
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def fill(registry: Registry, folder: Path, names: Sequence[str]) -> None:
    settings = Settings()
    sources = {source.id: source for source in find_sources([folder], set(), settings.ignore).files}
    for name in names:
        document, passages = parse(sources[name], settings, "1")
        with registry.transaction():
            registry.put(document, str(folder), "1", passages, without_vectors(passages))


def linked(registry: Registry) -> list[Matter]:
    with registry.transaction():
        registry.matters.link()
    return registry.matters.all()


def test_a_motion_is_followed_from_the_paper_to_the_decision(registry: Registry, folder: Path) -> None:
    fill(registry, folder, list(FILES))
    linked(registry)
    (matter,) = registry.matters.of_dnr("KS 2023-00017")
    assert [(step.document, step.number, step.role) for step in matter.steps] == [
        ("motion.md", None, Role.INITIATIV),
        ("memo.md", None, Role.FÖRSLAG),
        ("ks.md", "51", Role.BEREDNING),
        ("kf.md", "21", Role.BESLUT),
    ]
    assert [step.outcome for step in matter.steps] == [None, None, None, Outcome.AVSLAG]  # bifall to a refusal
    assert matter.outcome is Outcome.AVSLAG
    assert (matter.first_date, matter.last_date) == ("2023-02-01", "2023-06-12")


def test_the_same_taxa_of_two_years_is_two_matters(registry: Registry, folder: Path) -> None:
    fill(registry, folder, list(FILES))
    found = [matter for matter in linked(registry) if matter.title == "Taxa för torghandel"]
    assert [[(step.document, step.number) for step in matter.steps] for matter in found] == [
        [("kf-nästa.md", "31")],
        [("ks.md", "52"), ("kf.md", "22")],
    ]
    assert {matter.outcome for matter in found} == {Outcome.ANTAGEN}


def test_what_every_meeting_has_is_no_matter(registry: Registry, folder: Path) -> None:
    fill(registry, folder, list(FILES))
    assert all("justerare" not in (matter.title or "") for matter in linked(registry))
    assert registry.matters.of("kf.md", "20") is None


def test_a_later_decision_that_cancels_one_is_found_from_it(registry: Registry, folder: Path) -> None:
    fill(registry, folder, list(FILES))
    linked(registry)
    (change,) = registry.matters.changes_to("kf.md", "21")
    assert (change.document, change.paragraph, change.how) == ("kf-nästa.md", "32", "upphäver")
    assert registry.matters.changes_to("ks.md", "51") == []


def test_a_passage_leads_to_its_matter(registry: Registry, folder: Path) -> None:
    fill(registry, folder, list(FILES))
    linked(registry)
    matter = registry.matters.of("memo.md")
    assert matter == registry.matters.of("ks.md", "51")
    assert registry.matters.of_document("memo.md") == [matter]
    assert [found.steps[-1].number for found in registry.matters.of_document("kf.md")] == ["21", "22"]


def test_documents_read_anew_keep_their_matters(tmp_path: Path, folder: Path) -> None:
    settings = Settings(index=tmp_path / "index")

    def matters() -> list[Matter]:
        with Registry.open(settings.index / REGISTRY_FILE) as opened:
            return opened.matters.all()

    ingest([folder], settings, ToyEncoder())
    found = matters()
    assert any(matter.steps for matter in found)
    assert ingest([folder], settings, ToyEncoder(), anew=True).updated == len(FILES)
    assert matters() == found


def test_mentions_are_kept_with_their_passage(registry: Registry, folder: Path) -> None:
    fill(registry, folder, list(FILES))
    linked(registry)
    named = [
        mention.value
        for found in registry.passages_of("kf.md")
        for mention in registry.matters.mentions(found.passage.id)
        if mention.sort is Sort.BESLUT
    ]
    assert named == ["kommunstyrelsen 2023-05-16 § 51", "kommunstyrelsen 2023-05-16 § 52"]


@pytest.mark.parametrize("seed", range(6))
def test_matters_are_the_same_whatever_order_documents_come_in(registry: Registry, folder: Path, seed: int) -> None:
    names = list(FILES)
    fill(registry, folder, names)
    expected = linked(registry)
    order = random.Random(seed).sample(names, len(names))
    with registry.transaction():
        for name in order:
            registry.remove(name)
    assert linked(registry) == []
    for name in order:
        fill(registry, folder, [name])
        linked(registry)
    removed = order[0]
    with registry.transaction():
        registry.remove(removed)
    assert all(step.document != removed for matter in linked(registry) for step in matter.steps)
    fill(registry, folder, [removed])
    assert linked(registry) == expected


def test_matters_know_whether_they_are_of_the_documents_as_they_are(registry: Registry, folder: Path) -> None:
    fill(registry, folder, ["memo.md", "ks.md"])
    assert not registry.matters.is_current()
    linked(registry)
    assert registry.matters.is_current()
    with registry.transaction():
        registry.remove("memo.md")
    assert not registry.matters.is_current()


def test_matters_are_narrowed_down(registry: Registry, folder: Path) -> None:
    fill(registry, folder, list(FILES))
    linked(registry)
    assert [matter.dnr for matter in registry.matters.all({"outcome": "avslag"})] == ["KS 2023/00017"]
    assert [matter.dnr for matter in registry.matters.all({"year": "2023"}, "SOLCELLER")] == ["KS 2023/00017"]
    assert registry.matters.all({"body": "KS", "year": "2024"}) == []
    with pytest.raises(UsageError, match="unknown filter"):
        registry.matters.all({"färg": "röd"})
