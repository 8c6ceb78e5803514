"""Token buckets: how often each of many may do something."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_KEYS = 10_000  # kept apart; beyond that, the one unused for longest is forgotten


class Buckets:
    """Each key may do `size` things at once and `size` more within `seconds`, evenly spread. Safe from several threads."""

    def __init__(self, size: float, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = size
        self._rate = size / seconds
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key → tokens left, when
        self._lock = Lock()

    def take(self, key: str, cost: float = 1.0) -> float:
        """Take `cost` tokens of `key`; 0 when there were enough, else nothing is taken and the seconds to wait are given."""
        with self._lock:
            now = self._clock()
            left = self._left(key, now)
            if left + 1e-9 >= cost:
                self._keep(key, left - cost, now)
                return 0.0
            self._keep(key, left, now)
            return (cost - left) / self._rate

    def wait(self, key: str, cost: float = 1.0) -> float:
        """As `take`, taking nothing."""
        with self._lock:
            return max(0.0, cost - self._left(key, self._clock()) - 1e-9) / self._rate

    def fill(self, key: str) -> None:
        """Give `key` all its tokens back."""
        with self._lock:
            self._held.pop(key, None)

    def _left(self, key: str, now: float) -> float:
        tokens, when = self._held.get(key, (self._size, now))
        return min(self._size, tokens + (now - when) * self._rate)

    def _keep(self, key: str, tokens: float, now: float) -> None:
        self._held[key] = (tokens, now)
        self._held.move_to_end(key)
        while len(self._held) > MOST_KEYS:
            self._held.popitem(last=False)
