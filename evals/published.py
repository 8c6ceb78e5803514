"""Publish: what of a run's `scores.json` goes with the program, for the Quality view of its web app to show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.web.quality_report import CORRECT
from evals.cases import GRADE_KINDS

_RATE = ("value", "low", "high")
_DIGITS = 4  # more would change with every run and tell nothing


def published(scores: Mapping[str, Any]) -> str:
    """The file's text: all metrics over all cases, and what is correct by language, grade, answerability and kind."""
    kinds = {name: part for name, part in scores["kind"].items() if name not in GRADE_KINDS and part["rates"][CORRECT]}
    record = {
        "fingerprint": scores["fingerprint"],
        "overall": _group(scores["overall"], scores["overall"]["rates"]),
        **{
            group: {name: _group(part, (CORRECT,)) for name, part in parts.items()}
            for group, parts in (
                *((group, scores[group]) for group in ("language", "grade", "answerable")),
                ("kind", kinds),
            )
        },
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _group(part: Mapping[str, Any], metrics: Iterable[str]) -> dict[str, Any]:
    rates = {name: _rate(part["rates"][name]) for name in metrics if part["rates"][name]}
    return {"attempted": part["attempted"], "crashed": part["crashed"], "rates": rates}


def _rate(rate: Mapping[str, Any]) -> dict[str, Any]:
    return {"n": rate["n"], **{key: round(rate[key], _DIGITS) for key in _RATE}}
