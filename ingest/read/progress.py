"""Progress: long work says that it goes on, so that whoever waits can tell it from work that hangs."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

_LISTENER: ContextVar[Callable[[], None] | None] = ContextVar("listener", default=None)


def listen(listener: Callable[[], None]) -> None:
    """Have `listener` called, from here on and in this thread, whenever a stretch of reading is done."""
    _LISTENER.set(listener)


def goes_on() -> None:
    """A stretch of work is done whose number is limited: a page, a run of another program."""
    if listener := _LISTENER.get():
        listener()
