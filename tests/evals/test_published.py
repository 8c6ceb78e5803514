"""What is published of a run is what the web app can read, and what the README says."""

from __future__ import annotations

import json
import re
from pathlib import Path

from assistant.web.quality_report import PUBLISHED, read_report
from evals.cases import GRADE_KINDS
from evals.published import published
from evals.score import score
from tests.evals.builders import ANSWERS, CASES, fingerprint, text_of

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SCORES = {"fingerprint": fingerprint().as_json(), "gates": [], **score(CASES, ANSWERS, text_of).as_json()}


def test_the_web_app_reads_the_same_from_both_files(tmp_path: Path) -> None:
    (tmp_path / "scores.json").write_text(json.dumps(SCORES), encoding="utf-8")
    (tmp_path / "published.json").write_text(published(SCORES), encoding="utf-8")
    whole, short = read_report(tmp_path / "scores.json"), read_report(tmp_path / "published.json")
    assert short.fingerprint == whole.fingerprint
    assert short.overall.attempted == len(CASES)
    assert short.overall.correct is not None
    assert whole.overall.correct is not None
    assert abs(short.overall.correct.value - whole.overall.correct.value) < 0.0001
    assert short.language.keys() == whole.language.keys()
    assert set(short.kind) == {name for name, part in whole.kind.items() if part.correct and name not in GRADE_KINDS}, (
        "searches for precedents have no answer that could be correct"
    )


def test_cases_and_their_faults_are_not_published() -> None:
    assert "cases" not in json.loads(published(SCORES))
    assert "wrong" not in published(SCORES)


def test_the_readme_and_the_web_app_tell_of_the_same_run() -> None:
    correct = read_report(PUBLISHED).overall.correct
    assert correct is not None
    row = re.search(r"^\| correct +\| (\d+) % +\| (\d+)–(\d+) +\| (\d+)", README, re.MULTILINE)
    assert row is not None
    assert [int(cell) for cell in row.groups()] == [
        *(round(100 * share) for share in (correct.value, correct.low, correct.high)),
        correct.n,
    ]
