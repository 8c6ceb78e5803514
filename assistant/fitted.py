"""Fitted: the numbers that were learned from the dev cases, read from `fitted.json`; `radslag fit` writes it anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul
from typing import Self

from assistant.model import Language

FILE = "fitted.json"


class Figures:
    """Figures by name: what was measured, or what each of it is worth."""

    def dot(self, other: Self) -> float:
        """The sum of the products, name by name."""
        return float(sum(map(mul, vars(self).values(), vars(other).values())))


@dataclass(frozen=True)
class Signals(Figures):
    """What speaks for a sentence as an answer, or what each of these things is worth."""

    likeness: float  # cosine of the sentence to the question
    met: float  # how fully its words answer to those of the question (`ingest.interaction`), or a mean where that isn't known
    suits: float  # how well it suits by the sorts of things it holds (`ingest.signs`), or a mean where that isn't known
    beside: float  # how far its cosine lies below that of the likest sentence of its passage, 0 or less
    passage: float  # fused score of its passage, in z-scores
    unit: float  # the best fused score in its § or document
    around: float  # share of the weight of the question's words in the passage and its header, 0..1
    within: float  # the same for the sentence alone, of the words that no earlier question lent
    fits: float  # how surely it holds the sort of thing asked for, 0..1
    figure: float  # 1 when it holds a number that the question doesn't
    named: float  # share of the question's names and numbers in the passage or its header, 0..1; those elsewhere in the § count less
    titled: float  # 1 when a year of the question stands in the title or the headings above
    prose: float  # 1 for a sentence, 0 for an entry, a name or another fragment
    row: float  # 1 for a row of a table
    point: float  # 1 for a decision point, adopted or proposed
    decided: float  # 1 for words with the standing of a decision
    proposed: float  # 1 for a proposal
    opinion: float  # 1 for an opinion or a motion
    asked: float  # 1 for the standing that the question asks for
    body: float  # 1 when the body that the question names has written or decided it
    settles: float  # 1 when its matter ended with the decision it stands in, and no proposal or opinion is asked for
    overtaken: float  # 1 when a later decision of its matter stands before it, and no proposal or opinion is asked for
    replaced: (
        float  # 1 when a later edition of its paper is there, and the question names no time at which this one held
    )
    told: float  # 1 for words without a standing of their own that tell what was proposed, asked for or decided, unless
    # a proposal or an opinion is asked for
    recent: float  # years after the oldest evidence, divided by ten, when the question asks for what holds now; else 0


@dataclass(frozen=True)
class Grounds(Figures):
    """What speaks for the best sentence being an answer at all, or what each of these things is worth."""

    score: float  # by which it was put first
    margin: float  # by which it leads the best sentence of any other § or document
    share: float  # of the softmax of the scores of all sentences, 0..1
    likeness: float  # as in `Signals`, and so those below
    met: float
    met_there: float  # the same of all that was found of its § or document
    suits: float
    unit: float
    around: float
    within: float
    fits: float
    named: float


@dataclass(frozen=True)
class Calibration:
    """A logistic regression over the grounds of the best sentence, and the least probability for it to be given."""

    intercept: float
    weights: Grounds
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
            language: Calibration(each["intercept"], Grounds(**each["weights"]), each["answer_from"])
            for language, each in found["calibration"].items()
        },
    )
