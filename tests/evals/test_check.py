"""The checker of cases: each finding, and the cases of this project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.check import check_cases, documents_below
from ingest.settings import Settings, load_settings

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parents[2]
CASES = CHECKOUT / "evals" / "cases"
TEXT = """# Avtal om samverkan

## Ekonomi

Köpings kommun betalar årligen in
375 000 kronor. Beloppet betalas den 31 mars.

## Uppsägning

Avtalet gäller till den 30 juni 2025 och upphör därefter.
"""
GOOD: dict[str, Any] = {
    "id": "good",
    "question": "Vad betalar kommunen?",
    "lang": "sv",
    "answerable": True,
    "facts": [["375 000", "375000"]],
    "evidence": [[{"document": "k/avtal.md", "quote": "betalar årligen in 375 000 kronor"}]],
    "tags": ["amount"],
}
SILENT = {**GOOD, "id": "silent", "answerable": False, "facts": [], "evidence": []}


@pytest.fixture
def corpus(tmp_path: Path) -> Settings:
    (tmp_path / "corpus" / "k").mkdir(parents=True)
    (tmp_path / "corpus" / "k" / "avtal.md").write_text(TEXT, encoding="utf-8")
    return load_settings(corpus=tmp_path / "corpus")


def findings(tmp_path: Path, corpus: Settings, *records: object, file: str = "dev/cases.jsonl") -> list[str]:
    """What the checker says of all files so far, with `records` in `file`."""
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return [str(each).removeprefix(f"{tmp_path}/") for each in check_cases([tmp_path], documents_below(corpus))]


def test_nothing_to_mend(tmp_path: Path, corpus: Settings) -> None:
    from_section = {**GOOD, "id": "s", "question": "När?", "facts": [["31 MARS"]]}  # beside the quote, same section
    precedent = {"id": "p", "query": "avtal", "relevant": ["k/avtal.md"], "tags": []}
    assert findings(tmp_path, corpus, GOOD, SILENT, from_section, precedent) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"facts": [["400 000"]]}, "fact 400 000 stands neither in the evidence nor in its section"),
        ({"facts": [["375 000"], ["30 juni"]]}, "fact 30 juni stands neither"),  # in another section
        ({"facts": []}, "answerable without facts"),
        ({"facts": [["3"]]}, "fact '3' is met by any such number"),
        ({"facts": [["375 000", "31"]]}, "fact '31' is met by any such number"),
        ({"facts": [["5 000"]]}, "fact 5 000 stands neither"),  # only as the end of another number
        ({"forbidden": ["375 000 euro"]}, "fact '375 000' is met by the forbidden '375 000 euro'"),
        ({"question": "Betalas 375 000 kronor?"}, "the question holds every fact"),
        ({"evidence": [[{"document": "k/avtal.md", "quote": "betalar 375 000 kronor"}]]}, "quote not in k/avtal.md"),
        ({"evidence": [[{"document": "k/none.md", "quote": "betalar"}]]}, "no document k/none.md"),
        ({"evidence": []}, "answerable without evidence"),
        ({"answerable": False}, "unanswerable, yet has facts or evidence"),
        ({"tag": 1}, "tag: found an unknown key"),
    ],
)
def test_what_is_to_mend(tmp_path: Path, corpus: Settings, change: dict[str, Any], message: str) -> None:
    found = findings(tmp_path, corpus, SILENT, {**GOOD, **change})
    assert any(each.startswith("dev/cases.jsonl:2: ") and message in each for each in found)


def test_precedents(tmp_path: Path, corpus: Settings) -> None:
    own = {"id": "p", "document": "k/avtal.md", "relevant": ["k/avtal.md", "k/none.md"], "tags": []}
    assert findings(tmp_path, corpus, own) == [
        "dev/cases.jsonl:1: p: no document k/none.md; correct the path (below the corpus)",
        "dev/cases.jsonl:1: p: k/avtal.md would be its own precedent; remove it from relevant",
    ]


def test_an_id_twice(tmp_path: Path, corpus: Settings) -> None:
    (found,) = findings(tmp_path, corpus, GOOD, {**SILENT, "id": "good"})
    assert found.startswith("dev/cases.jsonl:2: id 'good' stands already at ")


@pytest.mark.parametrize("record", [GOOD, SILENT], ids=["answerable", "unanswerable"])
@pytest.mark.parametrize(
    ("dev", "test"),
    [("dev/cases.jsonl", "test/cases.jsonl"), ("elsewhere/minutes-dev.jsonl", "elsewhere/minutes-test.jsonl")],
)
def test_dev_and_test_share_no_question(
    tmp_path: Path, corpus: Settings, record: dict[str, Any], dev: str, test: str
) -> None:
    assert findings(tmp_path, corpus, record, file=dev) == []
    shared = {**record, "id": "other", "question": "VAD  betalar kommunen?"}
    (found,) = findings(tmp_path, corpus, shared, file=test)
    assert found.startswith(f"{test}:1: other: its question is asked at ")


def test_a_question_may_be_asked_again_on_its_own_side(tmp_path: Path, corpus: Settings) -> None:
    again = {**GOOD, "id": "with-history"}
    assert findings(tmp_path, corpus, GOOD, again) == []
    assert findings(tmp_path, corpus, {**again, "id": "third"}, file="dev/more.jsonl") == []


def test_our_own_cases_are_in_order() -> None:
    """Those over `corpus/`; the documents that `elsewhere/` asks about are not part of the project."""
    settings = load_settings(corpus=CHECKOUT / "corpus")
    assert [str(each) for each in check_cases([CASES / "dev", CASES / "test"], documents_below(settings))] == []
