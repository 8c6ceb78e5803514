"""Words within a paragraph: bold, italic, forced line breaks and the spaces that must not break."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_MARK = re.compile(r"\\\*|\*\*|\*")
_GROUPS = re.compile(r"(?<![\d\u00a0])\d{1,3}(?: \d{3})+(?!\d)")
_AFTER = re.compile(r"(§§?|\bkl\.) (?=\S)")
_BEFORE_PARAGRAPH = re.compile(r"(?<=\d) (?=§)")
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class Run:
    """Words in one typeface. A `\\n` in them is a line break the author asked for."""

    words: str
    bold: bool = False
    italic: bool = False


Text = tuple[Run, ...]


def parse_inline(source: str) -> Text:
    """The runs of one paragraph's source, whose lines are already joined (`\\n` = forced break).

    Raises:
        ValueError: a mark of bold or italic is opened and not closed.
    """
    runs: list[Run] = []
    bold = italic = False
    words, position = "", 0

    def close() -> None:
        if words:
            runs.append(Run(words, bold, italic))

    for mark in _MARK.finditer(source):
        words += source[position : mark.start()]
        position = mark.end()
        if mark.group() == r"\*":
            words += "*"
            continue
        close()
        words = ""
        if mark.group() == "**":
            bold = not bold
        else:
            italic = not italic
    words += source[position:]
    close()
    if bold or italic:
        raise ValueError(f"a mark of {'bold' if bold else 'italic'} is opened and not closed in {source[:60]!r}")
    return tuple(runs)


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(run.words for run in text)


def bind_words(words: str) -> str:
    """Put no-break spaces where a line must not end: within numbers, after § and kl., between number and §."""
    words = _GROUPS.sub(lambda number: number.group().replace(" ", NO_BREAK_SPACE), words)
    words = _AFTER.sub(rf"\1{NO_BREAK_SPACE}", words)
    return _BEFORE_PARAGRAPH.sub(NO_BREAK_SPACE, words)


def bind(text: Text) -> Text:
    """`bind_words` on each run."""
    return tuple(replace(run, words=bind_words(run.words)) for run in text)
