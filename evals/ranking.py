"""The metrics of a ranked list, best first: of what was retrieved, and of precedents.

Relevance is yes or no. What is to be found is a set of things (evidence groups, documents); each counts once,
at the first rank that holds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

from evals.cases import Case, PrecedentCase
from evals.metrics import AnswerJson, hits_group
from evals.tally import Tally

Ranks = tuple[int | None, ...]  # for each thing to be found, the 1-based rank that holds it first, or None


def evidence_ranks(case: Case, answer: AnswerJson | None) -> Ranks:
    """Where `retrieved` holds each evidence group first; a crash retrieved nothing."""
    retrieved = answer["retrieved"] if answer else []
    return tuple(
        _first(hits_group(group, hit["document"], hit["text"]) for hit in retrieved) for group in case.evidence
    )


def precedent_ranks(case: PrecedentCase, answer: AnswerJson | None) -> Ranks:
    """Where `precedents` holds each relevant document first; a crash found nothing."""
    found = [precedent["document"] for precedent in answer["precedents"]] if answer else []
    return tuple(_first(document == relevant for document in found) for relevant in dict.fromkeys(case.relevant))


def recall(ranks: Ranks, k: int) -> Tally | None:
    """Share of the things found among the first `k`."""
    return Tally(sum(rank is not None and rank <= k for rank in ranks) / len(ranks)) if ranks else None


def reciprocal_rank(ranks: Ranks, k: int) -> Tally | None:
    """1 / rank of the first thing found among the first `k`, else 0."""
    if not ranks:
        return None
    best = min((rank for rank in ranks if rank is not None and rank <= k), default=None)
    return Tally(1 / best if best else 0.0)


def ndcg(ranks: Ranks, k: int) -> Tally | None:
    """Normalised discounted cumulative gain at `k`: sum of 1 / log2(rank + 1), over that of the ideal list.

    The ideal list holds one thing at each rank. So that a passage which holds two things at once earns no
    more than the ideal, the j-th thing found is discounted as if it stood no higher than rank j.
    """
    if not ranks:
        return None
    found = sorted(rank for rank in ranks if rank is not None and rank <= k)
    gain = sum(1 / log2(max(rank, place) + 1) for place, rank in enumerate(found, start=1) if place <= k)
    ideal = sum(1 / log2(place + 1) for place in range(1, min(len(ranks), k) + 1))
    return Tally(gain / ideal)


def _first(held: Iterable[bool]) -> int | None:
    return next((rank for rank, holds in enumerate(held, start=1) if holds), None)
