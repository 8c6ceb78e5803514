"""Score stored answers: every metric, over all cases and over each kind, language, grade and answerability."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals import metrics, ranking
from evals.answers import Stored, answer_of
from evals.cases import AnyCase, Case
from evals.catalogue import METRICS
from evals.confidence import Confidence, Judged, judge_confidence
from evals.metrics import TextOf
from evals.rates import Rate, Sample, percentile
from evals.tally import Tally

NEAR_PRECEDENTS = 5  # a precedent search is right when one of its first five is relevant


@dataclass(frozen=True)
class CaseScore:
    """What one case gave. `faults` says why it isn't right; `error` is the message of a crash."""

    case: AnyCase
    answer: Stored | None
    error: str | None
    faults: tuple[str, ...]
    tallies: Mapping[str, Tally | None]  # by the name of the metric

    @property
    def total_ms(self) -> float | None:
        """Wall-clock time of the answer."""
        return float(self.answer["timings_ms"]["total"]) if self.answer and "timings_ms" in self.answer else None


@dataclass(frozen=True)
class Slice:
    """The metrics over some of the cases; a crash is among the attempted."""

    attempted: int
    crashed: int
    rates: Mapping[str, Rate | None]
    latency_p50_ms: float | None
    latency_p95_ms: float | None


@dataclass(frozen=True)
class Scores:
    """Everything a report or a gate asks for."""

    cases: tuple[CaseScore, ...]
    overall: Slice
    kind: Mapping[str, Slice]  # by tag; a case with two tags counts in both
    language: Mapping[str, Slice]
    grade: Mapping[str, Slice]  # unanswerable questions, by how near the documents come
    answerable: Mapping[str, Slice]  # "yes", "no"
    confidence: Confidence

    @property
    def crashes(self) -> tuple[CaseScore, ...]:
        return tuple(score for score in self.cases if score.error is not None)

    @property
    def wrong(self) -> tuple[CaseScore, ...]:
        """Cases that didn't come out right, crashes aside."""
        return tuple(score for score in self.cases if score.faults and score.error is None)

    def as_json(self) -> dict[str, Any]:
        return {
            "overall": asdict(self.overall),
            "kind": {name: asdict(part) for name, part in self.kind.items()},
            "language": {name: asdict(part) for name, part in self.language.items()},
            "grade": {name: asdict(part) for name, part in self.grade.items()},
            "answerable": {name: asdict(part) for name, part in self.answerable.items()},
            "confidence": self.confidence.as_json(),
            "failures": [{"id": score.case.id, "error": score.error} for score in self.crashes],
            "cases": [
                {
                    "id": score.case.id,
                    "right": not score.faults,
                    "faults": list(score.faults),
                    "measures": {name: asdict(tally) for name, tally in score.tallies.items() if tally},
                }
                for score in self.cases
            ],
        }


def score(cases: Sequence[AnyCase], answers: Mapping[str, Stored], text_of: TextOf) -> Scores:
    """Score every case; `text_of` gives the extracted text that quotes are checked against.

    Raises:
        UsageError: a case has no stored answer, or one of the wrong kind.
    """
    scored = tuple(score_case(case, answers, text_of) for case in cases)
    questions = [(each.case, each) for each in scored if isinstance(each.case, Case)]
    return Scores(
        cases=scored,
        overall=slice_of(scored),
        kind=_slices((tag, each) for each in scored for tag in dict.fromkeys(each.case.tags)),
        language=_slices((case.lang, each) for case, each in questions),
        grade=_slices((case.grade, each) for case, each in questions if case.grade),
        answerable=_slices(("yes" if case.answerable else "no", each) for case, each in questions),
        confidence=confidence_of(scored),
    )


def score_case(case: AnyCase, answers: Mapping[str, Stored], text_of: TextOf) -> CaseScore:
    answer = answer_of(case, answers)
    tallies = {metric.name: metric.measure(case, answer, text_of) for metric in METRICS}
    if answer is None:
        error = str(answers[case.id]["error"])
        return CaseScore(case, None, error, (f"crashed: {error}",), tallies)
    if isinstance(case, Case):
        return CaseScore(case, answer, None, metrics.faults(case, answer), tallies)
    found = ranking.recall(ranking.precedent_ranks(case, answer), NEAR_PRECEDENTS)
    missed = f"no relevant document among the first {NEAR_PRECEDENTS}"
    return CaseScore(case, answer, None, () if found and found.hits else (missed,), tallies)


def confidence_of(scores: Sequence[CaseScore]) -> Confidence:
    """What confidence is worth over the questions among these that didn't crash."""
    return judge_confidence(
        [_judged(each.case, each.answer) for each in scores if isinstance(each.case, Case) and each.answer]
    )


def _judged(case: Case, answer: Stored) -> Judged:
    return Judged(
        confidence=answer["confidence"],
        answerable=case.answerable,
        answered=not answer["abstained"],
        right=not metrics.faults(case, answer),
        cluster=case.cluster,
    )


def slice_of(scores: Sequence[CaseScore]) -> Slice:
    """The metrics over these cases."""
    times = [each.total_ms for each in scores if each.total_ms is not None]
    return Slice(
        attempted=len(scores),
        crashed=sum(each.error is not None for each in scores),
        rates={metric.name: metric.rate(_samples(scores, metric.name)) for metric in METRICS},
        latency_p50_ms=percentile(times, 50),
        latency_p95_ms=percentile(times, 95),
    )


def _samples(scores: Iterable[CaseScore], metric: str) -> list[Sample]:
    return [Sample(tally, each.case.cluster) for each in scores if (tally := each.tallies[metric])]


def _slices(named: Iterable[tuple[str, CaseScore]]) -> dict[str, Slice]:
    groups: dict[str, list[CaseScore]] = {}
    for name, each in named:
        groups.setdefault(name, []).append(each)
    return {name: slice_of(groups[name]) for name in sorted(groups)}
