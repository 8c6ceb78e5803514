"""The verbs of `evals` on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands import add_engine_argument, positive
from evals.feedback_command import COMMAND as FEEDBACK
from ingest.cli import FAILED, OK, Command, add_index_argument
from ingest.settings import Settings
from ingest.text_file import read_text_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evals.answers import Stored
    from evals.evaluate import Evaluation

DEFAULT_FOLDER = Path(".eval")


def _configure_eval(parser: argparse.ArgumentParser) -> None:
    _add_cases_argument(parser)
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
    _add_cases_argument(parser)
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
    _add_cases_argument(parser)
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


def _configure_bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of real documents (default: corpus/)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _run_bench(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.bench import bench
    from evals.figures import render

    figures = bench(settings, report=lambda what: print(f"{what} …", file=sys.stderr))
    if arguments.json:
        print(json.dumps([figure.as_json() for figure in figures], ensure_ascii=False))
    else:
        print(render(figures))
    return OK


def _configure_load(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the page of a running web app, http://127.0.0.1:7860/")
    parser.add_argument("--people", type=int, default=30, metavar="N", help="how many ask at once (default: 30)")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="one a line (default: those of `radslag bench`)")
    parser.add_argument("--json", action="store_true", help="print every wait and the figures as JSON")


def _run_load(arguments: argparse.Namespace, _: Settings) -> int:
    from evals.bench import QUESTIONS
    from evals.figures import render
    from evals.load import figures, load, read_questions

    questions = read_questions(arguments.questions) if arguments.questions else QUESTIONS
    waits = load(arguments.url, questions, arguments.people)
    measured = figures(waits)
    if arguments.json:
        told = {"waits": [asdict(wait) for wait in waits], "figures": [figure.as_json() for figure in measured]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(render(measured))
    for reason in sorted({wait.error for wait in waits if wait.error}):
        print(reason, file=sys.stderr)
    return FAILED if any(figure.met is False for figure in measured) else OK


def _configure_page(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="where the web app runs, such as http://127.0.0.1:7860/")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _run_page(arguments: argparse.Namespace, _: Settings) -> int:
    from evals.bench import QUESTIONS
    from evals.figures import render
    from evals.page import page_figures

    measured = tuple(page_figures(arguments.url, QUESTIONS))
    if arguments.json:
        print(json.dumps([figure.as_json() for figure in measured], ensure_ascii=False))
    else:
        print(render(measured))
    return FAILED if any(figure.met is False for figure in measured) else OK


def _configure_screenshots(parser: argparse.ArgumentParser) -> None:
    add_index_argument(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("docs"), metavar="DIR", help="where to put them (default: docs)"
    )


def _run_screenshots(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.screenshots import take

    arguments.out.mkdir(parents=True, exist_ok=True)
    for picture in take(settings, arguments.out):
        print(picture)
    return OK


def _configure_fit(parser: argparse.ArgumentParser) -> None:
    _add_cases_argument(parser)
    add_index_argument(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write (default: nowhere, only show)")


def _run_fit(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.fitted import fitted
    from assistant.service import Assistant
    from evals.cases import Case, load_cases
    from evals.fit import cross_validated, examples_of, fit, quality, render

    cases = [case for case in load_cases(arguments.cases) if isinstance(case, Case)]
    with Assistant.open(settings) as assistant:
        examples = examples_of(cases, lambda case: assistant.evidence(case.question, case.history, case.filters))
    found = fit(examples)
    for name, measured in (
        ("before", quality(examples, fitted())),
        ("fitted", quality(examples, found)),
        ("cross-validated", cross_validated(examples)),
    ):
        print(f"{name}: first sentence right {measured['first']:.3f}, outcome right {measured['right']:.3f}")
    if arguments.out is None:
        print(render(found), end="")
    else:
        arguments.out.write_text(render(found), encoding="utf-8")
        print(f"written to {arguments.out}: {len(examples)} examples of {len(cases)} cases")
    return OK


def _configure_near(parser: argparse.ArgumentParser) -> None:
    _add_cases_argument(parser)
    add_index_argument(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write (default: nowhere, only show)")


def _run_near(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.nearness import known, name_of, render
    from assistant.service import Assistant
    from evals.cases import load_cases
    from evals.faithful import PAIRS, load_pairs
    from evals.load import read_questions
    from evals.near import UNKNOWN_MATTERS, measured
    from ingest.encode import load_encoder

    encoder = load_encoder(settings)
    unknown = read_questions(UNKNOWN_MATTERS)
    with Assistant.open(settings, encoder) as assistant:
        found = measured(
            assistant,
            encoder.encode_query,
            load_cases(arguments.cases),
            unknown,
            load_pairs(PAIRS),
        )
    print(*found.lines, sep="\n")
    if arguments.out is not None:
        arguments.out.write_text(render({**known(), name_of(encoder.fingerprint): found.nearness}), encoding="utf-8")
        print(f"written to {arguments.out}")
    return OK


def _configure_adapt(parser: argparse.ArgumentParser) -> None:
    _add_material_argument(parser, "evals/training/encoder")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write the adapter (.npz)")
    parser.add_argument("--epochs", type=int, default=4, metavar="N", help="times to go through it (default: 4)")


def _add_material_argument(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "material",
        nargs="?",
        type=Path,
        default=Path(default),
        metavar="FOLDER",
        help=f"folder of training material, with those below it (default: {default})",
    )


def _run_adapt(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.adapt import adapt
    from evals.material import load

    matters, folder = load(arguments.material), _unadapted(settings)
    adapt(folder, matters, arguments.out, arguments.epochs, lambda said: print(said, flush=True))
    print(f"written to {arguments.out}")
    return OK


def _configure_interact(parser: argparse.ArgumentParser) -> None:
    _add_material_argument(parser, "evals/training")
    parser.add_argument("--adapter", type=Path, metavar="FILE", help="changes to the layers (default: those in use)")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write both (.npz)")


def _run_interact(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.interact import interact
    from evals.material import load
    from ingest.adapter import FILE
    from ingest.encode_onnx import OnnxEncoder, cores
    from ingest.prepare import prepared_folder
    from ingest.prompts import Prompts
    from ingest.weights import PASSAGE_PROMPT, QUERY_PROMPT, embedded_weights

    weights = embedded_weights()
    adapter = arguments.adapter or FILE
    folder = prepared_folder(
        settings.cache, "int8", lambda said: print(said, file=sys.stderr), replace(weights, adapter=adapter)
    )
    encoder = OnnxEncoder(folder, Prompts(QUERY_PROMPT, PASSAGE_PROMPT), "learning", settings.threads or cores())
    interact(encoder, adapter, load(arguments.material), arguments.out, lambda said: print(said, flush=True))
    print(f"written to {arguments.out}")
    return OK


def _configure_tune(parser: argparse.ArgumentParser) -> None:
    _add_material_argument(parser, "evals/training/interaction")
    parser.add_argument("--adapter", type=Path, metavar="FILE", help="what to learn on from (default: what is in use)")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where to write what was learned (.npz)"
    )


def _run_tune(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.material import load
    from evals.tune import tune
    from ingest.adapter import FILE

    folder = _unadapted(settings)
    adapter = arguments.adapter or FILE
    tune(folder, adapter, load(arguments.material), arguments.out, lambda said: print(said, flush=True))
    print(f"written to {arguments.out}")
    return OK


def _unadapted(settings: Settings) -> Path:
    """The embedded model as a folder, without what was learned beyond it."""
    from ingest.prepare import prepared_folder
    from ingest.weights import embedded_weights

    unchanged = replace(embedded_weights(), adapter=None)
    return prepared_folder(settings.cache, "float32", lambda said: print(said, file=sys.stderr), unchanged)


def _configure_spelling(parser: argparse.ArgumentParser) -> None:
    _add_material_argument(parser, "evals/training")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write the words (.tsv)")


def _run_spelling(arguments: argparse.Namespace, _: Settings) -> int:
    from evals.material import load
    from evals.spelling import gathered

    words = gathered(load(arguments.material))
    arguments.out.write_text(words, encoding="utf-8")
    print(f"{words.count(chr(10))} words written to {arguments.out}")
    return OK


def _configure_misspell(parser: argparse.ArgumentParser) -> None:
    _add_cases_argument(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write the cases to")
    parser.add_argument("--slips", type=positive, default=2, metavar="N", help="slips in a question (default: 2)")


def _run_misspell(arguments: argparse.Namespace, _: Settings) -> int:
    from evals.cases import case_files
    from evals.misspell import misspell

    changed = misspell(case_files(arguments.cases), arguments.out, arguments.slips)
    print(f"{changed} questions with slips written to {arguments.out}")
    return OK


def _configure_interrupt(parser: argparse.ArgumentParser) -> None:
    _add_cases_argument(parser)
    add_index_argument(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="new file to write the cases to")


def _run_interrupt(arguments: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from assistant.service import Assistant
    from evals.cases import load_cases
    from evals.interrupt import interrupt, unrelated

    pairs = unrelated(load_cases(arguments.cases))
    bar = tqdm(total=len(pairs), desc="interrupt", unit="case", disable=not sys.stderr.isatty())
    with bar, Assistant.open(settings) as assistant:
        interrupt(pairs, assistant, arguments.out, bar.update)
    print(f"{len(pairs)} questions after an unrelated one written to {arguments.out}")
    return OK


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


def _add_cases_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "cases", nargs="+", type=Path, metavar="CASES", help="JSONL files of cases, or folders that hold some"
    )


COMMANDS: tuple[Command, ...] = (
    Command("eval", "Run and score cases, and hold the scores against gates.", _configure_eval, _run_eval),
    Command(
        "baselines",
        "Put the same cases to plain pipelines, and to the program without each of its parts.",
        _configure_baselines,
        _run_baselines,
    ),
    Command("check-cases", "Check that the gold of cases is where they say.", _configure_check_cases, _run_check_cases),
    Command("fields", "Hold metadata and standing of documents against labels.", _configure_fields, _run_fields),
    Command("fit", "Learn from dev cases what each signal of an answer is worth.", _configure_fit, _run_fit),
    Command("near", "Measure on dev cases how near counts as near with this encoder.", _configure_near, _run_near),
    Command("adapt", "Let the encoder learn from training material.", _configure_adapt, _run_adapt),
    Command(
        "interact",
        "Learn from training material how questions and sentences are compared.",
        _configure_interact,
        _run_interact,
    ),
    Command("tune", "Let the encoder and the comparison learn on together.", _configure_tune, _run_tune),
    Command("spelling", "Gather the words that slips are mended to.", _configure_spelling, _run_spelling),
    Command("misspell", "Put slips of the pen into cases, to measure their cost.", _configure_misspell, _run_misspell),
    Command(
        "interrupt",
        "Put cases after an unrelated question, to measure its cost.",
        _configure_interrupt,
        _run_interrupt,
    ),
    Command(
        "build-corpus", "Build the invented documents from their sources.", _configure_build_corpus, _run_build_corpus
    ),
    FEEDBACK,
    Command(
        "readme",
        "Write the README's tables and example anew, and what the web app shows of the evaluation.",
        _configure_readme,
        _run_readme,
    ),
    Command("bench", "Measure speed and memory beside their targets.", _configure_bench, _run_bench),
    Command(
        "load", "Let many people ask a running web app at once, and say how long they wait.", _configure_load, _run_load
    ),
    Command("page", "Measure in a browser how long one waits for a running web app.", _configure_page, _run_page),
    Command("screenshots", "Take the README's pictures of the web app anew.", _configure_screenshots, _run_screenshots),
)
