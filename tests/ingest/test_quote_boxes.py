"""A quote is boxed where it stands, also when the page reads otherwise now than it was stored."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ingest.model import Span
from ingest.quote_boxes import quote_boxes
from ingest.read.pdf_boxes import page_of_text
from ingest.read.pdf_text import PageText
from ingest.read.pdf_word import Box
from tests.ingest.read.pdfs import NO_OCR, Sheets

LINES = (
    "Kommunstyrelsen beslutar att höja avgiften för officiella inhägn-",
    "ader med 12 procent från och med den 1 januari 2025.",
    "Ärendet: höja avgiften.",
)
QUOTE = "höja avgiften"


@pytest.fixture(scope="module")
def page() -> PageText:
    sheets = Sheets()
    sheets.lines(70, 100, LINES)
    return page_of_text(sheets.pdf(), 1, NO_OCR)


def span(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def rows(boxes: tuple[Box, ...]) -> list[float]:
    return [round(box.top * 841.89) for box in boxes]


def test_of_two_occurrences_the_one_that_is_meant_is_boxed(page: PageText) -> None:
    first, second = span(page.text, QUOTE), span(page.text, QUOTE, page.text.index("Ärendet"))
    upper, lower = quote_boxes(page, page.text, [first]), quote_boxes(page, page.text, [second])
    assert len(upper) == len(lower) == 1
    assert upper[0].top < lower[0].top


@pytest.mark.parametrize(
    ("old", "new"),
    [(" ", "  "), ("ffi", "ﬃ"), ("inhägnader", "inhägn-\nader"), ("för off", "föroff"), ("\n", " "), ("12", "1 2")],
)
def test_another_reading_of_the_page_gives_the_same_boxes(page: PageText, old: str, new: str) -> None:
    words = "för officiella inhägnader\nmed 12 procent"
    expected = quote_boxes(page, page.text, [span(page.text, words)])
    assert len(expected) == 2, "one a line, the second with the end of the word that was broken"
    assert old in words
    stored = f"Sida 1\n{page.text.replace(old, new)}"
    assert quote_boxes(page, stored, [span(stored, words.replace(old, new))]) == expected


def test_the_second_occurrence_is_found_in_another_reading_too(page: PageText) -> None:
    stored = page.text.replace(" ", "  ")
    found = quote_boxes(page, stored, [span(stored, "höja  avgiften", stored.index("Ärendet"))])
    assert found == quote_boxes(page, page.text, [span(page.text, QUOTE, page.text.index("Ärendet"))])


def test_words_whose_middle_reads_otherwise_are_found_by_their_ends(page: PageText) -> None:
    words = page.text[: page.text.index("2025") + 4]
    stored = page.text.replace("12 procent", "IZ procenl")
    boxes = quote_boxes(page, stored, [Span(0, len(words))])
    assert boxes == quote_boxes(page, page.text, [Span(0, len(words))])
    assert all(upper < lower for upper, lower in pairwise(rows(boxes)))


def test_words_that_are_not_on_the_page_get_no_box(page: PageText) -> None:
    stored = page.text + "\nNämnden avslår ansökan."
    assert quote_boxes(page, stored, [span(stored, "Nämnden avslår ansökan.")]) == ()
    assert quote_boxes(page, "…", [Span(0, 1)]) == ()
