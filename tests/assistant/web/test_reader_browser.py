"""The reader in a browser: the words are in sight and boxed where they stand, for everybody, and nothing acts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from assistant.service import Assistant
from assistant.web import links
from tests.assistant.library import MEMO, MINUTES, NOTE, TABLE, opened
from tests.axe import violations
from tests.browser import LAPTOP, PHONE, chromium, served, tab

pytestmark = pytest.mark.slow
HALVED = (LAPTOP[0] // 2, LAPTOP[1] // 2)  # what a laptop's window holds at 200 % zoom


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, str, Any]]:
    """An assistant, the address of its web app, and a browser."""
    folder = tmp_path_factory.mktemp("reader")
    with opened(folder) as (assistant, _), served(assistant) as url, chromium() as browser:
        yield assistant, url.rstrip("/"), browser


def quoted(assistant: Assistant, document: str, first: str, last: str, **more: Any) -> str:
    text = assistant.library.source(document).text  # type: ignore[union-attr]
    start = text.index(first)
    return links.reader_url(document, start, text.index(last, start) + len(last), **more)


def in_sight(page: Any) -> bool:
    """Whether the words begin in the window, below the bar that stays there."""
    top, height = page.evaluate(
        f"[document.getElementById('{links.QUOTE_ID}').getBoundingClientRect().top, window.innerHeight]"
    )
    bar = page.evaluate("document.querySelector('.bar').getBoundingClientRect().bottom")
    return bool(min(bar, height) <= top <= height) or bool(0 <= top <= height and bar < 0)


def overflow(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", [PHONE, LAPTOP, HALVED])
def test_the_words_are_in_sight_and_nobody_is_left_out(
    reading: tuple[Assistant, str, Any], size: tuple[int, int]
) -> None:
    assistant, url, browser = reading
    for language, theme in (("sv", None), ("en", "dark")):
        given = {"language": language, "theme": theme}
        with tab(browser, size, dark=theme is None) as page:
            for address in (
                quoted(assistant, MINUTES, "Kommunfullmäktige beslutar", "2025.", **given),
                quoted(assistant, MEMO, "Avgiften för sophämtning fastställs", "året.", **given),
                quoted(assistant, TABLE, "| Utebad", "20", **given),
            ):
                page.goto(url + address)
                assert in_sight(page), address
                assert overflow(page) == 0, address
                assert violations(page) == [], address
            page.goto(url + links.reader_url(MINUTES, page=2, zoom=300, **given))  # type: ignore[arg-type]
            assert overflow(page) == 0, "a large page is scrolled in a window of its own"
            assert violations(page) == []


def test_what_stands_in_the_way_is_found(reading: tuple[Assistant, str, Any]) -> None:
    """The tests above would tell if a picture had no text."""
    assistant, url, browser = reading
    with tab(browser) as page:
        page.goto(url + quoted(assistant, MINUTES, "Kommunfullmäktige beslutar", "2025."))
        page.evaluate("document.querySelector('img').removeAttribute('alt')")
        assert [found.partition(":")[0] for found in violations(page)] == ["image-alt"]


def test_the_boxes_cover_the_words_on_the_picture(reading: tuple[Assistant, str, Any]) -> None:
    assistant, url, browser = reading
    with tab(browser) as page:
        page.goto(url + quoted(assistant, MINUTES, "Kommunfullmäktige beslutar", "2025."))
        assert page.evaluate("document.querySelector('img').naturalWidth") == 1600
        boxed = Image.open(io.BytesIO(page.locator(".sheet").screenshot())).convert("RGB")
        page.evaluate("document.querySelector('.boxes').remove()")
        plain = Image.open(io.BytesIO(page.locator(".sheet").screenshot())).convert("RGB")
        changed = [
            (x, y)
            for y in range(plain.height)
            for x in range(plain.width)
            if plain.getpixel((x, y)) != boxed.getpixel((x, y))
        ]
        top, bottom = min(y for _, y in changed), max(y for _, y in changed)
        dark = [(x, y) for x, y in changed if sum(plain.getpixel((x, y))) < 300]
        assert 0.2 < top / plain.height < bottom / plain.height < 0.35, "two lines in the upper third"
        assert len(dark) > 300, "the words stand inside the boxes"
        assert all(sum(boxed.getpixel(point)) < 400 for point in dark), "and can be read through them"


def test_the_keyboard_is_enough(reading: tuple[Assistant, str, Any]) -> None:
    assistant, url, browser = reading
    with tab(browser, PHONE) as page:
        address = quoted(assistant, MINUTES, "Beslutet gäller under", "området.").partition("#")[0]
        page.goto(url + address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.wait_for_function("window.scrollY > 100")
        assert in_sight(page)
        page.locator("a[aria-label='Nästa']").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**page=2**")
        assert in_sight(page), "the words go on there"
        page.locator("input[type=number]").fill("1")
        page.keyboard.press("Enter")
        page.wait_for_url("**page=1**")
        page.locator(".steps a").first.press("Enter")
        page.wait_for_url("**memo.txt**")
        assert page.locator("mark").count() == 2


def test_a_document_made_to_harm_is_only_read(reading: tuple[Assistant, str, Any]) -> None:
    assistant, url, browser = reading
    with tab(browser) as page:
        page.goto(url + quoted(assistant, NOTE, "Nämnden skriver", "omvänt"))
        assert page.title() != "hacked"
        assert "<script>" in page.locator(".document").inner_text()
        assert page.locator(".document a, .document img, .document script").count() == 0
        assert violations(page) == []
