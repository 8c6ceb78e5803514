"""The web app as a browser sees it: pictures of it, and how long one waits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

import evals.chromium
from evals.chromium import chromium
from evals.page import page_figures
from evals.screenshots import PICTURES, SHARPNESS, _taken
from ingest.errors import UsageError
from tests.answers import FLAGSHIP_SV, fake_assistant
from tests.browser import served


@pytest.mark.slow
def test_a_picture_is_of_the_page_with_its_answer(tmp_path: Path) -> None:
    *_, phone = PICTURES
    with served(fake_assistant()) as url, chromium() as browser:
        target = _taken(browser, url.rstrip("/"), phone, tmp_path)
        light = _taken(browser, url.rstrip("/"), replace(phone, name="light.png", dark=False), tmp_path)
    dark, bright = Image.open(target).convert("L"), Image.open(light).convert("L")
    assert dark.size == tuple(round(side * SHARPNESS) for side in phone.size)
    assert dark.getpixel((5, 5)) < 60 < 200 < bright.getpixel((5, 5))
    assert len(dark.getcolors() or ()) > 20, "there are words on it"


@pytest.mark.slow
def test_one_waits_for_the_page_and_for_the_answer() -> None:
    with served(fake_assistant()) as url:
        ready, answered = page_figures(url, [FLAGSHIP_SV])
    assert ready.value is not None
    assert answered.value is not None
    assert 0 < answered.value < 60


def test_without_a_browser_there_are_no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evals.chromium, "CHROMIUM", Path("nowhere"))
    assert [figure.value for figure in page_figures("http://127.0.0.1:1/", [FLAGSHIP_SV])] == [None, None]
    with pytest.raises(UsageError, match="no browser at nowhere"), chromium():
        pass
