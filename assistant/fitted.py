"""Fitted: the numbers that were learned from the dev cases, read from `fitted.json`; `radslag fit` writes it anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from operator import attrgetter, mul

from assistant.model import Language

FILE = "fitted.json"


@dataclass(frozen=True)
class Signals:
    """What speaks for a sentence as an answer, or what each of these things is worth."""

    likeness: float  # cosine of the sentence to the question
    passage: float  # fused score of its passage, in z-scores
    around: float  # share of the weight of the question's words in the passage and its header, 0..1
    within: float  # the same for the sentence alone, of the words that no earlier question lent
    fits: float  # how surely it holds the sort of thing asked for, 0..1
    named: float  # share of the question's names and numbers in the passage or its header, 0..1; those elsewhere in the § count less
    prose: float  # 1 for a sentence, 0 for an entry, a name or another fragment

    def dot(self, other: Signals) -> float:
        return float(sum(map(mul, _values(self), _values(other))))


_values = attrgetter(*(field.name for field in fields(Signals)))


@dataclass(frozen=True)
class Calibration:
    """A logistic regression over the signals of the best sentence, and the least probability for it to be given."""

    intercept: float
    weights: Signals
    answer_from: float


@dataclass(frozen=True)
class Fitted:
    """`ranking` orders the sentences of one question; `calibration` tells, per language, whether the best one answers."""

    ranking: Signals
    calibration: Mapping[Language, Calibration]


@cache
def fitted() -> Fitted:
    """The numbers in force."""
    return parse(files("assistant").joinpath(FILE).read_text(encoding="utf-8"))


def parse(text: str) -> Fitted:
    """Read what `radslag fit` wrote."""
    found = json.loads(text)
    return Fitted(
        ranking=Signals(**found["ranking"]),
        calibration={
            language: Calibration(each["intercept"], Signals(**each["weights"]), each["answer_from"])
            for language, each in found["calibration"].items()
        },
    )
