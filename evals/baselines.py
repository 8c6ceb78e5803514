"""Baselines: the same cases put to plain pipelines and to the program with some of its parts switched off, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from assistant.fingerprint import hash_json
from evals.answers import LONE_SURROGATES, read_answers
from evals.cases import AnyCase, Case
from evals.compare import Comparison, compare
from evals.confidence import RiskCoverage
from evals.evaluate import CHECKOUT
from evals.fingerprint import Fingerprint, take_fingerprint
from evals.plots import draw_risk_coverage
from evals.report import shown_p, table
from evals.run import Tick, is_interrupted, note, run_cases
from evals.score import Slice, confidence_of, score_case, slice_of
from evals.variants import FORCED, Group, Variant, Workbench, variants
from ingest.encode import Encoder, load_encoder
from ingest.errors import UsageError
from ingest.settings import Settings
from ingest.store import Index

JSON_FILE, REPORT_FILE, CURVE_FILE = "baselines.json", "baselines.md", "risk-coverage.svg"
SHOWN = ("correct", "fact_recall", "citation_recall", "abstention_precision", "abstention_recall", "recall_at_10")
CHANCE = 0.05  # a p from here on: chance alone could have changed as many cases


@dataclass(frozen=True)
class Outcome:
    """What came of one variant; `comparison` sets it (now) beside the program itself (before)."""

    name: str
    group: Group
    what: str
    part: Slice
    answer_chars: float  # median length of the answers given
    comparison: Comparison | None
    curve: RiskCoverage  # over all questions where nothing is abstained from

    @property
    def change(self) -> float:
        """Correct cases won or lost against the program itself, as a share of all."""
        each = self.comparison
        return (each.now - each.before) / each.n if each else 0.0

    def as_json(self) -> dict[str, Any]:
        curve = asdict(self.curve)
        del curve["points"]
        return {**asdict(self), "curve": curve, "change": self.change}


def run_baselines(
    settings: Settings,
    cases: Sequence[AnyCase],
    files: Iterable[Path],
    folder: Path,
    date: str,
    only: Sequence[str] = (),
    tick: Tick = lambda: None,
    encoder: Encoder | None = None,
) -> tuple[Outcome, ...]:
    """Put the questions among `cases` to every variant (or to those named `only`, and to the program itself).

    A series that was interrupted goes on where it stopped, under the same fingerprint. Writes `baselines.json`,
    `baselines.md`, and the answers of each variant below its name. `encoder` defaults to the one the settings name.

    Raises:
        UsageError: there is no question, no such variant, or no index.
    """
    questions = [case for case in cases if isinstance(case, Case)]
    if not questions:
        raise UsageError("no questions among the cases: name a file that holds some, precedents have no baseline")
    chosen = choose(only)
    encoder = encoder or load_encoder(settings)
    with Index.open(settings, encoder.fingerprint) as index:
        documents = index.registry.versions()
        texts = {name: index.registry.text(name) for name in documents}
    fingerprint = take_fingerprint(CHECKOUT, documents, encoder.fingerprint, settings, files, date)
    folder.mkdir(parents=True, exist_ok=True)
    goes_on = is_interrupted(folder, fingerprint)
    note(folder, fingerprint, finished=False)
    outcomes: list[Outcome] = []
    for variant in chosen:
        place = folder / variant.name
        with variant.open(Workbench(settings, encoder, folder)) as product:
            run_cases(questions, product, place, _of_variant(fingerprint, variant), tick, take_finished=goes_on)
        answers = read_answers(place)
        scores = [score_case(case, answers, texts.get) for case in questions]
        given = [len(line["answer"]) for line in answers.values() if "answer" in line and not line["abstained"]]
        outcomes.append(
            Outcome(
                name=variant.name,
                group=variant.group,
                what=variant.what,
                part=slice_of(scores),
                answer_chars=median(given) if given else 0.0,
                comparison=compare(scores, read_answers(folder / chosen[0].name)) if outcomes else None,
                curve=confidence_of(scores).risk_coverage,
            )
        )
    _write(outcomes, fingerprint, folder)
    note(folder, fingerprint, finished=True)
    return tuple(outcomes)


def choose(only: Sequence[str]) -> tuple[Variant, ...]:
    """The variants with these names after the program itself; all of them when none is named.

    Raises:
        UsageError: a name is unknown.
    """
    every = variants()
    unknown = sorted(set(only) - {variant.name for variant in every})
    if unknown:
        raise UsageError(f"no variant {unknown[0]}: the known ones are {', '.join(each.name for each in every)}")
    return tuple(variant for variant in every if not only or variant.name in only or variant.group == "ours")


def _of_variant(fingerprint: Fingerprint, variant: Variant) -> Fingerprint:
    return replace(fingerprint, settings=hash_json([fingerprint.settings, variant.name]))


def _write(outcomes: Sequence[Outcome], fingerprint: Fingerprint, folder: Path) -> None:
    record = {"fingerprint": fingerprint.as_json(), "variants": [outcome.as_json() for outcome in outcomes]}
    curve = next((draw_risk_coverage(outcome.curve) for outcome in outcomes if outcome.name == FORCED), None)
    if curve:
        (folder / CURVE_FILE).write_text(curve, encoding="utf-8")
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / JSON_FILE).write_text(text + "\n", "utf-8", LONE_SURROGATES)
    (folder / REPORT_FILE).write_text(render_baselines(record), "utf-8", LONE_SURROGATES)


def render_baselines(record: Mapping[str, Any]) -> str:
    """The report as Markdown, from what stands in `baselines.json`."""
    found = record["variants"]
    return "\n".join(
        [
            "# Baselines",
            "",
            f"{record['fingerprint']['date']} · fingerprint `{record['fingerprint']['digest'][:12]}`",
            "",
            baselines_table(record),
            "",
            *_worth(found),
            "Pipelines answer with their first passage, whole, and abstain only where nothing is found; a long passage "
            "(see characters) holds a fact more easily than a reader finds it there. A part is switched off with everything "
            "else as it is, the fitted numbers too. Change: correct cases won or lost against the program as it is; p: "
            f"McNemar's exact test over those, one comparison at a time: of {len(found) - 1}, chance alone would put "
            f"{CHANCE * (len(found) - 1):.1f} under {CHANCE:g}.",
            "",
            *_forced(found),
            *_changed(found),
        ]
    )


def baselines_table(record: Mapping[str, Any]) -> str:
    """A row a variant, as Markdown; also the README's table."""
    rows = []
    for each in record["variants"]:
        rates = each["part"]["rates"]
        correct, *others = (rates[name] for name in SHOWN)
        comparison = each["comparison"]
        rows.append(
            (
                each["what"] if each["group"] != "part" else f"without {each['what']}",
                f"{100 * correct['value']:.0f} % ({100 * correct['low']:.0f}–{100 * correct['high']:.0f})",
                f"{100 * each['change']:+.1f}" if comparison else "",
                shown_p(comparison["p"]) if comparison else "",
                *(f"{100 * rate['value']:.0f} %" if rate else "–" for rate in others),
                f"{each['answer_chars']:.0f}",
                f"{each['part']['latency_p50_ms'] or 0:.0f}",
            )
        )
    header = ("variant", "correct", "change", "p", "facts", "citations", "abst. prec.", "abst. rec.", "recall@10")
    return "\n".join(table((*header, "characters", "ms"), rows))


