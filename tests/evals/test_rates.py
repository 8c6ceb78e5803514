"""Rates, intervals, percentiles and McNemar's test, against arithmetic that can be redone by hand."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.rates import Rate, Sample, effective_cases, mcnemar, percentile, proportion, ratio, wilson
from evals.tally import Tally, share


def samples(*tallies: tuple[float, float, str]) -> list[Sample]:
    return [Sample(Tally(hits, of), cluster) for hits, of, cluster in tallies]


@st.composite
def some_samples(draw: st.DrawFn) -> list[Sample]:
    def one() -> Sample:
        of = draw(st.integers(1, 5))
        return Sample(Tally(draw(st.integers(0, of)), of), draw(st.sampled_from("abcd")))

    return [one() for _ in range(draw(st.integers(1, 12)))]


def test_a_share_of_nothing_is_none() -> None:
    assert share(0, 0) is None
    assert share(0, 2) == Tally(0, 2)
    assert Tally(2, 2).full
    assert not Tally(1, 2).full


def test_wilson_by_hand() -> None:
    # 8 of 10, z² = 3.8415: centre = (0.8 + 0.19207) / 1.38415 = 0.71674,
    # half = 1.95996 / 1.38415 * sqrt(0.16 / 10 + 3.8415 / 400) = 1.41601 * 0.16000 = 0.22659
    low, high = wilson(8, 10)
    assert low == pytest.approx(0.71674 - 1.41601 * sqrt(0.016 + 0.0096036), abs=1e-4)
    assert [low, high] == pytest.approx([0.4902, 0.9433], abs=1e-4)


def test_wilson_has_width_at_the_ends() -> None:
    # all of n: the lower end is n / (n + z²) = 10 / 13.8415 = 0.7225
    assert list(wilson(10, 10)) == pytest.approx([0.7225, 1], abs=1e-4)
    assert list(wilson(0, 10)) == pytest.approx([0, 1 - 0.7225], abs=1e-4)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_its_share(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1


def test_a_proportion() -> None:
    rate = proportion(samples((1, 1, "a"), (0, 1, "b"), (1, 1, "c"), (1, 1, "d")))
    assert rate == Rate(0.75, 4, *wilson(3, 4), "wilson")
    assert proportion([]) is None


def test_cases_of_one_document_are_worth_less() -> None:
    # 30 documents of two cases that agree, 15 right and 15 wrong: p = 0.5, each document strays by ±1, so
    # deff = 30/29 · 30 / (60 · 0.25) = 2.069; Student's t with 29 degrees is 2.0452: 60 / 2.069 · (1.96 / 2.0452)² =
    # 26.6, which is less than there are documents: 30.
    agreeing = samples(*[(float(n % 2), 1.0, str(n)) for n in range(30) for _ in range(2)])
    assert effective_cases(agreeing) == 30
    # Half of the documents hold one right and one wrong case: 15 stray by ±1, deff = 30/29 · 16 / 15 (one more, so that
    # both sides are level), 60 / 1.1034 · 0.9184 = 49.9
    mixed = samples(*[(float(n % 2 if n < 16 else k), 1.0, str(n)) for n in range(30) for k in range(2)])
    assert effective_cases(mixed) == pytest.approx(60 / (30 / 29 * 16 / 15) * (1.959964 / 2.045230) ** 2, rel=1e-5)
    rate = proportion(mixed)
    assert rate is not None
    assert (rate.value, rate.n) == (0.5, 60)
    assert [rate.low, rate.high] == pytest.approx(wilson(effective_cases(mixed) / 2, effective_cases(mixed)))
    assert rate.low < wilson(30, 60)[0]


@pytest.mark.parametrize(
    ("some", "worth"),
    [
        (samples((1, 1, "a"), (1, 1, "a"), (1, 1, "b")), 2),  # all right: as many as documents
        (samples((1, 1, "a"), (0, 1, "a")), 1),  # one document says nothing of others
        (samples((1, 1, "a"), (0, 1, "a"), (1, 1, "b"), (0, 1, "b")), 4),  # nothing lies between documents
    ],
)
def test_what_few_documents_are_worth(some: list[Sample], worth: float) -> None:
    assert effective_cases(some) == worth


@given(some_samples())
@settings(deadline=None)  # the first example imports scipy
def test_cases_are_worth_no_less_than_their_documents_and_no_more_than_themselves(some: list[Sample]) -> None:
    whole = [Sample(Tally(float(sample.tally.full)), sample.cluster) for sample in some]
    assert len({sample.cluster for sample in whole}) <= effective_cases(whole) <= len(whole)
    rate = proportion(whole)
    assert rate is not None
    assert 0 <= rate.low <= rate.value <= rate.high <= 1


def test_a_ratio_pools_what_is_counted() -> None:
    # 1 of 1 and 1 of 3 facts: 2 of 4, not the mean of 1 and 1/3
    rate = ratio(samples((1, 1, "a"), (1, 3, "b")))
    assert rate is not None
    assert (rate.value, rate.n, rate.interval) == (0.5, 4, "bootstrap")
    assert ratio([]) is None


def test_the_bootstrap_draws_whole_documents() -> None:
    # Two documents, one all right and one all wrong: drawn again, they are 0, 1/2 or 1 (each end a quarter of the
    # time), however many cases they hold. Case by case, 100 draws would have given about 0.40..0.60.
    rate = ratio(samples(*[(1, 1, "a")] * 50, *[(0, 1, "b")] * 50))
    assert rate == Rate(0.5, 100, 0.0, 1.0, "bootstrap")


def test_documents_that_agree_leave_the_interval_its_width() -> None:
    # 3 documents, all right: Wilson for 3 of 3, not a width of nothing
    assert ratio(samples((2, 2, "a"), (1, 1, "b"), (4, 4, "c"))) == Rate(1.0, 7, *wilson(3, 3), "clusters")
    assert ratio(samples((1, 1, "a"), (2, 2, "a"))) == Rate(1.0, 3, *wilson(1, 1), "clusters")  # one document


def test_cases_within_a_document_are_drawn_again_too() -> None:
    # One document, half of 100 cases right: about 0.5 ± 1.96 * sqrt(0.25 / 100) = 0.40..0.60
    alone = ratio(samples(*[(1, 1, "a")] * 50, *[(0, 1, "a")] * 50))
    assert alone is not None
    assert alone.interval == "bootstrap"
    assert [alone.low, alone.high] == pytest.approx([0.40, 0.60], abs=0.02)
    # Two documents that are alike don't make the rate certain
    alike = ratio(samples((1, 1, "a"), (0, 1, "a"), (1, 1, "b"), (0, 1, "b")))
    assert alike is not None
    assert alike.high - alike.low > 0.5


def test_n_can_be_given_where_wholes_are_no_cases() -> None:
    rate = ratio(samples((2, 2, "a"), (0, 1, "b")), n=2)  # F1 of one hit and one mistake: 2 / 3 over two cases
    assert rate is not None
    assert rate.value == pytest.approx(2 / 3)
    assert rate.n == 2


@given(some_samples())
def test_a_ratio_lies_in_its_interval_and_does_not_hang_on_the_order(some: list[Sample]) -> None:
    rate = ratio(some)
    assert rate is not None
    assert 0 <= rate.low <= rate.high <= 1
    if rate.interval == "clusters":
        assert rate.low <= rate.value <= rate.high
    assert ratio(some[::-1]) == rate


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([], 50, None),
        ([7.0], 95, 7.0),
        ([4.0, 1.0, 3.0, 2.0], 50, 2.0),  # 2 of 4 values are no larger
        ([3.0, 1.0, 2.0], 50, 2.0),
        (list(range(1, 101)), 95, 95),
        (list(range(1, 11)), 95, 10),  # 9 of 10 would be 90 %
    ],
)
def test_percentile(values: list[float], percent: float, expected: float | None) -> None:
    assert percentile(values, percent) == expected


@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [
        (0, 0, 1.0),
        (1, 1, 1.0),  # 2 * (1 + 2) / 4 is more than 1
        (0, 5, 2 / 32),
        (5, 0, 2 / 32),
        (1, 8, 2 * (1 + 9) / 512),
        (0, 1, 1.0),
    ],
)
def test_mcnemar(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p)
