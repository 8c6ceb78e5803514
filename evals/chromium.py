"""The web app in Chromium: what a person would see, and wait for. Needs Playwright (`pip install radslag[dev]`) and a Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ingest.errors import UsageError

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
READY = "document.documentElement.dataset.view && document.querySelector('#question textarea')"
ANSWERED = "document.querySelector('.exchange:not([aria-busy])')"


def has_chromium() -> bool:
    """Whether there is a browser, and what drives it."""
    return CHROMIUM.exists() and find_spec("playwright") is not None


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser of Playwright's.

    Raises:
        UsageError: there is none.
    """
    if not has_chromium():
        raise UsageError(
            f"no browser at {CHROMIUM}, or no Playwright: install Chromium and radslag[dev], or set CHROMIUM to where it is"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
