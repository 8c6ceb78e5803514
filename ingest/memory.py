"""Memory: what questions search of a registry, held in arrays: the terms of every passage and, once needed, its vector.

A passage's row is written once and its number never given again. So what is held of it can't grow old, and when documents have
come or gone, only the new rows are read and the old ones dropped.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from ingest.filters import where
from ingest.terms import terms

K1, B = 1.2, 0.75  # of BM25: how soon more of a term stops counting, how much the length of a passage does
COMMON = 1e-6  # inverse document frequency of a term that stands in half of the passages or more, as FTS5 has it
MASKS = 16  # filters remembered
CACHED_TERMS = 50_000
_KEY, _COUNT = np.dtype("<u8"), np.dtype("<u2")

Places = NDArray[np.bool_]  # which passages, in the order of their numbers
State = tuple[int, int]


def written(text: str) -> bytes:
    """The terms of a text as the registry keeps them: the key of each, then how often each stands there."""
    counts = Counter(terms(text))
    often = np.minimum(list(counts.values()), np.iinfo(_COUNT).max).astype(_COUNT)
    return np.array([key(term) for term in counts], dtype=_KEY).tobytes() + often.tobytes()


@lru_cache(maxsize=CACHED_TERMS)
def key(term: str) -> int:
    """A number for a term, 64 bits of a digest: that two terms of an index share one will not happen."""
    return int.from_bytes(blake2b(term.encode(), digest_size=_KEY.itemsize).digest(), "little")


@dataclass(frozen=True)
class Postings:
    """Which terms stand in which passages how often: three columns, in the order of the keys."""

    keys: NDArray[np.uint64]
    places: NDArray[np.int32]  # of the passages, in the order of their numbers
    counts: NDArray[np.uint16]
    lengths: NDArray[np.float64]  # of each passage, in terms

    @classmethod
    def of(cls, blobs: Sequence[bytes]) -> Postings:
        """The postings of passages in this order, each as `written`."""
        sizes = [len(blob) // (_KEY.itemsize + _COUNT.itemsize) for blob in blobs]
        cuts = [size * _KEY.itemsize for size in sizes]
        keys = np.frombuffer(b"".join(blob[:cut] for blob, cut in zip(blobs, cuts, strict=True)), dtype=_KEY)
        counts = np.frombuffer(b"".join(blob[cut:] for blob, cut in zip(blobs, cuts, strict=True)), dtype=_COUNT)
        places = np.repeat(np.arange(len(blobs), dtype=np.int32), sizes)
        lengths = np.bincount(places, weights=counts, minlength=len(blobs)).astype(np.float64)
        return cls(keys, places, counts, lengths)._in_order(np.argsort(keys))

    def renewed(self, stay: Places, new: Sequence[bytes]) -> Postings:
        """Those of the passages that `stay`, and behind them those of new ones."""
        more = Postings.of(new)
        if not len(self.keys):
            return more
        kept = stay[self.places]
        moved = (np.cumsum(stay) - 1).astype(np.int32)
        keys = np.concatenate((self.keys[kept], more.keys))
        places = np.concatenate((moved[self.places[kept]], more.places + np.int32(stay.sum())))
        counts = np.concatenate((self.counts[kept], more.counts))
        lengths = np.concatenate((self.lengths[stay], more.lengths))
        return Postings(keys, places, counts, lengths)._in_order(np.argsort(keys, kind="stable"))  # merges the two

    def _in_order(self, order: NDArray[np.intp]) -> Postings:
        return Postings(self.keys[order], self.places[order], self.counts[order], self.lengths)

    def slices(self, wanted: Iterable[str]) -> list[slice]:
        """Where the postings of each term stand."""
        keys = np.array([key(term) for term in wanted], dtype=_KEY)
        firsts, lasts = (np.searchsorted(self.keys, keys, side) for side in ("left", "right"))
        return [slice(first, last) for first, last in zip(firsts, lasts, strict=True)]

    def scores(self, wanted: Iterable[str]) -> NDArray[np.float64]:
        """BM25 of each passage for these terms: 0 where none of them stands, else more.

        Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, with a floor for common terms.
        """
        passages = len(self.lengths)
        found = [each for each in self.slices(wanted) if each.stop > each.start]
        if not found:
            return np.zeros(passages)
        sizes = np.array([each.stop - each.start for each in found])
        rarity = np.log((passages - sizes + 0.5) / (sizes + 0.5))
        rarity[rarity <= 0] = COMMON
        places = np.concatenate([self.places[each] for each in found])
        counts = np.concatenate([self.counts[each] for each in found]).astype(np.float64)
        slowed = K1 * (1 - B + B * self.lengths / self.lengths.mean())
        worth = np.repeat(rarity, sizes) * counts * (K1 + 1) / (counts + slowed[places])
        return np.bincount(places, weights=worth, minlength=passages).astype(np.float64)


class Memory:
    """What is searched of one registry, as it is in the snapshot that is being read; not for several threads at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._seen: State | None = None
        self._state: State = (0, 0)
        self._numbers: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._postings = Postings.of(())
        self._vectors: NDArray[np.float32] | None = None  # (passages, dimensions)
        self._masks: dict[tuple[tuple[str, str], ...], Places] = {}

    def count(self) -> int:
        """How many passages there are."""
        self._renew()
        return len(self._numbers)

    def matching(self, wanted: Iterable[str], k: int, filters: Mapping[str, str] | None) -> list[tuple[int, float]]:
        """Numbers of the `k` passages with the highest BM25 for these terms, which is more than 0, best first."""
        self._renew()
        scores = self._postings.scores(wanted)
        if filters:
            scores = np.where(self._mask(filters), scores, 0)
        return [pair for pair in self._best(scores, k) if pair[1] > 0]

    def frequencies(self, wanted: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands; 0 is left out."""
        self._renew()
        sizes = {
            term: int(each.stop - each.start) for term, each in zip(wanted, self._postings.slices(wanted), strict=True)
        }
        return {term: size for term, size in sizes.items() if size}

    def nearest(self, query: NDArray[np.float32], k: int, filters: Mapping[str, str] | None) -> list[tuple[int, float]]:
        """Numbers of the `k` passages with the highest cosine, best first."""
        self._renew()
        if not len(self._numbers):
            return []
        if self._vectors is None:
            self._vectors = self._read_vectors(0)
        if not filters:
            return self._best(self._vectors @ query, k)
        places = np.flatnonzero(self._mask(filters))
        cosines = (
            self._vectors[places] @ query if len(places) < len(self._numbers) / 2 else (self._vectors @ query)[places]
        )
        return self._best(cosines, k, places)

    def _best(
        self, scores: NDArray[np.floating], k: int, places: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """The numbers of the highest scores with them, of equal ones the lowest number first; `places` where not of all."""
        if k < len(scores):
            least = np.partition(scores, len(scores) - k)[len(scores) - k]
            chosen = np.flatnonzero(scores >= least)
        else:
            chosen = np.arange(len(scores))
        chosen = chosen[np.argsort(-scores[chosen], kind="stable")][:k]
        numbers = self._numbers[chosen if places is None else places[chosen]]
        return list(zip(numbers.tolist(), scores[chosen].tolist(), strict=True))

    def _mask(self, filters: Mapping[str, str]) -> Places:
        """Which passages the filters let through.

        Raises:
            UsageError: as `where`.
        """
        known = tuple(sorted(filters.items()))
        if known not in self._masks:
            condition, values = where(filters)
            rows = self._connection.execute(
                "SELECT passages.number FROM documents CROSS JOIN passages ON passages.document = documents.id "
                f"WHERE true {condition}",
                values,
            )
            mask = np.zeros(len(self._numbers), dtype=np.bool_)
            mask[np.searchsorted(self._numbers, np.fromiter((row[0] for row in rows), dtype=np.int64))] = True
            if len(self._masks) == MASKS:
                self._masks.pop(next(iter(self._masks)))
            self._masks[known] = mask
        return self._masks[known]

    def _renew(self) -> None:
        """Bring everything held in step with the passages there are."""
        seen = (self._connection.execute("PRAGMA data_version").fetchone()[0], self._connection.total_changes)
        if seen == self._seen:  # nobody else has written, nor have we
            return
        self._seen = seen
        # Numbers only grow, so once passages have come or gone, these two are never again what they were.
        state = self._connection.execute("SELECT coalesce(max(number), 0), count(*) FROM passages").fetchone()
        if state == self._state:
            return
        last = int(self._numbers[-1]) if len(self._numbers) else 0
        rows = self._connection.execute("SELECT number FROM passages WHERE number <= ?", (last,))
        stay = np.isin(self._numbers, np.fromiter((row[0] for row in rows), dtype=np.int64), assume_unique=True)
        new = self._connection.execute(
            "SELECT number, terms FROM passages WHERE number > ? ORDER BY number", (last,)
        ).fetchall()
        self._postings = self._postings.renewed(stay, [blob for _, blob in new])
        if self._vectors is not None:
            self._vectors = np.concatenate((self._vectors[stay], self._read_vectors(last)))
        self._numbers = np.concatenate((self._numbers[stay], np.array([number for number, _ in new], dtype=np.int64)))
        self._masks = {}
        self._state = state

    def _read_vectors(self, after: int) -> NDArray[np.float32]:
        """The vectors of the passages with higher numbers, (passages, dimensions)."""
        rows = self._connection.execute("SELECT vector FROM passages WHERE number > ? ORDER BY number", (after,))
        read = [row[0] for row in rows]
        return np.frombuffer(b"".join(read), dtype=np.float32).reshape(len(read), -1) if read else self._none()

    def _none(self) -> NDArray[np.float32]:
        dimensions = self._vectors.shape[1] if self._vectors is not None else 0
        return np.empty((0, dimensions), dtype=np.float32)
