"""Retrieve: passages found by meaning and by words, fused into one ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.encode import Asked, Encoder, Vector
from ingest.interaction import Met
from ingest.pool import normalised
from ingest.registry import Found
from ingest.store import Index

FOUND = 60  # best passages that are read from the registry, unless fewer are wanted
USUAL = 0.38  # how fully the words of a question are met by the sentence put first, the mean over the dev cases
USUALLY_SUITED = -0.70  # how well that sentence suits, likewise
CANDIDATES = 100  # passages taken from each of the two rankings, unless more are wanted


@dataclass(frozen=True)
class Ranked:
    """A found passage with its likeness to the question.

    `score` is the fused score (comparable within one question), `dense` the cosine, None for a passage that only the lexical
    ranking knows. `unit` is the best fused score in its § (outside minutes, its document).
    `settles` says that this is the decision its matter ended with, `overtaken` that a later decision in its matter stands before it;
    `replaced_on` is the ISO date of the next edition of its paper.
    """

    found: Found
    score: float
    unit: float
    dense: float | None
    settles: bool = False
    overtaken: bool = False
    replaced_on: str | None = None


@dataclass(frozen=True)
class Sought:
    """What is searched for by meaning: the direction of a mean, a vector of length 1, and the words of the question.

    `asked` is None where the encoder doesn't compare words.
    """

    vector: Vector
    asked: Asked | None

    def met_by(self, found: Found) -> Met:
        """How fully the sentences of a passage answer to the question's words; `USUAL` where that isn't known."""
        if self.asked is None or found.words is None:
            tokens = len(self.asked.worth) if self.asked else 0
            return Met(np.full(len(found.passage.sentences), USUAL, np.float32), np.full(tokens, USUAL, np.float32))
        return self.asked.met_by(found.words)

    def met_together(self, several: Iterable[Met]) -> float:
        """How fully passages together answer to the question's words; `USUAL` where that isn't known."""
        met = [each.one_by_one for each in several]
        if self.asked is None or not met or not len(self.asked.worth):
            return USUAL
        return float(self.asked.worth @ np.max(met, axis=0))

    def suited_by(self, found: Found) -> Vector:
        """How well each sentence of a passage suits by the sorts of things it holds, (sentences,); `USUALLY_SUITED` where that isn't known."""
        if self.asked is None or found.words is None:
            return np.full(len(found.passage.sentences), USUALLY_SUITED, dtype=np.float32)
        return self.asked.suited_by(found.words)


def sought(encoder: Encoder, *several: Sequence[str]) -> list[Sought]:
    """What is searched for by meaning, for each of `several` the mean of its texts, the first of which is the question."""
    distinct = list(dict.fromkeys(text for texts in several for text in texts))
    encoded = dict(zip(distinct, encoder.encode_questions(distinct), strict=True))
    return [
        Sought(normalised(np.mean([encoded[text][0] for text in texts], axis=0)), encoded[texts[0]][1])
        for texts in several
    ]


def retrieve(
    index: Index,
    query: str,
    vector: NDArray[np.float32],
    dense_weight: float,
    filters: Mapping[str, str] | None = None,
    at_most: int = FOUND,
    candidates: int = CANDIDATES,
) -> list[Ranked]:
    """The best passages for `query`, `at_most` so many, best first.

    The two rankings, `candidates` passages long, are fused by a weighted sum of z-scores: `dense_weight` for cosine, the rest for BM25 over character
    5-grams. A passage that a ranking doesn't hold takes that ranking's lowest score.
    """
    dense = dict(index.nearest(vector, candidates, filters))
    lexical = dict(index.registry.matching(query, candidates, filters)) if dense_weight < 1 else {}
    ids = list({**dense, **lexical})
    if not ids:
        return []
    fused = dense_weight * _standard(ids, dense) + (1 - dense_weight) * _standard(ids, lexical)
    scores = dict(sorted(zip(ids, map(float, fused), strict=True), key=lambda each: (-each[1], each[0]))[:at_most])
    found = index.registry.passages(list(scores))  # a vector without a passage is on its way in or out
    return [
        Ranked(found[passage], score, score, dense.get(passage))
        for passage, score in scores.items()
        if passage in found
    ]


def _standard(ids: list[str], scores: Mapping[str, float]) -> NDArray[np.float64]:
    """z-scores in the order of `ids`; what has no score takes the lowest."""
    lowest = min(scores.values(), default=0.0)
    return standard(np.array([scores.get(passage, lowest) for passage in ids], dtype=np.float64))


def standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """z-scores; all zero when the values don't differ."""
    spread = values.std() if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)
