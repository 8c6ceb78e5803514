"""How near counts as near: limits that everything true passes, and one that parts two reasons where most come out right."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from assistant.llm.source import Source
from assistant.model import Citation, Language
from assistant.nearness import COVERAGE_WORTH, Nearness, known, name_of, render
from evals.cases import Case, PrecedentCase
from evals.faithful import Pair
from evals.near import between, highest_below, measured
from ingest.errors import UsageError


def test_the_limit_is_the_highest_that_nothing_true_lies_below() -> None:
    assert highest_below([0.871, 0.744, 0.9], 0.005) == 0.74
    assert highest_below([0.75], 0.005) == 0.75
    assert highest_below([0.84, 0.79], 0.05) == 0.75


@pytest.mark.parametrize(
    ("values", "above", "limit"),
    [
        ([0.61, 0.64, 0.81, 0.84], [False, False, True, True], 0.73),
        ([0.61, 0.84], [True, True], 0.61),
        ([0.61, 0.84], [False, False], 0.85),
    ],
)
def test_between_two_reasons_most_come_out_right(values: list[float], above: list[bool], limit: float) -> None:
    assert between(np.array(values), np.array(above), 0.01) == pytest.approx(limit, abs=0.011)


def question(number: int, tag: str, answerable: bool = False) -> Case:
    return Case(str(number), f"{number}", "sv", answerable, (), (), (tag,))


def pair(language: Language, sentence: str, quote: str, fault: str | None = None) -> Pair:
    return Pair(Source(quote, (Citation.bare("a.txt", 0, quote, "beslut"),)), sentence, language, fault)


class Archive:
    """Finds earlier matters and sentences on a topic as near as the digits of what is asked, in hundredths."""

    def likeness(self, text: str | None = None, document: str | None = None) -> float:
        return float(text or document or 0) / 100

    def evidence(self, question: str, *_: object) -> tuple[None, tuple[list[Any], ...]]:
        signals = SimpleNamespace(likeness=float(question) / 100 - COVERAGE_WORTH, around=1.0)
        return None, ([SimpleNamespace(signals=signals)] if question != "0" else [],)


def test_an_encoder_is_measured_on_cases_and_pairs() -> None:
    cases: list[Case | PrecedentCase] = [
        *(question(number, "absent") for number in (60, 62, 74, 0)),
        *(question(number, "missing-fact") for number in (70, 80, 82)),
        question(10, "missing-fact", answerable=True),
        PrecedentCase("p1", ("x",), (), query="76"),
        PrecedentCase("p2", ("x",), (), document="81"),
    ]
    angles = {"sv": 0.4, "en": 0.6, "quote": 0.0, "other": 2.0, "wrong": 1.5}
    pairs = [pair(language, language, "quote") for language in ("sv", "en")]
    pairs += [pair(language, "other", "other") for language in ("sv", "en")]
    found = measured(
        cast("Any", Archive()),
        lambda text: np.array([np.cos(angles[text]), np.sin(angles[text])], dtype=np.float32),
        cases,
        ["60", "75", "77"],
        [*pairs, pair("sv", "wrong", "quote", fault="number")],
    )
    near = found.nearness
    assert near.matter == 0.76
    assert 0.62 < near.topic <= 0.70
    assert near.statement == {"sv": 0.9, "en": 0.8}
    assert found.lines[0] == "matter 0.760: 2 of 2 known above, 2 of 3 unknown below"
    assert "the reason is right for 5 of 6 unanswerable questions" in found.lines[1]
    assert "2 of 2 true sentences above (the least 0.921), beside other quotes 0.0%" in found.lines[2]


def test_what_is_written_is_read_again() -> None:
    assert name_of("multilingual-e5-small@abc/int8.2") in known()
    toy = Nearness(0.5, 0.6, {"sv": 0.7, "en": 0.65})
    assert Nearness(**json.loads(render({"toy": toy}))["toy"]) == toy


@pytest.mark.parametrize(
    ("cases", "lack"),
    [
        ([question(60, "absent")], "no searches for precedents"),
        ([PrecedentCase("p1", ("x",), (), query="76"), question(60, "wrong-year")], "no questions without an answer"),
    ],
)
def test_what_cannot_be_measured_is_said(cases: list[Case | PrecedentCase], lack: str) -> None:
    with pytest.raises(UsageError, match=lack):
        measured(cast("Any", Archive()), lambda _: np.ones(2, dtype=np.float32), cases, ["60"], [])
