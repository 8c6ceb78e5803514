"""A toy encoder: deterministic, instant, and near enough to meaning for tests of everything around an encoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np

from ingest.encode import Asked, Seen, Vector
from ingest.interaction import SIZE, STEPS, Words
from ingest.model import Passage, Span
from ingest.pool import normalised
from ingest.signs import SIGNS, signs_of

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

    def encode_questions(self, texts: Sequence[str]) -> list[tuple[Vector, Asked | None]]:
        return list(map(self._question, texts))

    def _question(self, text: str) -> tuple[Vector, Asked]:
        words = _words(text)
        shares = np.full(len(words), 1 / max(1, len(words)), dtype=np.float32)
        return self.encode_query(text), Asked(words, shares, np.zeros(len(SIGNS), dtype=np.float32))

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        self.encoded += len(texts)
        return self._vectors(texts)

    def encode_spans(self, text: str, spans: Sequence[Span]) -> Seen:
        self.encoded += 1
        within = [span.of(text) for span in spans]
        return Seen(self._vector(text), self._vectors(within), _together(within))

    def count_tokens(self, texts: Sequence[str]) -> int:
        return sum(len(text.split()) for text in texts)

    def _vectors(self, texts: Sequence[str]) -> Vector:
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)

    def _vector(self, text: str) -> Vector:
        return _hashed(text, self.dimensions)


def without_vectors(passages: Sequence[Passage]) -> list[Seen]:
    """What a registry wants with passages whose vectors don't matter."""
    return [Seen(np.zeros(1, np.float32), np.zeros((len(each.sentences), 1), np.float32)) for each in passages]


def _words(text: str) -> Vector:
    """A vector for each word, (words, SIZE)."""
    return np.array([_hashed(word, SIZE) for word in text.split()], dtype=np.float32).reshape(-1, SIZE)


def _together(sentences: Sequence[str]) -> Words:
    words = list(map(_words, sentences))
    vectors = np.concatenate([np.empty((0, SIZE), dtype=np.float32), *words])
    lengths = np.array(list(map(len, words)), dtype=np.int64)
    return Words(lengths, np.rint(STEPS * vectors).astype(np.int8), signs_of(sentences))


def _hashed(text: str, dimensions: int) -> Vector:
    vector = np.zeros(dimensions, dtype=np.float32)
    for gram in _grams(text):
        code = crc32(gram.encode())
        vector[code % dimensions] += 1 if code & 0x8000_0000 else -1
    if not vector.any():
        vector[0] = 1
    return normalised(vector)


def _grams(text: str) -> Iterator[str]:
    for word in text.casefold().split():
        padded = f" {word} "
        for start in range(max(1, len(padded) - GRAM + 1)):
            yield padded[start : start + GRAM]