def _worth(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What the parts are worth on these cases, in words."""
    parts = [each for each in found if each["group"] == "part"]
    groups = (
        ("Worth something beyond chance", [each for each in parts if each["change"] < 0 and _sure(each)]),
        ("Worth something, or chance", [each for each in parts if each["change"] < 0 and not _sure(each)]),
        ("Worth nothing here", [each for each in parts if each["change"] == 0]),
        ("In the way, or chance", [each for each in parts if each["change"] > 0 and not _sure(each)]),
        ("In the way", [each for each in parts if each["change"] > 0 and _sure(each)]),
    )
    for title, members in groups:
        if members:
            named = ", ".join(
                f"{each['what']} ({-100 * each['change']:+.1f})" if each["change"] else each["what"]
                for each in sorted(members, key=lambda each: each["change"])
            )
            yield f"- {title}: {named}"
    if parts:
        yield ""


def _forced(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The whole curve of abstention, which only a run that answers everything shows."""
    for each in found:
        if each["name"] == FORCED and each["curve"]["aurc"] is not None:
            curve, reached = each["curve"], found[0]["curve"]
            yield from (
                "## Abstention",
                "",
                f"Every question answered, {curve['answered']} of {curve['questions']}, the risk-coverage curve holds an area of "
                f"{curve['aurc']:.3f}, with the best order of the same answers {curve['least_aurc']:.3f}. As it is, the program "
                f"answers {reached['answered']} of {reached['questions']}.",
                "",
                f"![risk and coverage]({CURVE_FILE})",
                "",
            )


def _changed(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "## Which cases changed"
    yield ""
    for each in found:
        if each["comparison"] and each["group"] == "part":
            gained, lost = (", ".join(each["comparison"][name]) or "none" for name in ("gained", "lost"))
            yield f"- without {each['what']}: right only then: {gained}; no longer right: {lost}"


def _sure(each: Mapping[str, Any]) -> bool:
    return bool(each["comparison"]["p"] < CHANCE)
