"""What one case gives to a metric: a part of a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """`hits` of `of`, with 0 <= hits <= of and of > 0; a metric is the sum of hits over the sum of wholes.

    A case with nothing to give (no gold, no citation) gives None instead: it is left out, not averaged in.
    """

    hits: float
    of: float = 1

    @property
    def full(self) -> bool:
        return self.hits >= self.of


def share(hits: float, of: float) -> Tally | None:
    """`hits` of `of`, or None when there is nothing to count."""
    return Tally(hits, of) if of else None


def yes(condition: bool) -> Tally:
    """One case counted whole or not at all."""
    return Tally(float(condition))
