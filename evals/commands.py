"""The verbs of `evals` on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands import add_engine_argument
from evals.arguments import add_cases_argument
from evals.feedback_command import COMMAND as FEEDBACK
from evals.learning_commands import COMMANDS as LEARNING
from evals.measuring_commands import COMMANDS as MEASURING
from evals.outcomes_command import COMMAND as OUTCOMES
from ingest.cli import FAILED, OK, Command, add_index_argument
from ingest.settings import Settings
from ingest.text_file import read_text_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evals.answers import Stored
    from evals.evaluate import Evaluation

DEFAULT_FOLDER = Path(".eval")


def _configure_eval(parser: argparse.ArgumentParser) -> None:
    add_cases_argument(parser)
    add_index_argument(parser)
    parser.add_argument(
        "--out",
        type=Path,
        default=DEFAULT_FOLDER,
        metavar="DIR",
        help="folder for answers.jsonl, scores.json, report.md, plots/, junit.xml (default: .eval)",
    )
    add_engine_argument(parser)
    parser.add_argument("--gates", type=Path, metavar="FILE", help="TOML file of floors; exit 1 when one isn't reached")
    parser.add_argument(
        "--propose-gates",
        type=Path,
        metavar="FILE",
        help="write floors a little under what is reached into FILE; those that stand there are raised, never lowered",
    )
    parser.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE",
        help="answers.jsonl of an earlier run, or its folder, to compare with (default, with --engine llm: the extractive engine)",
    )

    parser.add_argument(
        "--labels",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="labels of the corpus's documents; the report gets a section on fields and standing",
    )


def _run_eval(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.answers import read_answers
    from evals.cases import case_files, load_cases
    from evals.gates import load_gates

    cases = load_cases(arguments.cases)
    gates = load_gates(arguments.gates) if arguments.gates else ()
    baseline: Mapping[str, Stored] | None = read_answers(arguments.baseline) if arguments.baseline else None
    standing = (
        load_gates(arguments.propose_gates) if arguments.propose_gates and arguments.propose_gates.exists() else ()
    )
    fields = None
    if arguments.labels:
        from evals.check import documents_below
        from evals.fields import score_fields
        from evals.labels import load_labels

        fields = score_fields(load_labels(arguments.labels), documents_below(settings))

    from tqdm import tqdm

    from assistant.service import Assistant
    from evals.engines import answer_extractively, render_engines
    from evals.evaluate import evaluate

    files, date = case_files(arguments.cases), datetime.now(UTC).isoformat(timespec="seconds")
    bar = tqdm(total=len(cases), desc="eval", unit="case", disable=not sys.stderr.isatty())
    with bar, Assistant.open(settings) as assistant:
        if baseline is None and settings.engine == "llm":
            baseline = answer_extractively(assistant, cases, files, settings, arguments.out, date)
        evaluation = evaluate(
            assistant,
            cases,
            files,
            settings,
            arguments.out,
            date=date,
            gates=gates,
            baseline=baseline,
            tick=bar.update,
            fields=fields,
            sections=render_engines,
        )
    print(_outcome(evaluation))
    if arguments.propose_gates:
        from evals.propose import propose, render_gates

        arguments.propose_gates.write_text(render_gates(propose(evaluation.scores, standing)), encoding="utf-8")
        print(f"gates proposed: {arguments.propose_gates}")
    return OK if evaluation.passed else FAILED


def _outcome(evaluation: Evaluation) -> str:
    """What a terminal shows at the end."""
    from evals.report import REPORT_FILE, summary_table

    scores, comparison = evaluation.scores, evaluation.comparison
    lines = [summary_table(scores.overall), ""]
    if evaluation.taken_over:
        lines.append(f"{evaluation.taken_over} answers taken over from the run that was interrupted")
    lines.append(
        f"{scores.overall.attempted} cases attempted, {scores.overall.crashed} crashed, {len(scores.wrong)} wrong"
    )
    lines += [f"crashed: {each.case.id}: {each.error}" for each in scores.crashes]
    if comparison:
        lines.append(
            f"baseline: {len(comparison.gained)} gained, {len(comparison.lost)} lost of {comparison.n}, "
            f"p = {comparison.p:.3f}"
        )
    lines += [f"gate {result}" for result in evaluation.gates]
    lines.append(f"report: {evaluation.folder / REPORT_FILE}")
    return "\n".join(lines)


def _configure_baselines(parser: argparse.ArgumentParser) -> None:
    add_cases_argument(parser)
    add_index_argument(parser)
    parser.add_argument(
        "--out",
        type=Path,
        default=DEFAULT_FOLDER / "baselines",
        metavar="DIR",
        help="folder for baselines.json, baselines.md and the answers of each variant (default: .eval/baselines)",
    )
    parser.add_argument("--only", nargs="+", default=(), metavar="VARIANT", help="only these beside the program itself")


def _run_baselines(arguments: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from evals.baselines import REPORT_FILE, baselines_table, choose, run_baselines
    from evals.cases import Case, case_files, load_cases

    cases = load_cases(arguments.cases)
    questions = sum(isinstance(case, Case) for case in cases)
    total = questions * len(choose(arguments.only))
    with tqdm(total=total, desc="baselines", unit="case", disable=not sys.stderr.isatty()) as bar:
        outcomes = run_baselines(
            settings,
            cases,
            case_files(arguments.cases),
            arguments.out,
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            only=arguments.only,
            tick=bar.update,
        )
    print(baselines_table({"variants": [outcome.as_json() for outcome in outcomes]}))
    print(f"report: {arguments.out / REPORT_FILE}")
    return OK


def _configure_check_cases(parser: argparse.ArgumentParser) -> None:
    add_cases_argument(parser)
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of the documents (default: corpus/)")


def _run_check_cases(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.check import check_cases, documents_below

    findings = check_cases(arguments.cases, documents_below(settings))
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings" if findings else "the cases are in order")
    return FAILED if findings else OK


def _configure_fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "labels",
        nargs="*",
        type=Path,
        default=[Path("evals/labels")],
        metavar="LABELS",
        help="JSONL files of labels, or folders that hold some (default: evals/labels)",
    )
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of the documents (default: corpus/)")
    parser.add_argument("--split", choices=("dev", "test"), help="only the documents of this half")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for fields.json and fields.md")


def _run_fields(arguments: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from evals.check import documents_below
    from evals.fields import score_fields
    from evals.fields_report import render_fields
    from evals.labels import load_labels

    labels = [each for each in load_labels(arguments.labels) if arguments.split in (None, each.split)]
    with tqdm(total=len(labels), desc="fields", unit="document", disable=not sys.stderr.isatty()) as bar:
        scores = score_fields(labels, documents_below(settings), bar.update)
    report = render_fields(scores, "# Fields")
    print(report, end="")
    if arguments.out is not None:
        arguments.out.mkdir(parents=True, exist_ok=True)
        (arguments.out / "fields.md").write_text(report, encoding="utf-8")
        figures = json.dumps(scores.as_json(), ensure_ascii=False, indent=1)
        (arguments.out / "fields.json").write_text(figures + "\n", encoding="utf-8")
    return OK if scores.documents else FAILED


def _configure_build_corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, help="folder that holds _sources/ (default: corpus/exempelkommun)"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the files that differ")


def _run_build_corpus(arguments: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from evals.building.build import differences, sources_below, write

    folder = arguments.folder or settings.corpus / "exempelkommun"
    with tqdm(total=len(sources_below(folder)), desc="build", disable=not sys.stderr.isatty()) as bar:
        if not arguments.check:
            print(f"{len(write(folder, bar.update))} files written to {folder}")
            return OK
        found = differences(folder, bar.update)
    for difference in found:
        print(difference)
    print(f"{len(found)} files differ from their sources" if found else "the files are what their sources give")
    return FAILED if found else OK


def _configure_readme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scores", type=Path, metavar="FILE", help="scores.json of a run over the test cases; goes to the web app too"
    )
    parser.add_argument("--baselines", type=Path, metavar="FILE", help="baselines.json of `radslag baselines`")
    parser.add_argument("--bench", type=Path, metavar="FILE", help="what `radslag bench --json` printed")
    parser.add_argument("--readme", type=Path, default=Path("README.md"), metavar="FILE", help="default: README.md")
    parser.add_argument(
        "--published",
        type=Path,
        metavar="FILE",
        help="what of --scores the web app's Quality view shows (default: the file shipped with it)",
    )


def _run_readme(arguments: argparse.Namespace, _: Settings) -> int:
    from assistant.web.quality_report import PUBLISHED
    from evals.published import published
    from evals.readme import bench_table, example, filled, kinds_table, quality_table, settings_table

    parts = {"table: settings": settings_table(), "example: ask": example()}
    if arguments.scores:
        scores = json.loads(read_text_file(arguments.scores))
        parts |= {"table: quality": quality_table(scores), "table: kinds": kinds_table(scores)}
        target = arguments.published or PUBLISHED
        target.write_text(published(scores), encoding="utf-8")
        print(f"{target}: written anew")
    if arguments.baselines:
        from evals.baselines import baselines_table

        parts["table: baselines"] = baselines_table(json.loads(read_text_file(arguments.baselines)))
    if arguments.bench:
        parts["table: bench"] = bench_table(arguments.bench)
    arguments.readme.write_text(filled(arguments.readme.read_text(encoding="utf-8"), parts), encoding="utf-8")
    print(f"{arguments.readme}: {', '.join(parts)} written anew")
    return OK


COMMANDS: tuple[Command, ...] = (
    Command("eval", "Run and score cases, and hold the scores against gates.", _configure_eval, _run_eval),
    Command(
        "baselines",
        "Put the same cases to plain pipelines, and to the program without some of its parts.",
        _configure_baselines,
        _run_baselines,
    ),
    Command("check-cases", "Check that the gold of cases is where they say.", _configure_check_cases, _run_check_cases),
    Command("fields", "Hold metadata and standing of documents against labels.", _configure_fields, _run_fields),
    *LEARNING,
    Command(
        "build-corpus", "Build the invented documents from their sources.", _configure_build_corpus, _run_build_corpus
    ),
    FEEDBACK,
    OUTCOMES,
    Command(
        "readme",
        "Write the README's tables and example anew, and what the web app shows of the evaluation.",
        _configure_readme,
        _run_readme,
    ),
    *MEASURING,
)
