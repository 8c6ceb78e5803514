"""The catalogue of metrics: name, title, what n counts, and how a case is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from evals import metrics, ranking
from evals.cases import AnyCase, Case, PrecedentCase
from evals.metrics import AnswerJson, TextOf
from evals.ranking import Ranks, evidence_ranks, precedent_ranks
from evals.rates import Rate, Sample, proportion, ratio
from evals.tally import Tally

Measure = Callable[[AnyCase, AnswerJson | None, TextOf], Tally | None]


@dataclass(frozen=True)
class Metric:
    """One metric; `name` stands in scores and gates, `title` in reports.

    `of_cases` marks a share of cases that each count whole or not at all: its interval is Wilson's.
    """

    name: str
    title: str
    counts: Literal["cases", "facts", "evidence groups", "citations"]
    measure: Measure
    of_cases: bool = False

    def rate(self, samples: Sequence[Sample]) -> Rate | None:
        """The metric over the cases that have something to give; None over none."""
        if self.of_cases:
            return proportion(samples)
        return ratio(samples, n=len(samples) if self.counts == "cases" else None)


def _of_answer(measure: Callable[[Case, AnswerJson | None], Tally | None]) -> Measure:
    return lambda case, answer, _: measure(case, answer) if isinstance(case, Case) else None


def _of_quotes(measure: Callable[[AnswerJson | None, TextOf], Tally | None]) -> Measure:
    return lambda case, answer, text_of: measure(answer, text_of) if isinstance(case, Case) else None


def _of_retrieved(measure: Callable[[Ranks], Tally | None]) -> Measure:
    return _of_answer(lambda case, answer: measure(evidence_ranks(case, answer)))


def _of_precedents(measure: Callable[[Ranks], Tally | None]) -> Measure:
    def measured(case: AnyCase, answer: AnswerJson | None, _: TextOf) -> Tally | None:
        return measure(precedent_ranks(case, answer)) if isinstance(case, PrecedentCase) else None

    return measured


METRICS = (
    Metric("correct", "correct", "cases", _of_answer(metrics.correct), of_cases=True),
    Metric("first_statement", "first statement right", "cases", _of_answer(metrics.first_statement), of_cases=True),
    Metric("answer_precision", "answer precision", "cases", _of_answer(metrics.answer_precision), of_cases=True),
    Metric("fact_recall", "fact recall", "facts", _of_answer(metrics.fact_recall)),
    Metric("citation_recall", "citation recall", "evidence groups", _of_answer(metrics.citation_recall)),
    Metric("citation_precision", "citation precision", "citations", _of_answer(metrics.citation_precision)),
    Metric("quote_fidelity", "quote fidelity", "citations", _of_quotes(metrics.quote_fidelity)),
    Metric("span_fidelity", "span fidelity", "citations", _of_quotes(metrics.span_fidelity)),
    Metric(
        "abstention_precision",
        "abstention precision",
        "cases",
        _of_answer(metrics.abstention_precision),
        of_cases=True,
    ),
    Metric("abstention_recall", "abstention recall", "cases", _of_answer(metrics.abstention_recall), of_cases=True),
    Metric("abstention_f1", "abstention F1", "cases", _of_answer(metrics.abstention_f1)),
    Metric("status_accuracy", "status accuracy", "cases", _of_answer(metrics.status_accuracy), of_cases=True),
    Metric("recall_at_1", "recall@1", "cases", _of_retrieved(partial(ranking.recall, k=1))),
    Metric("recall_at_5", "recall@5", "cases", _of_retrieved(partial(ranking.recall, k=5))),
    Metric("recall_at_10", "recall@10", "cases", _of_retrieved(partial(ranking.recall, k=10))),
    Metric("mrr_at_10", "MRR@10", "cases", _of_retrieved(partial(ranking.reciprocal_rank, k=10))),
    Metric("ndcg_at_10", "nDCG@10", "cases", _of_retrieved(partial(ranking.ndcg, k=10))),
    Metric("precedent_ndcg_at_10", "precedent nDCG@10", "cases", _of_precedents(partial(ranking.ndcg, k=10))),
    Metric("precedent_recall_at_5", "precedent recall@5", "cases", _of_precedents(partial(ranking.recall, k=5))),
)
METRIC_NAMES = tuple(metric.name for metric in METRICS)
