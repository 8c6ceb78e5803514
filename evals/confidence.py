"""What `confidence` is worth: does it tell right answers from wrong ones, and does it say how often it is right?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from math import fsum
from typing import Any

from evals.rates import Rate, Sample, proportion
from evals.tally import yes

BINS = 10


@dataclass(frozen=True)
class Judged:
    """One question's outcome; `right` says whether the answer was, and means nothing for an abstention."""

    confidence: float  # 0..1
    answerable: bool
    answered: bool
    right: bool
    cluster: str


@dataclass(frozen=True)
class Point:
    """What comes of answering only from `confidence` on: the share of all questions answered, and of these the wrong."""

    confidence: float
    coverage: float
    risk: float


@dataclass(frozen=True)
class RiskCoverage:
    """The risk-coverage curve, over the answers that were given.

    What the abstentions would have said is unknown: the curve ends where the program stops answering. A wrong answer is
    one that isn't correct, be the question answerable or not.

    Attributes:
        questions, answered: how many were asked, and answered.
        points: one for each confidence that occurs, the surest answers first.
        aurc: area under the curve: the mean, over k = 1 .. answered, of the risk of the k surest answers; answers of
            equal confidence count as if in random order (Y. Geifman, G. Uziel and R. El-Yaniv 2019, ICLR).
        least_aurc: what it would be with every right answer before every wrong one; the excess over it is what
            better confidence could still gain.
        auroc: probability that a right answer has more confidence than a wrong one (ties count half).
        answerable_auroc: the same for answerable questions over unanswerable ones, abstentions included.
    """

    questions: int
    answered: int
    points: tuple[Point, ...]
    aurc: float | None
    least_aurc: float | None
    auroc: float | None
    answerable_auroc: float | None


@dataclass(frozen=True)
class Bin:
    """The answers with a confidence from `low` up to (below) `high`; the last bin holds 1 too."""

    low: float
    high: float
    n: int
    confidence: float | None  # their mean
    correct: Rate | None


@dataclass(frozen=True)
class Calibration:
    """Whether answers given with confidence c are right in a share c of the cases.

    Attributes:
        n: answers given.
        ece: expected calibration error: mean distance between confidence and share of right answers over the bins,
            weighed by n (M. P. Naeini, G. F. Cooper and M. Hauskrecht 2015, AAAI). Never quite 0: chance alone gives
            each bin of n answers a distance of about 0.8 · sqrt(p (1 - p) / n).
        brier: mean squared distance between confidence and outcome (G. W. Brier 1950).
    """

    n: int
    ece: float | None
    brier: float | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class Confidence:
    risk_coverage: RiskCoverage
    calibration: Calibration

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judge_confidence(outcomes: Sequence[Judged]) -> Confidence:
    """Everything that is said of confidence, from the questions of a run."""
    return Confidence(risk_coverage(outcomes), calibration(outcomes))


def risk_coverage(outcomes: Sequence[Judged]) -> RiskCoverage:
    answers = sorted((each for each in outcomes if each.answered), key=lambda each: -each.confidence)
    points: list[Point] = []
    risks: list[float] = []
    wrong = 0
    for confidence, equal in groupby(answers, key=lambda each: each.confidence):
        group = list(equal)
        before, new = len(risks), sum(not each.right for each in group)
        risks += [(wrong + new * place / len(group)) / (before + place) for place in range(1, len(group) + 1)]
        wrong += new
        points.append(Point(confidence, len(risks) / len(outcomes), wrong / len(risks)))
    right = len(answers) - wrong
    least = [max(0, place - right) / place for place in range(1, len(answers) + 1)]
    return RiskCoverage(
        questions=len(outcomes),
        answered=len(answers),
        points=tuple(points),
        aurc=_mean(risks),
        least_aurc=_mean(least),
        auroc=auroc(
            [each.confidence for each in answers if each.right], [each.confidence for each in answers if not each.right]
        ),
        answerable_auroc=auroc(
            [each.confidence for each in outcomes if each.answerable],
            [each.confidence for each in outcomes if not each.answerable],
        ),
    )


def calibration(outcomes: Sequence[Judged]) -> Calibration:
    answers = [each for each in outcomes if each.answered]
    bins = tuple(_bin(number, answers) for number in range(BINS))
    gaps = [
        each.n * abs(each.confidence - each.correct.value)
        for each in bins
        if each.correct and each.confidence is not None
    ]
    return Calibration(
        n=len(answers),
        ece=fsum(gaps) / len(answers) if answers else None,
        brier=_mean([(each.confidence - each.right) ** 2 for each in answers]),
        bins=bins,
    )


def auroc(above: Sequence[float], below: Sequence[float]) -> float | None:
    """Probability that one of `above` is larger than one of `below`, ties half; None where either is empty."""
    if not above or not below:
        return None
    pairs = fsum((one > other) + (one == other) / 2 for one in above for other in below)
    return pairs / (len(above) * len(below))


def _bin(number: int, answers: Iterable[Judged]) -> Bin:
    held = [each for each in answers if min(int(each.confidence * BINS), BINS - 1) == number]
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        n=len(held),
        confidence=_mean([each.confidence for each in held]),
        correct=proportion([Sample(yes(each.right), each.cluster) for each in held]),
    )


def _mean(values: Sequence[float]) -> float | None:
    return fsum(values) / len(values) if values else None
