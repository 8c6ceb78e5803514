"""Wrapping: lines for a terminal that keep a number with its unit, and a date, in one piece."""

from __future__ import annotations

import re
import textwrap

from assistant.markup import plain
from ingest.dates import MONTH_NAMES

TERMINAL_COLUMNS = 88
MAX_KEPT_CHARS = 40  # a longer run is broken after all, lest a line grow too long
_GLUE = "\u00a0"  # `textwrap` breaks at ordinary spaces only
_MONTH = rf"(?:{MONTH_NAMES}|january|february|march|may|june|july|august|october)"
_UNIT = (
    r"(?:(?:miljon(?:er)?|miljard(?:er)?)(?: kronor)?|kronor|kr|tkr|mkr|mnkr|procent|euro|öre|kvadratmeter|m²|meter"
    r"|kilometer|km|år|dagar|månader)\b|%"
)
_NUMBER = r"\b\d{1,3}(?: \d{3})+\b(?:,\d+)?|\b\d[\d.,]*"
_KEPT = re.compile(
    rf"(?:\bden )?\b\d{{1,2}} {_MONTH}\b(?: \d{{4}}\b)?|\b{_MONTH} \d{{4}}\b"
    rf"|(?:{_NUMBER}) (?:{_UNIT})|\b\d{{1,3}}(?: \d{{3}})+\b"
    r"|§§? \d+|\b(?:punkt|point|sida|page) \d+|\b[A-ZÅÄÖ]{2,6} \d{4}[/:-]\d+",
    re.IGNORECASE,
)


def wrapped(line: str, indent: str = "", hanging: str | None = None) -> list[str]:
    """One line as lines of at most `TERMINAL_COLUMNS`, `hanging` (default: `indent`) before all but the first.

    Broken at spaces, but where it can be helped not within "15 000 kronor", "den 1 mars 2024" or "§ 23", nor before a marker.
    """
    kept = _KEPT.sub(lambda match: match.group().replace(" ", _GLUE), plain(" ".join(line.split())))
    kept = re.sub(r" (?=\[\d+\])", _GLUE, kept)
    kept = re.sub(
        r"[^ ]+",
        lambda run: run.group() if len(run.group()) <= MAX_KEPT_CHARS else run.group().replace(_GLUE, " "),
        kept,
    )
    lines = textwrap.wrap(
        kept,
        TERMINAL_COLUMNS,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [each.replace(_GLUE, " ") for each in lines]
