"""Metrics of ranked lists, against arithmetic that can be redone by hand.

Discounts 1 / log2(rank + 1): rank 1: 1, rank 2: 0.6309, rank 3: 0.5, rank 7: 1/3, rank 10: 0.2891.
"""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Gold
from evals.ranking import Ranks, evidence_ranks, ndcg, precedent_ranks, recall, reciprocal_rank
from evals.tally import Tally
from tests.evals.builders import answer, case, found, hit, precedent_case

RANKS = st.lists(st.none() | st.integers(1, 15), min_size=1, max_size=6).map(tuple)


def value(tally: Tally | None) -> float:
    assert tally is not None
    assert tally.of == 1
    return tally.hits


TWO_GROUPS = case(
    evidence=((Gold("a.txt", "ett två"), Gold("b.txt", "one two")), (Gold("a.txt", "tre fyra"),)),
)


@pytest.mark.parametrize(
    ("retrieved", "ranks"),
    [
        ((), (None, None)),
        ((hit("x"), hit("ett två", "a.txt")), (2, None)),
        ((hit("one two", "b.txt"), hit("ett två", "a.txt"), hit("tre fyra", "a.txt")), (1, 3)),  # group counts once
        ((hit("ett två", "a.txt"), hit("ett två", "a.txt")), (1, None)),  # a duplicate adds nothing
        ((hit("ett två tre fyra", "a.txt"),), (1, 1)),  # one passage, both groups
        ((hit("ett två", "c.txt"),), (None, None)),
    ],
)
def test_evidence_ranks(retrieved: tuple[object, ...], ranks: Ranks) -> None:
    assert evidence_ranks(TWO_GROUPS, answer("x", retrieved=retrieved).as_json()) == ranks


def test_a_crash_found_nothing_and_no_gold_is_no_score() -> None:
    assert evidence_ranks(TWO_GROUPS, None) == (None, None)
    assert precedent_ranks(precedent_case("p", "a", "b"), None) == (None, None)
    assert recall((), 5) is None
    assert reciprocal_rank((), 10) is None
    assert ndcg((), 10) is None


def test_precedent_ranks_count_a_document_once() -> None:
    given = found("x", "a", "a", "b").as_json()
    assert precedent_ranks(precedent_case("p", "a", "b", "c", "a"), given) == (2, 4, None)


@pytest.mark.parametrize(
    ("ranks", "at_5", "mrr", "gain"),
    [
        ((1,), 1, 1, 1),
        ((3,), 1, 1 / 3, 0.5),
        ((None,), 0, 0, 0),
        ((11,), 0, 0, 0),  # beyond ten
        ((6,), 0, 1 / 6, 1 / log2(7)),
        ((1, 3), 1, 1, (1 + 0.5) / (1 + 1 / log2(3))),  # 1.5 / 1.6309
        ((3, None), 1 / 2, 1 / 3, 0.5 / (1 + 1 / log2(3))),
        ((1, 1), 1, 1, 1),  # one passage holds both: counted as ranks 1 and 2, the ideal
        (
            (2, 2),
            1,
            1 / 2,
            (1 / log2(3) + 1 / log2(3)) / (1 + 1 / log2(3)),
        ),  # ranks 2 and 2: both discounts as they are
    ],
)
def test_by_hand(ranks: Ranks, at_5: float, mrr: float, gain: float) -> None:
    assert value(recall(ranks, 5)) == pytest.approx(at_5)
    assert value(reciprocal_rank(ranks, 10)) == pytest.approx(mrr)
    assert value(ndcg(ranks, 10)) == pytest.approx(gain)


def test_more_things_than_places() -> None:
    ranks = tuple(range(1, 13))  # twelve things, one a rank
    assert value(ndcg(ranks, 10)) == pytest.approx(1)  # the ideal list has ten places too
    assert value(recall(ranks, 10)) == pytest.approx(10 / 12)
    assert value(ndcg((1,) * 12, 10)) == pytest.approx(1)  # all twelve in one passage


@given(RANKS, st.integers(1, 12))
def test_shares_lie_between_0_and_1(ranks: Ranks, k: int) -> None:
    for measure in (recall, reciprocal_rank, ndcg):
        assert 0 <= value(measure(ranks, k)) <= 1 + 1e-12


@given(RANKS, st.integers(1, 12), st.data())
def test_finding_something_earlier_never_hurts(ranks: Ranks, k: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(ranks) - 1))
    earlier = data.draw(st.integers(1, ranks[place] or 15))
    better = (*ranks[:place], earlier, *ranks[place + 1 :])
    for measure in (recall, reciprocal_rank, ndcg):
        assert value(measure(better, k)) >= value(measure(ranks, k)) - 1e-12


@given(RANKS, st.integers(1, 12), st.data())
def test_the_order_of_the_gold_does_not_matter(ranks: Ranks, k: int, data: st.DataObject) -> None:
    assert ndcg(tuple(data.draw(st.permutations(ranks))), k) == ndcg(ranks, k)
