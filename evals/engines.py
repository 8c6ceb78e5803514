"""Engines: what a language model made of the cases, beside the same cases answered in the documents' own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.model import Answer, Engine, Precedents, Turn
from evals.answers import Stored, read_answers
from evals.cases import AnyCase, Case
from evals.evaluate import CHECKOUT, IndexedProduct
from evals.fingerprint import take_fingerprint
from evals.rates import percentile
from evals.report import table
from evals.run import Tick, run_cases
from ingest.settings import Settings

EXTRACTIVE_FOLDER = "extractive"  # below a run's folder: the answers of the other engine
Filters = Mapping[str, str] | None


class Engined(IndexedProduct, Protocol):
    """A product with more than one engine; `assistant.service.Assistant` is one."""

    def ask(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = None, engine: Engine | None = None
    ) -> Answer: ...


@dataclass(frozen=True)
class _Extractive:
    """The product with its extractive engine."""

    product: Engined

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Filters = None) -> Answer:
        return self.product.ask(question, history, filters, "extractive")

    def precedents(self, text: str | None = None, document: str | None = None, k: int = 10) -> Precedents:
        return self.product.precedents(text, document, k)


def answer_extractively(
    product: Engined,
    cases: Sequence[AnyCase],
    files: Iterable[Path],
    settings: Settings,
    folder: Path,
    date: str,
    tick: Tick = lambda: None,
) -> Mapping[str, Stored]:
    """The questions among `cases` answered without the model, to compare a run with; kept below `folder`."""
    place = folder / EXTRACTIVE_FOLDER
    settings = settings.model_copy(update={"engine": "extractive"})
    fingerprint = take_fingerprint(CHECKOUT, product.documents(), product.fingerprint, settings, files, date)
    run_cases([case for case in cases if isinstance(case, Case)], _Extractive(product), place, fingerprint, tick)
    return read_answers(place)


def render_engines(answers: Mapping[str, Stored]) -> str:
    """The section on the language model in the report of a run: what it worded, what of it was dropped, how long it took; empty without one."""
    told = [line["transcript"] for line in answers.values() if line.get("transcript")]
    if not told:
        return ""
    models = ", ".join(sorted({each["model"] for each in told}))
    outcomes = Counter(each["outcome"] for each in told)
    faults = Counter(dropped["fault"] for each in told for dropped in each["dropped"])
    kept = sum(len(line["statements"]) for line in answers.values() if line.get("engine") == "llm")
    seconds = [sum(attempt["seconds"] for attempt in each["attempts"]) for each in told]
    median, slow = percentile(seconds, 50), percentile(seconds, 95)
    retried = sum(len(each["attempts"]) > 1 for each in told)
    return "\n".join(
        [
            "## The language model",
            "",
            f"{models}: asked about {len(told)} questions ({retried} of them twice), {median:.1f} s each at the median, {slow:.1f} s at the 95th percentile. "
            f"{kept} statements were verified, {faults.total()} sentences were dropped. Where its answer wasn't enough, the extractive one was given.",
            "",
            *table(("what became of its answer", "questions"), [(name, str(n)) for name, n in outcomes.most_common()]),
            "",
            *(
                table(("why a sentence was dropped", "sentences"), [(name, str(n)) for name, n in faults.most_common()])
                if faults
                else ()
            ),
            "",
        ]
    )
