"""A browser for the tests of a module, and a page of the web app that answers from the module's `service`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.answers import FakeAssistant
from tests.browser import Visit, chromium, served, visit


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def url(service: FakeAssistant) -> Iterator[str]:
    with served(service) as address:
        yield address


@pytest.fixture
def page(browser: Any, url: str) -> Iterator[Visit]:
    with visit(browser, url) as opened:
        yield opened
