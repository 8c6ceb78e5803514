"""Run cases through the product and store one line a case; judging them is `evals.score`'s business."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
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
    take_finished: bool = False,
) -> int:
    """Answer every case into `folder/answers.jsonl` and return how many were taken over.

    Each line is written when it is known. A run that was interrupted goes on where it stopped when its
    fingerprint is equal to this one; otherwise, and after a run that came to its end, everything is asked
    anew; with `take_finished`, one that came to its end is taken over too, as when it is a part of a longer one
    that was interrupted. A case that crashes yields a line with `"error"`. One question is asked before the first, so that
    the times are those of a warm process. `tick` is called after each case that was asked.
    """
    folder.mkdir(parents=True, exist_ok=True)
    finished, digest = _noted(folder)
    taken = digest == fingerprint.digest and (take_finished or not finished)
    kept = _earlier(folder) if taken else {}
    kept = {case.id: kept[case.id] for case in cases if case.id in kept}
    note(folder, fingerprint, finished=False)
    (folder / ANSWERS_FILE).write_text("".join(map(_line, kept.values())), "utf-8", LONE_SURROGATES)
    left = [case for case in cases if case.id not in kept]
    _warm_up(left, product)
    with (folder / ANSWERS_FILE).open("a", encoding="utf-8", errors=LONE_SURROGATES) as file:
        for case in left:
            file.write(_line(attempt(case, product)))
            file.flush()
            tick()
    note(folder, fingerprint, finished=True)
    return len(kept)


def attempt(case: AnyCase, product: Product) -> dict[str, Any]:
    """One case's line: its id with the answer JSON (and what a language model was asked and said), the precedents JSON, or the error."""
    try:
        if isinstance(case, Case):
            answer = product.ask(case.question, case.history, case.filters or None)
            told = {"transcript": asdict(answer.transcript)} if answer.transcript else {}
            return {"id": case.id, **answer.as_json(), **told}
        return {"id": case.id, **product.precedents(case.query, case.document).as_json()}
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in the product is this case's result
        return {"id": case.id, "error": f"{type(error).__name__}: {error}"}


def _warm_up(cases: Iterable[AnyCase], product: Product) -> None:
    first = next((case for case in cases if isinstance(case, Case)), None)
    if first:
        attempt(first, product)


def is_interrupted(folder: Path, fingerprint: Fingerprint) -> bool:
    """Whether a run with this fingerprint began in `folder` and didn't come to its end."""
    finished, digest = _noted(folder)
    return not finished and digest == fingerprint.digest


def note(folder: Path, fingerprint: Fingerprint, finished: bool) -> None:
    """Write down which run `folder` holds, and whether it came to its end."""
    text = json.dumps({"finished": finished, "fingerprint": fingerprint.as_json()}, indent=2, ensure_ascii=False)
    (folder / RUN_FILE).write_text(text + "\n", encoding="utf-8")


def _noted(folder: Path) -> tuple[bool, str | None]:
    """Whether the run noted in `folder` came to its end, and its digest; None where none is noted."""
    try:
        run = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
        return bool(run["finished"]), str(run["fingerprint"]["digest"])
    except (OSError, ValueError, KeyError, TypeError):  # not there, torn by the interruption, or not ours
        return False, None


def _earlier(folder: Path) -> dict[str, dict[str, Any]]:
    """The whole lines of the answers in `folder`."""
    answers = folder / ANSWERS_FILE
    if not answers.is_file():
        return {}
    written = answers.read_bytes()
    whole = written[: written.rfind(b"\n") + 1]  # without the line the interruption left half written
    if not whole.strip():
        return {}
    answers.write_bytes(whole)
    return read_answers(answers)


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
