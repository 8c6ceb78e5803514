"""A toy encoder: deterministic, instant, and near enough to meaning for tests of everything around an encoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np

from ingest.encode import Vector
from ingest.model import Span
from ingest.pool import normalised

GRAM = 4


class ToyEncoder:
    """Counts the four-letter stretches of words, hashed with a sign into `dimensions` numbers.

    Equal texts (but for case and white space) have cosine 1, texts that share words or parts of words a higher one than
    texts that don't, which lie near 0. Questions and passages are encoded alike.

    Attributes:
        encoded: passages looked at so far; a passage with its spans counts once.
        queries: questions encoded so far.
    """

    def __init__(self, fingerprint: str = "toy", dimensions: int = 256) -> None:
        self.fingerprint = fingerprint
        self.dimensions = dimensions
        self.workers = 1
        self.encoded = 0
        self.queries = 0

    def encode_query(self, text: str) -> Vector:
        self.queries += 1
        return self._vector(text)

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        self.encoded += len(texts)
        return self._vectors(texts)

    def encode_spans(self, text: str, spans: Sequence[Span]) -> tuple[Vector, Vector]:
        self.encoded += 1
        return self._vector(text), self._vectors([span.of(text) for span in spans])

    def count_tokens(self, texts: Sequence[str]) -> int:
        return sum(len(text.split()) for text in texts)

    def _vectors(self, texts: Sequence[str]) -> Vector:
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)

    def _vector(self, text: str) -> Vector:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for gram in _grams(text):
            code = crc32(gram.encode())
            vector[code % self.dimensions] += 1 if code & 0x8000_0000 else -1
        if not vector.any():
            vector[0] = 1
        return normalised(vector)


def _grams(text: str) -> Iterator[str]:
    for word in text.casefold().split():
        padded = f" {word} "
        for start in range(max(1, len(padded) - GRAM + 1)):
            yield padded[start : start + GRAM]
