"""Abstain: whether the best evidence answers the question at all, and if not, why.

Rules come first: what the question names must stand where the answer stands. Then a logistic regression over a few signals,
per language, because likeness alone cannot tell an answerable question from an unanswerable one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.evidence import Evidence
from assistant.fitted import Grounds, fitted
from assistant.model import Language
from assistant.units import unit_of


class Reason(StrEnum):
    NOTHING = "nothing on this"
    MISSING_NAME = "what is named is not there"
    MISSING_FACT = "the topic is there, not the fact"
    NO_SUCH_DECISION = "the matter is there, not the decision that the question takes for granted"
    PRIVATE = "a person's private life is asked about"


@dataclass(frozen=True)
class Verdict:
    """`confidence` is the probability that the best evidence answers; `missing` is what the question names in vain."""

    confidence: float
    reason: Reason | None = None
    missing: tuple[str, ...] = ()

    @property
    def abstains(self) -> bool:
        return self.reason is not None

    @property
    def uncertain(self) -> bool:
        return self.confidence < SURE


WITHHELD = Verdict(0.0, Reason.PRIVATE)
SURE = 0.5  # an answer that is less likely right than wrong is called uncertain
TOPIC_COVERAGE = 0.5  # with this share of the question's words in place, the topic is there


def judge(language: Language, evidence: Sequence[Evidence]) -> Verdict:
    """Whether `evidence` answers. The sentence most like the question decides, whichever of its matter is then given."""
    if not evidence:
        return Verdict(0.0, Reason.NOTHING)
    evidence = sorted(evidence, key=lambda item: -item.score)
    best = evidence[0]
    if best.missing:
        return Verdict(0.0, Reason.MISSING_NAME, best.missing)
    confidence = probability(language, grounds_of(evidence))
    if confidence >= fitted().calibration[language].answer_from:
        return Verdict(confidence)
    return Verdict(confidence, Reason.MISSING_FACT if best.signals.around >= TOPIC_COVERAGE else Reason.NOTHING)


def grounds_of(evidence: Sequence[Evidence]) -> Grounds:
    """What speaks for the first of `evidence` (best first) being an answer."""

    def worth(item: Evidence) -> float:
        return item.score - max(0.0, item.stays)  # to stay in the matter that was spoken of answers nothing

    best = evidence[0]
    share = 1 / sum(math.exp(min(0.0, worth(item) - worth(best))) for item in evidence)
    rival = next((worth(item) for item in evidence if unit_of(item.found) != unit_of(best.found)), None)
    return Grounds(
        score=worth(best),
        margin=worth(best) - rival if rival is not None else 0.0,
        share=share,
        likeness=best.signals.likeness,
        met=best.signals.met,
        met_there=best.met_there,
        suits=best.signals.suits,
        unit=best.signals.unit,
        around=best.signals.around,
        within=best.signals.within,
        fits=best.signals.fits,
        named=best.signals.named,
    )


def probability(language: Language, grounds: Grounds) -> float:
    """The calibrated probability that a sentence on these grounds answers."""
    calibration = fitted().calibration[language]
    return 1 / (1 + math.exp(-(calibration.intercept + calibration.weights.dot(grounds))))
