"""Many people asking at once: how long each waits for the answer, over HTTP, the way the page asks."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from assistant.texts import texts
from evals.browser import Page
from evals.figures import Figure
from evals.rates import percentile
from ingest.errors import RadslagError, UsageError

PEOPLE = 30  # a council and its staff, the night before a meeting
P95_SECONDS = 3.0
_NO_ANSWER = (texts("sv").failed, texts("en").failed)


@dataclass(frozen=True)
class Wait:
    """One question put: how long until its answer had been sent, or why there is none."""

    question: str
    seconds: float
    error: str | None = None


def load(url: str, questions: Sequence[str], people: int = PEOPLE) -> tuple[Wait, ...]:
    """`people` press Enter at the same moment, each with a question of `questions` in turn.

    Raises:
        UsageError: there are no questions, or nothing that asks.
        RadslagError: the page can't be opened.
    """
    if not questions or people < 1:
        raise UsageError(f"found {len(questions)} questions and {people} people: needs one of each at least")
    try:
        page = Page(url)
    except (OSError, ValueError) as error:
        raise RadslagError(f"cannot open {url} ({error}): see that `radslag serve` runs there") from error
    together = Barrier(people)

    def person(number: int) -> Wait:
        question = questions[number % len(questions)]
        together.wait()
        return _wait(page, question)

    with ThreadPoolExecutor(people) as threads:
        return tuple(threads.map(person, range(people)))


def figures(waits: Sequence[Wait]) -> tuple[Figure, ...]:
    """What came of a load; a question without an answer counts among the errors, and in no time."""
    seconds = [each.seconds for each in waits if each.error is None]
    errors = len(waits) - len(seconds)
    name = f"{len(waits)} people at once"
    return (
        Figure(f"{name}, p50", percentile(seconds, 50) if seconds else None, "s"),
        Figure(f"{name}, p95", percentile(seconds, 95) if seconds else None, "s", P95_SECONDS),
        Figure(f"{name}, longest", max(seconds) if seconds else None, "s"),
        Figure(f"{name}, without an answer", errors, "questions", 0),
    )


def _wait(page: Page, question: str) -> Wait:
    began = time.perf_counter()
    error = None
    try:
        sent = page.ask(question)
        if any(words in sent for words in _NO_ANSWER):
            error = "the page says that the question could not be answered"
    except (RadslagError, OSError, ValueError) as raised:
        error = str(raised) or type(raised).__name__
    return Wait(question, time.perf_counter() - began, error)
