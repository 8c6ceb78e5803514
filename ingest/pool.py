"""What both encoders do around their model: clean text goes in, the vectors of tokens are pooled as they come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.model import Span

Vector = NDArray[np.float32]


def encodable(text: str) -> str:
    """The text with lone halves of surrogate pairs replaced one for one, for tokenizers refuse them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def normalised(vectors: NDArray[np.floating[Any]]) -> Vector:
    """The vectors (along the last axis) at length 1; a vector of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def mean_vector(tokens: Vector) -> Vector:
    """The normalised mean of token vectors (tokens, dimensions)."""
    return normalised(tokens.mean(axis=0))


def span_vectors(tokens: Vector, offsets: NDArray[np.int64], spans: Sequence[Span], passage: Vector) -> Vector:
    """One normalised mean a span, over the tokens that overlap it; (len(spans), dimensions).

    Args:
        tokens: contextual vectors, (tokens, dimensions).
        offsets: where each token stands in the text, half open, (tokens, 2); empty for a special token.
        spans: stretches of the text.
        passage: what a span without tokens gets, (dimensions,).
    """
    vectors = np.empty((len(spans), passage.shape[0]), dtype=np.float32)
    for row, its in enumerate(inside(offsets, spans)):
        vectors[row] = mean_vector(tokens[its]) if its.any() else passage
    return vectors


def inside(offsets: NDArray[np.int64], spans: Sequence[Span]) -> Iterator[NDArray[np.bool_]]:
    """For each span, which of the tokens at these offsets overlap it, (tokens,)."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    for span in spans:
        yield np.minimum(ends, span.end) > np.maximum(starts, span.start)
