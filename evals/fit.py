"""Fit: learn from the dev cases what each signal is worth, in choosing a sentence and in deciding whether it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from assistant.evidence import Evidence
from assistant.fitted import Calibration, Fitted, Signals
from assistant.model import Language
from assistant.question import Question
from evals.cases import Case
from evals.metrics import hits_group

Array = NDArray[np.float64]
EvidenceOf = Callable[[Case], tuple[Question, tuple[list[Evidence], ...]]]

# How far the numbers may stray from the prior: the prior's own scale for each signal, as the standard deviation of a Gaussian.
PRIOR = Signals(likeness=12.0, passage=0.25, around=1.0, within=1.5, fits=2.0, named=2.0, prose=0.3)
SPREAD = Signals(likeness=3.0, passage=0.1, around=0.5, within=0.5, fits=0.5, named=0.5, prose=0.15)
SHARPNESS = 3.0  # of the softmax: scores differ by tenths
CALIBRATION_PRIOR = Signals(likeness=30.0, passage=0.0, around=2.0, within=2.0, fits=1.0, named=0.0, prose=0.0)
CALIBRATION_SPREAD = Signals(likeness=15.0, passage=0.5, around=2.0, within=2.0, fits=1.0, named=0.01, prose=0.5)
INTERCEPT_SPREAD = 40.0
WRONG_ANSWER = 0.25  # what a wrong answer costs, in right ones
THRESHOLDS = tuple(step / 100 for step in range(10, 91, 5))


@dataclass(frozen=True)
class Example:
    """The evidence for one thing asked for: a row of signals a sentence, and which rows hit the gold."""

    language: Language
    answerable: bool
    signals: Array  # (sentences, signals)
    gold: NDArray[np.bool_]  # (sentences,)
    named: NDArray[np.bool_]  # (sentences,): every name and number of the question stands there


def examples_of(cases: Iterable[Case], evidence_of: EvidenceOf) -> tuple[Example, ...]:
    """What the cases teach; a case that asks several things at once is left out, since its gold isn't told apart."""
    examples = []
    for case in cases:
        question, several = evidence_of(case)
        if len(several) != 1 or not several[0]:
            continue
        evidence = several[0]
        hits = [
            any(hits_group(group, item.found.passage.document, item.words) for group in case.evidence)
            for item in evidence
        ]
        examples.append(
            Example(
                language=question.language,
                answerable=case.answerable,
                signals=np.array([astuple(item.signals) for item in evidence]),
                gold=np.array(hits),
                named=np.array([not item.missing for item in evidence]),
            )
        )
    return tuple(examples)


def fit(examples: Sequence[Example]) -> Fitted:
    """Maximum a posteriori numbers: a softmax over each question's sentences, then a logistic regression per language."""
    ranking = fit_ranking(examples)
    languages: tuple[Language, ...] = ("sv", "en")
    return Fitted(ranking, {language: fit_calibration(examples, language, ranking) for language in languages})


def fit_ranking(examples: Sequence[Example]) -> Signals:
    """Weights under which the gold sentences take the most of each question's softmax."""
    useful = [each for each in examples if each.gold.any()]
    prior, spread = np.array(astuple(PRIOR)), np.array(astuple(SPREAD))

    def loss(weights: Array) -> tuple[float, Array]:
        value, gradient = float(np.sum(((weights - prior) / spread) ** 2) / 2), (weights - prior) / spread**2
        for each in useful:
            scores = SHARPNESS * (each.signals @ weights)
            logs = log_softmax(scores)
            of_gold = softmax(np.where(each.gold, scores, -np.inf))
            value -= float(np.logaddexp.reduce(logs[each.gold]))
            gradient = gradient - SHARPNESS * (of_gold - softmax(scores)) @ each.signals
        return value, gradient

    found = minimize(loss, prior, jac=True, method="L-BFGS-B")
    return Signals(*(round(float(weight), 4) for weight in found.x))


