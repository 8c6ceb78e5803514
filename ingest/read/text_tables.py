"""Tables of plain text and Markdown: cells between strokes, between tabs, or in columns that white space divides.

The text stays as it is: rows are stretches of it, and their cells are said beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.read.aligned_tables import aligned_tables
from ingest.read.divided_tables import divided_tables
from ingest.read.extract import Table
from ingest.read.text_lines import TextLine

_LINE = re.compile(r"[^\n\f]+")


def tables_in(text: str, known: Sequence[Table] = ()) -> tuple[Table, ...]:
    """All tables of `text` in order, those `known` among them; no two share a line."""
    taken = [(table.rows[0].start, table.rows[-1].end) for table in known]
    found = list(known)
    for run in _runs(text):
        if any(start < run[-1].end and run[0].start < end for start, end in taken):
            continue
        divided = divided_tables(run)
        found += divided or aligned_tables(run)
    return tuple(sorted(found, key=lambda table: table.rows[0].start))


def _runs(text: str) -> Iterator[list[TextLine]]:
    """Runs of lines that neither a blank line nor a page break divides."""
    run: list[TextLine] = []
    position = 0
    for match in _LINE.finditer(text):
        line = TextLine(match.start(), match.group())
        if run and (not line.words or match.start() - position > 1 or text[position] == "\f"):
            yield run
            run = []
        if line.words:
            run.append(line)
        position = match.end()
    if run:
        yield run
