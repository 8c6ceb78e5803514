"""Switch: a function of the product replaced by another for as long as something is measured.

The product has no options for what only a measurement would turn off. A function is named by itself, not by a string, so
that the type checker says when it is gone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

PRODUCT = ("ingest", "assistant")

Function = Callable[..., Any]


@contextmanager
def replaced(*pairs: tuple[Function, Function]) -> Iterator[None]:
    """Within the block, whoever in the product uses the first function of a pair uses the second.

    What the product has cached is forgotten on the way in and on the way out. One thread only.

    Raises:
        LookupError: no module of the product knows a function by a name of its own, so that nothing would change.
    """
    for original, _ in pairs:
        if not _places(original):
            raise LookupError(f"no module of {' and '.join(PRODUCT)} holds {original!r}: it can't be switched off")
    _put(pairs)
    try:
        yield
    finally:
        _put([(replacement, original) for original, replacement in pairs])


def _put(pairs: Any) -> None:
    for old, new in pairs:
        for module, name in _places(old):
            setattr(module, name, new)
    for module in _modules():
        for value in list(vars(module).values()):
            if callable(getattr(value, "cache_clear", None)):
                value.cache_clear()


def _places(function: Function) -> list[tuple[ModuleType, str]]:
    return [(module, name) for module in _modules() for name, value in list(vars(module).items()) if value is function]


def _modules() -> list[ModuleType]:
    return [module for name, module in sorted(sys.modules.items()) if name.partition(".")[0] in PRODUCT]
