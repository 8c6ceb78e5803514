"""From stored answers to scores, slices and a comparison."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evals.cases import AnyCase
from evals.catalogue import METRIC_NAMES, METRICS
from evals.compare import compare
from evals.rates import wilson
from evals.score import Scores, Slice, score
from ingest.errors import UsageError
from tests.evals.builders import (
    ANSWERS,
    CASES,
    abstention,
    answer,
    case,
    citation,
    found,
    precedent_case,
    stored,
    text_of,
    unanswerable,
)


def value(part: Slice, metric: str) -> float | None:
    rate = part.rates[metric]
    return rate.value if rate else None


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(CASES, ANSWERS, text_of)


def test_overall(scores: Scores) -> None:
    overall = scores.overall
    assert (overall.attempted, overall.crashed) == (6, 1)
    correct = overall.rates["correct"]
    assert correct is not None
    assert (correct.value, correct.n) == (2 / 4, 4)  # right and silent, of four questions: the crash counts
    assert (correct.low, correct.high) == wilson(1, 2)  # three of the four err together: worth two
    assert value(overall, "fact_recall") == 1 / 3
    assert value(overall, "citation_recall") == 1 / 3
    assert value(overall, "citation_precision") == 1
    assert value(overall, "quote_fidelity") == 1
    assert value(overall, "abstention_f1") == 1
    assert value(overall, "recall_at_1") == pytest.approx(1 / 3)
    assert value(overall, "status_accuracy") is None  # no case has a status: no score
    assert value(overall, "precedent_recall_at_5") == pytest.approx((1 / 2 + 0) / 2)
    assert (overall.latency_p50_ms, overall.latency_p95_ms) == (20, 30)


def test_confidence_is_judged_on_questions_that_did_not_crash(scores: Scores) -> None:
    curve = scores.confidence.risk_coverage
    assert (curve.questions, curve.answered) == (3, 2)
    assert scores.confidence.calibration.ece == pytest.approx(0.9 - 1 / 2)
    assert json.loads(json.dumps(scores.as_json()))["confidence"]["calibration"]["n"] == 2


def test_slices(scores: Scores) -> None:
    assert set(scores.kind) == {"amount", "flagship", "absent", "precedent"}
    assert (scores.kind["amount"].attempted, scores.kind["amount"].crashed) == (3, 1)
    assert value(scores.kind["amount"], "correct") == 1 / 3
    assert value(scores.kind["flagship"], "correct") == 1
    assert value(scores.kind["precedent"], "correct") is None
    assert {name: part.attempted for name, part in scores.language.items()} == {"sv": 3, "en": 1}
    assert {name: part.attempted for name, part in scores.answerable.items()} == {"yes": 3, "no": 1}
    assert value(scores.answerable["no"], "correct") == 1


def test_a_tag_written_twice_counts_once() -> None:
    twice = score((case("right", tags=("amount", "amount")),), ANSWERS, text_of)
    assert twice.kind["amount"].attempted == 1


def test_crashed_and_wrong_are_apart(scores: Scores) -> None:
    assert [(each.case.id, each.error) for each in scores.crashes] == [("crash", "ValueError: trasig")]
    assert [each.case.id for each in scores.wrong] == ["wrong", "far"]
    assert scores.wrong[1].faults == ("no relevant document among the first 5",)


def test_as_json(scores: Scores) -> None:
    record: dict[str, Any] = json.loads(json.dumps(scores.as_json(), allow_nan=False))
    assert record["failures"] == [{"id": "crash", "error": "ValueError: trasig"}]
    assert set(record["overall"]["rates"]) == set(METRIC_NAMES)
    assert record["overall"]["rates"]["correct"]["n"] == 4
    assert record["kind"]["amount"]["crashed"] == 1
    assert record["cases"][0]["right"] is True
    assert record["cases"][0]["measures"]["fact_recall"] == {"hits": 1, "of": 1}
    assert record["cases"][1]["faults"] == ["not said: 375 000 / 375000"]


def test_metrics_are_named_once() -> None:
    assert len(set(METRIC_NAMES)) == len(METRICS)


@pytest.mark.parametrize("name", METRIC_NAMES)
def test_no_metric_is_raised_by_a_crash(name: str) -> None:
    """Whatever a metric says of answers, crashes beside them must not make it better."""
    cases: tuple[AnyCase, ...] = (case("a"), unanswerable("b"), precedent_case("c"))
    good = stored(a=answer("375 000", citation()), b=abstention(), c=found("koping/a.txt"))
    crashed: tuple[AnyCase, ...] = (case("x"), unanswerable("y"), precedent_case("z"))
    alone = score(cases, good, text_of).overall.rates[name]
    beside = score((*cases, *crashed), {**good, **stored(x="E", y="E", z="E")}, text_of).overall.rates[name]
    if alone is None:
        assert beside is None
    else:
        assert beside is not None
        assert beside.value <= alone.value


def test_compare_with_a_baseline(scores: Scores) -> None:
    baseline = stored(right="boom", wrong=answer("375 000"), crash=answer("nej"))
    result = compare(scores.cases, baseline)
    assert (result.n, result.before, result.now, result.absent) == (3, 1, 1, 1)  # the silent case is new
    assert (result.gained, result.lost) == (("right",), ("wrong",))
    assert result.p == 1


def test_a_baseline_of_other_cases(scores: Scores) -> None:
    with pytest.raises(UsageError, match="none of these cases"):
        compare(scores.cases, stored(other=answer()))
