"""The README's tables and examples, made by the program they tell of.

A part stands between `<!-- NAME -->` and `<!-- /NAME -->`; what is between them is replaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.cases import GRADE_KINDS
from evals.catalogue import METRICS
from evals.plots import LEAST_CASES
from evals.report import table
from ingest.errors import UsageError
from ingest.settings import Settings

FLAGSHIP = "When is Västra Mälardalen liquidated?"
_LANGUAGES = {"sv": "Swedish", "en": "English"}
_SHOWN = (
    "correct answer_precision fact_recall citation_recall citation_precision quote_fidelity abstention_precision abstention_recall status_accuracy "
    "ndcg_at_10 precedent_ndcg_at_10".split()
)


def filled(readme: str, parts: Mapping[str, str]) -> str:
    """The text with every part in place.

    Raises:
        UsageError: a part has no place in the text.
    """
    for name, content in parts.items():
        place = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- /{re.escape(name)} -->)", re.DOTALL)
        if not place.search(readme):
            raise UsageError(f"no place for {name} in the README: it needs <!-- {name} --> and <!-- /{name} -->")
        readme = place.sub(lambda match, content=content: f"{match[1]}\n{content}\n\n{match[2]}", readme)  # type: ignore[misc]
    return readme


def settings_table() -> str:
    """Every setting with its default and meaning."""
    rows = [(f"`{name}`", _default(name), field.description or "") for name, field in Settings.model_fields.items()]
    return "\n".join(table(("setting", "default", "meaning"), rows))


def quality_table(scores: Mapping[str, Any]) -> str:
    """The metrics over all cases of a run's `scores.json`, with n and 95 % interval."""
    names = {metric.name: metric.title for metric in METRICS}
    rates = scores["overall"]["rates"]
    rows = []
    for name in _SHOWN:
        rate = rates.get(name)
        if rate:
            share, low, high = (f"{100 * rate[key]:.0f}" for key in ("value", "low", "high"))
            rows.append((names[name], f"{share} %", f"{low}–{high}", str(rate["n"])))
    return "\n".join(table(("metric", "value", "95 % interval", "n"), rows))


def kinds_table(scores: Mapping[str, Any]) -> str:
    """Correct answers of a run's `scores.json` by language, grade of unanswerable, and kind, small groups left out."""
    rows = []
    for group, prefix in (("language", "in "), ("grade", "unanswerable: "), ("kind", "")):
        for name, part in scores[group].items():
            rate = part["rates"]["correct"]
            repeats = group == "kind" and name in GRADE_KINDS
            if rate and rate["n"] >= LEAST_CASES and not repeats:
                share, low, high = (f"{100 * rate[key]:.0f}" for key in ("value", "low", "high"))
                named = _LANGUAGES.get(name, name) if group == "language" else name
                rows.append((f"{prefix}{named}", f"{share} %", f"{low}–{high}", str(rate["n"])))
    return "\n".join(table(("questions", "correct", "95 % interval", "n"), rows))


def example() -> str:
    """What the flagship question gets on the command line, from the index in the settings' place.

    Raises:
        UsageError: it gets no answer there.
    """
    import contextlib
    import io

    from assistant.commands import COMMANDS
    from ingest.cli import OK, main

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = main("radslag", "", COMMANDS, ["ask", FLAGSHIP])
    if code != OK:
        raise UsageError(
            "the README's question gets no answer: run `radslag ingest` first, or name an index that holds corpus/"
        )
    return f"```text\n{said.getvalue().rstrip()}\n```"


def bench_table(figures: Path) -> str:
    """The figures that `radslag bench --json` printed into a file."""
    from evals.figures import Figure, render

    found = json.loads(figures.read_text(encoding="utf-8"))
    return render([Figure(**{key: value for key, value in each.items() if key != "met"}) for each in found])


def _default(name: str) -> str:
    field = Settings.model_fields[name]
    if name == "cache":
        return "the user's cache folder"
    value = ", ".join(field.default) if isinstance(field.default, tuple) else field.default
    return "–" if value in (None, "") else f"`{value}`"
