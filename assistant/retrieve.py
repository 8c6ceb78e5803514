"""Retrieve: passages found by meaning and by words, fused into one ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.encode import Encoder
from ingest.registry import Found
from ingest.store import Index

FOUND = 60  # best passages that are read from the registry: more would cost time and never be answers
CANDIDATES = 100  # passages taken from each of the two rankings


@dataclass(frozen=True)
class Ranked:
    """A found passage with its likeness to the question.

    `score` is the fused score (comparable within one question), `dense` the cosine, `lexical` the BM25 score; a passage
    that only one ranking knows has None for the other. `unit` is the best fused score in its § (outside minutes, its document).
    `settles` says that this is the decision its matter ended with, `overtaken` that a later decision in its matter stands before it.
    """

    found: Found
    score: float
    unit: float
    dense: float | None
    lexical: float | None
    settles: bool = False
    overtaken: bool = False


def search_vector(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """What is searched for by meaning, the mean of the texts: a vector of length 1."""
    with ThreadPoolExecutor(max(1, min(len(texts), encoder.workers))) as threads:
        mean = np.mean(list(threads.map(encoder.encode_query, texts)), axis=0)
    vector: NDArray[np.float32] = mean / np.linalg.norm(mean)
    return vector


def retrieve(
    index: Index,
    query: str,
    vector: NDArray[np.float32],
    dense_weight: float,
    filters: Mapping[str, str] | None = None,
) -> list[Ranked]:
    """The best passages for `query`, at most `FOUND`, best first.

    The two rankings are fused by a weighted sum of z-scores: `dense_weight` for cosine, the rest for BM25 over character
    5-grams. A passage that a ranking doesn't hold takes that ranking's lowest score.
    """
    dense = dict(index.nearest(vector, CANDIDATES, filters))
    lexical = dict(index.registry.matching(query, CANDIDATES, filters)) if dense_weight < 1 else {}
    ids = list({**dense, **lexical})
    if not ids:
        return []
    fused = dense_weight * _standard(ids, dense) + (1 - dense_weight) * _standard(ids, lexical)
    scores = dict(sorted(zip(ids, map(float, fused), strict=True), key=lambda each: (-each[1], each[0]))[:FOUND])
    found = index.registry.passages(list(scores))  # a vector without a passage is on its way in or out
    return [
        Ranked(found[passage], score, score, dense.get(passage), lexical.get(passage))
        for passage, score in scores.items()
        if passage in found
    ]


def _standard(ids: list[str], scores: Mapping[str, float]) -> NDArray[np.float64]:
    """z-scores in the order of `ids`; all zero when the scores don't differ."""
    lowest = min(scores.values(), default=0.0)
    values = np.array([scores.get(passage, lowest) for passage in ids], dtype=np.float64)
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)
