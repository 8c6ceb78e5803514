"""Row: a row of a table as one readable line, the column that was asked for first."""

from __future__ import annotations

import re

from assistant.question import Ask
from assistant.words import found, letters, numbers_in
from ingest.model import Row

_WORD = re.compile(r"[^\W\d_]{4,}")  # "kostnad" and "antal" too, which aren't searched for
ONLY_HERE = 2  # what a number of the question in a column's name is worth when the document's title doesn't hold it


def row_line(row: Row, ask: Ask, title: str | None) -> str:
    """The row's cells with the names of their columns: "Matdistribution: Avgift 58, Enhet kr/portion".

    Nothing is said but the words of cells, with signs between them. The cells of the columns that the question names come
    before the others; `title` is the document's, whose year tells documents apart and not columns.
    """
    (name, label), *others = row.named_cells or (("", ""),)
    if not row.cells or label != row.cells[0] or not others:
        others, label = list(row.named_cells), ""
    elif name and label[:1].isdigit():
        label = _said(name, label)
    asked = sorted(others, key=lambda cell: -_asked_for(cell[0], ask, title or ""))
    cells = [_said(*cell) for cell in asked]
    values = ("; " if any("," in cell for cell in cells) else ", ").join(cells)
    return f"{label}: {values}" if label else values


def _said(name: str, cell: str) -> str:
    """A cell after the name of its column; a figure is not to run into one at the end of that name."""
    return f"{name}{':' if name[-1].isdigit() else ''} {cell}" if name and name != cell else cell


def _asked_for(name: str, ask: Ask, title: str) -> float:
    """How much of the question stands in a column's name: its numbers before its words."""
    there, of_document = numbers_in(name), numbers_in(title)
    numbers = sum(ONLY_HERE - (number in of_document) for number in ask.numbers if number in there)
    words = (*ask.own_words, *((word,) for word in _WORD.findall(ask.own_text.casefold())))
    return numbers + sum(found(word, letters(name)) for word in words) / (1 + len(words))
