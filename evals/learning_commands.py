"""The verbs of `evals` by which the program learns, from dev cases and from training material, and those that make cases harder."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from assistant.commands import positive
from evals.arguments import add_cases_argument
from ingest.cli import OK, Command, add_index_argument
from ingest.settings import Settings


def _configure_fit(parser: argparse.ArgumentParser) -> None:
    add_cases_argument(parser)
    add_index_argument(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write (default: nowhere, only show)")
    parser.add_argument(
        "--keep-order",
        action="store_true",
        help="learn only how probable it is that the first sentence answers, not what puts it first",
    )


def _run_fit(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.fitted import fitted
    from assistant.service import Assistant
    from evals.cases import Case, load_cases
    from evals.fit import cross_validated, examples_of, fit, quality, render

    cases = [case for case in load_cases(arguments.cases) if isinstance(case, Case)]
    with Assistant.open(settings) as assistant:
        examples = examples_of(cases, lambda case: assistant.evidence(case.question, case.history, case.filters))
    ranking = fitted().ranking if arguments.keep_order else None
    found = fit(examples, ranking)
    for name, measured in (
        ("before", quality(examples, fitted())),
        ("fitted", quality(examples, found)),
        ("cross-validated", cross_validated(examples, ranking)),
    ):
        print(f"{name}: first sentence right {measured['first']:.3f}, outcome right {measured['right']:.3f}")
    if arguments.out is None:
        print(render(found), end="")
    else:
        arguments.out.write_text(render(found), encoding="utf-8")
        print(f"written to {arguments.out}: {len(examples)} examples of {len(cases)} cases")
    return OK


def _configure_near(parser: argparse.ArgumentParser) -> None:
    add_cases_argument(parser)
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
    add_cases_argument(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write the cases to")
    parser.add_argument("--slips", type=positive, default=2, metavar="N", help="slips in a question (default: 2)")


def _run_misspell(arguments: argparse.Namespace, _: Settings) -> int:
    from evals.cases import case_files
    from evals.misspell import misspell

    changed = misspell(case_files(arguments.cases), arguments.out, arguments.slips)
    print(f"{changed} questions with slips written to {arguments.out}")
    return OK


def _configure_interrupt(parser: argparse.ArgumentParser) -> None:
    add_cases_argument(parser)
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


COMMANDS: tuple[Command, ...] = (
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
)
