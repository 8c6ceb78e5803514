"""Every view as people meet it: in both languages, on a phone and a laptop, light and dark, by keyboard, magnified.

The papers are a few invented ones, one of them made to harm; the answers are written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from assistant.model import Language, Precedents
from assistant.service import Assistant
from assistant.texts import texts
from assistant.web.accessibility import SUPERVISION
from assistant.web.shell import PATHS, VIEWS, frame_words
from tests.answers import FLAGSHIP_EN, FLAGSHIP_SV, FakeAssistant, decision, fake_assistant, hostile
from tests.assistant.library import HOSTILE, opened
from tests.axe import violations
from tests.browser import LAPTOP, PHONE, Visit, chromium, served, visit

pytestmark = pytest.mark.slow

FLAGSHIP: dict[Language, str] = {"sv": FLAGSHIP_SV, "en": FLAGSHIP_EN}
HALVED = (LAPTOP[0] // 2, LAPTOP[1] // 2)  # what a laptop's window holds at 200 % zoom
NARROWEST = (320, 640)  # at 400 %
HARM = "fientlig"
_TABBABLE = "a[href], button, input, select, summary, textarea, iframe, [tabindex='0']"


@dataclass
class Reader(FakeAssistant):
    """Answers what is written down, over real papers."""

    papers: Assistant | None = None

    def precedents(
        self,
        text: str | None = None,
        document: str | None = None,
        k: int = 10,
        filters: Mapping[str, str] | None = None,
    ) -> Precedents:
        assert self.papers is not None
        return self.papers.precedents(text, document, k, filters)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    """The address of the web app over the papers, and a browser."""
    known = fake_assistant(decision(), replace(hostile(), question=HARM)).answers
    with opened(tmp_path_factory.mktemp("views")) as (papers, _):
        service = Reader(answers=known, archive=papers.archive, library=papers.library, papers=papers)
        with served(service) as url, chromium() as browser:
            yield url.rstrip("/"), browser


def go(page: Visit, view: str) -> None:
    """Open a view the way its link does."""
    page.page.locator(f"a[data-view={view}]").first.click()
    page.page.wait_for_function("view => document.documentElement.dataset.view === view", arg=view)
    page.page.wait_for_timeout(150)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_view_leaves_anybody_out(place: tuple[str, Any], language: Language) -> None:
    url, browser = place
    with visit(browser, url + PATHS[language], PHONE) as page:
        page.ask(FLAGSHIP[language])
        page.ask(HARM)
        page.ask("…?")  # nothing is known of that
        page.page.locator("#filters summary").click()
        assert page.page.locator("html").get_attribute("lang") == language
        for size in (PHONE, LAPTOP):
            page.page.set_viewport_size({"width": size[0], "height": size[1]})
            for view in VIEWS:
                go(page, view.name)
                assert page.overflow() == 0, (view.name, size)
                assert page.page.title() == texts(language).page_title
                for theme in ("light", "dark"):
                    page.page.get_by_label(frame_words(language).theme).select_option(theme)
                    assert violations(page.page) == [], (view.name, size, theme)
        for size in (HALVED, NARROWEST):
            page.page.set_viewport_size({"width": size[0], "height": size[1]})
            for view in VIEWS:
                go(page, view.name)
                assert page.overflow() == 0, (view.name, size)
        assert page.foreign_requests() == []
        assert page.errors == []
        assert page.dialogs == []


def test_what_stands_in_the_way_is_found(place: tuple[str, Any]) -> None:
    """The test above would tell."""
    url, browser = place
    with visit(browser, url) as page:
        page.page.evaluate("document.querySelector('#send').style.color = '#2a6a75'")
        page.page.evaluate("document.querySelector('#theme').removeAttribute('aria-label')")
        assert {found.partition(":")[0] for found in violations(page.page)} == {"color-contrast", "select-name"}


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(
    place: tuple[str, Any], size: tuple[int, int]
) -> None:
    url, browser = place
    with visit(browser, url, size) as page:
        page.ask(FLAGSHIP_SV)
        page.page.locator("#filters summary").click()
        for view in VIEWS:
            go(page, view.name)
            shown = page.page.evaluate(
                f"""[...document.querySelectorAll({_TABBABLE!r})].filter(each => !each.disabled && each.tabIndex >= 0
                    && each.checkVisibility({{visibilityProperty: true}})
                    && !(each.type === 'radio' && each !== document.getElementsByName(each.name)[0])).length"""
            )
            page.page.evaluate("document.body.tabIndex = -1; document.body.focus()")
            page.page.keyboard.press("Tab")
            seen = set()
            for _ in range(shown + 5):
                name, outlined = page.page.evaluate(_FOCUSED)
                seen.add(name)
                assert outlined, (view.name, name)
                page.page.keyboard.press("Tab")
            assert len(seen - {"body"}) >= shown, (view.name, sorted(seen))


# The element with the focus, told apart from all others, and whether the focus is seen: on it, or on the words of its choice.
_FOCUSED = """
() => {
    const active = document.activeElement, all = [...document.querySelectorAll('*')];
    const mark = active.matches('input[type=radio]') ? active.nextElementSibling : active;
    const style = getComputedStyle(mark);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const name = active === document.body ? 'body' : `${all.indexOf(active)} ${active.tagName} ${active.textContent.trim().slice(0, 30)}`;
    return [name, outlined || active === document.body];
}
"""


def test_words_of_documents_are_only_read_wherever_they_stand(place: tuple[str, Any]) -> None:
    url, browser = place
    with visit(browser, f"{url}/#q={HARM}&body=%3Cimg+src=x+onerror=alert(1)%3E&view=%3Cscript%3E") as page:
        page.answered(0)
        page.page.wait_for_timeout(300)
        assert page.page.evaluate("[window.hacked, document.title]") == [None, texts("sv").page_title]
        for view in VIEWS:
            go(page, view.name)
            assert page.page.locator(".tabitem").locator("script, iframe, object, embed").count() == 0
            links = page.page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href') || '')")
            assert not [link for link in links if not link.startswith(("/", "#", url, SUPERVISION))]
        assert page.dialogs == []
        assert page.foreign_requests() == []


def test_the_fragment_of_an_address_may_hold_anything(place: tuple[str, Any]) -> None:
    url, browser = place
    for fragment in ("q=&q=%00&year=aldrig&theme=blue&view=", f"%%%&q={'a' * 5000}&q={HOSTILE[:40]}"):
        with visit(browser, f"{url}/#{fragment}") as page:
            page.page.wait_for_timeout(200)
            assert page.errors == [], fragment


def test_motion_is_spared_those_who_ask_for_it(place: tuple[str, Any]) -> None:
    url, browser = place
    with visit(browser, url) as page:
        page.page.emulate_media(reduced_motion="reduce")
        moving = page.page.evaluate(
            "[...document.querySelectorAll('*')].filter(each => parseFloat(getComputedStyle(each).transitionDuration) > 0.001"
            " || getComputedStyle(each).animationName !== 'none').map(each => each.outerHTML.slice(0, 80))"
        )
        assert moving == []


def test_enter_sends_and_shift_enter_begins_a_line(place: tuple[str, Any]) -> None:
    url, browser = place
    with visit(browser, url) as page:
        question = page.page.locator("#question textarea")
        question.fill("När")
        question.press("Shift+Enter")
        page.page.wait_for_timeout(200)
        assert page.page.locator(".exchange").count() == 0
        assert "\n" in question.input_value()
