"""Misspell: slips of the pen put into cases, and the words that they are mended to."""

from __future__ import annotations

import json
import random
from importlib.resources import files
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.model import Language
from assistant.slips import distance
from assistant.spelling import FILE
from evals.material import Ask, Matter, Unit, load
from evals.misspell import MIN_CHARS, misspell, misspelt
from evals.spelling import gathered

QUESTION = "Vilka villkor gäller för borgen i Norrby år 2024 enligt beslutet?"


@given(st.integers(0, 9), st.integers())
def test_so_many_words_get_a_slip_each_and_names_none(slips: int, seed: int) -> None:
    before, after = QUESTION.split(), misspelt(QUESTION, slips, random.Random(seed)).split()
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert len(changed) == min(slips, 5)
    assert all(one.islower() and len(one) >= MIN_CHARS for one, _ in changed)
    assert all(one[0] == other[0] and distance(one, other, 3) <= 3 for one, other in changed)


def test_cases_are_written_with_slips_the_same_each_time(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(
        json.dumps({"id": "a", "question": QUESTION, "facts": [["x"]]})
        + "\n"
        + json.dumps({"id": "b", "query": "x"})
        + "\n"
    )
    assert misspell([cases], tmp_path / "one", 2) == misspell([cases], tmp_path / "two", 2) == 1
    written = (tmp_path / "one" / "cases.jsonl").read_text(encoding="utf-8")
    assert written == (tmp_path / "two" / "cases.jsonl").read_text(encoding="utf-8")
    first, second = map(json.loads, written.splitlines())
    assert first["question"] != QUESTION
    assert (first["id"], first["facts"], second) == ("a", [["x"]], {"id": "b", "query": "x"})


def test_words_of_sentences_count_at_once_and_those_of_questions_alone_when_they_come_again() -> None:
    def one(number: int, sentence: str, *questions: tuple[str, Language]) -> Matter:
        asks = tuple(Ask(text, language, "amount", frozenset(), frozenset()) for text, language in questions)
        return Matter(str(number), (Unit("Taxa", (sentence,)),), asks)

    matters = [
        one(1, "Avgiften höjs.", ("Blir avgiften dyrare?", "sv"), ("What will it cost?", "en")),
        one(2, "Avgiften sänks.", ("Blir det billgare eller dyrare?", "sv"), ("What is the fee?", "en")),
    ]
    assert gathered(matters) == (
        "en\twhat\t2\nsv\tavgiften\t3\nsv\tblir\t2\nsv\tdyrare\t2\nsv\thöjs\t1\nsv\tsänks\t1\nsv\ttaxa\t2\n"
    )


def test_the_vocabulary_is_that_of_the_training_material() -> None:
    assert files("assistant").joinpath(FILE).read_text(encoding="utf-8") == gathered(load(Path("evals/training")))
