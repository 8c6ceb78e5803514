"""Title: which of the first lines says what the paper is about."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.elements import Element, Heading, Prose, plain_words
from ingest.model import Span
from ingest.vocabulary import known_heading

MAX_TITLE_CHARS = 250
OF_A_PART = re.compile(r"\s*(?:§|\d+\s*(?:§|kap\b))")  # "1 § Avgift" is the heading of a part, not the title of a paper
FIRST = 40  # elements among which the title is looked for


def title_of(elements: list[Element], is_letterhead: Callable[[str], bool]) -> tuple[Heading | None, list[Element]]:
    """The document's title, and the elements with it as a heading.

    It is the highest of the headings above the text that are no letterhead, or else the last line there that isn't.
    """
    opening = _opening(elements)
    headings = [
        element
        for element in elements[:opening]
        if isinstance(element, Heading) and element.level < 4 and not is_letterhead(element.words)
    ]
    if headings:
        best = min(headings, key=lambda heading: heading.level)
        if best.level < 3 or opening < len(elements):
            return best, elements
    candidates = [
        number
        for number, element in enumerate(elements[:opening])
        if isinstance(element, Prose) and _may_be(element, is_letterhead)
    ]
    if not candidates:
        return None, elements
    number = candidates[-1]
    prose = elements[number]
    assert isinstance(prose, Prose)
    words = " ".join(plain_words(part) for part in prose.words)
    title = Heading(words, 1, Span(prose.pieces[0].start, prose.pieces[-1].end))
    return title, [*elements[:number], title, *elements[number + 1 :]]


def _opening(elements: list[Element]) -> int:
    """Index of the first element that belongs to the text."""
    for number, element in enumerate(elements[:FIRST]):
        if isinstance(element, Heading):
            if element.paragraph or known_heading(element.words) or OF_A_PART.match(element.words):
                return number
        elif not element.rows and (element.item or element.ends):
            return number
    return min(FIRST, len(elements))


def _may_be(prose: Prose, is_letterhead: Callable[[str], bool]) -> bool:
    words = " ".join(plain_words(part) for part in prose.words)
    return (
        not prose.rows
        and not prose.signature
        and 3 < len(words) <= MAX_TITLE_CHARS
        and (words[0].isupper() or words[0].isdigit())
        and words[-1] not in ".,:;"
        and not any(is_letterhead(plain_words(part)) for part in prose.words)
    )
