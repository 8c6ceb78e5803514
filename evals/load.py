"""Many people asking at once: how long each waits for the answer, over HTTP, the way the page asks."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

from assistant.model import Language
from assistant.texts import texts
from assistant.web.guard.words import words
from evals.browser import Page
from evals.figures import Figure
from evals.rates import percentile
from ingest.errors import RadslagError, UsageError
from ingest.text_file import read_text_file

LANGUAGES: tuple[Language, ...] = ("sv", "en")
PEOPLE = 30  # a council and its staff, the night before a meeting
P95_SECONDS = 3.0
_REFUSALS = tuple(words(language).too_many.partition("{")[0] for language in LANGUAGES)
_NO_ANSWER = (*(texts(language).failed for language in LANGUAGES), *_REFUSALS)


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
        page = Page(url if url.endswith("/") else f"{url}/")
    except (OSError, ValueError) as error:
        raise RadslagError(f"cannot open {url} ({error}): see that `radslag serve` runs there") from error
    together = Barrier(people)

    def person(number: int) -> Wait:
        question = questions[number % len(questions)]
        together.wait()
        return _wait(page, question)

    with ThreadPoolExecutor(people) as threads:
        return tuple(threads.map(person, range(people)))


def read_questions(path: Path) -> tuple[str, ...]:
    """The questions of a file, one a line.

    Raises:
        UsageError: the file can't be read.
    """
    return tuple(line.strip() for line in read_text_file(path).splitlines() if line.strip())


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
        said = next((each for each in _NO_ANSWER if each in sent), None)
        if said is not None:
            error = f"the page says: {said.strip()}"
    except (RadslagError, OSError, ValueError) as raised:
        error = str(raised) or type(raised).__name__
    return Wait(question, time.perf_counter() - began, error)
