"""Logging in with a browser: the form, what the address keeps, and who may come from where."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from ingest.settings import load_settings
from tests.answers import FLAGSHIP_SV, FakeAssistant, flagship
from tests.assistant.web.guard.build import PASSWORD, accounts_file
from tests.axe import violations
from tests.browser import LAPTOP, PHONE, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    accounts = accounts_file(tmp_path_factory.mktemp("accounts"))
    with served(FakeAssistant(load_settings(accounts=accounts), {FLAGSHIP_SV: flagship()})) as url:
        yield url


@pytest.fixture(scope="module")
def elsewhere(url: str) -> Iterator[str]:
    """A page of another site with a link to ours, and a form that would log out."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(
                f'<a href="{url}#q=N%C3%A4r">in</a><form method="post" action="{url}logout"><button>x</button></form>'
                f'<iframe src="{url}"></iframe>'.encode()
            )

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_reader_logs_in_reads_and_logs_out(url: str, browser: Any, elsewhere: str) -> None:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(f"{url}#q=N%C3%A4r%20likvideras%20V%C3%A4stra%20M%C3%A4lardalen%3F")
    assert page.locator("h1").inner_text() == "Logga in i Rådslag"
    assert violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.type("Anna")
    page.keyboard.press("Tab")
    page.keyboard.type("fel lösenord")
    page.keyboard.press("Enter")
    page.locator("[role=alert]").wait_for()
    assert page.locator("#name").input_value() == "Anna"
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".exchange .answer").first.wait_for()
    assert "likvideras" in page.locator(".exchange .answer").first.inner_text(), "the address's question is asked"
    assert [each for each in errors if "401" not in each] == []

    other = context.new_page()  # a link from another site finds the reader logged in, its form does nothing
    other.goto(elsewhere)
    other.get_by_role("button").click()
    assert "403" in other.evaluate("String(performance.getEntriesByType('navigation')[0].responseStatus)")
    other.goto(elsewhere)
    assert other.frame_locator("iframe").locator("main").count() == 0, "nobody frames the page"
    other.get_by_role("link").click()
    other.locator("#question textarea").wait_for()
    assert other.url.endswith("#q=N%C3%A4r") or "#q=N" in other.url

    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    page.goto(f"{url}en/")
    page.get_by_role("link", name="Log out").click()
    assert "Logged in as anna (editor)" in page.locator("main").inner_text()
    assert violations(page) == []
    page.get_by_role("button", name="Log out").click()
    page.locator("#password").wait_for()
    page.goto(f"{url}en/")
    assert page.locator("h1").inner_text() == "Log in to Rådslag"
    assert violations(page) == []
    context.close()


def test_a_page_left_open_says_that_its_login_has_ended(url: str, browser: Any) -> None:
    page = browser.new_context().new_page()
    page.goto(url)
    page.locator("#name").fill("bo")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    question = page.locator("#question textarea")
    question.fill(FLAGSHIP_SV)
    question.press("Enter")
    page.locator(".exchange .answer").first.wait_for()
    page.context.clear_cookies()
    question.fill(FLAGSHIP_SV)
    question.press("Enter")
    page.get_by_text("Du är inte inloggad längre").first.wait_for()
    page.context.close()
