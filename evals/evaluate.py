"""One evaluation from end to end: run, score, compare, hold against the gates, write down."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evals.answers import ANSWERS_FILE, LONE_SURROGATES, Stored, read_answers
from evals.cases import AnyCase
from evals.compare import Comparison, compare
from evals.fields import FieldScores
from evals.fields_report import render_fields
from evals.fingerprint import Fingerprint, take_fingerprint
from evals.gates import Gate, GateResult, check_gates
from evals.junit import JUNIT_FILE, render_junit
from evals.plots import write_plots
from evals.report import REPORT_FILE, render_report
from evals.run import Product, Tick, run_cases
from evals.score import Scores, score
from ingest.settings import Settings

SCORES_FILE = "scores.json"
CHECKOUT = Path(__file__).resolve().parents[1]  # the folder that holds the three packages


class IndexedProduct(Product, Protocol):
    """A product that also tells what it rests on; `assistant.service.Assistant` does."""

    @property
    def fingerprint(self) -> str: ...  # of the encoder

    def documents(self) -> Mapping[str, str]: ...  # content hash by document id

    def text_of(self, document: str) -> str | None: ...  # the extracted text


@dataclass(frozen=True)
class Evaluation:
    """What came of it, and where it lies."""

    scores: Scores
    gates: tuple[GateResult, ...]
    comparison: Comparison | None
    fingerprint: Fingerprint
    taken_over: int  # cases answered by the interrupted run before this one
    folder: Path

    @property
    def passed(self) -> bool:
        """Whether every gate holds and nothing crashed."""
        return all(result.passed for result in self.gates) and not self.scores.crashes


def evaluate(
    product: IndexedProduct,
    cases: Sequence[AnyCase],
    files: Iterable[Path],
    settings: Settings,
    folder: Path,
    date: str,
    gates: Sequence[Gate] = (),
    baseline: Mapping[str, Stored] | None = None,
    tick: Tick = lambda: None,
    fields: FieldScores | None = None,
    sections: Callable[[Mapping[str, Stored]], str] = lambda _: "",
) -> Evaluation:
    """Ask every case and write `answers.jsonl`, `scores.json`, `report.md` with its plots, and `junit.xml` into `folder`.

    Args:
        files: the files the cases come from, for the fingerprint.
        date: when the run begins, ISO.
        baseline: stored answers of an earlier run, by case id.
        tick: called after each case that was asked.
        fields: what came of holding the documents against labels; a section of the report.
        sections: what else the report is to say of the stored answers.

    Raises:
        UsageError: the baseline has none of the cases.
    """
    fingerprint = take_fingerprint(CHECKOUT, product.documents(), product.fingerprint, settings, files, date)
    taken_over = run_cases(cases, product, folder, fingerprint, tick)
    answers = read_answers(folder / ANSWERS_FILE)
    scores = score(cases, answers, product.text_of)
    evaluation = Evaluation(
        scores=scores,
        gates=check_gates(gates, scores),
        comparison=None if baseline is None else compare(scores.cases, baseline),
        fingerprint=fingerprint,
        taken_over=taken_over,
        folder=folder,
    )
    _write(evaluation, fields, sections(answers))
    return evaluation


def _write(evaluation: Evaluation, fields: FieldScores | None, more: str) -> None:
    scores, gates, comparison = evaluation.scores, evaluation.gates, evaluation.comparison
    record = {
        "fingerprint": evaluation.fingerprint.as_json(),
        "gates": [result.as_json() for result in gates],
        "baseline": comparison.as_json() if comparison else None,
        **({"labels": fields.as_json()} if fields else {}),
        **scores.as_json(),
    }
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    (evaluation.folder / SCORES_FILE).write_text(text + "\n", "utf-8", LONE_SURROGATES)
    plots = write_plots(scores, evaluation.folder)
    sections = (more, render_fields(fields) if fields else "")
    report = render_report(scores, evaluation.fingerprint, gates, comparison, plots, tuple(filter(None, sections)))
    (evaluation.folder / REPORT_FILE).write_text(report, "utf-8", LONE_SURROGATES)
    (evaluation.folder / JUNIT_FILE).write_bytes(render_junit(scores, gates))
