"""Near: how near counts as near with the encoder in use, measured on dev cases and on sentences with the quotes they rest on.

What is measured is what `assistant.nearness` keeps of the encoder. A limit that something true must pass is as high as it can be
with all that is known to be true above it; the limit between two reasons is where most cases are given the right one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.model import Language
from assistant.nearness import COVERAGE_WORTH, Nearness
from assistant.service import Assistant
from evals.cases import Case, PrecedentCase
from evals.faithful import Pair
from ingest.errors import UsageError

UNKNOWN_MATTERS = Path(__file__).parent / "sentences" / "unknown-matters.txt"
OTHER_REASONS = {"wrong-year", "other-municipality", "private"}  # tags of questions that aren't refused for their topic
MATTER_STEP, TOPIC_STEP, STATEMENT_STEP = 0.005, 0.01, 0.05

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """The limits, and a line on each: what lies on its right side."""

    nearness: Nearness
    lines: tuple[str, ...]


def measured(
    assistant: Assistant,
    encode: Callable[[str], NDArray[np.float32]],
    cases: Iterable[Case | PrecedentCase],
    unknown: Sequence[str],
    pairs: Sequence[Pair],
) -> Measured:
    """Measure the encoder that `assistant` uses.

    Args:
        assistant: with the documents that the cases are about.
        encode: gives a sentence's vector of length 1, encoded as a question.
        cases: precedents, and questions that aren't answerable; others are passed over.
        unknown: descriptions of matters that the documents don't know.
        pairs: sentences with what they rest on; those that aren't true are passed over.

    Raises:
        UsageError: among the cases are no precedents, or no questions that aren't answerable.
    """
    cases = tuple(cases)
    known = [assistant.likeness(case.query, case.document) for case in cases if isinstance(case, PrecedentCase)]
    others = [assistant.likeness(text) for text in unknown]
    if not known:
        raise UsageError("among the cases are no searches for precedents: nearness of matters can't be measured")
    matter = highest_below(known, MATTER_STEP)
    lines = [
        f"matter {matter:.3f}: {_above(known, matter)} of {len(known)} known above, {len(others) - _above(others, matter)} of {len(others)} unknown below"
    ]

    asked = [
        case for case in cases if isinstance(case, Case) and not case.answerable and not OTHER_REASONS & {*case.tags}
    ]
    near, there = [], []
    for case in asked:
        _, (evidence, *_) = assistant.evidence(case.question, case.history, case.filters)
        if evidence:
            near.append(evidence[0].signals.likeness + COVERAGE_WORTH * evidence[0].signals.around)
            there.append(case.grade == "fact-missing")
    if not near:
        raise UsageError("among the cases are no questions without an answer: nearness of topics can't be measured")
    topic = between(np.array(near), np.array(there), TOPIC_STEP)
    right = int(((np.array(near) >= topic) == np.array(there)).sum())
    lines.append(f"topic {topic:.2f}: the reason is right for {right} of {len(near)} unanswerable questions")

    statement: dict[Language, float] = {}
    for language in ("sv", "en"):
        own, other = _cosines([pair for pair in pairs if pair.fault is None and pair.language == language], encode)
        limit = statement[language] = highest_below(own, STATEMENT_STEP)
        lines.append(
            f"statement {language} {limit:.2f}: {_above(own, limit)} of {len(own)} true sentences above (the least {min(own):.3f}), "
            f"beside other quotes {_above(other, limit) / len(other):.1%}"
        )
    return Measured(Nearness(matter, topic, statement), tuple(lines))


def highest_below(values: Sequence[float], step: float) -> float:
    """The highest multiple of `step` that no value lies below."""
    return round(math.floor(min(values) / step + 1e-9) * step, 6)


def between(values: Array, above: NDArray[np.bool_], step: float) -> float:
    """The multiple of `step` that leaves most of the values on the right side, and of several the middle one; `above` tells which belong above."""
    first, last = (math.floor(value / step) for value in (values.min(), values.max()))
    limits = np.arange(first, last + 2) * step
    right = ((values >= limits[:, None]) == above).sum(axis=1)
    best = np.flatnonzero(right == right.max())
    return round(float(limits[best[len(best) // 2]]), 6)


def _above(values: Sequence[float], limit: float) -> int:
    return sum(value >= limit for value in values)


def _cosines(pairs: Sequence[Pair], encode: Callable[[str], NDArray[np.float32]]) -> tuple[list[float], list[float]]:
    """Of each sentence to its own quote, and to every other."""
    quotes = list(dict.fromkeys(pair.source.quoted for pair in pairs))
    of_quotes = np.stack([encode(quote) for quote in quotes])
    own: list[float] = []
    other: list[float] = []
    for pair in pairs:
        for quote, cosine in zip(quotes, of_quotes @ encode(pair.sentence), strict=True):
            (own if quote == pair.source.quoted else other).append(float(cosine))
    return own, other
