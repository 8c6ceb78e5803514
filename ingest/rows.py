"""Rows: what the rows of a table are read with: the row that names its columns, and what the table is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.elements import Element, Prose, plain_words
from ingest.model import Row, Sentence, Span

MAX_CAPTION_CHARS = 160
_LABEL = re.compile(r"tabell(?:\s+\d+)?\s*[.:–-]\s+", re.IGNORECASE)  # "Tabell 1. Måltidsavgifter"


def sentences_of_rows(elements: Sequence[Element], number: int, heading: str | None) -> tuple[Sentence, ...]:
    """The rows of the table, element `number`, as sentences; `heading` is the nearest one above it.

    A table that goes on after another, as after the foot of a page, has the names of that one's columns and its caption.
    """
    table, first = elements[number], _first_part(elements, number)
    assert isinstance(table, Prose)
    caption = _caption(elements[first - 1] if first else None) or heading
    named = elements[first]
    assert isinstance(named, Prose)
    names = named.rows[0] if named.named else ()
    head = named.pieces[0] if named.named else None
    return tuple(
        Sentence((piece,), _row(cells, names, head, caption))
        for piece, cells in zip(table.pieces, table.rows, strict=True)
    )


def _row(cells: tuple[str, ...], names: tuple[str, ...], head: Span | None, caption: str | None) -> Row:
    return Row(cells, tuple(map(plain_words, names)), head, caption)


def _first_part(elements: Sequence[Element], number: int) -> int:
    """The element that the table begins with."""
    while number:
        here, above = elements[number], elements[number - 1]
        if not (isinstance(here, Prose) and isinstance(above, Prose)) or here.named or _width(here) != _width(above):
            break
        number -= 1
    return number


def _width(table: Prose) -> int:
    return max(map(len, table.rows), default=0)


def _caption(above: Element | None) -> str | None:
    """The words right above a table, where they are a name for it or lead to it."""
    if not isinstance(above, Prose) or above.rows or above.signature:
        return None
    words = plain_words(" ".join(above.words))
    if len(words) > MAX_CAPTION_CHARS or (words.endswith((".", "!", "?")) and not _LABEL.match(words)):
        return None
    return _LABEL.sub("", words).rstrip(" :") or None
