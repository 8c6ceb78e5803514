"""Diarienummer: the number under which an authority registers a matter."""

from __future__ import annotations

import re

from ingest.head import Head

_LABEL = r"(?:(?:vårt\s)?(?:dnr|diarienr|diarienummer|ärendenr|ärendenummer|ärendebeteckning|diariebeteckning)|vår beteckning)"
_NUMBER = (
    r"(?:[A-ZÅÄÖ]{2,8}[ /-]?\d{4}[/:.-]\d{1,6}(?:-\d{1,4})?|[A-ZÅÄÖ]{2,8}[ /-]\d{4}[ -]\d{2,6}"
    r"|(?!(?:19|20)\d\d-\d\d-\d\d)\d{4}[/:-]\d{1,6}(?:-\d{1,4})?|\d{1,5}/\d{2})(?![\d-])"
)
_LABELLED = re.compile(rf"(?<!\bert\s)(?<!\ber\s)\b{_LABEL}\.?\s*:?\s*({_NUMBER})", re.IGNORECASE)
_BARE = re.compile(r"\b([A-ZÅÄÖ]{2,6} \d{4}/\d{2,6})\b")  # of a form nothing else has
_LINE = re.compile(rf"{_LABEL}\.?\s*:?\s*({_NUMBER})\s*", re.IGNORECASE)


def dnr_of_line(words: str) -> str | None:
    """The diarienummer a line bears and nothing else, as below the heading of a § in minutes."""
    match = _LINE.fullmatch(words)
    return match.group(1) if match else None


def dnr_of_head(head: Head, title: str | None) -> str | None:
    """The number the paper bears; a number in its text is another paper's or, in minutes, a §'s."""
    for words in (*(" ".join(line) for line in head.lines), *head.aside):
        if match := _LABELLED.search(words):
            return match.group(1)
    label = re.compile(rf"{_LABEL}\.?\s*:?\s*$", re.IGNORECASE)
    for value, *_ in head.labelled(label):
        if match := re.match(_NUMBER, value):
            return match.group()
    for words in (*head.cells, title or ""):
        if match := _BARE.search(words):
            return match.group(1)
    return None


def dnr_labelled_in(text: str) -> str | None:
    """The first number in `text` that a label says is one."""
    match = _LABELLED.search(text)
    return match.group(1) if match else None
