"""Pages are drawn in processes of their own: what harms them is told, what was drawn lately is remembered."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

import pytest
from PIL import Image

from ingest import pages
from ingest.errors import DocumentError
from ingest.original import Original
from ingest.page import Look
from ingest.pages import BusyError, Pages
from ingest.settings import Settings
from tests.ingest.read.pdfs import Sheets, one_page

SETTINGS = Settings(ocr=False)


def paper(words: str = "Avgiften för bad höjs.") -> Original:
    sheets = Sheets()
    sheets.write(70, 100, words)
    sheets.next()
    sheets.write(70, 100, "Sida två")
    return Original("bad.pdf", words, sheets.pdf())


@pytest.fixture
def shelf() -> Iterator[Pages]:
    drawn = Pages(SETTINGS)
    yield drawn
    drawn.close()


def test_a_page_is_drawn_once_and_read_with_the_places_of_its_words(
    shelf: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shelf.picture(paper(), 1, 800)
    assert first is not None
    assert Image.open(io.BytesIO(first)).size == (800, 1132)
    assert Image.open(io.BytesIO(first)).mode == "L", "a page without colours takes a third of the bytes"
    text = shelf.text(paper(), 2, 60)
    assert text is not None
    assert text.text == "Sida två"
    monkeypatch.setattr(shelf, "_begun", lambda *_: pytest.fail("it was remembered"))
    assert shelf.picture(paper(), 1, 800) == first
    assert shelf.text(paper(), 2, 60) == text


def test_pictures_are_remembered_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MEGABYTE", 1)
    small = Pages(Settings(ocr=False, page_megabytes=3))
    asked: list[int] = []

    def look(asked_for: Look) -> bytes:
        asked.append(asked_for.page)
        return b"xx"

    monkeypatch.setattr(small._workers, "look", look)
    for page in (1, 2, 2, 1):
        assert small.picture(paper(), page, 800) == b"xx"
    small.close()
    assert asked == [1, 2, 1], "two pictures of two bytes don't fit into three"


@pytest.mark.parametrize(
    ("content", "page", "reason"),
    [(b"no pdf", 1, "isn't one"), (b"%PDF-1.4 broken", 1, "broken"), (one_page(b""), 7, "no page 7")],
)
def test_what_cannot_be_drawn_says_why_and_is_not_tried_again(
    shelf: Pages, monkeypatch: pytest.MonkeyPatch, content: bytes, page: int, reason: str
) -> None:
    broken = Original("bad.pdf", "1", content)
    with pytest.raises(DocumentError, match=reason):
        shelf.picture(broken, page, 800)
    monkeypatch.setattr(shelf._workers, "look", lambda _: pytest.fail("it was tried again"))
    with pytest.raises(DocumentError, match=reason):
        shelf.picture(broken, page, 800)


def test_a_page_that_takes_too_long_is_given_up() -> None:
    hasty = Pages(Settings(ocr=False, page_seconds=0.001))
    with pytest.raises(DocumentError, match=r"longer than 0\.001 seconds.*page_seconds"):
        hasty.picture(paper(), 1, 2400)
    hasty.close()


def test_one_waits_for_a_page_only_as_long_as_one_likes_and_not_in_a_long_queue(
    shelf: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Look] = []

    def slow(asked: Look) -> bytes:
        time.sleep(0.3)
        done.append(asked)
        return b"picture"

    monkeypatch.setattr(shelf._workers, "look", slow)
    monkeypatch.setattr(pages, "MOST_WAITING", 2)
    began = time.monotonic()
    assert shelf.picture(paper(), 1, 800, 0.01) is None
    assert shelf.picture(paper(), 1, 800, 0.01) is None
    assert shelf.picture(paper(), 2, 800, 0.01) is None
    with pytest.raises(BusyError, match="try again"):
        shelf.picture(paper(), 1, 1600, 0.01)
    assert time.monotonic() - began < 0.3
    assert shelf.picture(paper(), 1, 800) == shelf.picture(paper(), 2, 800) == b"picture"
    assert len(done) == 2, "whoever asks for the same page waits for the same look"
