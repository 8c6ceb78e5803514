"""The README's pictures of the web app, taken anew: a question with its source open beside it, and the same on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from evals.chromium import ANSWERED, READY, chromium
from evals.processes import free_port, module, serving
from ingest.settings import Settings

SECONDS = 60  # for one step in the browser
SHARPNESS = 1.5  # pixels of a picture for each of the page's


@dataclass(frozen=True)
class Picture:
    """One picture: the page it is of, the question asked there, the window, and whether the first source is open."""

    name: str
    path: str
    question: str
    size: tuple[int, int]
    dark: bool
    reads: bool


PICTURES = (
    Picture("ask.png", "/", "När likvideras Västra Mälardalen?", (1280, 800), dark=False, reads=True),
    Picture("phone.png", "/en/", "When is Västra Mälardalen liquidated?", (390, 800), dark=True, reads=False),
)


def take(settings: Settings, folder: Path) -> tuple[Path, ...]:
    """Serve the index of `settings`, take every picture into `folder`, and say where they are.

    Raises:
        UsageError: there is no browser.
        RadslagError: the web app didn't start.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = module("assistant", "serve", "--index", str(settings.index), "--host", "127.0.0.1", "--port", str(port))
    with chromium() as browser, serving(command, f"{url}/"):
        return tuple(_taken(browser, url, picture, folder) for picture in PICTURES)


def _taken(browser: Any, url: str, picture: Picture, folder: Path) -> Path:
    context = browser.new_context(**_window(picture))
    page = context.new_page()
    page.set_default_timeout(SECONDS * 1000)
    page.goto(f"{url}{picture.path}#{urlencode({'q': picture.question})}")
    page.wait_for_function(READY)
    page.wait_for_function(ANSWERED)
    if picture.reads:
        page.locator(".marker").first.click()
        page.frame(name="reader").locator("mark").first.wait_for()
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(500)  # for the last of what is drawn
    target = folder / picture.name
    page.screenshot(path=str(target))
    context.close()
    return target


def _window(picture: Picture) -> Mapping[str, Any]:
    return {
        "viewport": {"width": picture.size[0], "height": picture.size[1]},
        "device_scale_factor": SHARPNESS,
        "color_scheme": "dark" if picture.dark else "light",
        "reduced_motion": "reduce",
    }
