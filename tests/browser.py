"""The web app in a browser: a server on a free loopback port, and a page that remembers what it asked for and what went wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import evals.chromium

if TYPE_CHECKING:
    from assistant.web.conversation import Service

PHONE, LAPTOP = (390, 844), (1280, 900)  # width and height in CSS pixels
START_SECONDS = 30


@contextmanager
def served(service: Service) -> Iterator[str]:
    """The address of the web app, answering from `service`, until the block ends."""
    from assistant.web.app import server
    from assistant.web.server import listen

    with listen("127.0.0.1", 0) as bound:
        running = server(service, bound)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not running.started:
            assert thread.is_alive(), "the server ended before it was ready"
            assert time.monotonic() < deadline, f"the server wasn't ready within {START_SECONDS} s"
            time.sleep(0.02)
        yield running.url
        running.should_exit = True
        thread.join(START_SECONDS)


@contextmanager
def chromium() -> Iterator[Any]:
    """A Playwright browser; a test that needs one fails where there is none."""
    with evals.chromium.chromium() as browser:
        yield browser


@contextmanager
def tab(browser: Any, size: tuple[int, int] = LAPTOP, dark: bool = False) -> Iterator[Any]:
    """A page that fails the test when it asks another server for something, or when anything goes wrong in it."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    page, wrong = context.new_page(), []
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    yield page
    home = urlsplit(page.url).netloc
    context.close()
    assert hosts - {""} == {home}  # data: and blob: have no host
    assert not wrong


@dataclass
class Visit:
    """An open page with what it did; `page` is Playwright's."""

    page: Any
    url: str
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> Any:
        """Type a question and send it with Enter; the exchange, once it is answered."""
        number = self.page.locator(".exchange").count()
        self.page.locator("#question textarea").fill(question)
        self.page.locator("#question textarea").press("Enter")
        return self.answered(number)

    def answered(self, number: int) -> Any:
        """The exchange with that number, from 0, once it is answered."""
        exchange = self.page.locator(".exchange").nth(number)
        self.page.locator(f".exchange >> nth={number}").and_(self.page.locator(":not([aria-busy])")).wait_for()
        return exchange

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def foreign_requests(self) -> list[str]:
        """Requests to any address but the server's; data: and blob: stay within the browser."""
        home = urlsplit(self.url).netloc
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).netloc != home
        ]


@contextmanager
def visit(
    browser: Any, url: str, size: tuple[int, int] = LAPTOP, dark: bool = False, locale: str = "en-GB"
) -> Iterator[Visit]:
    """The web app open in a window of that size, ready for a question; `locale` is the browser's own language."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale=locale,
    )
    page = context.new_page()
    visit = Visit(page, url)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("websocket", lambda socket: visit.requests.append(socket.url))
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    page.on("console", lambda line: visit.errors.append(line.text) if line.type == "error" else None)

    def dismiss(dialog: Any) -> None:
        visit.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(url)
    page.locator("#question textarea").wait_for()
    yield visit
    context.close()
