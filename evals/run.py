"""Run cases through the product and store one line a case; judging them is `evals.score`'s business."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from assistant.model import Answer, Precedents, Turn
from evals.answers import ANSWERS_FILE, LONE_SURROGATES, RUN_FILE, read_answers
from evals.cases import AnyCase, Case
from evals.fingerprint import Fingerprint

Tick = Callable[[], object]


class Product(Protocol):
    """What a run needs of the product; `assistant.service.Assistant` has it."""

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Mapping[str, str] | None = None) -> Answer: ...

    def precedents(self, text: str | None = None, document: str | None = None, k: int = 10) -> Precedents: ...


def run_cases(
    cases: Sequence[AnyCase],
    product: Product,
    folder: Path,
    fingerprint: Fingerprint,
    tick: Tick = lambda: None,
) -> int:
    """Answer every case into `folder/answers.jsonl` and return how many were taken over.

    Each line is written when it is known. A run that was interrupted goes on where it stopped when its
    fingerprint is equal to this one; otherwise, and after a run that came to its end, everything is asked
    anew. A case that crashes yields a line with `"error"`. One question is asked before the first, so that
    the times are those of a warm process. `tick` is called after each case that was asked.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = _interrupted(folder, fingerprint)
    kept = {case.id: kept[case.id] for case in cases if case.id in kept}
    _note(folder, fingerprint, finished=False)
    (folder / ANSWERS_FILE).write_text("".join(map(_line, kept.values())), "utf-8", LONE_SURROGATES)
    left = [case for case in cases if case.id not in kept]
    _warm_up(left, product)
    with (folder / ANSWERS_FILE).open("a", encoding="utf-8", errors=LONE_SURROGATES) as file:
        for case in left:
            file.write(_line(attempt(case, product)))
            file.flush()
            tick()
    _note(folder, fingerprint, finished=True)
    return len(kept)


def attempt(case: AnyCase, product: Product) -> dict[str, Any]:
    """One case's line: its id with the answer JSON, the precedents JSON, or the error."""
    try:
        if isinstance(case, Case):
            return {"id": case.id, **product.ask(case.question, case.history, case.filters or None).as_json()}
        return {"id": case.id, **product.precedents(case.query, case.document).as_json()}
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in the product is this case's result
        return {"id": case.id, "error": f"{type(error).__name__}: {error}"}


def _warm_up(cases: Iterable[AnyCase], product: Product) -> None:
    first = next((case for case in cases if isinstance(case, Case)), None)
    if first:
        attempt(first, product)


def _interrupted(folder: Path, fingerprint: Fingerprint) -> dict[str, dict[str, Any]]:
    """The lines of a run that was interrupted under the same fingerprint."""
    note, answers = folder / RUN_FILE, folder / ANSWERS_FILE
    if not note.is_file() or not answers.is_file():
        return {}
    try:
        run = json.loads(note.read_text(encoding="utf-8"))
        resumable = not run["finished"] and run["fingerprint"]["digest"] == fingerprint.digest
    except (ValueError, KeyError, TypeError):  # torn by the interruption, or not ours
        return {}
    written = answers.read_bytes()
    whole = written[: written.rfind(b"\n") + 1]  # without the line the interruption left half written
    if not resumable or not whole.strip():
        return {}
    answers.write_bytes(whole)
    return read_answers(answers)


def _note(folder: Path, fingerprint: Fingerprint, finished: bool) -> None:
    text = json.dumps({"finished": finished, "fingerprint": fingerprint.as_json()}, indent=2, ensure_ascii=False)
    (folder / RUN_FILE).write_text(text + "\n", encoding="utf-8")


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
