"""Fit: learn from the dev cases what each signal is worth, in choosing a sentence and in deciding whether it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, softmax

from assistant.abstain import grounds_of
from assistant.answer import chosen_of, most_statements
from assistant.evidence import Evidence
from assistant.fitted import Calibration, Fitted, Grounds, Signals
from assistant.model import Language
from assistant.question import Question
from evals.cases import Case
from evals.metrics import hits_group
from evals.text import states

Array = NDArray[np.float64]
EvidenceOf = Callable[[Case], tuple[Question, tuple[list[Evidence], ...]]]

STIFFNESS = 4.0  # of the Gaussian prior that holds each weight, counted in its signal's standard deviations, near 0
CALIBRATION_STIFFNESS = 8.0
LEAST_SPREAD = 0.01  # of a ground in the examples; one that hardly varies there can tell little
GOLD_ONLY = 0.5  # what a gold sentence is worth that holds none of the facts
WRONG_ANSWER = 0.3  # what a wrong answer costs, in right ones; one that is likely wrong is called uncertain
NEARLY = 0.005  # of what questions are worth: so much less is as good, and then an answer that says it is uncertain goes before none
FOLDS = 5
LANGUAGES: tuple[Language, ...] = ("sv", "en")
THRESHOLDS = tuple(step / 100 for step in range(10, 91))


@dataclass(frozen=True)
class Example:
    """The evidence for one thing asked for: a row of signals a sentence, and how good an answer each is."""

    cluster: str  # what it shares with other examples
    language: Language
    answerable: bool
    evidence: tuple[Evidence, ...]
    signals: Array  # (sentences, signals)
    worth: Array  # (sentences,): 1 for a gold sentence with a fact, `GOLD_ONLY` without, else 0
    right: NDArray[np.bool_]  # (sentences,): holds a fact, or the gold where the facts are elsewhere

    @property
    def beyond(self) -> Array:
        """What is added to the worth of each sentence's signals, (sentences,)."""
        return np.array([item.beyond for item in self.evidence])


def examples_of(cases: Iterable[Case], evidence_of: EvidenceOf) -> tuple[Example, ...]:
    """What the cases teach; a case that asks several things at once is left out, since its gold isn't told apart."""
    examples = []
    for case in cases:
        question, several = evidence_of(case)
        if len(several) == 1 and several[0]:
            examples.append(_example(case, question.language, several[0]))
    return tuple(examples)


def _example(case: Case, language: Language, evidence: Sequence[Evidence]) -> Example:
    gold = np.array(
        [
            any(hits_group(group, item.found.passage.document, item.words) for group in case.evidence)
            for item in evidence
        ]
    )
    fact = np.array([any(states(item.words, each) for fact in case.facts for each in fact) for item in evidence])
    both = gold & fact
    return Example(
        cluster=case.cluster,
        language=language,
        answerable=case.answerable,
        evidence=tuple(evidence),
        signals=np.array([astuple(item.signals) for item in evidence]),
        worth=np.where(both, 1.0, np.where(gold, GOLD_ONLY, 0.0)),
        right=fact if both.any() else gold,
    )


def fit(examples: Sequence[Example], ranking: Signals | None = None) -> Fitted:
    """Maximum a posteriori numbers: a softmax over each question's sentences (or the `ranking` there is), then a logistic regression per language.

    From what probability on an answer is given is chosen by examples that the probabilities were not fitted on, where they can be
    divided: to those that they were, they look surer than they are.
    """
    whole = _fit(examples, ranking)
    unseen = [(first, whole) for first in _firsts(examples, whole.ranking)]
    if folds := _folds(examples):
        unseen = [
            (first, numbers)
            for held_out, rest in folds
            for numbers in [_fit(rest, ranking)]
            for first in _firsts(held_out, numbers.ranking)
        ]
    chosen = {
        language: replace(calibration, answer_from=_answer_from(unseen, language))
        for language, calibration in whole.calibration.items()
    }
    return Fitted(whole.ranking, chosen)


def _fit(examples: Sequence[Example], ranking: Signals | None) -> Fitted:
    """As `fit`, but for the probability from which an answer is given."""
    ranking = ranking or fit_ranking(examples)
    return Fitted(
        ranking,
        {language: fit_calibration(examples, language, ranking) for language in LANGUAGES},
    )


def _firsts(examples: Sequence[Example], ranking: Signals) -> list[First]:
    return [first_of(each, ranking) for each in examples]


def _folds(examples: Sequence[Example], folds: int = FOLDS) -> list[tuple[list[Example], list[Example]]]:
    """Some of the examples and the rest of them, each example once among the former; what errs together stays together."""
    fold_of = [int(sha256(each.cluster.encode()).hexdigest(), 16) % folds for each in examples]
    divided = [
        (
            [each for each, number in zip(examples, fold_of, strict=True) if number == fold],
            [each for each, number in zip(examples, fold_of, strict=True) if number != fold],
        )
        for fold in range(folds)
    ]
    return [
        (held_out, rest)
        for held_out, rest in divided
        if held_out and {each.language for each in rest} == set(LANGUAGES)
    ]


