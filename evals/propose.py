"""Propose: floors a little under what a run reached, so that what was won stays won."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import floor

from evals.cases import GRADE_KINDS
from evals.gates import GROUPED, Gate
from evals.score import Scores, Slice

SLACK = 0.03  # a change may cost this much, or one case where that is more, without a failed build
LEAST_CASES = 5  # a group with fewer gets no floor: one case more or less would decide
WITHOUT_SLACK = frozenset({"quote_fidelity", "span_fidelity"})  # anything under 1 is a defect
OVERALL = (
    "correct",
    "fact_recall",
    "citation_recall",
    "citation_precision",
    "quote_fidelity",
    "span_fidelity",
    "abstention_precision",
    "abstention_recall",
    "status_accuracy",
    "recall_at_10",
    "ndcg_at_10",
    "precedent_ndcg_at_10",
    "precedent_recall_at_5",
)
_HEAD = (
    "# Floors for the test cases: what is reached less 3 points or one case, whichever is more. Quotes have no slack.",
    "# Raised by `radslag eval CASES --propose-gates FILE` when quality has risen; it lowers none.",
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def propose(scores: Scores, standing: Sequence[Gate] = ()) -> tuple[Gate, ...]:
    """Gates under what `scores` reached: overall, and for each language, grade and kind; `standing` ones stay or rise."""
    floors = {(gate.group, gate.member, gate.metric): gate for gate in standing}
    for gate in _reached(scores):
        key = gate.group, gate.member, gate.metric
        if key not in floors or floors[key].floor < gate.floor:
            floors[key] = gate
    groups = (None, "language", "grade", "kind")
    order = {gate: number for number, gate in enumerate(floors.values())}
    return tuple(sorted(floors.values(), key=lambda gate: (groups.index(gate.group), gate.member or "", order[gate])))


def render_gates(gates: Iterable[Gate]) -> str:
    """The gates as the TOML file that `evals.gates.load_gates` reads."""
    tables: dict[str, list[str]] = {}
    for gate in gates:
        name = "overall" if gate.group is None else f"{gate.group}.{_key(gate.member or '')}"
        tables.setdefault(name, []).append(f"{gate.metric} = {gate.floor:g}")
    return "\n".join(_HEAD) + "\n" + "".join(f"\n[{name}]\n" + "\n".join(rows) + "\n" for name, rows in tables.items())


def _reached(scores: Scores) -> Iterator[Gate]:
    for metric in OVERALL:
        yield from _gate(scores.overall, metric)
    for group in GROUPED:
        parts: Mapping[str, Slice] = getattr(scores, group)
        for member, part in parts.items():
            correct = part.rates["correct"]
            repeats = group == "kind" and member in GRADE_KINDS
            if correct and correct.n >= LEAST_CASES and not repeats:
                yield from _gate(part, "correct", group, member)


def _gate(part: Slice, metric: str, group: str | None = None, member: str | None = None) -> Iterator[Gate]:
    rate = part.rates[metric]
    if rate is None:
        return
    slack = 0.0 if metric in WITHOUT_SLACK else max(SLACK, 1 / rate.n)
    lowest = floor(100 * (rate.value - slack) + 1e-9) / 100
    if lowest > 0:
        yield Gate(metric, lowest, group, member)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name)
