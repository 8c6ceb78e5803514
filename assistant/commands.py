"""The verbs of `assistant` on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from assistant.model import Engine, Turn
from assistant.user_commands import COMMANDS as USERS
from ingest.cli import FAILED, OK, Command, add_index_argument, given_filters, key_value
from ingest.errors import UsageError
from ingest.settings import Settings
from ingest.text_file import numbered_lines, read_text_file

_HISTORY_NEEDED = 'needs a JSON list of turns, the earliest first: [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]'
_FILTERS = """
filters (--filter KEY=VALUE), with values as the documents have them:
  municipality  --filter municipality="Köpings kommun"
  body          --filter body=Kommunfullmäktige
  kind          --filter kind=protokoll        (tjänsteskrivelse, motion, taxa …)
  year          --filter year=2024             or a range, --filter year=2018-2020
  status        --filter status=beslut         (förslag, yttrande, motion, information, okänd)
  document      --filter document=koping/000_6454c9e22a8b40c5.txt
A value that no document has is answered with the values there are.
"""
_HISTORY = """
history (--history FILE): what was said before, the earliest first, so that "And when?" is understood:
  [{"role": "user", "content": "Vad kostar sophämtning?"},
   {"role": "assistant", "content": "1 250 kronor om året."}]
"""
_CASES = """
cases (--batch CASES.jsonl): an object a line, with a question and, where need be, an id, filters and history:
  {"id": "1", "question": "Vad kostar sophämtning?", "filters": {"year": "2018-2020"}}