def fit_calibration(examples: Sequence[Example], language: Language, ranking: Signals) -> Calibration:
    """How probable it is that the sentence ranked first answers; the rule about names decides before, so it is left out."""
    rows, labels = best_rows(examples, language, ranking)
    prior = np.array([-0.85 * CALIBRATION_PRIOR.likeness - 3.0, *astuple(CALIBRATION_PRIOR)])
    spread = np.array([INTERCEPT_SPREAD, *astuple(CALIBRATION_SPREAD)])
    design = np.hstack([np.ones((len(rows), 1)), rows])
    signs = np.where(labels, 1.0, -1.0)

    def loss(weights: Array) -> tuple[float, Array]:
        margins = signs * (design @ weights)
        away = (weights - prior) / spread
        value = float(np.sum(np.logaddexp(0, -margins)) + np.sum(away**2) / 2)
        gradient = -(design.T @ (signs / (1 + np.exp(margins)))) + away / spread
        return value, gradient

    found = minimize(loss, prior, jac=True, method="L-BFGS-B")
    intercept, *weights = (round(float(weight), 4) for weight in found.x)
    calibration = Calibration(intercept, Signals(*weights), answer_from=0.5)
    return replace(calibration, answer_from=_answer_from(examples, language, ranking, calibration))


def _answer_from(examples: Sequence[Example], language: Language, ranking: Signals, calibration: Calibration) -> float:
    """The threshold that serves best: 1 for a right answer or abstention, `-WRONG_ANSWER` for a wrong answer, else 0."""
    outcomes = []  # probability, and what answering and abstaining are worth
    for each in examples:
        best = int(np.argmax(each.signals @ np.array(astuple(ranking))))
        if each.language == language and each.named[best]:
            right = each.answerable and bool(each.gold[best])
            worth = 1.0 if right else -WRONG_ANSWER
            outcomes.append((_probability(calibration, each.signals[best]), worth, 0.0 if each.answerable else 1.0))

    def served(threshold: float) -> float:
        return sum(answer if probability >= threshold else abstain for probability, answer, abstain in outcomes)

    return max(THRESHOLDS, key=lambda threshold: (round(served(threshold), 6), -abs(threshold - 0.5)))


def _probability(calibration: Calibration, signals: Array) -> float:
    logit = calibration.intercept + float(np.array(astuple(calibration.weights)) @ signals)
    return float(1 / (1 + np.exp(-logit)))


def best_rows(examples: Sequence[Example], language: Language, ranking: Signals) -> tuple[Array, NDArray[np.bool_]]:
    """The signals of each question's first sentence, (questions, signals), and whether it answers."""
    rows, labels = [], []
    for each in examples:
        best = int(np.argmax(each.signals @ np.array(astuple(ranking))))
        if each.language == language and each.named[best]:
            rows.append(each.signals[best])
            labels.append(each.answerable and bool(each.gold[best]))
    return np.array(rows).reshape(-1, len(fields(Signals))), np.array(labels, dtype=bool)


def quality(examples: Sequence[Example], numbers: Fitted) -> Mapping[str, float]:
    """Share of answerable questions whose first sentence is gold, and of all whose outcome (answer or not) is right."""
    ranking = np.array(astuple(numbers.ranking))
    answerable = [each for each in examples if each.answerable]
    first = sum(bool(each.gold[int(np.argmax(each.signals @ ranking))]) for each in answerable)
    right = 0
    for each in examples:
        best = int(np.argmax(each.signals @ ranking))
        calibration = numbers.calibration[each.language]
        answers = bool(each.named[best]) and _probability(calibration, each.signals[best]) >= calibration.answer_from
        right += (answers and bool(each.gold[best])) if each.answerable else not answers
    return {"first": first / max(1, len(answerable)), "right": right / max(1, len(examples))}


def cross_validated(examples: Sequence[Example], folds: int = 5) -> Mapping[str, float]:
    """`quality` on cases that the numbers were not fitted on, every fold in turn, averaged."""
    results = []
    for fold in range(folds):
        held_out = examples[fold::folds]
        rest = [each for number, each in enumerate(examples) if number % folds != fold]
        results.append(quality(held_out, fit(rest)))
    return {name: sum(result[name] for result in results) / folds for name in results[0]}


def render(numbers: Fitted) -> str:
    """The file that `assistant.fitted` reads."""
    return json.dumps(asdict(numbers), indent=2) + "\n"
