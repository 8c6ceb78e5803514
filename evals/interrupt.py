"""Interrupt: cases put after an unrelated question and its answer, to measure what a conversation about something else costs.

Before a case goes the question of another, in its language: the first one from half-way round on (neighbours often ask about one matter) that
the documents answer and that has no evidence document and no longer word in common with it. Searches for precedents and cases
with a history of their own are left out, and so are those that no other suits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from assistant.model import Turn
from evals.cases import AnyCase, Case
from evals.run import Product, Tick
from ingest.errors import UsageError

SUFFIX = "-interrupted"

_LONGER_WORD = re.compile(r"[^\W\d_]{5,}")


def unrelated(cases: Sequence[AnyCase]) -> tuple[tuple[Case, Case], ...]:
    """Each case that can be put after another, with that other; the same ones every time.

    Raises:
        UsageError: there is none.
    """
    fresh = [case for case in cases if isinstance(case, Case) and not case.history]
    pairs = []
    for place, case in enumerate(fresh):
        start = (place + len(fresh) // 2) % len(fresh)
        before = next((other for other in (*fresh[start:], *fresh[:start]) if _suits(other, case)), None)
        if before:
            pairs.append((case, before))
    if not pairs:
        raise UsageError(f"found no two questions on unrelated matters among {len(cases)} cases: name more of them")
    return tuple(pairs)


def interrupt(pairs: Sequence[tuple[Case, Case]], product: Product, out: Path, tick: Tick = lambda: None) -> None:
    """Write the first case of each pair into the file `out`, with the second's question and the product's answer to it as its history.

    Raises:
        UsageError: `out` is there already, or can't be written.
    """
    if out.exists():
        raise UsageError(f"{out} is there already: name a new file for --out")
    lines = []
    for case, before in pairs:
        answer = product.ask(before.question, filters=before.filters or None).answer
        history = (Turn("user", before.question), Turn("assistant", answer))
        lines.append(_line(replace(case, id=case.id + SUFFIX, history=history)))
        tick()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror}") from error


def _suits(before: Case, case: Case) -> bool:
    """Whether the one can be asked before the other without having to do with it."""
    return (
        bool(before.evidence)
        and before.lang == case.lang
        and _documents(before).isdisjoint(_documents(case))
        and _longer_words(before).isdisjoint(_longer_words(case))
    )


def _documents(case: Case) -> set[str]:
    return {gold.document for group in case.evidence for gold in group}


def _longer_words(case: Case) -> set[str]:
    return set(_LONGER_WORD.findall(case.question.casefold()))


def _line(case: Case) -> str:
    """The case as the case files have it."""
    record = {name: value for name, value in asdict(case).items() if value is not None and name != "where"}
    return json.dumps(record, ensure_ascii=False) + "\n"