A case that fails is a line with its error, the others go on, and the exit status is 1.
"""
_MCP = """
An MCP client on this machine starts this command itself; `radslag serve` is the same server over HTTP, at /mcp.
"""


def _configure_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", metavar="QUESTION", help="what you want to know, in Swedish or English")
    parser.add_argument(
        "--batch", type=Path, metavar="CASES.jsonl", help="answer every case of the file, one answer JSON a line"
    )
    parser.add_argument("--history", type=Path, metavar="FILE", help="what was said before, a JSON list (see below)")
    _add_filters(parser)
    add_engine_argument(parser)
    add_index_argument(parser)
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def add_engine_argument(parser: argparse.ArgumentParser) -> None:
    """`--engine`, which overrides the setting of that name."""
    parser.add_argument(
        "--engine",
        choices=get_args(Engine),
        help="who words answers: the documents themselves, or a language model whose sentences are verified (default: extractive)",
    )


def _configure_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help="what the passages are to be about")
    parser.add_argument("-k", type=positive, default=10, metavar="N", help="how many passages (default: 10)")
    _add_filters(parser)
    add_index_argument(parser)
    parser.add_argument("--json", action="store_true", help="print the passages as JSON")


def _configure_precedents(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", metavar="TEXT", help="the matter, in a few words")
    parser.add_argument("--document", metavar="ID", help="a document of the index instead of a text")
    parser.add_argument("-k", type=positive, default=10, metavar="N", help="how many matters (default: 10)")
    _add_filters(parser)
    add_index_argument(parser)
    parser.add_argument("--json", action="store_true", help="print the matters as JSON")


def _configure_serve(parser: argparse.ArgumentParser) -> None:
    add_index_argument(parser)
    parser.add_argument("--host", metavar="H", help="address to listen on (default: 127.0.0.1, this machine only)")
    parser.add_argument("--port", type=port, metavar="P", help="port to listen on (default: 7860; 0 picks a free one)")


def _run_ask(arguments: argparse.Namespace, settings: Settings) -> int:
    if (arguments.question is None) == (arguments.batch is None):
        raise UsageError("ask needs either a QUESTION or --batch CASES.jsonl")
    from assistant.service import Assistant

    if arguments.batch is not None:
        if arguments.filter or arguments.history:
            raise UsageError("--batch takes filters and history from its cases: leave out --filter and --history")
        cases = list(_read_cases(arguments.batch))
        with Assistant.open(settings) as assistant:
            return _ask_batch(assistant, cases)
    history = _read_history(arguments.history) if arguments.history else ()
    with Assistant.open(settings) as assistant:
        answer = assistant.ask(arguments.question, history, given_filters(arguments.filter))
        if arguments.json:
            _print_json(answer.as_json())
        else:
            from assistant.render import text

            print(text(answer, answer.language))
    return OK


def _ask_batch(assistant: Any, cases: Sequence[Mapping[str, Any]]) -> int:
    """One line a case, in order; a case that fails becomes a line with its error, and the rest goes on."""
    status = OK
    for case in cases:
        try:
            if not isinstance(case.get("question"), str):
                raise UsageError('found no "question": each case needs one, a text')
            history = [Turn(turn["role"], turn["content"]) for turn in case.get("history") or ()]
            line = assistant.ask(case["question"], history, case.get("filters") or {}).as_json()
        except Exception as error:  # noqa: BLE001 - whatever a case stumbles on is reported in its line
            line = {"question": case.get("question"), "error": f"{type(error).__name__}: {error}"}
            status = FAILED
        _print_json({"id": case.get("id"), **line})
        sys.stdout.flush()
    return status


def _run_search(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.question import described
    from assistant.service import Assistant, hit_of

    filters, language = given_filters(arguments.filter), described(arguments.query).language
    with Assistant.open(settings) as assistant:
        found = assistant.passages(arguments.query, arguments.k, filters)
        note = assistant.unmatched(filters, language)
    if arguments.json:
        _print_json({"query": arguments.query, "retrieved": [asdict(hit_of(each)) for each in found], "note": note})
    elif note:
        print(note)
    else:
        from assistant.render import search_text

        print(search_text(found, language))
    return OK


def _run_precedents(arguments: argparse.Namespace, settings: Settings) -> int:
    if (arguments.text is None) == (arguments.document is None):
        raise UsageError("precedents need a TEXT or --document ID, one of them only")
    from assistant.service import Assistant

    with Assistant.open(settings) as assistant:
        found = assistant.precedents(arguments.text, arguments.document, arguments.k, given_filters(arguments.filter))
    if arguments.json:
        _print_json(found.as_json())
        return OK
    from assistant.render import precedents_text

    print(precedents_text(found))
    return OK


def _run_serve(_: argparse.Namespace, settings: Settings) -> int:
    from assistant.service import Assistant
    from assistant.web.app import serve

    with Assistant.open(settings) as assistant:
        serve(assistant, settings)
    return OK


def _run_mcp(_: argparse.Namespace, settings: Settings) -> int:
    from assistant.service import Assistant
    from assistant.web.mcp import run_over_standard_streams

    with Assistant.open(settings) as assistant:
        run_over_standard_streams(assistant)
    return OK


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--filter",
        action="append",
        type=key_value,
        default=[],
        metavar="KEY=VALUE",
        help="search only documents with this value (see below); may be repeated, and then all must hold",
    )


def positive(given: str) -> int:
    if not given.isdecimal() or int(given) < 1:
        raise argparse.ArgumentTypeError(f"found {given!r}, needs a number from 1")
    return int(given)


def port(given: str) -> int:
    if not given.isdecimal() or int(given) > 65535:
        raise argparse.ArgumentTypeError(f"found {given!r}, needs a number from 0 to 65535")
    return int(given)


def _read_history(path: Path) -> tuple[Turn, ...]:
    try:
        turns = json.loads(read_text_file(path))
        history = tuple(Turn(turn["role"], turn["content"]) for turn in turns)
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(f"{path} is no history: {_HISTORY_NEEDED}") from error
    for number, turn in enumerate(history, 1):
        if turn.role not in ("user", "assistant") or not isinstance(turn.content, str):
            raise UsageError(f"{path} is no history, turn {number} is otherwise: {_HISTORY_NEEDED}")
    return history


def _read_cases(path: Path) -> Iterator[Mapping[str, Any]]:
    for where, line in numbered_lines(path):
        try:
            case = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{where} is not JSON ({error}): needs one case a line") from error
        if not isinstance(case, dict):
            raise UsageError(f"{where} is no case: needs a JSON object")
        yield case


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


COMMANDS: tuple[Command, ...] = (
    Command(
        "ask",
        "Answer a question with citations, or say that the documents don't.",
        _configure_ask,
        _run_ask,
        _FILTERS + _HISTORY + _CASES,
    ),
    Command(
        "search", "Show the passages nearest to a query, without an answer.", _configure_search, _run_search, _FILTERS
    ),
    Command(
        "precedents", "Show earlier matters like the one described.", _configure_precedents, _run_precedents, _FILTERS
    ),
    Command("serve", "Open the web app, the HTTP API and the MCP server.", _configure_serve, _run_serve),
    Command("mcp", "Be an MCP server on standard input and output.", add_index_argument, _run_mcp, _MCP),
    *USERS,
)
