"""Rates with n and a 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb, sqrt
from typing import Literal

from evals.tally import Tally

Z_95 = 1.959963984540054  # 97.5 % point of the normal distribution
DRAWS = 2000
SEED = 20261121  # fixed, so that the same answers give the same report

Interval = Literal["wilson", "bootstrap", "clusters"]


@dataclass(frozen=True)
class Rate:
    """A value with what it was counted over.

    Attributes:
        value: the rate, 0..1.
        n: what was counted: cases, facts, evidence groups or citations, as the metric says.
        low, high: 95 % interval.
        interval: how it was made: `wilson` (cases as independent draws), `bootstrap` (whole documents drawn
            again), or `clusters` (Wilson over the documents, where a bootstrap has no spread to show).
    """

    value: float
    n: int
    low: float
    high: float
    interval: Interval


@dataclass(frozen=True)
class Sample:
    """One case's tally and the document (or itself) that it stands and falls with."""

    tally: Tally
    cluster: str


def proportion(samples: Sequence[Sample]) -> Rate | None:
    """Share of cases, with the Wilson interval; None over nothing."""
    if not samples:
        return None
    hits = sum(sample.tally.hits for sample in samples)
    low, high = wilson(hits, len(samples))
    return Rate(hits / len(samples), len(samples), low, high, "wilson")


def ratio(samples: Sequence[Sample], n: int | None = None) -> Rate | None:
    """Sum of hits over the sum of wholes, with an interval from drawing documents again; None over nothing.

    `n` is what the rate was counted over, by default the sum of wholes. Where all documents agree, or there
    is only one, drawing them again shows no spread: the interval is then Wilson's over the documents.
    """
    if not samples:
        return None
    sums: dict[str, tuple[float, float]] = {}
    for sample in samples:
        hits, of = sums.get(sample.cluster, (0.0, 0.0))
        sums[sample.cluster] = (hits + sample.tally.hits, of + sample.tally.of)
    clusters = [sums[name] for name in sorted(sums)]
    value = sum(hits for hits, _ in clusters) / sum(of for _, of in clusters)
    counted = round(sum(of for _, of in clusters)) if n is None else n
    if len({hits / of for hits, of in clusters}) == 1:
        return Rate(value, counted, *wilson(value * len(clusters), len(clusters)), "clusters")
    return Rate(value, counted, *_bootstrap(clusters), "bootstrap")


def wilson(hits: float, n: int) -> tuple[float, float]:
    """Wilson's score interval for `hits` of `n`, n > 0 (E. B. Wilson 1927, JASA 22, 209-212).

    centre ± half, with p = hits / n: centre = (p + z²/2n) / (1 + z²/n),
    half = z / (1 + z²/n) · sqrt(p(1-p)/n + z²/4n²).
    """
    p = hits / n
    spread = Z_95**2 / n
    centre = (p + spread / 2) / (1 + spread)
    half = Z_95 / (1 + spread) * sqrt(max(0.0, p * (1 - p)) / n + spread / (4 * n))
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The smallest value that `percent` % of the values don't exceed (nearest rank); None over nothing."""
    if not values:
        return None
    return sorted(values)[max(0, ceil(len(values) * percent / 100) - 1)]


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided exact p of McNemar's test: could cases that changed have gone either way like a coin?

    p = 2 · P(X <= min(gained, lost)), X binomial with n = gained + lost and 1/2; at most 1.
    """
    n = gained + lost
    tail = sum(comb(n, k) for k in range(min(gained, lost) + 1))
    return min(1.0, tail / 2 ** (n - 1)) if n else 1.0


def _bootstrap(clusters: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """2.5 % and 97.5 % points of the ratio over `DRAWS` draws of as many clusters, with replacement."""
    import numpy as np

    hits, of = np.array(clusters, dtype=float).T
    drawn = np.random.default_rng(SEED).integers(0, len(clusters), size=(DRAWS, len(clusters)))
    ratios = hits[drawn].sum(axis=1) / of[drawn].sum(axis=1)
    low, high = np.quantile(ratios, (0.025, 0.975))
    return float(low), float(high)
