"""What every reader gives back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ingest.model import Span

_DIVIDER = re.compile(r"(?:^|\s)\|(?=\s|$)")


@dataclass(frozen=True)
class Note:
    """Something about a file that was read which the user should know: a part that could not be read, or reads badly.

    `page` is the 1-based page it is about, or None for the whole file.
    """

    page: int | None
    reason: str
    remedy: str


class UnreadableError(ValueError):
    """A whole file that cannot be read, with what the user can do about it; the caller adds the file's name."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True)
class Table:
    """A table: each row is one line of the text, its cells separated by ` | ` (an empty cell keeps its place).

    Where the file has its own way of dividing them, `cells` holds the words of each row's cells, a row may run over several
    lines, and `rules` are the lines that only divide rows. `header` says that the first row names the columns.
    """

    rows: tuple[Span, ...]
    header: bool
    cells: tuple[tuple[str, ...], ...] = ()
    rules: tuple[Span, ...] = ()

    def cells_of(self, text: str) -> tuple[tuple[str, ...], ...]:
        """The words of each row's cells; `text` is the one the rows are spans of."""
        return self.cells or tuple(tuple(cell.strip() for cell in _DIVIDER.split(row.of(text))) for row in self.rows)


@dataclass(frozen=True)
class Extract:
    """The text of one file, NFC with `\\n` line ends; every later position points into it.

    `pages` holds the offset at which each page begins (empty for a file without pages); `markup` says that lines
    carry Markdown marks. `aside` are the spans of `text` that are page furniture: running headers and footers, page
    numbers, the repeated header rows of a table. `headings` holds the offset of each line the typography or the tags of
    the file make a heading, with its level 1-3; neighbouring lines of one level without a blank line between them are
    one heading. `notes` say what could not be read. `scanned` says that the file has pages for OCR, read or not.
    """

    text: str
    pages: tuple[int, ...] = ()
    markup: bool = False
    aside: tuple[Span, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()
    scanned: bool = False


def normalise(text: str) -> str:
    """NFC, one kind of line end, no byte order mark."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
