"""This run beside an earlier one: did as many cases come out correct, and which ones changed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.answers import Stored, answer_of
from evals.cases import Case
from evals.metrics import correct
from evals.rates import mcnemar
from evals.score import CaseScore
from ingest.errors import UsageError


@dataclass(frozen=True)
class Comparison:
    """The cases answered in both runs, judged by the same (present) gold.

    Attributes:
        n: cases compared.
        before, now: how many of them are correct.
        gained, lost: ids of those that became correct, and that no longer are.
        p: two-sided exact p of McNemar's test over those that changed.
        absent: cases of this run that the earlier one doesn't have.
    """

    n: int
    before: int
    now: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    p: float
    absent: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare(scores: Sequence[CaseScore], baseline: Mapping[str, Stored]) -> Comparison:
    """Judge the baseline's answers by the cases of this run and set them side by side.

    Raises:
        UsageError: the two runs have no case in common.
    """
    questions = [(each.case, each) for each in scores if isinstance(each.case, Case)]
    both = [(case, each) for case, each in questions if case.id in baseline]
    if not both:
        raise UsageError("the baseline has none of these cases: name the answers of a run over the same cases")
    pairs = [(case.id, _correct(case, baseline), not each.faults) for case, each in both]
    gained = _ids(pairs, before=False, now=True)
    lost = _ids(pairs, before=True, now=False)
    return Comparison(
        n=len(pairs),
        before=sum(before for _, before, _ in pairs),
        now=sum(now for _, _, now in pairs),
        gained=gained,
        lost=lost,
        p=mcnemar(len(gained), len(lost)),
        absent=len(questions) - len(both),
    )


def _correct(case: Case, answers: Mapping[str, Stored]) -> bool:
    return correct(case, answer_of(case, answers)).full


def _ids(pairs: Sequence[tuple[str, bool, bool]], *, before: bool, now: bool) -> tuple[str, ...]:
    return tuple(identity for identity, was, is_now in pairs if (was, is_now) == (before, now))
