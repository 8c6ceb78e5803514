"""A fingerprint changes with everything that decides the answers, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.fingerprint import Fingerprint, take_fingerprint
from ingest.settings import load_settings

Take = Callable[..., Fingerprint]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    for package in ("ingest", "assistant", "evals"):
        (tmp_path / package / "inner").mkdir(parents=True)
        (tmp_path / package / "inner" / "module.py").write_text("x = 1\n")
    (tmp_path / "cases.jsonl").write_text("{}\n")
    (tmp_path / "more.jsonl").write_text("{ }\n")

    def taken(**changes: Any) -> Fingerprint:
        values: dict[str, Any] = {
            "root": tmp_path,
            "documents": {"a.txt": "1", "b.txt": "2"},
            "model": "m",
            "settings": load_settings(),
            "case_files": [tmp_path / "cases.jsonl", tmp_path / "more.jsonl"],
            "date": "2026-11-21",
        }
        return take_fingerprint(**{**values, **changes})

    return taken


def test_equal_where_nothing_that_matters_differs(take: Take, tmp_path: Path) -> None:
    first = take()
    (tmp_path / "ingest" / "notes.md").write_text("not code")
    again = take(
        date="2027-01-01",
        documents={"b.txt": "2", "a.txt": "1"},
        settings=load_settings(index=Path("elsewhere"), port=1),
        case_files=[tmp_path / "more.jsonl", tmp_path / "cases.jsonl"],
    )
    assert again.digest == first.digest
    assert again.date != first.date
    assert first.as_json()["digest"] == first.digest


@pytest.mark.parametrize(
    "change",
    [
        {"documents": {"a.txt": "1", "b.txt": "3"}},
        {"documents": {"a.txt": "1"}},
        {"model": "n"},
        {"settings": load_settings(dense_weight=0.7)},
        {"case_files": []},
    ],
    ids=["content", "documents", "model", "settings", "cases"],
)
def test_what_it_is_taken_of(take: Take, change: dict[str, Any]) -> None:
    assert take(**change).digest != take().digest


@pytest.mark.parametrize("package", ["ingest", "assistant", "evals"])
def test_the_code_of_every_package_counts(take: Take, tmp_path: Path, package: str) -> None:
    first = take()
    module = tmp_path / package / "inner" / "module.py"
    module.write_text("x = 2\n")
    second = take()
    module.rename(module.with_name("renamed.py"))
    assert len({first.digest, second.digest, take().digest}) == 3


def test_what_only_scores_is_told_from_what_answers_and_what_only_shows_from_both(take: Take, tmp_path: Path) -> None:
    first = take()
    (tmp_path / "evals" / "inner" / "module.py").write_text("x = 2\n")
    second = take()
    assert (second.code, second.scoring == first.scoring) == (first.code, False)
    (tmp_path / "assistant" / "web").mkdir()
    (tmp_path / "assistant" / "web" / "page.py").write_text("x = 1\n")
    assert take().digest == second.digest


@pytest.mark.parametrize("name", ["fitted.json", "glossary.tsv"])
def test_the_tables_a_program_reads_count(take: Take, tmp_path: Path, name: str) -> None:
    table = tmp_path / "assistant" / name
    table.write_text("1")
    first = take()
    table.write_text("2")
    assert take().code != first.code


def test_library_versions_count(take: Take) -> None:
    first = take()
    assert first.libraries["numpy"] != "absent"
    assert replace(first, libraries={**first.libraries, "numpy": "0"}).digest != first.digest
