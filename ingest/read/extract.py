"""What every reader gives back."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Extract:
    """The text of one file, NFC with `\\n` line ends; every later position points into it.

    `pages` holds the offset at which each page begins (empty for a file without pages); `markup` says that lines
    carry Markdown marks.
    """

    text: str
    pages: tuple[int, ...] = ()
    markup: bool = False


def normalise(text: str) -> str:
    """NFC, one kind of line end, no byte order mark."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
