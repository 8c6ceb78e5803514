"""What a reader takes along or leaves behind, in a real browser: exports, copies, feedback; and the Quality view."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from assistant.feedback import feedback_file, read_feedback
from assistant.web.feedback import SWEDISH
from ingest.settings import load_settings
from tests.answers import FLAGSHIP_EN, FLAGSHIP_SV, LIQUIDATED, FakeAssistant, fake_assistant, folded
from tests.browser import LAPTOP, PHONE, Visit, visit

pytestmark = pytest.mark.slow

_REMEMBER_COPIED = """
addEventListener('copy', event => {
    window.copied = ['text/plain', 'text/html'].map(kind => event.clipboardData.getData(kind));
});
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> FakeAssistant:
    return replace(fake_assistant(), settings=load_settings(feedback_folder=tmp_path_factory.mktemp("said")))


def downloaded(page: Visit, name: str) -> Path:
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name=name).click()
    saved = Path(download.value.path())
    return saved.rename(saved.with_name(download.value.suggested_filename))


def test_the_conversation_is_downloaded_and_no_address_holds_it(page: Visit, url: str) -> None:
    page.ask(FLAGSHIP_SV)
    page.ask(FLAGSHIP_EN)
    word = downloaded(page, "Hämta som Word")
    assert word.suffix == ".docx"
    headings = [each.text for each in Document(str(word)).paragraphs if each.style.name == "Heading 1"]
    assert headings == [FLAGSHIP_SV, FLAGSHIP_EN]
    text = downloaded(page, "Hämta som Markdown").read_text(encoding="utf-8")
    assert f"> {folded(LIQUIDATED)}" in text
    assert f"(<{url}reader?document=koping%2F002_bb1c2f2fbae1ae61.txt&start=684" in text
    assert not [request for request in page.requests if "/file=" in request]
    assert page.foreign_requests() == []
    assert page.errors == []


def test_an_answer_is_copied_with_its_sources(page: Visit, url: str) -> None:
    exchange = page.ask(FLAGSHIP_SV)
    page.page.evaluate(_REMEMBER_COPIED)
    exchange.get_by_role("button", name="Kopiera med källor").press("Enter")
    page.page.get_by_text("Svaret med källor är kopierat.").wait_for()
    text, html = page.page.evaluate("window.copied")
    assert f"FÖRSLAG – {folded(LIQUIDATED)} [1]" in text
    assert f"\n{url}reader?document=" in text
    assert f'<a href="{url}reader?document=' in html


def test_a_verdict_is_given_by_keyboard_kept_and_said(page: Visit, service: FakeAssistant) -> None:
    exchange = page.ask(FLAGSHIP_SV)
    form = exchange.locator("form.feedback")
    assert not form.get_by_role("button").is_visible()
    form.get_by_label("Rätt").focus()
    page.page.keyboard.press("ArrowRight")
    assert form.get_by_label("Fel").is_checked()
    assert form.get_by_text(SWEDISH.kept).is_visible()
    page.page.keyboard.press("Tab")
    page.page.keyboard.type("Det var 2024.")
    page.page.keyboard.press("Enter")
    said = exchange.get_by_text("Ditt omdöme: Fel. Tack, det är sparat.")
    said.wait_for()
    page.page.wait_for_function("document.activeElement.id === 'omdome-1'")
    (entry,) = read_feedback(feedback_file(service.settings))
    assert (entry.verdict, entry.comment, entry.question) == ("wrong", "Det var 2024.", FLAGSHIP_SV)
    page.ask(FLAGSHIP_EN)
    assert said.is_visible(), "the verdict stays when the conversation goes on"
    assert page.page.locator("form.feedback").count() == 1
    assert page.errors == []


@pytest.mark.parametrize(("path", "title"), [("", "Hur bra är svaren?"), ("en/", "How good are the answers?")])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_quality_view_fits_every_window(
    browser: Any, url: str, path: str, title: str, size: tuple[int, int]
) -> None:
    with visit(browser, f"{url}{path}", size) as page:
        page.page.locator("a[data-view=quality]").click()
        page.page.get_by_role("heading", name=title).wait_for()
        page.page.locator(".quality summary").press("Enter")
        assert page.page.locator(".quality details table").is_visible()
        assert page.overflow() == 0
        assert page.errors == []
