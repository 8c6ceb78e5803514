"""PDFs that can't be read, where quotes stand on a page, and laws of reading."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from reportlab.pdfbase import pdfmetrics

from ingest.read.extract import Extract, UnreadableError
from ingest.read.pdf import boxes_of, read_pdf, render_page
from tests.ingest.read.pdfs import (
    LEFT,
    NO_OCR,
    REGULAR,
    RIGHT,
    Settings,
    Sheets,
    lines,
    one_page,
    read,
    report,
    show,
    stream,
)

pytestmark = pytest.mark.slow

# What can't be read


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "isn't one"),
        (b"PK\x03\x04", "isn't one"),
        (b"%PDF-1.7\ntrunc", "broken"),
        (Sheets(password="hemligt").pdf(), "password"),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>", "broken"),
    ],
)
def test_files_that_cannot_be_read_say_why_and_what_to_do(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        read(content)
    assert caught.value.remedy


def test_a_truncated_file_is_read_or_refused() -> None:
    content = report(3).pdf()
    for share in (0.2, 0.5, 0.8, 0.99):
        try:
            extract = read_pdf(content[: int(share * len(content))], NO_OCR)
        except UnreadableError:
            continue
        assert isinstance(extract, Extract)


def test_too_many_pages_and_too_large_pages() -> None:
    content = report(3).pdf()
    with pytest.raises(UnreadableError, match="3 pages, more than the 2 allowed"):
        read_pdf(content, Settings(max_pages=2))
    with pytest.raises(UnreadableError, match="larger than the 500 points"):
        read_pdf(content, Settings(max_page_points=500))
    sheets = Sheets()
    sheets.lines(70, 100, LEFT)
    sheets.next()
    sheets.canvas.setPageSize((9000, 100))
    sheets.canvas.drawString(70, 50, "En mycket bred sida.")
    extract = read_pdf(sheets.pdf(), Settings(max_page_points=5000))
    assert [note.page for note in extract.notes] == [2]
    assert lines(extract) == list(LEFT)


def test_a_text_layer_without_meaning_is_reported_not_read() -> None:
    """A font whose signs map to private code points, as some programs write it."""
    table = b"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n1 beginbfrange\n<20> <7E> <E020>\nendbfrange\nendcmap"
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/Oklar/FirstChar 32/LastChar 126/Widths[%s]/ToUnicode 6 0 R>>" % (
        b"500 " * 95
    )
    content = one_page(show("Den text som ingen kan se igen.", 70, 100), font, more=[stream(table)])
    with pytest.raises(UnreadableError, match="without meaning") as caught:
        read(content)
    assert "ocr" in caught.value.remedy


def test_a_blank_page_between_others_is_empty_without_a_note() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, LEFT)
    sheets.next()
    sheets.next()
    sheets.lines(70, 100, RIGHT)
    extract = read(sheets)
    assert extract.notes == ()
    assert len(extract.pages) == 3
    assert extract.text == "\n".join(LEFT) + "\n\f\n\f" + "\n".join(RIGHT)


def test_hidden_text_outside_the_page_is_left_out() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, LEFT)
    sheets.write(900, 100, "Utanför sidan")
    assert lines(read(sheets)) == list(LEFT)


# Places and pictures


def test_a_quote_is_found_on_the_page() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, ["Nämnden antar nya föreskrif-", "ter om avfall i kommunen."])
    content = sheets.pdf()
    text = read(content).text
    start = text.index("föreskrifter")
    upper, lower = boxes_of(content, 1, start, start + len("föreskrifter om"), NO_OCR)
    before = pdfmetrics.stringWidth("Nämnden antar nya ", REGULAR, 11)
    assert upper.left * 595.27 == pytest.approx(70 + before, abs=0.5)
    assert lower.left * 595.27 == pytest.approx(70, abs=0.5)
    assert upper.top * 841.89 < 100 < upper.bottom * 841.89 < lower.bottom * 841.89
    assert lower.right * 595.27 == pytest.approx(70 + pdfmetrics.stringWidth("ter om", REGULAR, 11), abs=0.5)
    assert boxes_of(content, 1, start, start, NO_OCR) == ()


@pytest.mark.parametrize("page", [b"", b"/Rotate 90", b"/Rotate 180", b"/Rotate 270", b"/CropBox[60 400 500 800]"])
def test_the_rectangles_cover_the_ink(page: bytes) -> None:
    """Painting white over the rectangles of all the text leaves a white page, whichever way it lies and is cut."""
    body = b"".join(show(line, 70, 100 + 13 * number) for number, line in enumerate((*LEFT, "", "", *RIGHT)))
    content = one_page(body, page=page)
    extract = read(content)
    assert extract.text == "\n".join(LEFT) + "\n\n" + "\n".join(RIGHT)
    picture = Image.open(io.BytesIO(render_page(content, 1, 1000))).convert("L")
    assert picture.width == 1000
    assert picture.getextrema()[0] < 100
    boxes = boxes_of(content, 1, 0, len(extract.text), NO_OCR)
    assert len(boxes) == len(LEFT) + len(RIGHT)
    for box in boxes:
        place = (
            int(box.left * picture.width) - 1,
            int(box.top * picture.height) - 1,
            int(box.right * picture.width) + 2,
            int(box.bottom * picture.height) + 2,
        )
        picture.paste(255, place)
    assert ImageChops.invert(picture).getbbox() is None


def test_places_on_a_page_that_is_not_there() -> None:
    content = report(2).pdf()
    with pytest.raises(UnreadableError, match="no page 3 among its 2"):
        boxes_of(content, 3, 0, 5, NO_OCR)
    with pytest.raises(UnreadableError, match="no page 0"):
        render_page(content, 0, 100)


# Laws

WORDS = st.sampled_from(
    "Kommunen beslutar att § 23 höja avgiften 1 250 kr år 2024 förslag-till • åtgärder; (bilaga) Ärendet avslås nämn-".split()
)
PLACES = st.tuples(
    st.integers(0, 1), st.integers(0, 30), st.lists(WORDS, min_size=1, max_size=4), st.sampled_from([9, 11, 16])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PLACES, max_size=25, unique_by=lambda place: place[:2]), min_size=1, max_size=4))
def test_whatever_is_written_is_read_once_and_pointed_at(pages: list[list[tuple[int, int, list[str], int]]]) -> None:
    """Every letter and digit comes out as often as it was put in; the text is NFC; pages, asides, headings and rows are
    in order and stand on whole lines; every character of a page has its place on it."""
    sheets = Sheets()
    written: Counter[str] = Counter()
    for page in pages:
        for column, row, words, size in page:
            sheets.write(40 + 270 * column, 60 + 24 * row, " ".join(words), size * 0.7)
            written.update(sign for word in words for sign in word if sign.isalnum())
        sheets.next()
    content = sheets.pdf()
    extract = read(content)
    text = extract.text
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    assert Counter(sign for sign in text.translate(digits) if sign.isalnum()) == written
    assert unicodedata.normalize("NFC", text) == text
    assert "\u00ad" not in text
    assert list(extract.pages) == sorted(extract.pages)
    assert len(extract.pages) == text.count("\f") + 1
    edges = {*extract.pages, *(match.end() for match in re.finditer(r"\n", text))}
    for span in (*extract.aside, *(row for table in extract.tables for row in table.rows)):
        assert span.start in edges
        assert span.of(text) == span.of(text).strip() != ""
        assert not set(span.of(text)) & set("\n\f")
    assert all(start in edges for start, _ in extract.headings)
    assert list(extract.headings) == sorted(extract.headings)
    ends = [*extract.pages[1:], len(text)]
    for number, (start, end) in enumerate(zip(extract.pages, ends, strict=True), start=1):
        for box in boxes_of(content, number, 0, end - start, NO_OCR):
            assert 0 <= box.left < box.right <= 1
            assert 0 <= box.top < box.bottom <= 1


def test_reading_twice_gives_the_same() -> None:
    content = report(4).pdf()
    assert read(content) == read(content)


def test_threads_read_beside_each_other() -> None:
    contents = [report(pages).pdf() for pages in (2, 3, 4)] * 3
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(read, contents))
    assert together == [read(content) for content in contents]
