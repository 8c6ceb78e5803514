"""Tables whose cells a sign divides: a stroke as in Markdown (`| Avgift | 2022 |`), or a tab."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.model import Span
from ingest.read.extract import Table
from ingest.read.tables import is_figure, names_columns
from ingest.read.text_lines import TextLine, cell_words

_DIVIDERS = (re.compile(r"(?<!\\)\|"), re.compile(r"\t+"))
_RULE = re.compile(r"[|+\s:=\-–—─┼]*[-=–—─]{2,}[|+\s:=\-–—─┼]*|\|?\s*:?-:?\s*(?:\|\s*:?-:?\s*)+\|?")
MIN_ROWS = 2  # of a table with a rule
MIN_ROWS_WITHOUT_RULE = 3


@dataclass(frozen=True)
class _Row:
    span: Span
    cells: tuple[str, ...]


def divided_tables(run: Sequence[TextLine]) -> list[Table]:
    """The tables in a run of lines without a blank one between them."""
    for divider in _DIVIDERS:
        if sum(bool(divider.search(line.written)) for line in run) >= MIN_ROWS:
            return [table for part in _parts(run, divider) if (table := _table(part, divider))]
    return []


def _parts(run: Sequence[TextLine], divider: re.Pattern[str]) -> list[list[TextLine]]:
    """Stretches of rows and rules."""
    parts: list[list[TextLine]] = [[]]
    for line in run:
        if _RULE.fullmatch(line.words) or divider.search(line.words):
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return parts


def _table(lines: Sequence[TextLine], divider: re.Pattern[str]) -> Table | None:
    rules = [line for line in lines if _RULE.fullmatch(line.words)]
    rows = [row for line in lines if line not in rules and (row := _row(line, divider))]
    if len(rows) < MIN_ROWS or max(len(row.cells) for row in rows) < 2:
        return None
    cells = [row.cells for row in rows]
    has_figures = any(is_figure(cell) for row in cells[1:] for cell in row[1:])
    if not rules and (len(rows) < MIN_ROWS_WITHOUT_RULE or len(set(map(len, cells))) > 1 or not has_figures):
        return None
    second = rows[1].span.start
    ruled_off = any(rows[0].span.end < rule.start < second for rule in rules)
    return Table(
        tuple(row.span for row in rows),
        header=ruled_off or names_columns(cells),
        cells=tuple(cells),
        rules=tuple(rule.span for rule in rules),
    )


def _row(line: TextLine, divider: re.Pattern[str]) -> _Row | None:
    """The cells of a line, and the stretch from its first word to its last; None when it holds no word."""
    edges = [0, *(edge for match in divider.finditer(line.written) for edge in match.span()), len(line.written)]
    places = [
        (begin + len(words) - len(words.lstrip()), begin + len(words.rstrip()), words.strip())
        for begin, end in zip(edges[::2], edges[1::2], strict=True)
        for words in [line.written[begin:end]]
    ]
    if not places[0][2]:
        places = places[1:]
    if places and not places[-1][2] and divider.fullmatch(line.words[-1]):
        places = places[:-1]
    spoken = [place for place in places if place[2]]
    if not spoken:
        return None
    span = Span(line.start + spoken[0][0], line.start + spoken[-1][1])
    return _Row(span, tuple(cell_words([words.replace("\\|", "|")]) for _, _, words in places))
