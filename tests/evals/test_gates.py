"""Gates: read from TOML, held against scores, unable to pass over nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.gates import Gate, GateResult, check_gates, load_gates
from evals.score import Scores, score
from ingest.errors import UsageError
from tests.evals.builders import abstention, answer, case, precedent_case, stored, text_of, unanswerable

GATES = """
[overall]
correct = 0.75

[kind.amount]
correct = 0.8
fact_recall = 1

[language.en]
correct = 0.5
"""


@pytest.fixture(scope="module")
def scores() -> Scores:
    """Three of four correct; the wrong one is in English and of the kind "amount"."""
    cases = (case("a"), case("b"), case("c", lang="en"), case("d", tags=("when",)), precedent_case("p"))
    answers = {identity: answer("375 000") for identity in "abd"}
    return score(cases, stored(**answers, c=answer("nej"), p="E"), text_of)


def gates_in(folder: Path, text: str) -> Path:
    file = folder / "gates.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_loading(tmp_path: Path) -> None:
    gates = load_gates(gates_in(tmp_path, GATES))
    assert gates == (
        Gate("correct", 0.75),
        Gate("correct", 0.8, "kind", "amount"),
        Gate("fact_recall", 1.0, "kind", "amount"),
        Gate("correct", 0.5, "language", "en"),
    )
    assert [gate.name for gate in gates[:2]] == ["overall.correct", "kind.amount.correct"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no gate"),
        ("[overall]\n", "holds no gate"),
        ("[overall]\ncorect = 0.9", r"overall: unknown metric 'corect'; the known ones are correct, "),
        ("[overall]\nlatency_p95_ms = 0.9", "unknown metric"),
        ("[overall]\ncorrect = true", r"overall\.correct: found True, needed a floor from 0 to 1"),
        ("[overall]\ncorrect = 90", "found 90, needed a floor"),
        ("[overall]\ncorrect = nan", "found nan, needed a floor"),
        ("[overall]\ncorrect = '0.9'", "found '0.9', needed a floor"),
        (
            "[kinds.amount]\ncorrect = 0.9",
            "kinds: unknown table; needed overall, kind.NAME, language.NAME or grade.NAME",
        ),
        ("[kind]\ncorrect = 0.9", r"kind\.correct: found 0\.9, needed a table of floors"),
        ("correct = 0.9", "correct: unknown table"),
        ("overall = 0.9", r"overall: found 0\.9, needed a table"),
        ("[overall", "cannot be read"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_gates(gates_in(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml: cannot be read"):
        load_gates(tmp_path / "none.toml")


def test_held_against_the_scores(tmp_path: Path, scores: Scores) -> None:
    overall, kind, facts, language = check_gates(load_gates(gates_in(tmp_path, GATES)), scores)
    assert (overall.passed, overall.reached, overall.n, overall.failing) == (True, 0.75, 4, ("c",))
    assert (kind.passed, kind.reached, kind.n, kind.failing) == (False, 2 / 3, 3, ("c",))
    assert not facts.passed
    assert (language.passed, language.reached, language.failing) == (False, 0.0, ("c",))
    assert str(kind) == "FAILED: kind.amount.correct 0.667 (floor 0.8, n = 3)"
    assert kind.as_json()["failing"] == ("c",)


@pytest.mark.parametrize(
    "gate",
    [
        Gate("correct", 0.0, "kind", "no-such-kind"),
        Gate("correct", 0.0, "language", "sv-SE"),
        Gate("status_accuracy", 0.0),  # no case has a status
        Gate("abstention_recall", 0.0),
        Gate("correct", 0.0, "kind", "precedent"),  # questions only
    ],
)
def test_a_gate_over_nothing_fails(gate: Gate, scores: Scores) -> None:
    (result,) = check_gates([gate], scores)
    assert result == GateResult(gate, None, 0, ())
    assert not result.passed
    assert "no case" in str(result)


def test_a_grade_has_its_floor() -> None:
    cases = (unanswerable("u"), unanswerable("v", tags=("amount", "wrong-year")), unanswerable("w", tags=("private",)))
    scores = score(cases, stored(u=abstention(), v=answer(), w=abstention()), text_of)
    near, nothing = check_gates(
        [Gate("abstention_recall", 0.6, "grade", "fact-missing"), Gate("correct", 0.6, "grade", "absent")], scores
    )
    assert (near.passed, near.reached, near.n, near.failing) == (False, 0.5, 2, ("v",))
    assert (nothing.passed, nothing.n, nothing.failing) == (True, 1, ())


def test_a_crash_fails_its_gate() -> None:
    (result,) = check_gates([Gate("abstention_recall", 0.1)], score((unanswerable("u"),), stored(u="E"), text_of))
    assert (result.passed, result.reached, result.failing) == (False, 0.0, ("u",))


@pytest.mark.parametrize(("floor", "passed"), [(2 / 3, True), (0.666, True), (0.667, False), (0.0, True)])
def test_the_floor_itself_is_enough(floor: float, passed: bool, scores: Scores) -> None:
    (result,) = check_gates([Gate("correct", floor, "kind", "amount")], scores)
    assert result.passed is passed
