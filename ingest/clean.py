"""Clean: what stands on a page without belonging to its text is set aside: letterhead, running headers and footers.

Nothing is deleted: cleaning says which lines are furniture, the text stays as it was read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from ingest.lines import Line, paragraphs_of
from ingest.model import Span
from ingest.vocabulary import known_heading

# Labels of a Swedish authority's letterhead, alone on a line or before their value.
_CONTACT = re.compile(
    r"(?:post|besöks|leverans|faktura)adress|telefon(?:växel)?|tel\.?|växel|(?:tele)?fax|webb(?:plats|adress)?|hemsida"
    r"|e-?post(?:adress)?|bank-?giro|plus-?giro|org(?:anisations)?\.?\s?-?(?:nr|nummer)",
    re.IGNORECASE,
)
_CONTACT_LABEL = re.compile(rf"(?:{_CONTACT.pattern})(?:\s+och\s+(?:{_CONTACT.pattern}))?\s*(?::.*)?", re.IGNORECASE)
MIN_CONTACT_PARAGRAPHS = 3  # fewer are a contact given in the text, not a letterhead
MAX_CONTACT_LINES = 4
MIN_REPEATS = 3  # a line that returns this often with other page numbers only is page furniture
MAX_FURNITURE_CHARS = 90

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an|or)?\.?\s*)?\d{1,4}\s*(?:\(\s*\d{1,4}\s*\)|/\s*\d{1,4}|av\s+\d{1,4})", re.IGNORECASE
)
# What stands at the head or foot of every page of minutes, where an export has dropped the page number beside it.
_RUNNING_TITLE = re.compile(
    r"(?P<body>\S.{2,60}), (?:sammanträdes)?protokoll|sammanträdesprotokoll|protokoll \(?nr\.? \d+\)?"
    r"|sammanträdesdatum:? \d{4}-\d{2}-\d{2}",
    re.IGNORECASE,
)
# Dots that lead to a page number: a table of contents. A run of dots is looked at once, from its beginning.
_LEADERS = re.compile(r"(?<!\.)(?<!\. )(?:\. ?){5,}+\s*\d{1,4}(?=\s|$)")


def furniture(lines: list[Line]) -> frozenset[int]:
    """Indices into `lines` of the lines that are furniture, told by their words alone."""
    contents = [line for line in lines if _LEADERS.search(line.words)]
    return _indices([*_running_lines(lines), *_running_titles(lines), *contents], lines) | letterhead(lines)


def letterhead(lines: list[Line]) -> frozenset[int]:
    """Indices into `lines` of the lines of a letterhead."""
    return _indices(_letterheads(lines), lines)


def lines_within(lines: list[Line], spans: Sequence[Span]) -> frozenset[int]:
    """Indices into `lines` of those that lie in one of the spans, which are in order."""
    starts = [span.start for span in spans]
    inside = set()
    for number, line in enumerate(lines):
        place = bisect_right(starts, line.span.start) - 1
        if not line.blank and place >= 0 and line.span.end <= spans[place].end:
            inside.add(number)
    return frozenset(inside)


def _indices(some: list[Line], lines: list[Line]) -> frozenset[int]:
    index = {id(line): number for number, line in enumerate(lines)}
    return frozenset(index[id(line)] for line in some)


def _letterheads(lines: list[Line]) -> list[Line]:
    """Runs of short paragraphs headed by contact labels, with the department's name above them."""
    paragraphs = list(paragraphs_of(lines))
    aside: list[Line] = []
    start = 0
    while start < len(paragraphs):
        end = start
        while end < len(paragraphs) and _is_contact(paragraphs[end]):
            end += 1
        if end - start >= MIN_CONTACT_PARAGRAPHS:
            above = paragraphs[start - 1] if start else []
            if len(above) == 1 and above[0].words.startswith("#"):
                aside.extend(above)
            for paragraph in paragraphs[start:end]:
                aside.extend(paragraph)
        start = max(end, start + 1)
    return aside


def _is_contact(paragraph: list[Line]) -> bool:
    return len(paragraph) <= MAX_CONTACT_LINES and bool(_CONTACT_LABEL.fullmatch(paragraph[0].words))


def _carries_structure(words: str) -> bool:
    """§§, points and prescribed headings return on many pages too, and mean something."""
    return (
        words.startswith(("§", "#", "-", "•"))
        or (words[0].isdigit() and ". " in words[:5])
        or bool(known_heading(words))
    )


def _running_lines(lines: list[Line]) -> list[Line]:
    """Lines that come back page after page, beside a page number."""
    numbers = [number for number, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.words)]
    if len(numbers) < MIN_REPEATS:
        return []
    near: dict[int, str] = {}
    for number in numbers:
        for neighbour in range(max(0, number - 4), min(len(lines), number + 7)):
            words = lines[neighbour].words
            if words and len(words) <= MAX_FURNITURE_CHARS and not _carries_structure(words):
                near[neighbour] = _NUMBER.sub("0", words)
    shapes = Counter(near.values())
    at_least = max(MIN_REPEATS, len(numbers) // 2)
    return [lines[neighbour] for neighbour, shape in near.items() if shapes[shape] >= at_least]


def _running_titles(lines: list[Line]) -> list[Line]:
    """Lines that name the minutes, time and again, and the name of the body alone on the line below."""
    spoken = [line for line in lines if not line.blank]
    titles = {number: match for number, line in enumerate(spoken) if (match := _RUNNING_TITLE.fullmatch(line.words))}
    often = Counter(_NUMBER.sub("0", spoken[number].words) for number in titles)
    found = []
    for number, match in titles.items():
        if often[_NUMBER.sub("0", spoken[number].words)] < MIN_REPEATS:
            continue
        found.append(spoken[number])
        below = spoken[number + 1] if number + 1 < len(spoken) else None
        if below and match["body"] and match["body"].endswith(below.words):
            found.append(below)
    return found
