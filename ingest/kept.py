"""Kept: what was made of rows that never change, so that it needn't be made again: a bounded number of things, the oldest go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """At most `size` values by their keys; several threads may use it at once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """The value of this key, or None when there is none, or no longer."""
        return self._values.get(key)

    def put(self, key: Key, value: Value) -> Value:
        """Keep the value, and give it back."""
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._size:
                self._values.popitem(last=False)
        return value

    def get_or_make(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of this key, made when there is none."""
        value = self.get(key)
        return self.put(key, make()) if value is None else value