def fit_ranking(examples: Sequence[Example]) -> Signals:
    """Weights under which the good sentences take the most of each question's softmax (listwise cross-entropy)."""
    useful = [each for each in examples if each.worth.any()]
    spread = np.vstack([each.signals for each in useful]).std(axis=0) + 1e-9
    rows = [each.signals / spread for each in useful]
    targets = [each.worth / each.worth.sum() for each in useful]
    beyond = [each.beyond for each in useful]

    def loss(weights: Array) -> tuple[float, Array]:
        value, gradient = STIFFNESS * float(weights @ weights) / 2, STIFFNESS * weights
        for signals, target, more in zip(rows, targets, beyond, strict=True):
            scores = signals @ weights + more
            value -= float(target @ log_softmax(scores))
            gradient = gradient - (target - softmax(scores)) @ signals
        return value, gradient

    found = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B")
    return Signals(*(round(float(weight), 4) for weight in found.x / spread))


def fit_calibration(examples: Sequence[Example], language: Language, ranking: Signals) -> Calibration:
    """How probable it is that the sentence ranked first answers, or one that is given beside it; the rule about names decides before, so it is left out.

    No ground speaks against an answer: a weight below 0 would tell what the examples happen to be like.
    """
    firsts = [first_of(each, ranking) for each in examples if each.language == language]
    named = [first for first in firsts if first.named]
    rows = np.array([astuple(first.grounds) for first in named])
    signs = np.where([first.told for first in named], 1.0, -1.0)
    middle, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), LEAST_SPREAD)
    design = np.hstack([np.ones((len(rows), 1)), (rows - middle) / spread])

    def loss(weights: Array) -> tuple[float, Array]:
        margins = signs * (design @ weights)
        held = np.concatenate([[0.0], weights[1:]])
        value = float(np.sum(np.logaddexp(0, -margins))) + CALIBRATION_STIFFNESS * float(held @ held) / 2
        return value, -(design.T @ (signs * expit(-margins))) + CALIBRATION_STIFFNESS * held

    bounds = [(None, None)] + [(0.0, None)] * (design.shape[1] - 1)
    intercept, *scaled = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = np.array(scaled) / spread
    grounds = Grounds(*(round(float(weight), 4) for weight in weights))
    return Calibration(round(float(intercept - weights @ middle), 4), grounds, answer_from=0.5)


@dataclass(frozen=True)
class First:
    """The sentence that a ranking puts first."""

    language: Language
    answerable: bool
    right: bool
    told: bool  # by it or another that is nearly as good, and so given beside it
    named: bool
    grounds: Grounds

    def probability(self, calibration: Calibration) -> float:
        return float(expit(calibration.intercept + calibration.weights.dot(self.grounds)))


def first_of(example: Example, ranking: Signals) -> First:
    """What `ranking` puts first among an example's evidence."""
    scores = example.signals @ np.array(astuple(ranking)) + example.beyond
    order = np.argsort(-scores, kind="stable")
    best = int(order[0])
    ranked = [replace(example.evidence[place], score=float(scores[place])) for place in order]
    right = {item.place for item, is_right in zip(example.evidence, example.right, strict=True) if is_right}
    told = chosen_of(ranked, most_statements([example]))
    return First(
        language=example.language,
        answerable=example.answerable,
        right=example.answerable and bool(example.right[best]),
        told=example.answerable and any(item.place in right for item in told),
        named=not ranked[0].missing,
        grounds=grounds_of(ranked),
    )


def _answer_from(firsts: Sequence[tuple[First, Fitted]], language: Language) -> float:
    """The least threshold that serves about as well as any: 1 for a right answer or abstention, `-WRONG_ANSWER` for a wrong answer, else 0.

    Each of `firsts` comes with the numbers that tell its probability.
    """
    asked = [
        (first, first.probability(numbers.calibration[language]))
        for first, numbers in firsts
        if first.language == language
    ]

    def served(threshold: float) -> float:
        total = 0.0
        for first, probability in asked:
            if first.named and probability >= threshold:
                total += 1.0 if first.told else -WRONG_ANSWER
            elif not first.answerable:
                total += 1.0
        return total

    worth = {threshold: served(threshold) for threshold in THRESHOLDS}
    least = max(worth.values()) - NEARLY * len(asked)
    return min(threshold for threshold in THRESHOLDS if worth[threshold] >= least)


def quality(examples: Sequence[Example], numbers: Fitted) -> Mapping[str, float]:
    """Share of answerable questions whose first sentence is right, and of all whose outcome (answer or not) is right."""
    firsts = _firsts(examples, numbers.ranking)
    answerable = [first for first in firsts if first.answerable]
    right = 0
    for first in firsts:
        calibration = numbers.calibration[first.language]
        answers = first.named and first.probability(calibration) >= calibration.answer_from
        right += (answers and first.told) if first.answerable else not answers
    return {
        "first": sum(first.right for first in answerable) / max(1, len(answerable)),
        "right": right / max(1, len(examples)),
    }


def cross_validated(examples: Sequence[Example], ranking: Signals | None = None) -> Mapping[str, float]:
    """`quality` on cases that the numbers were not fitted on, every fold in turn, averaged; what errs together stays together."""
    total = {"first": 0.0, "right": 0.0}
    answerable = max(1, sum(each.answerable for each in examples))
    for held_out, rest in _folds(examples):
        measured = quality(held_out, fit(rest, ranking))
        total["first"] += measured["first"] * sum(each.answerable for each in held_out) / answerable
        total["right"] += measured["right"] * len(held_out) / len(examples)
    return total


def render(numbers: Fitted) -> str:
    """The file that `assistant.fitted` reads."""
    return json.dumps(asdict(numbers), indent=2) + "\n"
