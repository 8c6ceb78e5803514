"""`radslag matters`: the matters of an index, or one of them step by step."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ingest.cli import OK, Command, add_index_argument, given_filters, key_value
from ingest.errors import UsageError
from ingest.matter_store import FILTERS
from ingest.matters import Matter, Step
from ingest.mentions import dnr_key
from ingest.outcome import Outcome
from ingest.settings import Settings

if TYPE_CHECKING:
    from ingest.registry import Registry

_EXPLAINED = """\
A matter (ärende) is what belongs together in the documents: the motion or memo (tjänsteskrivelse) that set it going, the §§
in the minutes that treat it, the decision and what changed it later. What links them is a diarienummer they share, a decision
or paper that one names by its date, or the same title. The outcome is bifall, avslag, återremiss, besvarad, antagen, or none
where no document says; a step may also be bordlagd (put off).

Without arguments all matters are listed, the latest first. One that is found alone, by TEXT, --dnr or --document, is shown
step by step."""


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = _EXPLAINED
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help="words that the title of the matter holds")
    parser.add_argument("--dnr", metavar="DNR", help="the matter of this diarienummer, with or without its zeros")
    parser.add_argument("--document", metavar="ID", help="the matters that this document has a step of")
    parser.add_argument(
        "--filter",
        action="append",
        type=key_value,
        default=[],
        metavar="KEY=VALUE",
        help=f"narrow down to {', '.join(FILTERS)}; may be repeated",
    )
    add_index_argument(parser)
    parser.add_argument("--json", action="store_true", help="print the matters with all their steps as JSON")


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if sum(map(bool, (arguments.text or arguments.filter, arguments.dnr, arguments.document))) > 1:
        raise UsageError("matters takes TEXT and --filter, or --dnr, or --document, not several of these")
    from ingest.registry import Registry
    from ingest.store import REGISTRY_FILE

    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        found = _found(arguments, registry)
        hints = () if found else _hints(given_filters(arguments.filter), registry)
    if arguments.json:
        print(json.dumps({"matters": [matter.as_json() for matter in found]}, ensure_ascii=False))
    elif not found:
        print("\n".join(["No such matter in the index.", *hints]))
    elif len(found) == 1:
        print(timeline(found[0]))
    else:
        print(listing(found))
    return OK


def _found(arguments: argparse.Namespace, registry: Registry) -> list[Matter]:
    if arguments.dnr:
        if dnr_key(arguments.dnr) is None:
            raise UsageError(f"found {arguments.dnr!r}, needs a diarienummer such as KS 2016/00093")
        return registry.matters.of_dnr(arguments.dnr)
    if arguments.document:
        if registry.about(arguments.document) is None:
            raise UsageError(f"no document {arguments.document} in the index: `radslag search` shows what there is")
        return registry.matters.of_document(arguments.document)
    return registry.matters.all(given_filters(arguments.filter), arguments.text)


def _hints(filters: Mapping[str, str], registry: Registry) -> tuple[str, ...]:
    """What there is instead of each filter's value that not one matter has."""
    hints = []
    for key, value in filters.items():
        if not registry.matters.all({key: value}):
            known = [*Outcome] if key == "outcome" else registry.holdings.values(key)
            there = [each for each in known if registry.matters.all({key: each})]
            hints.append(f"None has {key}={value}; there are: {', '.join(there) or 'none'}.")
    return tuple(hints)


def listing(matters: Sequence[Matter]) -> str:
    """One matter a line: its days, outcome, diarienummer, number of steps and title."""
    rows = [
        (
            " – ".join(dict.fromkeys(filter(None, [matter.first_date, matter.last_date]))),
            matter.outcome or "",
            matter.dnr or "",
            f"{len(matter.steps)} step{'s' if len(matter.steps) > 1 else ''}",
            matter.title or matter.steps[0].document,
        )
        for matter in matters
    ]
    return "\n".join(_columns(rows))


def timeline(matter: Matter) -> str:
    """The matter step by step: date, role, outcome, body and §, document."""
    about = [matter.dnr, matter.municipality, f"utfall: {matter.outcome}" if matter.outcome else None]
    rows = [
        (step.date or "", step.role.value, step.outcome or "", _decided_by(step), step.document)
        for step in matter.steps
    ]
    return "\n".join([matter.title or matter.steps[0].document, " · ".join(filter(None, about)), *_columns(rows)])


def _decided_by(step: Step) -> str:
    body = step.body[:1].upper() + step.body[1:] if step.body else ""
    return " ".join(filter(None, [body, f"§ {step.number}" if step.number else ""]))


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The rows with their cells below each other; the last cell runs on."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[-1] = 0
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


MATTERS = Command("matters", "List matters (ärenden), or show one step by step.", _configure, _run)
