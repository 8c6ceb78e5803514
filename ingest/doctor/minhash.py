"""Near-duplicates: which texts share most of their words, without comparing each with each.

A text is the set of its runs of `SHINGLE_WORDS` words (shingles). Of two texts, the share of `HASHES` hash functions under
which both have the same smallest value estimates their Jaccard likeness (A. Broder, On the resemblance and containment of
documents, 1997). Texts that agree in a whole band of such values are candidates; their likeness is then counted exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORDS = 5
HASHES = 128
BAND = 8  # values a band; a pair with likeness .9 agrees in one of the 16 bands but for 1 time in 10 000
MOST_ALIKE = 50  # texts in one band that are compared each with each; beyond, each with the first
_WORD = re.compile(r"\w+")
_Hashes = NDArray[np.uint64]
_random = np.random.default_rng(0)
_FACTORS = _random.integers(1, 2**63, HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_TERMS = _random.integers(0, 2**63, HASHES, dtype=np.uint64)


def shingles(text: str) -> _Hashes:
    """The different runs of words of a text, each as a number of 64 bits, sorted; a short text is one run."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))}
    digests = b"".join(blake2b(run.encode("utf-8", "replace"), digest_size=8).digest() for run in runs)
    return np.unique(np.frombuffer(digests, dtype=np.uint64))


def signature(hashes: _Hashes) -> _Hashes:
    """The smallest value of the set under each hash function, (HASHES,)."""
    pairs = zip(_FACTORS, _TERMS, strict=True)
    return np.array([(hashes * factor + term).min() for factor, term in pairs], dtype=np.uint64)


def jaccard(one: _Hashes, other: _Hashes) -> float:
    """Shared members / all members of two sets; 0 to 1."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared)


def near_duplicates(texts: Iterable[tuple[str, str]], least: float) -> Iterator[tuple[str, str, float]]:
    """Pairs of (name, text) with a Jaccard likeness of at least `least`: both names, in order given, and the likeness."""
    sets: dict[str, _Hashes] = {}
    bands: dict[tuple[int, bytes], list[str]] = {}
    for name, text in texts:
        sets[name] = shingles(text)
        values = signature(sets[name])
        for first in range(0, HASHES, BAND):
            bands.setdefault((first, values[first : first + BAND].tobytes()), []).append(name)
    candidates = {pair for names in bands.values() for pair in _pairs(names)}
    order = {name: number for number, name in enumerate(sets)}
    for one, other in sorted(candidates, key=lambda pair: (order[pair[0]], order[pair[1]])):
        likeness = jaccard(sets[one], sets[other])
        if likeness >= least:
            yield one, other, likeness


def _pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    if len(names) <= MOST_ALIKE:
        yield from combinations(names, 2)
    else:
        yield from ((names[0], name) for name in names[1:])
