"""The cases over documents kept elsewhere: sound in themselves, and their gold wherever the documents are."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from evals.cases import Case, load_cases
from evals.check import check_cases, documents_below
from ingest.settings import load_settings

CASES = Path(__file__).parents[2] / "evals/cases"
FILES = sorted((CASES / "elsewhere").glob("*.jsonl"))
DOCUMENTS = os.environ.get("DOCUMENTS")  # the folder `make goteborg` is given
MAX_QUOTE_WORDS = 25  # the documents are not ours: a quote shows the place, no more


def questions(file: Path) -> list[Case]:
    return [case for case in load_cases([file]) if isinstance(case, Case)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_languages_and_outcomes_are_balanced(file: Path) -> None:
    cases = questions(file)
    languages = Counter(case.lang for case in cases)
    assert min(languages["sv"], languages["en"]) >= len(cases) // 3
    silent = sum(not case.answerable for case in cases)
    assert 0.3 <= silent / len(cases) <= 0.37


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_quotes_are_short(file: Path) -> None:
    for case in questions(file):
        for gold in (gold for group in case.evidence for gold in group):
            assert len(gold.quote.split()) <= MAX_QUOTE_WORDS, case.id


def test_the_counts_told_are_those_of_the_files() -> None:
    text = (CASES / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(goteborg-\w+)` \|.*\| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    told = {
        f"{name}-{split}": (int(n), int(silent))
        for name, dev, test, silent in rows
        for split, n in (("dev", dev), ("test", test))
    }
    found = {}
    for file in FILES:
        cases = questions(file)
        found[file.stem] = (len(cases), sum(not case.answerable for case in cases))
    assert told == found


if DOCUMENTS:  # no test where the documents are not: they are no part of the project

    @pytest.mark.slow
    def test_the_gold_is_where_the_cases_say() -> None:
        settings = load_settings(corpus=Path(DOCUMENTS or ""))
        assert [str(each) for each in check_cases(FILES, documents_below(settings))] == []
