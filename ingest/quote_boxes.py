"""Quote boxes: where some words of a document's stored text stand on a page of its file.

The page is read anew to get the places of its signs. Read by the same program it has the same text, and offsets say all; read
by another (a newer Tesseract, say) it may differ in its spaces, hyphens and ligatures, and the words are looked up by their
letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingest.model import Span

if TYPE_CHECKING:
    from ingest.read.pdf_text import PageText
    from ingest.read.pdf_word import Box

ANCHOR = 24  # letters at either end by which words are found whose middle reads otherwise
STRETCH = 1.3  # times as many letters as in the stored text may stand between them


def quote_boxes(page: PageText, stored: str, spans: Sequence[Span]) -> tuple[Box, ...]:
    """The rectangles that cover `spans` of the page's `stored` text, one a line, as shares (0-1) of its width and height.

    What can't be found on the page has none: a box around other words would be worse.
    """
    from ingest.read.pdf_boxes import boxes_on

    places = spans if page.text.rstrip() == stored.rstrip() else list(_found(page.text, stored, spans))
    return tuple(box for place in places for box in boxes_on(page, place.start, place.end))


def _found(text: str, stored: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Where the words of the spans stand in another reading of the same page."""
    letters, places = _letters(text)
    for span in spans:
        wanted, _ = _letters(span.of(stored))
        before = len(_letters(stored[: span.start])[0])
        if wanted and (at := _nearest(letters, wanted, before)):
            yield Span(places[at.start], places[at.end - 1] + 1)


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, without case and ligatures, and where in it each stands."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in unicodedata.normalize("NFKC", sign).casefold():
            if letter.isalnum():
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _nearest(letters: str, wanted: str, expected: int) -> Span | None:
    """The occurrence of `wanted` that begins nearest to the expected place; its middle may read otherwise."""
    if starts := list(_occurrences(letters, wanted)):
        start = min(starts, key=lambda start: abs(start - expected))
        return Span(start, start + len(wanted))
    if len(wanted) < 2 * ANCHOR:
        return None
    heads, tails = wanted[:ANCHOR], wanted[-ANCHOR:]
    pairs = [
        Span(start, end + ANCHOR)
        for start in _occurrences(letters, heads)
        for end in _occurrences(letters, tails)
        if len(wanted) / STRETCH <= end + ANCHOR - start <= len(wanted) * STRETCH
    ]
    return min(pairs, key=lambda pair: abs(pair.start - expected), default=None)


def _occurrences(letters: str, wanted: str) -> Iterator[int]:
    at = letters.find(wanted)
    while at >= 0:
        yield at
        at = letters.find(wanted, at + 1)
