"""Abstain: whether the best evidence answers the question at all, and if not, why.

Rules come first: what the question names must stand where the answer stands. Then a logistic regression over a few signals,
per language, because likeness alone cannot tell an answerable question from an unanswerable one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.evidence import Evidence
from assistant.model import Language
from assistant.question import Question

ANSWER_FROM = 0.5  # least probability that the evidence answers, for it to be given


class Reason(StrEnum):
    NOTHING = "nothing on this"
    MISSING_NAME = "what is named is not there"
    MISSING_FACT = "the topic is there, not the fact"


@dataclass(frozen=True)
class Verdict:
    """`confidence` is the probability that the best evidence answers; `missing` is what the question names in vain."""

    confidence: float
    reason: Reason | None = None
    missing: tuple[str, ...] = ()

    @property
    def abstains(self) -> bool:
        return self.reason is not None


@dataclass(frozen=True)
class Calibration:
    """Coefficients of a logistic regression over `features`."""

    intercept: float
    likeness: float
    coverage: float
    own_coverage: float
    fits: float


CALIBRATION: Mapping[Language, Calibration] = {
    "sv": Calibration(-32.0, 36.0, 3.0, 2.0, 1.0),
    "en": Calibration(-40.0, 48.0, 0.0, 0.0, 1.0),
}
TOPIC_COVERAGE = 0.5  # with this share of the question's terms in place, the topic is there


def judge(question: Question, evidence: Sequence[Evidence]) -> Verdict:
    """Whether `evidence` (best first) answers the question."""
    if not evidence:
        return Verdict(0.0, Reason.NOTHING)
    best = evidence[0]
    missing = _missing(question, best)
    if missing:
        return Verdict(0.0, Reason.MISSING_NAME, missing)
    confidence = probability(question.language, best)
    if confidence >= ANSWER_FROM:
        return Verdict(confidence)
    return Verdict(confidence, Reason.MISSING_FACT if best.coverage >= TOPIC_COVERAGE else Reason.NOTHING)


def probability(language: Language, best: Evidence) -> float:
    """The calibrated probability that `best` answers."""
    weights = CALIBRATION[language]
    logit = weights.intercept + sum(
        weight * value
        for weight, value in (
            (weights.likeness, best.likeness),
            (weights.coverage, best.coverage),
            (weights.own_coverage, best.own_coverage),
            (weights.fits, float(best.fits)),
        )
    )
    return 1 / (1 + math.exp(-logit))


def _missing(question: Question, best: Evidence) -> tuple[str, ...]:
    """Names and numbers of the question that stand neither in the passage nor in its header."""
    there = _plain(best.found.passage.embedded_text)
    digits = re.sub(r"(?<=\d)[\s\u00a0](?=\d{3})", "", there)
    absent = [name for name in question.names if _plain(_stem(name)) not in there]
    absent += [number for number in question.numbers if number and number not in digits]
    return tuple(dict.fromkeys(absent))


def _stem(name: str) -> str:
    """A name without the s of a genitive, so that both forms are found."""
    return name[:-1] if len(name) > 3 and name.endswith("s") else name


def _plain(text: str) -> str:
    """Lower case, one hyphen; å, ä and ö without their marks, as English questions write them."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("–", "-"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
