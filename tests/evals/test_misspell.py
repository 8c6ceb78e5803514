"""Misspell: slips of the pen put into cases, and the words that they are mended to."""

from __future__ import annotations

import json
import random
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model import Language
from assistant.slips import distance
from assistant.spelling import FILE
from evals.material import Ask, Matter, Unit, load
from evals.misspell import MIN_CHARS, misspell, misspelt
from evals.spelling import gathered
from ingest.errors import UsageError

QUESTION = "Vilka villkor gäller för borgen i Norrby år 2024 enligt beslutet?"


@given(st.integers(0, 9), st.integers())
def test_so_many_words_get_a_slip_each_and_names_none(slips: int, seed: int) -> None:
    before, after = QUESTION.split(), misspelt(QUESTION, slips, random.Random(seed)).split()
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert len(changed) == min(slips, 5)
    assert all(one.islower() and len(one) >= MIN_CHARS for one, _ in changed)
    assert all(one[0] == other[0] and distance(one, other, 3) <= 3 for one, other in changed)


def test_cases_are_written_with_slips_the_same_each_time(tmp_path: Path) -> None:
    cases = Path("evals/cases/dev/koping.jsonl")
    one, two = (misspell([cases], tmp_path / name, 2) for name in ("one", "two"))
    written = (tmp_path / "one" / cases.name).read_text(encoding="utf-8")
    assert one == two
    assert written == (tmp_path / "two" / cases.name).read_text(encoding="utf-8")
    before = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines()]
    after = [json.loads(line) for line in written.splitlines()]
    assert one == sum(old.get("question") != new.get("question") for old, new in zip(before, after, strict=True)) > 10
    assert [each | {"question": ""} for each in before] == [each | {"question": ""} for each in after]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    cases = Path("evals/cases/dev/koping.jsonl")
    with pytest.raises(UsageError, match="written over"):
        misspell([cases], cases.parent, 2)
    (tmp_path / cases.name).write_bytes(cases.read_bytes())
    with pytest.raises(UsageError, match=r"several files are called koping\.jsonl"):
        misspell([cases, tmp_path / cases.name], tmp_path / "out", 2)


def test_words_of_sentences_count_at_once_and_those_of_questions_alone_when_they_come_again() -> None:
    def one(number: int, sentence: str, *questions: tuple[str, Language]) -> Matter:
        asks = tuple(Ask(text, language, "amount", frozenset(), frozenset()) for text, language in questions)
        return Matter(str(number), (Unit("Taxa", (sentence,)),), asks)

    matters = [
        one(1, "Avgiften höjs.", ("Blir avgiften inte dyrare?", "sv"), ("Why, what will it cost?", "en")),
        one(2, "Avgiften sänks.", ("Är det billgare eller dyrare?", "sv"), ("And what is the fee?", "en")),
        one(3, "Hallberg sänker.", ("Vad vill Hallberg?", "sv")),
    ]
    assert (
        gathered(matters) == "en\twhat\t2\nsv\tavgiften\t3\nsv\tdyrare\t2\nsv\thöjs\t1\nsv\tsänker\t1\nsv\tsänks\t1\n"
    )


def test_a_slip_that_comes_again_is_no_word() -> None:
    asks = (Ask("vad kostar avgfiten", "sv", "amount", frozenset(), frozenset()),)
    unit = Unit("Taxa", ("För avgiften gäller detta.",))
    matters = [Matter(str(number), (unit,), asks if number < 3 else ()) for number in range(70)]
    assert "avgfiten" not in gathered(matters)
    assert "sv\tkostar\t3\n" in gathered(matters)


def test_the_vocabulary_is_that_of_the_training_material() -> None:
    assert files("assistant").joinpath(FILE).read_text(encoding="utf-8") == gathered(load(Path("evals/training")))
