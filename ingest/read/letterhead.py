"""Letterheads: labels and their values, and page headers and footers as short lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.read.blocks import Block, Heading, Table
from ingest.read.tidy import tidy

# What stands over or before the values in a letterhead.
_LABEL = re.compile(
    r"(?:(?:sammanträdes|mötes|besluts|ankomst)?datum|dnr|(?:diarie|ärende)(?:nr|nummer|beteckning)|beteckning"
    r"|(?:vår|er|vårt|ert)\s(?:referens|beteckning|dnr|datum)|handläggare|referens|kontaktperson|plats(?:\soch\stid)?|tid"
    r"|mottagare|till|från|sid(?:a|nr)|version|dokument(?:typ|namn|ansvarig|id)"
    r"|(?:antag(?:en|et)|fastställ(?:d|t)|beslutad)(?:\sav)?|giltig(?:t|het)?(?:\s(?:från|till|t\.o\.m\.|fr\.o\.m\.))?)\s*:?",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an|or|nr)?\.?|page)?[\s–-]*\d{0,3}\s*(?:\(\s*\d{0,4}\s*\)|/\s*\d{0,4}|(?:av|of)\s*\d{0,4})?[\s–-]*",
    re.IGNORECASE,
)


def is_label(words: str) -> bool:
    """Whether `words` are what a letterhead puts over or before a value ("Datum", "Dnr:", "Handläggare")."""
    return bool(_LABEL.fullmatch(words))


def paired(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines "Datum 2024-05-13" of a table that is a letterhead, labels over or before their values; else nothing."""
    if all(len(row) == 2 and is_label(row[0]) for row in rows):
        return [" ".join(row) for row in rows]
    labels = [words for words in rows[0] if is_label(words)] if len(rows) == 2 else []
    if len(labels) >= min(2, sum(map(bool, rows[0]))) > 0 and len(rows[0]) >= len(rows[1]):
        return list(_said_together(rows))
    return []


def letterhead(stories: Iterable[Iterable[Block]]) -> str:
    """The lines of page headers or footers, each once: what tabs or cells set apart is a line, page numbers are left out."""
    lines: dict[str, None] = {}
    for story in stories:
        for line in _said_together(list(_rows(story))):
            if not _PAGE_NUMBER.fullmatch(line):
                lines[line] = None
    return "\n".join(lines)


def _rows(blocks: Iterable[Block]) -> Iterator[list[str]]:
    """Line by line what stands side by side."""
    for block in blocks:
        if isinstance(block, Table):
            for cells_of_row in block.rows:
                cells = [list(_rows(cell.blocks)) for cell in cells_of_row]
                if all(len(cell) <= 1 for cell in cells):
                    yield [" ".join(filter(None, cell[0])) if cell else "" for cell in cells]
                else:
                    for cell in cells:
                        yield from cell
        else:
            text = block.words if isinstance(block, Heading) else block.text
            for line in text.split("\n"):
                if any(row := [tidy(part) for part in line.split("\t")]):
                    yield row


def _said_together(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The texts in reading order, a label together with the value below it, or else beside it."""
    said: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else []
        for place, words in enumerate(row):
            if not words or (number, place) in said:
                continue
            value = ""
            if is_label(words):
                for at, where in (((number + 1, place), below), ((number, place + 1), row)):
                    if at[1] < len(where) and where[at[1]] and not is_label(where[at[1]]) and at not in said:
                        value = where[at[1]]
                        said.add(at)
                        break
            yield f"{words} {value}".strip()
