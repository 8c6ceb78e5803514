"""Rates with n and a 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb, fsum, sqrt
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
        interval: how it was made: `wilson` (Wilson's over `effective_cases`), `bootstrap` (documents drawn again,
            and cases within them), or `clusters` (Wilson's over the documents, where all cases agree and a
            bootstrap has no spread to show).
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
    """Share of cases, with Wilson's interval over as many cases as they are worth; None over nothing."""
    if not samples:
        return None
    value = sum(sample.tally.hits for sample in samples) / len(samples)
    effective = effective_cases(samples)
    return Rate(value, len(samples), *wilson(value * effective, effective), "wilson")


def effective_cases(samples: Sequence[Sample]) -> float:
    """How many independent cases these are worth, for cases about one document err together.

    n* = n / deff · (z / t)², kept between the number of documents G and that of cases n, the values it has when the
    cases of a document all agree and when they know nothing of each other. deff = v / (p (1 - p) / n) is the design
    effect, v = G / (G - 1) · Σ (Σ (y - p))² / n² the variance between documents, z and t the 97.5 % points of the
    normal and of Student's distribution with G - 1 degrees of freedom (E. L. Korn and B. I. Graubard 1998, Survey
    Methodology 24, 193-201; with Wilson's interval N. Dean and M. Pagano 2015, J. Survey Stat. Methodol. 3, 484-503).
    G where there is one document only, or all cases agree.
    """
    n = len(samples)
    p = sum(sample.tally.hits for sample in samples) / n
    strays: dict[str, float] = {}
    for sample in samples:
        strays[sample.cluster] = strays.get(sample.cluster, 0.0) + sample.tally.hits - p
    documents = len(strays)
    between = fsum(stray**2 for stray in strays.values())
    if documents in (1, n) or p in (0, 1):
        return documents
    if between == 0:
        return n
    from scipy.special import stdtrit

    design_effect = documents / (documents - 1) * between / (n * p * (1 - p))
    student = float(stdtrit(documents - 1, 0.975))
    return min(n, max(documents, n / design_effect * (Z_95 / student) ** 2))


def ratio(samples: Sequence[Sample], n: int | None = None) -> Rate | None:
    """Sum of hits over the sum of wholes, with an interval from drawing documents again; None over nothing.

    `n` is what the rate was counted over, by default the sum of wholes.
    """
    if not samples:
        return None
    clusters: dict[str, list[Tally]] = {}
    for sample in sorted(samples, key=lambda each: (each.cluster, each.tally.hits, each.tally.of)):
        clusters.setdefault(sample.cluster, []).append(sample.tally)
    tallies = [tally for members in clusters.values() for tally in members]
    wholes = fsum(tally.of for tally in tallies)
    value = fsum(tally.hits for tally in tallies) / wholes
    counted = round(wholes) if n is None else n
    if len({tally.hits / tally.of for tally in tallies}) == 1:
        return Rate(value, counted, *wilson(value * len(clusters), len(clusters)), "clusters")
    return Rate(value, counted, *_bootstrap(list(clusters.values())), "bootstrap")


def wilson(hits: float, n: float) -> tuple[float, float]:
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


def _bootstrap(clusters: Sequence[Sequence[Tally]]) -> tuple[float, float]:
    """2.5 % and 97.5 % points of the ratio over `DRAWS` draws in two stages.

    Each draw takes as many documents as there are, with replacement, and from each time a document is taken as many
    of its cases as it has, with replacement. The second stage keeps few documents from looking certain.
    """
    import numpy as np

    random = np.random.default_rng(SEED)
    chosen = random.integers(0, len(clusters), size=(DRAWS, len(clusters)))
    sums = np.zeros((DRAWS, len(clusters), 2))
    for number, members in enumerate(clusters):
        places = chosen == number
        tallies = np.array([(tally.hits, tally.of) for tally in members], dtype=float)
        drawn = random.integers(0, len(members), size=(int(places.sum()), len(members)))
        sums[places] = tallies[drawn].sum(axis=1)
    hits, of = sums.sum(axis=1).T
    low, high = np.quantile(hits / of, (0.025, 0.975))
    return float(low), float(high)
