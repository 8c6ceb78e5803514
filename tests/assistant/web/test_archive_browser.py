"""Precedents and documents in a browser: searched, looked at with axe-core, uploaded and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.library import opened
from tests.axe import violations
from tests.browser import LAPTOP, PHONE, chromium, served, tab

pytestmark = pytest.mark.slow

HOSTILE_NAME = "<img src=x onerror=alert(1)>.txt"
LETTER = """Norrby kommun

Mottagare
Kommunstyrelsen

Laddstolpar vid simhallen

Förslag till beslut

1. Kommunen bygger tolv laddstolpar vid simhallen för 640 000 kronor.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    """The address of the web app, whose user may upload, and a browser."""
    with opened(tmp_path_factory.mktemp("archive")) as (assistant, _):
        assistant.settings = assistant.settings.model_copy(update={"open_upload": True})
        with served(assistant) as url, chromium() as browser:
            yield url.rstrip("/"), browser


def unfold(page: Any, view: str) -> None:
    page.evaluate(f"document.querySelectorAll('#{view} details').forEach(each => each.open = true)")


def is_wider_than_its_window(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize(("path", "size", "dark"), [("/", PHONE, True), ("/en/", LAPTOP, False)])
def test_earlier_matters_are_found_by_words_and_by_document(
    archive: tuple[str, Any], path: str, size: tuple[int, int], dark: bool
) -> None:
    url, browser = archive
    with tab(browser, size, dark) as page:
        page.goto(f"{url}{path}#view=precedents")
        view = page.locator("#precedents")
        view.locator("button.primary").click()
        view.locator(".message").first.wait_for()
        view.locator("textarea").first.fill("avgift för sophämtning")
        view.locator("button.primary").click()
        first = view.locator(".matter").first
        first.wait_for()
        assert "1 250 kronor" in first.inner_text()
        assert view.locator(".lane").count() >= 2
        unfold(page, "precedents")
        assert violations(page) == []
        assert not is_wider_than_its_window(page)
        first.locator(".read").click()
        page.frame_locator("iframe[name=reader]").locator("#quote").first.wait_for()

    with tab(browser, size, dark) as page:
        page.goto(f"{url}{path}#view=precedents")
        view = page.locator("#precedents")
        view.locator("input").first.press_sequentially("memo")
        view.locator(".choices button").first.click()
        view.locator(".heading").wait_for()
        assert page.evaluate("document.activeElement.className") == "heading"


@pytest.mark.parametrize(("path", "size", "dark"), [("/", PHONE, False), ("/en/", LAPTOP, True)])
def test_documents_are_looked_through_uploaded_and_forgotten(
    archive: tuple[str, Any], tmp_path: Path, path: str, size: tuple[int, int], dark: bool
) -> None:
    url, browser = archive
    (tmp_path / HOSTILE_NAME).write_text(LETTER, encoding="utf-8")
    (tmp_path / "trasig.pdf").write_bytes(b"%PDF-1.7 no more")
    with tab(browser, size, dark) as page:
        page.goto(f"{url}{path}#view=documents")
        view, uploads = page.locator("#documents"), page.locator("#uploads")
        view.locator(".heat").wait_for()
        before = view.locator("#documents-list li").count()
        view.locator("input").first.press_sequentially("taxa")
        page.wait_for_function(f"document.querySelectorAll('#documents-list li').length < {before}")

        uploads.locator("[name=municipality]").fill("Norrby kommun")
        uploads.locator("[type=file]").set_input_files(sorted(map(str, tmp_path.iterdir())))
        uploads.locator("[type=submit]").click()
        uploads.locator(".heading").wait_for()
        outcome = uploads.locator(".notice").inner_text()
        assert "Laddstolpar vid simhallen" in outcome
        assert "trasig.pdf: the PDF is broken" in outcome
        uploads.locator(".forget").wait_for()
        unfold(page, "documents")
        assert violations(page) == []
        assert not is_wider_than_its_window(page)

        uploads.locator(".forget").click()
        uploads.locator(".forget.sure").click()
        uploads.locator(".forget").wait_for(state="detached")
        assert "Laddstolpar" not in uploads.locator("ul.documents").all_inner_texts()


def test_whoever_may_not_upload_sees_no_form(archive: tuple[str, Any], tmp_path: Path) -> None:
    _, browser = archive
    with opened(tmp_path) as (assistant, _), served(assistant) as url, tab(browser, LAPTOP, dark=False) as page:
        page.goto(f"{url}#view=documents")
        page.locator("#documents .heat").wait_for()
        assert page.locator("#documents form.upload").count() == 0
