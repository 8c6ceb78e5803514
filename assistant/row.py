"""Row: what a row of a table tells of a question, and the row as one readable line, the column that was asked for first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.question import Ask
from assistant.words import Weighed, found, letters, missing_names, numbers_covered, numbers_in
from ingest.model import Row

_WORD = re.compile(r"[^\W\d_]{4,}")  # "kostnad" and "antal" too, which aren't searched for
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s?[–-]\s?((?:19|20)\d\d))?\b")
_OPEN = re.compile(r"\b(?:sedan|från|fr\.o\.m|till|t\.o\.m|före|efter)\b", re.IGNORECASE)  # more years than it names
_TOTAL = re.compile(r"(?:summa|totalt?|sammanlagt|samtliga|hela)\b", re.IGNORECASE)
SAID_OF_ROW = 0.1  # share of the weight of the question's words that a row's label must hold
MAX_SPAN_YEARS = 50
ONLY_HERE = 2  # what a number of the question in a column's name is worth when it isn't the document's year


def is_asked_for(row: Row, ask: Ask, words: Weighed) -> bool:
    """Whether the question says anything of what tells this row from the others, or the row is their sum.

    `words` are the question's own, weighed. Where it doesn't, the caption and the names of the columns speak for the table, and
    no more for this row than for another.
    """
    label = _label(row)
    return bool(
        _TOTAL.match(label)
        or words.coverage(letters(label)) >= SAID_OF_ROW
        or set(_WORD.findall(ask.own_text.casefold())) & set(_WORD.findall(label.casefold()))
        or len(missing_names(ask.names, label)) < len(ask.names)
        or numbers_covered(label) & set(ask.numbers)
    )


def numbers_elsewhere(
    row: Row, table: Sequence[Row], ask: Ask, title: str | None, heading: str | None
) -> tuple[str, ...]:
    """The numbers of the question that show that another row, or another document's, is meant.

    Either another row of the `table` bears them ("190 liter") and this one does not, or this one tells of years, in its label or the
    names of its columns, that are none of those asked for. The document's own year, the first of its `title`, isn't asked for in
    this sense, nor are those of the `heading` and caption above.
    """
    own = numbers_covered(_label(row))
    borne = tuple(number for number in ask.numbers if any(number in numbers_covered(_label(other)) for other in table))
    if borne and not own & set(borne):
        return borne
    years = _YEAR.search(_label(row)) is not None
    where = _label(row) if years else " ".join(row.names[1:])
    told = set() if _OPEN.search(where) else set(_years(where))
    above = numbers_in(f"{_own_year(title)} {heading} {row.caption}")
    asked = [number for number in ask.numbers if _YEAR.match(number) and number not in above]
    return tuple(asked) if told and asked and not any(number[:4] in told for number in asked) else ()


def row_line(row: Row, ask: Ask, title: str | None) -> str:
    """The row's cells with the names of their columns: "Matdistribution: Avgift 58, Enhet kr/portion".

    Nothing is said but the words of cells, with signs between them. The cells of the columns that the question names come
    before the others; `title` is the document's, whose first year tells documents apart and not columns.
    """
    (name, label), *others = row.named_cells or (("", ""),)
    if not row.cells or label != row.cells[0] or not others:
        others, label = list(row.named_cells), ""
    elif name and label[:1].isdigit():
        label = _said(name, label)
    asked = sorted(others, key=lambda cell: -_asked_for(cell[0], ask, title))
    cells = [_said(*cell) for cell in asked]
    values = ("; " if any("," in cell for cell in cells) else ", ").join(cells)
    return f"{label.rstrip(':')}: {values}" if label else values


def _said(name: str, cell: str) -> str:
    """A cell after the name of its column; a figure is not to run into one at the end of that name."""
    return f"{name}{':' if name[-1].isdigit() else ''} {cell}" if name and name != cell else cell


def _asked_for(name: str, ask: Ask, title: str | None) -> float:
    """How much of the question stands in a column's name: its numbers before its words."""
    there, own = numbers_in(name), _own_year(title)
    numbers = sum(ONLY_HERE - (number == own) for number in ask.numbers if number in there)
    words = (*ask.own_words, *((word,) for word in _WORD.findall(ask.own_text.casefold())))
    return numbers + sum(found(word, letters(name)) for word in words) / (1 + len(words))


def _label(row: Row) -> str:
    """What tells the row from the others: its first cell."""
    return row.cells[0] if row.cells else ""


def _own_year(title: str | None) -> str | None:
    """The year that a document is for: the first of its title."""
    match = _YEAR.search(title or "")
    return match.group() if match else None


def _years(words: str) -> Iterator[str]:
    """The years that some words name, with those between the ends of a span."""
    for match in _YEARS.finditer(words):
        first, last = int(match[1]), int(match[2] or match[1])
        yield from map(str, range(first, max(first, min(last, first + MAX_SPAN_YEARS)) + 1))
