"""What confidence is worth, against arithmetic that can be redone by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.confidence import Judged, auroc, calibration, judge_confidence, risk_coverage
from evals.rates import wilson


def given_answers(*answers: tuple[float, bool]) -> list[Judged]:
    return [Judged(confidence, True, True, right, f"d{n}") for n, (confidence, right) in enumerate(answers)]


ABSTAINED = Judged(0.2, False, False, True, "u1")
SOME = st.lists(
    st.builds(
        Judged,
        confidence=st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.70001, 0.9, 1.0]),
        answerable=st.booleans(),
        answered=st.booleans(),
        right=st.booleans(),
        cluster=st.sampled_from("abc"),
    ),
    max_size=20,
)


def test_risk_and_coverage() -> None:
    # four answers, right right wrong right, and an abstention: risks 0, 0, 1/3, 1/4
    found = risk_coverage([*given_answers((0.9, True), (0.8, True), (0.7, False), (0.6, True)), ABSTAINED])
    assert (found.questions, found.answered) == (5, 4)
    assert [(point.coverage, point.risk) for point in found.points] == [
        (1 / 5, 0),
        (2 / 5, 0),
        (3 / 5, 1 / 3),
        (4 / 5, 1 / 4),
    ]
    assert found.aurc == pytest.approx((1 / 3 + 1 / 4) / 4)
    assert found.least_aurc == pytest.approx(1 / 4 / 4)  # the wrong one last
    assert found.auroc == pytest.approx(2 / 3)  # above two of three right answers


def test_answers_of_equal_confidence_count_as_in_random_order() -> None:
    # right or wrong first alike: half a mistake in the first, one in both
    found = risk_coverage(given_answers((0.5, True), (0.5, False)))
    assert found.aurc == pytest.approx((1 / 2 + 1 / 2) / 2)
    assert [(point.coverage, point.risk) for point in found.points] == [(1, 1 / 2)]
    assert found.auroc == 1 / 2


def test_whether_confidence_tells_what_can_be_answered() -> None:
    assert risk_coverage([*given_answers((0.9, False), (0.1, True)), ABSTAINED]).answerable_auroc == 1 / 2


def test_nothing_answered() -> None:
    found = judge_confidence([ABSTAINED])
    assert found.risk_coverage.points == ()
    assert found.risk_coverage.aurc is None
    assert found.risk_coverage.auroc is None
    assert found.calibration.ece is None
    assert found.calibration.brier is None


def test_calibration() -> None:
    # 0.85 and 0.95 in two bins, the first of two right half the time: |0.85 - 0.5| · 2/3 + |0.95 - 1| · 1/3 = 0.25
    found = calibration([*given_answers((0.85, True), (0.85, False), (0.95, True)), ABSTAINED])
    assert found.n == 3
    assert found.ece == pytest.approx(0.35 * 2 / 3 + 0.05 / 3)
    assert found.brier == pytest.approx((0.15**2 + 0.85**2 + 0.05**2) / 3)
    assert [each.n for each in found.bins] == [0] * 8 + [2, 1]
    eighth = found.bins[8]
    assert eighth.correct is not None
    assert (eighth.confidence, eighth.correct.value) == (0.85, 0.5)
    assert (eighth.correct.low, eighth.correct.high) == wilson(1, 2)


def test_the_ends_have_their_bins() -> None:
    bins = calibration(given_answers((0.0, False), (1.0, True), (0.1, False))).bins
    assert [each.n for each in bins] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_auroc() -> None:
    assert auroc([0.9, 0.5], [0.5, 0.1]) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert auroc([], [0.5]) is None


@given(SOME)
@settings(deadline=None)  # the first example imports scipy
def test_laws(outcomes: list[Judged]) -> None:
    found = judge_confidence(outcomes)
    curve, answers = found.risk_coverage, [each for each in outcomes if each.answered]
    assert judge_confidence(outcomes[::-1]).risk_coverage == curve  # whatever the order
    assert sum(each.n for each in found.calibration.bins) == len(answers) == curve.answered
    if not answers:
        return
    assert curve.points[-1].coverage == pytest.approx(len(answers) / len(outcomes))
    assert curve.points[-1].risk == pytest.approx(sum(not each.right for each in answers) / len(answers))
    assert curve.aurc is not None
    assert curve.least_aurc is not None
    assert found.calibration.ece is not None
    assert 0 <= curve.least_aurc <= curve.aurc + 1e-12 <= 1 + 1e-12
    assert 0 <= found.calibration.ece <= 1
