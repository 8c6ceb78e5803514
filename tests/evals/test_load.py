"""Many people at once: how their waits are counted, and what counts as no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.web.guard.words import too_many
from evals.browser import Page
from evals.load import Wait, figures, load, read_questions
from ingest.errors import RadslagError, UsageError
from tests.answers import FLAGSHIP_EN, FLAGSHIP_SV, fake_assistant
from tests.browser import served


def test_figures_are_of_those_who_got_an_answer() -> None:
    waits = [Wait("a", seconds) for seconds in range(1, 20)] + [Wait("b", 100.0, "the page says: …")]
    named = {figure.name: figure for figure in figures(waits)}
    assert {name: figure.value for name, figure in named.items()} == {
        "20 people at once, p50": 10,
        "20 people at once, p95": 19,  # the 19th of 19: ceil(19 · 0.95) = 19
        "20 people at once, longest": 19,
        "20 people at once, without an answer": 1,
    }
    assert named["20 people at once, p95"].met is False
    assert named["20 people at once, without an answer"].met is False
    nobody = figures([Wait("a", 1.0, "x")])
    assert [figure.value for figure in nobody] == [None, None, None, 1]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ('{"data": ["<section>Ja.</section>"]}', None),
        (too_many(3, "sv"), "the page says: Det kommer fler frågor"),
        (too_many(3, "en"), "the page says: More questions come"),
        (RadslagError("broken"), "broken"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_a_page_that_excuses_itself_gives_no_answer(
    sent: str | Exception, error: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(_: Page, __: str) -> str:
        if isinstance(sent, Exception):
            raise sent
        return sent

    monkeypatch.setattr(Page, "__init__", lambda *_: None)
    monkeypatch.setattr(Page, "ask", ask)
    waits = load("http://127.0.0.1:1/", ["a", "b"], people=3)
    assert [wait.question for wait in waits] == ["a", "b", "a"]
    for wait in waits:
        assert wait.error is None if error is None else (wait.error or "").startswith(error)


def test_a_load_needs_questions_people_and_a_page(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs one of each"):
        load("http://127.0.0.1:1/", [])
    with pytest.raises(UsageError, match="needs one of each"):
        load("http://127.0.0.1:1/", ["a"], people=0)
    with pytest.raises(RadslagError, match="radslag serve"):
        load("http://127.0.0.1:1/", ["a"])
    with pytest.raises(UsageError, match=r"none\.txt"):
        read_questions(tmp_path / "none.txt")
    (tmp_path / "questions.txt").write_text(" Vad?\n\nNär?\n", encoding="utf-8")
    assert read_questions(tmp_path / "questions.txt") == ("Vad?", "När?")


@pytest.mark.slow
def test_many_people_ask_one_server_at_once_and_all_are_answered() -> None:
    service = fake_assistant()
    with served(service) as url:
        waits = load(url.rstrip("/"), [FLAGSHIP_SV, FLAGSHIP_EN], people=30)
    assert [wait.error for wait in waits] == [None] * 30
    assert len(service.asked) == 30
    assert {history for _, history in service.asked} == {()}, "nobody is taken for somebody else"


@pytest.mark.slow
def test_more_than_the_allowance_is_told_and_counted() -> None:
    service = fake_assistant()
    with served(service) as url:
        waits = load(url, [FLAGSHIP_SV], people=70)
    refused = [wait for wait in waits if wait.error]
    assert 1 <= len(refused) <= 10
    assert len(service.asked) == 70 - len(refused)
    assert {wait.error for wait in refused} == {
        "the page says: Det kommer fler frågor härifrån än vad som besvaras på en minut. Vänta"
    }
