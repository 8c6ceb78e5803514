"""Measured values beside what they should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.report import table


@dataclass(frozen=True)
class Figure:
    """One measured value; `target` is a floor or a ceiling, None where there is none.

    `value` is None where this system doesn't tell.
    """

    name: str
    value: float | None
    unit: str
    target: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without target or value."""
        if self.target is None or self.value is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def render(figures: Sequence[Figure]) -> str:
    """The figures as a table."""
    rows = [
        (
            each.name,
            "not told" if each.value is None else f"{each.value:,.{_decimals(each.value)}f} {each.unit}".strip(),
            "" if each.target is None else f"{'≥' if each.at_least else '≤'} {each.target:g} {each.unit}".strip(),
            {True: "met", False: "MISSED", None: ""}[each.met],
        )
        for each in figures
    ]
    return "\n".join(table(("measure", "value", "target", ""), rows))


def _decimals(value: float) -> int:
    return 0 if value >= 100 else 1 if value >= 10 else 2
