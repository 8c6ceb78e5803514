"""The report of a run, to be read in two minutes: what was reached, what changed, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals.cases import AnyCase, Case
from evals.catalogue import METRICS
from evals.compare import Comparison
from evals.confidence import Confidence
from evals.fingerprint import Fingerprint
from evals.gates import GateResult
from evals.rates import DRAWS, SEED, Rate
from evals.score import CaseScore, Scores, Slice

REPORT_FILE = "report.md"
MOST_WRONG = 40  # cases shown; the rest are named only
MOST_CHARS = 300  # of an answer shown

_COLUMNS = ("correct", "fact_recall", "citation_recall", "citation_precision", "ndcg_at_10")


def render_report(
    scores: Scores,
    fingerprint: Fingerprint,
    gates: Sequence[GateResult] = (),
    comparison: Comparison | None = None,
    plots: Sequence[str] = (),
    sections: Sequence[str] = (),
) -> str:
    """The report as Markdown; `plots` are paths relative to it, `sections` whole sections measured by other means."""
    parts = [
        *_head(scores, fingerprint),
        *_gates(gates),
        *_overall(scores.overall),
        *_comparison(comparison),
        *_slices("By kind", "kind", scores.kind),
        *_slices("By language", "language", scores.language),
        *_slices("By answerable", "answerable", scores.answerable),
        *_grades(scores.grade),
        *_confidence(scores.confidence),
        *_plots(plots),
        *sections,
        *_crashes(scores.crashes),
        *_wrong(scores.wrong),
        *_method(scores, fingerprint),
    ]
    return "\n".join(parts).rstrip() + "\n"


def summary_table(part: Slice) -> str:
    """The metrics of some cases as a Markdown table that is readable as plain text too."""
    rows = [
        (metric.title, _percent(rate.value), _interval(rate), f"{rate.n} {metric.counts}")
        for metric in METRICS
        if (rate := part.rates[metric.name])
    ]
    times = (("latency p50", part.latency_p50_ms), ("latency p95", part.latency_p95_ms))
    rows += [(name, f"{value:.0f} ms", "", "") for name, value in times if value is not None]
    return "\n".join(table(("metric", "value", "95 % interval", "n"), rows))


def _head(scores: Scores, fingerprint: Fingerprint) -> list[str]:
    overall = scores.overall
    verdict = f"{overall.attempted} cases attempted, {overall.crashed} crashed, {len(scores.wrong)} wrong."
    return ["# Evaluation", "", f"{fingerprint.date} · fingerprint `{fingerprint.digest[:12]}`", "", verdict, ""]


def _gates(gates: Sequence[GateResult]) -> list[str]:
    if not gates:
        return []
    failed = [result for result in gates if not result.passed]
    lines = [f"- **{result}**" + (f": {', '.join(result.failing)}" if result.failing else "") for result in failed]
    return ["## Gates", "", f"{len(gates) - len(failed)} of {len(gates)} passed.", "", *lines, *([""] if lines else [])]


def _overall(part: Slice) -> list[str]:
    return ["## All cases", "", summary_table(part), ""]


def _comparison(comparison: Comparison | None) -> list[str]:
    if comparison is None:
        return []
    change = comparison.now - comparison.before
    lines = [
        "## Against the baseline",
        "",
        f"{comparison.now} of {comparison.n} correct, before {comparison.before} ({change:+d}); "
        f"McNemar's exact test: p {shown_p(comparison.p, '= ')}.",
        "",
        f"- now correct: {', '.join(comparison.gained) or 'none'}",
        f"- no longer correct: {', '.join(comparison.lost) or 'none'}",
    ]
    if comparison.absent:
        lines.append(f"- not in the baseline, left out here: {comparison.absent} cases")
    return [*lines, ""]


def _slices(title: str, name: str, parts: Mapping[str, Slice]) -> list[str]:
    if not parts:
        return []
    titles = {metric.name: metric.title for metric in METRICS}
    rows = [
        (member, str(part.attempted), str(part.crashed), *(_cell(column, part.rates[column]) for column in _COLUMNS))
        for member, part in parts.items()
    ]
    header = (name, "cases", "crashed", *(titles[column] for column in _COLUMNS))
    return [f"## {title}", "", *table(header, rows), ""]


def _grades(grades: Mapping[str, Slice]) -> list[str]:
    """Abstention by how near the documents come to the question."""
    rows = [(grade, str(part.attempted), _cell("correct", part.rates["correct"])) for grade, part in grades.items()]
    return ["## Unanswerable, by grade", "", *table(("grade", "cases", "abstained"), rows), ""] if rows else []


def _confidence(confidence: Confidence) -> list[str]:
    curve, calibration = confidence.risk_coverage, confidence.calibration
    if not curve.points:
        return []
    last = curve.points[-1]
    figures = (
        ("answered, of the questions", f"{curve.answered} of {curve.questions} ({last.coverage:.0%})"),
        ("wrong, of the answers", f"{last.risk:.0%}"),
        ("area under the risk-coverage curve", f"{curve.aurc:.3f} (at best {curve.least_aurc:.3f})"),
        ("right answers above wrong ones (AUROC)", _number(curve.auroc)),
        ("answerable questions above unanswerable ones (AUROC)", _number(curve.answerable_auroc)),
        ("expected calibration error (ECE)", _number(calibration.ece)),
        ("Brier score", _number(calibration.brier)),
    )
    bins = [
        (f"{each.low:.1f}–{each.high:.1f}", str(each.n), _number(each.confidence), _cell("correct", each.correct))
        for each in calibration.bins
        if each.n
    ]
    return [
        "## Confidence",
        "",
        *table(("measure", "value"), figures),
        "",
        *table(("confidence", "answers", "mean", "right"), bins),
        "",
    ]


def _plots(plots: Sequence[str]) -> list[str]:
    shown = [f"![{path.rpartition('/')[2].removesuffix('.svg')}]({path})" for path in plots]
    return ["## Plots", "", *(line for each in shown for line in (each, ""))] if shown else []


def _crashes(crashes: Sequence[CaseScore]) -> list[str]:
    if not crashes:
        return []
    return ["## Crashed", "", *(f"- `{each.case.id}`: {plain(each.error or '')}" for each in crashes), ""]


def _wrong(wrong: Sequence[CaseScore]) -> list[str]:
    if not wrong:
        return []
    lines = ["## Wrong", ""]
    for each in wrong[:MOST_WRONG]:
        lines += [
            f"- `{each.case.id}` {plain(each.case.question)}",
            f"  - fault: {plain('; '.join(each.faults))}",
            f"  - expected: {plain(expected(each.case))}",
            f"  - got: {plain(got(each.answer or {}))}",
        ]
    if wrong[MOST_WRONG:]:
        lines += ["", f"And {len(wrong) - MOST_WRONG} more: {', '.join(e.case.id for e in wrong[MOST_WRONG:])}."]
    return [*lines, ""]


def expected(case: AnyCase) -> str:
    """What a perfect answer holds, in words."""
    if not isinstance(case, Case):
        return f"one of {', '.join(case.relevant)}"
    if not case.answerable:
        return "an abstention"
    return "; ".join(" / ".join(fact) for fact in case.facts) or "an answer"


def got(answer: Mapping[str, Any]) -> str:
    """What came instead, in words."""
    if "precedents" in answer:
        return ", ".join(each["document"] for each in answer["precedents"][:5]) or "nothing"
    return f"{'(abstained) ' if answer['abstained'] else ''}{answer['answer']}"


def _method(scores: Scores, fingerprint: Fingerprint) -> list[str]:
    documents = {each.case.cluster for each in scores.cases if not each.case.cluster.startswith("case ")}
    libraries = ", ".join(f"{name} {version}" for name, version in fingerprint.libraries.items())
    return [
        "## How to read this",
        "",
        "n is what was counted. A crash counts as attempted and not correct. Intervals are 95 % and allow for answers "
        "from one document erring together: for shares of cases (correct, abstention precision and recall, status "
        "accuracy) Wilson's over as many cases as they are worth; for the others, documents and the cases within "
        f"them are drawn again {DRAWS} times (seed {SEED}); where all cases agree, it is Wilson's over the documents. "
        "Confidence is judged on the answers given, abstentions aside. The gold of these cases rests on "
        f"{len(documents)} documents; what fewer than ten say of others is little.",
        "",
        f"Run with {libraries}. Hashes: "
        f"code `{fingerprint.code[:12]}`, corpus `{fingerprint.corpus[:12]}`, model `{fingerprint.model[:12]}`, "
        f"settings `{fingerprint.settings[:12]}`, scoring `{fingerprint.scoring[:12]}`, cases `{fingerprint.cases[:12]}`.",
    ]


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table with its columns aligned for plain reading."""
    cells = [header, *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]


def _cell(column: str, rate: Rate | None) -> str:
    """A value; the first one, on which the rest is commentary, with its interval."""
    if rate is None:
        return "–"
    return f"{_percent(rate.value)} ({_interval(rate)})" if column == _COLUMNS[0] else _percent(rate.value)


def shown_p(p: float, equals: str = "") -> str:
    """A p to three digits, as `0.012` or `<0.001`; `equals` goes before one that isn't so small."""
    return "<0.001" if p < 0.001 else f"{equals}{p:.3f}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _interval(rate: Rate) -> str:
    return f"{100 * rate.low:.0f}–{100 * rate.high:.0f}"


def plain(text: str) -> str:
    """One line of text that Markdown leaves alone, cut to what a reader takes in."""
    line = " ".join(text.split())
    line = line if len(line) <= MOST_CHARS else line[: MOST_CHARS - 1] + "…"
    return "".join(f"\\{character}" if character in "\\`*_<>|" else character for character in line)
