"""The section of a report on what documents were understood to say of themselves."""

from __future__ import annotations

from evals.fields import FieldScores, Share
from evals.labels import FIELDS
from evals.report import plain, table

MOST_MISSES = 60


def render_fields(scores: FieldScores, heading: str = "## Fields") -> str:
    """The section as Markdown that is readable as plain text too."""
    fields = [
        (name, *_cells(scores.precision[name]), *_cells(scores.recall[name]))
        for name in FIELDS
        if scores.precision[name].n or scores.recall[name].n
    ]
    passages = [(name, *_cells(share)) for name, share in scores.passages.items() if share.n]
    lines = [
        heading,
        "",
        f"{scores.documents} documents held against their labels"
        + (f"; {len(scores.absent)} more are labelled but not there" if scores.absent else "")
        + ". Precision counts what was said, recall what the paper has.",
        "",
        *table(("field", "precision", "95 %", "said", "recall", "95 %", "labelled"), fields),
        "",
        *table(("labelled passages", "right", "95 %", "n"), passages),
    ]
    if scores.misses:
        lines += ["", "Understood otherwise:", ""]
        lines += [
            f"- `{miss.document}` {plain(miss.what)}: {plain(miss.labelled)}, found {plain(miss.found)}"
            for miss in scores.misses[:MOST_MISSES]
        ]
        if scores.misses[MOST_MISSES:]:
            lines.append(f"- and {len(scores.misses) - MOST_MISSES} more")
    return "\n".join(lines) + "\n"


def _cells(share: Share) -> tuple[str, str, str]:
    if share.value is None or share.interval is None:
        return "–", "", "0"
    low, high = share.interval
    return f"{100 * share.value:.1f} %", f"{100 * low:.0f}–{100 * high:.0f}", str(share.n)
