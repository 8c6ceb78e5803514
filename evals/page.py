"""How long a person waits for the page, and for the first answer on it, in a real browser."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from evals.chromium import ANSWERED, READY, chromium, has_chromium
from evals.figures import Figure

READY_SECONDS = 3.0
ANSWER_SECONDS = 1.5
VISITS = 5  # each with an empty cache, and a question of its own
_LIMIT_MS = 60_000


def page_figures(url: str, questions: Sequence[str]) -> Iterator[Figure]:
    """Median seconds until the page at `url` takes a question, and from Enter until its answer is to be seen.

    The values are None where there is no browser.
    """
    waits = list(_waits(url, questions)) if has_chromium() else []
    ready = median(first for first, _ in waits) if waits else None
    answered = median(second for _, second in waits) if waits else None
    yield Figure("page ready after navigation", ready, "s", READY_SECONDS)
    yield Figure("answer seen after Enter", answered, "s", ANSWER_SECONDS)


def _waits(url: str, questions: Sequence[str]) -> Iterator[tuple[float, float]]:
    with chromium() as browser:
        for question in questions[:VISITS]:
            context = browser.new_context()
            yield _visit(context.new_page(), url, question)
            context.close()


def _visit(page: Any, url: str, question: str) -> tuple[float, float]:
    began = time.perf_counter()
    page.goto(url)
    page.wait_for_function(READY, timeout=_LIMIT_MS)
    ready = time.perf_counter()
    page.locator("#question textarea").fill(question)
    asked = time.perf_counter()
    page.locator("#question textarea").press("Enter")
    page.wait_for_function(ANSWERED, timeout=_LIMIT_MS)
    return ready - began, time.perf_counter() - asked
