"""The page as a person meets it, in a real browser against a server on the loopback interface."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from typing import Any

import pytest

from assistant.texts import SWEDISH
from assistant.web.server import listen
from ingest.errors import UsageError
from tests.answers import (
    FLAGSHIP_EN,
    FLAGSHIP_SV,
    LIQUIDATED,
    FakeAssistant,
    decision,
    fake_assistant,
    folded,
    hostile,
)
from tests.browser import LAPTOP, PHONE, Visit, served, visit

pytestmark = pytest.mark.slow

HOSTILE_QUESTION = "<img src=x onerror=alert(1)> fientlig"
BROKEN_QUESTION = "en fråga som programmet faller på"
FOLLOW_UP = "Och vad beslutades?"


class Assistant(FakeAssistant):
    """Fails on one question in a way nobody has foreseen."""

    def ask(self, question: str, *arguments: Any, **options: Any) -> Any:
        if question == BROKEN_QUESTION:
            raise ZeroDivisionError
        return super().ask(question, *arguments, **options)


@pytest.fixture(scope="module")
def service() -> FakeAssistant:
    known = fake_assistant(
        replace(hostile(), question=HOSTILE_QUESTION),
        replace(decision(), question=FOLLOW_UP, understood="Vad beslutades om länsprocessen?"),
    )
    return Assistant(answers=known.answers)


def test_the_answer_stands_beside_its_quote_and_says_that_it_is_a_proposal(page: Visit) -> None:
    exchange = page.ask(FLAGSHIP_SV)

    statement = exchange.locator(".statement").first
    assert statement.locator(".badge").inner_text() == "FÖRSLAG"
    assert "likvideras när" in statement.inner_text()
    card = exchange.locator(".source").first
    assert card.locator(".badge").inner_text() == "FÖRSLAG"
    assert card.locator("mark").inner_text() == folded(LIQUIDATED)
    assert "punkt 4" in card.inner_text()
    assert "koping/002_bb1c2f2fbae1ae61.txt" in card.inner_text()
    condition = exchange.locator(".condition")
    assert condition.is_visible()
    assert "under förutsättning" in condition.inner_text()
    assert exchange.locator(".only-proposed").is_visible()

    answer, source = (each.bounding_box() for each in (statement, card))
    assert source["x"] > answer["x"] + answer["width"], "beside each other where there is room"


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_marker_opens_its_source_and_escape_leads_back(browser: Any, url: str, size: tuple[int, int]) -> None:
    with visit(browser, url, size) as page:
        marker = page.ask(FLAGSHIP_SV).locator("a.marker").first
        marker.press("Enter")
        reader = page.page.locator("section.reader")
        assert reader.is_visible()
        assert page.page.evaluate("document.activeElement.className") == "close"
        frame = reader.locator("iframe").bounding_box()
        assert frame["width"] == size[0] if size == PHONE else 400 < frame["width"] < 700
        expected = str(marker.get_attribute("href")).partition("#")[0]
        page.page.wait_for_function("path => frames.reader.location.href.includes(path)", arg=expected)
        assert page.overflow() == 0

        page.page.get_by_label("Utseende").evaluate(
            "list => { list.value = 'dark'; list.dispatchEvent(new Event('change')); }"
        )
        page.page.wait_for_function("frames.reader.location.search.includes('theme=dark')")

        assert page.page.locator("#views").evaluate("views => views.inert") is (size == PHONE), "what is covered"
        page.page.keyboard.press("Escape")
        assert not reader.is_visible()
        assert page.page.evaluate("document.activeElement.className") == "marker"
        if size == PHONE:
            marker.press("Enter")
            page.page.go_back()
            reader.wait_for(state="hidden")
            assert not page.page.locator("#views").evaluate("views => views.inert")
        assert page.page.locator(".exchange").count() == 1, "following a marker keeps the conversation"


def test_a_link_to_a_question_is_copied(page: Visit, url: str) -> None:
    page.ask(FOLLOW_UP)
    page.ask(FLAGSHIP_SV)
    page.page.get_by_role("button", name="Kopiera länk").first.click()
    page.page.get_by_text("Länken till frågan är kopierad.").wait_for(state="attached")
    page.page.locator("#question textarea").press("Control+V")
    assert page.page.locator("#question textarea").input_value() == f"{url}#q=Och+vad+beslutades%3F"


def test_an_example_asks_its_question_and_the_focus_goes_to_the_answer(page: Visit) -> None:
    page.page.get_by_role("button", name=FLAGSHIP_SV).click()
    assert page.answered(0).locator("h2").inner_text().endswith(FLAGSHIP_SV)
    page.page.locator("#examples").wait_for(state="hidden")
    assert page.page.evaluate("document.activeElement.id") == "fraga-1"


def test_a_follow_up_is_sent_with_the_conversation_until_a_new_one_begins(page: Visit, service: FakeAssistant) -> None:
    page.ask(FLAGSHIP_SV)
    exchange = page.ask(FOLLOW_UP)
    assert "Uppfattad som: Vad beslutades om länsprocessen?" in exchange.inner_text()
    assert exchange.locator(".badge").first.inner_text() == "BESLUT"
    asked, history = service.asked[-1]
    assert (asked, [turn.role for turn in history]) == (FOLLOW_UP, ["user", "assistant"])
    assert history[0].content == FLAGSHIP_SV

    page.page.get_by_role("button", name="Nytt samtal").click()
    page.page.locator(".exchange").first.wait_for(state="detached")
    page.page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    page.ask(FOLLOW_UP)
    assert service.asked[-1] == (FOLLOW_UP, ())


def test_an_abstention_leads_to_the_nearest_passages(page: Visit) -> None:
    exchange = page.ask("Vad kostar den nya simhallen?")
    assert exchange.locator(".source").count() == 0
    nearest = exchange.locator(".nearest li")
    assert nearest.count() == 2
    nearest.first.locator("a").click()
    assert page.page.locator("section.reader").is_visible()


def test_english_is_one_click_away_and_takes_the_conversation_along(page: Visit) -> None:
    html = page.page.locator("html")
    assert html.get_attribute("lang") == "sv"
    page.ask(FLAGSHIP_SV)
    page.page.get_by_label("Utseende").select_option("dark")
    page.page.get_by_role("link", name="English").press("Enter")
    page.page.get_by_label("Your question").wait_for()

    assert html.get_attribute("lang") == "en"
    assert "municipal decisions" in page.page.title()
    page.page.get_by_role("button", name="Ask", exact=True).wait_for()
    assert "automated assistant" in page.page.locator("#foot").inner_text()
    assert "dark" in str(page.page.locator("body").get_attribute("class")), "the appearance stays"
    exchange = page.answered(0)
    assert exchange.get_attribute("lang") == "sv", "an answer keeps its question's language"
    exchange = page.ask(FLAGSHIP_EN)
    assert exchange.get_attribute("lang") == "en"
    assert exchange.locator(".badge").first.inner_text() == "PROPOSAL"
    assert exchange.locator("blockquote").first.get_attribute("lang") == "sv"


def test_an_address_holds_the_conversation_and_its_filters(page: Visit, browser: Any, service: FakeAssistant) -> None:
    page.page.locator("#filters summary").click()
    page.page.get_by_label("Organ").select_option("Kommunstyrelsen")
    page.page.get_by_label("Från år").select_option("2023")
    assert "Kommunstyrelsen · 2023" in page.page.locator("#filters summary").inner_text()
    page.page.wait_for_timeout(300)  # the filters are on their way to the server
    page.ask(FLAGSHIP_SV)
    page.ask(FOLLOW_UP)
    assert service.filters[-1] == {"body": "Kommunstyrelsen", "year": "2023"}
    service.filters.clear()

    with visit(browser, page.page.url) as again:
        assert again.answered(1).locator("h2").inner_text().endswith(FOLLOW_UP)
        assert service.filters == [{"body": "Kommunstyrelsen", "year": "2023"}] * 2
        assert len(service.asked[-1][1]) == 2, "asked in their order"
        again.page.get_by_role("button", name="Nytt samtal").click()
        again.page.locator(".exchange").first.wait_for(state="detached")
        again.page.wait_for_function("!location.hash.includes('q=')")


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_the_page_is_in_the_language_it_says_whatever_the_browser_prefers(browser: Any, url: str, locale: str) -> None:
    with visit(browser, url, locale=locale) as page:
        page.page.wait_for_timeout(1000)  # Gradio sets the browser's language some time after the page is ready
        assert page.page.locator("html").get_attribute("lang") == "sv"
        assert page.page.title() == SWEDISH.page_title


def test_what_happens_is_announced(page: Visit) -> None:
    status = page.page.locator("#status [role=status]")
    page.ask(FLAGSHIP_SV)
    page.page.wait_for_function("document.querySelector('#status [role=status]').textContent.includes('likvideras')")
    assert status.inner_text().startswith("Förslag: ")
    page.page.locator("#question textarea").fill("   ")
    page.page.get_by_role("button", name="Fråga", exact=True).click()
    page.page.get_by_text("Skriv en fråga först.").wait_for()
    assert page.page.locator(".exchange").count() == 1


def test_an_unforeseen_failure_is_said_calmly_and_the_conversation_goes_on(page: Visit) -> None:
    assert "Något gick fel" in page.ask(BROKEN_QUESTION).inner_text()
    assert page.ask(FLAGSHIP_SV).locator(".source").count() == 2


def test_the_page_asks_nobody_but_its_own_server(page: Visit) -> None:
    page.ask(FLAGSHIP_SV)
    page.page.get_by_role("link", name="English").click()
    page.page.get_by_role("link", name="Svenska").wait_for()
    assert len(page.requests) > 10, "the page's own files were seen"
    assert page.foreign_requests() == []
    assert page.errors == []


def test_markup_from_documents_and_users_stays_text(page: Visit) -> None:
    exchange = page.ask(HOSTILE_QUESTION)
    exchange.locator(".marker").click()
    page.page.wait_for_timeout(300)
    page.page.keyboard.press("Escape")
    assert page.dialogs == []
    assert page.page.evaluate("window.hacked") is None
    assert page.page.locator("#conversation").locator("script, img, iframe, object, form:not(.feedback)").count() == 0
    links = page.page.locator("#conversation a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links
    assert all(link.startswith("/reader?document=") for link in links)
    assert "<script>window.hacked=1" in exchange.locator("mark").inner_text()
    assert page.foreign_requests() == []


def test_the_whole_way_goes_by_keyboard_and_the_focus_is_seen(page: Visit) -> None:
    from assistant.web.shell import VIEWS

    seen = []
    for _ in range(4 + len(VIEWS) + 4):
        page.page.keyboard.press("Tab")
        seen.append(
            page.page.evaluate(
                "[document.activeElement.textContent.trim() || document.activeElement.tagName,"
                " getComputedStyle(document.activeElement).outlineStyle]"
            )
        )
    names = [name for name, _ in seen]
    views = [view.titles["sv"] for view in VIEWS if not view.in_footer]
    assert names[: 1 + len(views)] == ["Hoppa till innehållet", *views]
    began = names.index("TEXTAREA")
    assert names[began : began + 4] == ["TEXTAREA", "Fråga", *SWEDISH.examples]
    assert {outline for _, outline in seen} == {"solid"}


def test_a_taken_port_is_said_in_one_line(url: str) -> None:
    port = int(url.rstrip("/").rpartition(":")[2])
    with pytest.raises(UsageError, match=f"port {port} is taken: .*--port"):
        listen("127.0.0.1", port)


def test_the_server_ends_quickly_and_silently_while_a_page_is_open(
    browser: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    with contextlib.ExitStack() as opened:
        with served(fake_assistant()) as address:
            page = opened.enter_context(visit(browser, address))
            page.ask(FLAGSHIP_SV)
            began = time.monotonic()
        assert time.monotonic() - began < 1
    assert capfd.readouterr().err == f"Rådslag: {address} (Ctrl-C to stop)\n"
