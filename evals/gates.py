"""Gates: floors under metrics, from a TOML file.

[overall]
correct = 0.9
[kind.amount]
correct = 0.8
[language.en]
fact_recall = 0.7
[grade.off-topic]
abstention_recall = 0.9
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.catalogue import METRIC_NAMES
from evals.score import CaseScore, Scores, Slice
from ingest.errors import UsageError

ROUNDING = 1e-9  # a mean of sums may miss its floor by the last bit

GROUPED = ("kind", "language", "grade")


@dataclass(frozen=True)
class Gate:
    """A floor under one metric over all cases, or over those of one kind (tag), language, or grade of unanswerable."""

    metric: str
    floor: float  # 0..1
    group: str | None = None  # one of `GROUPED`
    member: str | None = None

    @property
    def name(self) -> str:
        """As in the file: `overall.correct`, `kind.amount.correct`."""
        return f"overall.{self.metric}" if self.group is None else f"{self.group}.{self.member}.{self.metric}"


@dataclass(frozen=True)
class GateResult:
    """What became of a gate.

    `reached` is None when no case had anything to give to the metric: the gate then fails, for a check that
    can't fail is no check. `failing` names the cases that fell short of the metric's best, in the gate's group.
    """

    gate: Gate
    reached: float | None
    n: int
    failing: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return self.reached is not None and self.reached >= self.gate.floor - ROUNDING

    def __str__(self) -> str:
        reached = "no case" if self.reached is None else f"{self.reached:.3f}"
        verdict = "passed" if self.passed else "FAILED"
        return f"{verdict}: {self.gate.name} {reached} (floor {self.gate.floor:g}, n = {self.n})"

    def as_json(self) -> dict[str, Any]:
        return {"name": self.gate.name, "passed": self.passed, **asdict(self)}


def load_gates(file: Path) -> tuple[Gate, ...]:
    """Read the gates of a TOML file.

    Raises:
        UsageError: the file can't be read, holds no gate, or names an unknown table or metric; a floor is no
            number from 0 to 1.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error}); name a TOML file of gates") from error
    gates: list[Gate] = []
    for name, table in tables.items():
        where = f"{file}: {name}"
        if name == "overall":
            gates += _floors(table, where)
        elif name in GROUPED:
            for member, floors in _table(table, where).items():
                gates += _floors(floors, f"{where}.{member}", name, member)
        else:
            raise UsageError(f"{where}: unknown table; needed overall, kind.NAME, language.NAME or grade.NAME")
    if not gates:
        raise UsageError(f"{file}: holds no gate; write a floor, like correct = 0.9 under [overall]")
    return tuple(gates)


def check_gates(gates: Sequence[Gate], scores: Scores) -> tuple[GateResult, ...]:
    """Hold every gate against the scores."""
    return tuple(_check(gate, scores) for gate in gates)


def _check(gate: Gate, scores: Scores) -> GateResult:
    part = _part(gate, scores)
    rate = part.rates[gate.metric] if part else None
    failing = tuple(
        each.case.id
        for each in scores.cases
        if _belongs(gate, each) and (tally := each.tallies[gate.metric]) and not tally.full
    )
    return GateResult(gate, rate.value if rate else None, rate.n if rate else 0, failing)


def _part(gate: Gate, scores: Scores) -> Slice | None:
    if gate.group is None or gate.member is None:
        return scores.overall
    slices: Mapping[str, Slice] = getattr(scores, gate.group)
    return slices.get(gate.member)


def _belongs(gate: Gate, score: CaseScore) -> bool:
    if gate.group == "kind":
        return gate.member in score.case.tags
    field = "lang" if gate.group == "language" else gate.group
    return field is None or getattr(score.case, field, None) == gate.member


def _floors(value: object, where: str, group: str | None = None, member: str | None = None) -> list[Gate]:
    gates = []
    for metric, floor in _table(value, where).items():
        if metric not in METRIC_NAMES:
            known = ", ".join(METRIC_NAMES)
            raise UsageError(f"{where}: unknown metric {metric!r}; the known ones are {known}")
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise UsageError(f"{where}.{metric}: found {floor!r}, needed a floor from 0 to 1; correct it")
        gates.append(Gate(metric, float(floor), group, member))
    return gates


def _table(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise UsageError(f"{where}: found {value!r}, needed a table of floors, like correct = 0.9")
    return value
