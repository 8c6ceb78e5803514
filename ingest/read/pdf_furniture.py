"""Page furniture of a PDF: running headers and footers, found by place and repetition, or by the tags of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ingest.read.pdf_text import PageText, TextLine
from ingest.vocabulary import known_heading

HEAD, FOOT = 0.16, 0.86  # shares of the page's height: furniture stands above the first or below the second
SAME_PLACE = 5.0  # points between the same line on two pages
MIN_REPEATS = 3
MIN_REPEATS_SHORT = 2  # in a file of few pages, whose first often looks different
FEW_PAGES = 4
ALIKE = 0.8  # similarity of one line read twice by OCR
MAX_ARTIFACTS = 0.5  # share of the text; tags that call more furniture are wrong
MAX_SHAPES = 400  # different lines compared by similarity; more are no furniture
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an)?\.? ?)?\d{1,3} ?(?:\( ?\d{1,3} ?\)|/ ?\d{1,3}|av \d{1,3})|sid(?:a|an)?\.? ?\d{1,4}"
)
# Where the number of the page may stand in a line: before the number of pages, after the word, first, or last.
_PAGE_PLACE = re.compile(
    r"\b(\d{1,4}) ?(?:\(\d|/ ?\d|av \d)|sid(?:a|an)?\.? ?(\d{1,4})|^\W*(\d{1,4})\b(?![.)])|\b(\d{1,4})[ –|-]*$"
)


def furniture_of(pages: Sequence[PageText]) -> list[frozenset[int]]:
    """For each page the numbers of its lines that are furniture."""
    aside = [set(numbers) for numbers in _tagged(pages)]
    for numbers, found in zip(aside, _repeated(pages), strict=True):
        numbers.update(found)
    for numbers, page in zip(aside, pages, strict=True):
        numbers.update(_below_footer(page, numbers))
    for numbers, found in zip(aside, _repeated_headers(pages, aside), strict=True):
        numbers.update(found)
    return [frozenset(numbers) for numbers in aside]


def _tagged(pages: Sequence[PageText]) -> list[set[int]]:
    """The lines the tags call furniture."""
    total = sum(line.end - line.start for page in pages for line in page.lines)
    tagged = sum(line.end - line.start for page in pages for line in page.lines if line.artifact)
    if tagged > MAX_ARTIFACTS * total:
        return [set() for _ in pages]
    return [{number for number, line in enumerate(page.lines) if line.artifact} for page in pages]


def _repeated(pages: Sequence[PageText]) -> list[set[int]]:
    """The lines at the head and foot of pages that come back in the same place, word for word or but for the page number;
    a line that can be nothing but a page number is one."""
    at_least = MIN_REPEATS_SHORT if len(pages) <= FEW_PAGES else MIN_REPEATS
    seen: dict[tuple[bool, str], list[tuple[float, int, int]]] = defaultdict(list)
    aside: list[set[int]] = [set() for _ in pages]
    for place, page in enumerate(pages):
        for number, line in enumerate(page.lines):
            head = line.box.bottom < HEAD * page.height
            if (not head and line.box.top < FOOT * page.height) or _reaches_into_text(page, line):
                continue
            words = " ".join(page.text[line.start : line.end].split()).casefold()
            if known_heading(words):
                continue
            if _PAGE_NUMBER.fullmatch(words):
                aside[place].add(number)
            y = line.box.top if head else page.height - line.box.top
            for shape in _shapes(words, place):
                key = _like(_NUMBER.sub("0", shape), head, seen) if page.recognised else (head, shape)
                seen[key].append((y, place, number))
    for found in seen.values():
        for run in _near(sorted(found)):
            if len({place for _, place, _ in run}) >= at_least:
                for _, place, number in run:
                    aside[place].add(number)
    return aside


def _shapes(words: str, place: int) -> Iterator[str]:
    """A line as it is, and with the number of its page, where it may bear one, as a count from `place`."""
    yield words
    for match in _PAGE_PLACE.finditer(words):
        if not words.startswith(("§", "bilaga")):
            start, end = next(span for span in map(match.span, range(1, 5)) if span != (-1, -1))
            yield f"{words[:start]}{int(words[start:end]) - place}{words[end:]}\0"


def _reaches_into_text(page: PageText, line: TextLine) -> bool:
    """Whether a line is a row of a table that goes on into the middle of the page."""
    if line.table is None:
        return False
    rows = [other for other in page.lines if other.table == line.table]
    return rows[-1].box.bottom > HEAD * page.height and rows[0].box.top < FOOT * page.height


def _like(shape: str, head: bool, seen: dict[tuple[bool, str], list[tuple[float, int, int]]]) -> tuple[bool, str]:
    """The key of the line seen before that this one is a reading of, or its own."""
    key = (head, shape)
    if key in seen or len(seen) > MAX_SHAPES:
        return key
    for other in seen:
        if other[0] == head and SequenceMatcher(None, shape, other[1], autojunk=False).ratio() >= ALIKE:
            return other
    return key


def _near(found: list[tuple[float, int, int]]) -> list[list[tuple[float, int, int]]]:
    """Sightings in order of place, cut where the next is further off."""
    runs: list[list[tuple[float, int, int]]] = []
    for sighting in found:
        if runs and sighting[0] - runs[-1][-1][0] <= SAME_PLACE:
            runs[-1].append(sighting)
        else:
            runs.append([sighting])
    return runs


def _below_footer(page: PageText, aside: set[int]) -> set[int]:
    """The lines beside and below the first line of the footer: an address that stands on one page only."""
    tops = [page.lines[number].box.top for number in aside if page.lines[number].box.top > FOOT * page.height]
    if not tops:
        return set()
    return {
        number
        for number, line in enumerate(page.lines)
        if line.box.top >= min(tops) - 1 and not _reaches_into_text(page, line)
    }


def _repeated_headers(pages: Sequence[PageText], aside: Sequence[set[int]]) -> list[set[int]]:
    """The header rows of tables that go on from the page before."""
    found: list[set[int]] = []
    header = ""
    for page, numbers in zip(pages, aside, strict=True):
        repeated: set[int] = set()
        kept = [number for number in range(len(page.lines)) if number not in numbers]
        if kept and page.lines[kept[0]].table is not None and header:
            line = page.lines[kept[0]]
            if page.text[line.start : line.end] == header:
                repeated.add(kept[0])
        if not (kept and page.lines[kept[-1]].table is not None):
            header = ""
        elif page.lines[kept[-1]].table != page.lines[kept[0]].table or not (header and repeated):
            table = page.lines[kept[-1]].table
            first = next(line for line in page.lines if line.table == table)
            header = page.text[first.start : first.end]
        found.append(repeated)
    return found
