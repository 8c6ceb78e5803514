"""Parts: the papers bound into one file, each with its own kind: a proposal's statements, official letter, motion and annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.dates import first_date
from ingest.dnr import dnr_labelled_in
from ingest.elements import Element, Heading
from ingest.genres import MINUTES, UNKNOWN, Genre, Source, genre_of_mark, genre_of_title
from ingest.model import Span
from ingest.vocabulary import known_heading

BOUND = frozenset(
    {"handling", "kallelse", "tjänsteskrivelse", "protokollsutdrag", "protokoll"}
)  # genres that hold others
_CELLS = re.compile(r"\t+|\s{2,}")
_ANNEX = re.compile(r"bilaga\s(?:[A-ZÅÄÖ]|\d{1,2}(?:\.\d)?)(?:\s*[.:–-]?\s+(?P<title>[A-ZÅÄÖ].*))?[.:]?", re.IGNORECASE)
# What a letterhead says beside the genre: who, which matter, which parties.
_LETTERHEAD = re.compile(
    r"handläggare\b|utfärdat\b|ärende\s?nr|ärendenummer|diarienummer|dnr\b|datum\b|\(?[A-ZÅÄÖ]{1,3}(?:,\s?[A-ZÅÄÖ]{1,3})+\)?$",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"(?:kapitel\s\d+\s)?(?:(?:befintlig|gällande|nuvarande|förslag(?:\still)?|ny|nytt|reviderad|uppdaterad)\w{0,2}\s)?",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(r"\b(?:befintlig|gällande|nuvarande)", re.IGNORECASE)
_FIRST = re.compile(r"(?:kapitel\s1|1\skap)\b|§\s?1\b|1\s§", re.IGNORECASE)
NEAR = 2  # elements below the genre's name that may belong to its letterhead
MAX_NAME_CHARS = 100


@dataclass(frozen=True)
class Part:
    """A paper within the file: what its first line calls it, its genre, and whether it is said to be in force already."""

    heading: Heading
    genre: Genre
    in_force: bool = False


def part_at(elements: Sequence[Element], number: int, genre: Genre) -> Part | None:
    """The part that begins with element `number` of a file whose own genre is `genre`, if one does."""
    if genre.name not in BOUND:
        return None
    element = elements[number]
    first = _cells(element)
    if annex := _annex(elements, number, first[0]) or _statutes(elements, number, first[0]):
        return annex
    named = genre_of_mark(first[0])
    if named is None or (named is genre and genre.name != "handling") or genre.name in MINUTES:
        return None  # a paper's own name comes back on its pages
    beside = [*first, *_further(element)]
    for below in elements[number + 1 : number + 1 + NEAR]:
        beside.extend([*_cells(below), *_further(below)])
    if named.name == "handling":  # an earlier bundle's first page, with one paper of it
        named = next(filter(None, map(genre_of_title, beside)), named)
    elif first_date(first[0]) is None and not any(map(_is_letterhead, beside)):
        return None
    return Part(Heading(first[0], 0, _span(element)), named)


def _annex(elements: Sequence[Element], number: int, words: str) -> Part | None:
    """An annex begins where one is named on a line of its own; where several are, they are listed."""
    match = _ANNEX.fullmatch(words)
    around = [*elements[max(0, number - 1) : number], *elements[number + 1 : number + 2]]
    if match is None or len(words) > MAX_NAME_CHARS or words.endswith((".", ",")) or _listed(elements, number):
        return None
    if any(_ANNEX.match(_cells(other)[0]) for other in around):
        return None
    title = match.group("title") or ""
    below = " ".join(_cells(elements[number + 1])) if number + 1 < len(elements) else ""
    bare = _QUALIFIED.sub("", title)
    genre = genre_of_title(bare) or genre_of_mark(bare) or genre_of_title(below) or genre_of_mark(below)
    return Part(Heading(words, 0, _span(elements[number])), genre or UNKNOWN, bool(_IN_FORCE.search(title)))


def _statutes(elements: Sequence[Element], number: int, words: str) -> Part | None:
    """Rules begin with their title alone on a line and their first chapter or § below it, annexed or not."""
    genre = genre_of_title(words)
    if (
        genre is None
        or genre.source is not Source.ADOPTION
        or len(words) > MAX_NAME_CHARS
        or words.endswith((".", ","))
    ):
        return None
    below = _cells(elements[number + 1])[0] if number + 1 < len(elements) else ""
    return Part(Heading(words, 0, _span(elements[number])), genre) if _FIRST.match(below) else None


def _listed(elements: Sequence[Element], number: int) -> bool:
    """Whether the nearest heading above announces a list, as of annexes."""
    above = next((element for element in reversed(elements[:number]) if isinstance(element, Heading)), None)
    known = known_heading(above.words) if above else None
    return bool(known and known.lists)


def _is_letterhead(words: str) -> bool:
    short = len(words) <= MAX_NAME_CHARS and not words.endswith((".", ":"))
    return bool(_LETTERHEAD.match(words) or (short and (first_date(words) or dnr_labelled_in(words))))


def _cells(element: Element) -> list[str]:
    """What stands side by side on the first line."""
    words = element.words if isinstance(element, Heading) else element.words[0]
    return [cell for cell in _CELLS.split(words) if cell] or [""]


def _further(element: Element) -> list[str]:
    return [] if isinstance(element, Heading) else list(element.words[1:4])


def _span(element: Element) -> Span:
    return element.span if isinstance(element, Heading) else element.pieces[0]
