"""A small matter of training material, in the words that the tiny encoder knows."""

from __future__ import annotations

from evals.material import Ask, Matter, Unit


def matter(number: int) -> Matter:
    units = (Unit("a", ("en kommun", "två tre")), Unit("b", ("kommun kommun", "tre en två")))
    asks = (
        Ask("en", "sv", "amount", frozenset({(0, 0)}), frozenset({(1, 1)})),
        Ask("två", "en", "amount", frozenset({(0, 1)}), frozenset()),
        Ask("kommun", "sv", "missing", frozenset(), frozenset()),
    )
    return Matter(str(number), units, asks)
