"""Floors a little under what is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.gates import Gate, check_gates, load_gates
from evals.propose import propose, render_gates
from evals.score import Scores, score
from tests.evals.builders import abstention, answer, case, citation, stored, text_of, unanswerable


@pytest.fixture(scope="module")
def scores() -> Scores:
    """50 questions of which 40 are right, eight of them Swedish with 6 right, and five that abstain as they should."""
    cases = [case(f"c{n:02}", lang="sv" if n % 5 < 1 else "en", tags=("amount",)) for n in range(50)]
    right = {each.id: n < 40 for n, each in enumerate(cases)}
    silent = [unanswerable(f"u{n}", lang="en") for n in range(5)]
    answers = {name: answer("375 000 [1]", citation()) if good else answer("nej") for name, good in right.items()}
    return score([*cases, *silent], stored(**answers, **{each.id: abstention() for each in silent}), text_of)


def floors(gates: tuple[Gate, ...]) -> dict[str, float]:
    return {gate.name: gate.floor for gate in gates}


def test_three_points_or_one_case(scores: Scores) -> None:
    found = floors(propose(scores))
    assert found["overall.correct"] == 0.78  # 45 of 55 = 0.818
    assert found["overall.quote_fidelity"] == 1.0  # no slack
    assert found["language.sv.correct"] == 0.7  # 8 of 10, less one case
    assert found["grade.absent.correct"] == 0.8  # 5 of 5, less one case
    assert found["kind.amount.correct"] == 0.77  # 40 of 50
    assert "overall.status_accuracy" not in found  # no case has a status


def test_what_was_proposed_holds(scores: Scores) -> None:
    assert all(result.passed for result in check_gates(propose(scores), scores))


def test_small_groups_get_no_floor() -> None:
    assert list(floors(propose(score([unanswerable("u")], stored(u=abstention()), text_of)))) == []


def test_floors_that_stand_are_never_lowered(scores: Scores) -> None:
    standing = (
        Gate("correct", 0.95),
        Gate("fact_recall", 0.5, "kind", "amount"),
        Gate("correct", 0.1, "language", "sv"),
    )
    found = floors(propose(scores, standing))
    assert found["overall.correct"] == 0.95
    assert found["kind.amount.fact_recall"] == 0.5
    assert found["language.sv.correct"] == 0.7


def test_written_and_read_again(scores: Scores, tmp_path: Path) -> None:
    gates = (*propose(scores), Gate("correct", 0.5, "kind", "what else?"))
    file = tmp_path / "gates.toml"
    file.write_text(render_gates(gates), encoding="utf-8")
    assert load_gates(file) == gates
    assert propose(scores, propose(scores)) == propose(scores)
