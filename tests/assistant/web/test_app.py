"""The conversation behind the page, what Gradio is told, and what leaves the server."""

from __future__ import annotations

import logging
import re
import socket
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from assistant.markup import Html, element
from assistant.model import Answer, Language, Turn
from assistant.texts import ENGLISH, SWEDISH
from assistant.web import conversation
from assistant.web.conversation import MAX_QUESTION_CHARS, Conversation, Exchange, begun, failed
from assistant.web.page import rewritten
from assistant.web.server import listen
from ingest.errors import RadslagError, UsageError
from ingest.settings import load_settings
from tests.answers import FLAGSHIP_SV, FakeAssistant, FakeCoverage, abstention, fake_assistant, flagship

pytestmark = pytest.mark.slow


class Failing(FakeAssistant):
    """Knows that something it needs has gone."""

    def ask(self, *_: Any, **__: Any) -> Answer:
        raise RadslagError("the index has gone")


def answered(service: conversation.Service, waiting: Conversation, language: Language) -> tuple[Conversation, str]:
    """The conversation once the answer is whole, and what is announced; as it was when nothing waits."""
    return [(waiting, ""), *conversation.answered(service, waiting, language)][-1]


# -- the conversation -----------------------------------------------------------------------------------------------


def test_a_question_waits_and_is_answered() -> None:
    waiting = begun(f"  {FLAGSHIP_SV}\n", (), "sv")
    assert [(each.question, each.pending) for each in waiting] == [(FLAGSHIP_SV, True)]
    assert "Söker" in waiting[0].shown

    after, said = answered(fake_assistant(), waiting, "sv")
    assert [(each.answer, each.pending) for each in after] == [(flagship(), False)]
    assert "förvaltningsberättelsen" in said
    assert after[0].turns == (Turn("user", FLAGSHIP_SV), Turn("assistant", flagship().answer))


def test_the_words_of_a_language_model_are_shown_as_they_are_verified() -> None:
    service = fake_assistant(replace(flagship(), question="Hur?", engine="llm"))
    so_far, second, whole = (step for (step,), _ in conversation.answered(service, begun("Hur?", (), "sv"), "sv"))
    assert so_far.pending
    assert 'aria-busy="true"' in so_far.shown
    assert so_far.shown.count('class="statement') == 1
    assert second.shown.count('class="statement') == 2
    assert not whole.pending
    assert "aria-busy" not in whole.shown


def test_what_can_be_done_with_an_answer_is_offered_once_it_is_whole() -> None:
    offered: list[bool] = []

    def actions(number: int, exchange: Exchange) -> Html:
        offered.append(exchange.pending)
        return element("button", f"Spara {number}")

    steps = list(conversation.answered(fake_assistant(), begun(FLAGSHIP_SV, (), "sv"), "sv", actions))
    assert offered == [False]
    assert "Spara 1</button>" in steps[-1][0][0].shown


def test_one_question_waits_at_a_time_and_no_question_is_none() -> None:
    waiting = begun("Först?", (), "sv")
    assert begun("Sedan?", waiting, "sv") == waiting
    assert begun("  \n", (), "sv") == ()
    assert len(begun("å" * (MAX_QUESTION_CHARS + 1), (), "sv")[0].question) == MAX_QUESTION_CHARS


def test_nothing_happens_when_nothing_waits() -> None:
    done, _ = answered(fake_assistant(), begun(FLAGSHIP_SV, (), "sv"), "sv")
    for unchanged in ((), done):
        assert answered(fake_assistant(), unchanged, "sv") == (unchanged, "")
        assert failed(unchanged, "sv") == (unchanged, "")


def test_a_question_is_sent_with_what_was_answered_before_and_not_with_what_failed() -> None:
    service = fake_assistant()
    before, _ = answered(service, begun(FLAGSHIP_SV, (), "sv"), "sv")
    before, said = answered(Failing(), begun("Fel?", before, "sv"), "sv")
    assert said == SWEDISH.failed
    assert "the index has gone" not in before[-1].shown, "messages for the operator are not for the page"
    answered(service, begun("Och sedan?", before, "sv"), "sv")
    assert service.asked[-1] == ("Och sedan?", before[0].turns)


@pytest.mark.parametrize("logged", [False, True])
def test_questions_are_logged_only_when_a_setting_asks_for_it(logged: bool, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    service = FakeAssistant(settings=load_settings(log_questions=logged))
    answered(service, begun("Hemligt?\nINFO falsk rad", (), "sv"), "sv")
    assert ("Hemligt?" in caplog.text) is logged
    assert "\nINFO" not in caplog.text, "a question is one line of the log"


# -- the page -------------------------------------------------------------------------------------------------------


def _template() -> str:
    found = find_spec("gradio")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "templates" / "frontend" / "index.html").read_text(encoding="utf-8")


def test_gradios_own_page_gets_its_language_and_loses_its_advertisement() -> None:
    template = _template()
    assert 'lang="en"' in template, "Gradio has changed its page: look whether it still needs rewriting"
    page = rewritten(template, "sv")
    assert re.findall(r'<html\s+lang="(\w+)"', page) == ["sv"]
    assert not re.findall(r'(?:property|name)="(?:og|twitter):', page)
    assert "<base" not in page
    assert re.findall(r"https?://[^\s\"'<>]+", page) == []


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    from assistant.web.shell import build

    with build(fake_assistant(), "sv") as blocks:
        return dict(blocks.get_config_file())


def test_gradio_sends_no_telemetry_and_offers_no_programming_interface(config: dict[str, Any]) -> None:
    assert config["analytics_enabled"] is False
    assert config["dependencies"]
    assert {each["api_visibility"] for each in config["dependencies"]} == {"private"}


def test_nothing_on_the_page_renders_markdown(config: dict[str, Any]) -> None:
    kinds = {each["type"] for each in config["components"]}
    assert kinds <= set("button column form html json row state tabitem tabs textbox timer".split())


def test_the_page_says_what_it_is_and_what_it_searches(config: dict[str, Any]) -> None:
    words = str(config)
    for expected in (SWEDISH.notice, SWEDISH.not_logged, "Söker i 2 handlingar från Köpings kommun", *SWEDISH.examples):
        assert expected in words
    assert SWEDISH.logged not in words


@pytest.mark.parametrize(
    ("coverage", "logged", "examples", "kept"),
    [
        (FakeCoverage(), False, True, SWEDISH.not_logged),
        (FakeCoverage(municipalities=("Exempels kommun",)), True, False, SWEDISH.logged),
        (FakeCoverage(documents=0, municipalities=()), False, False, SWEDISH.not_logged),
        (FakeCoverage(municipalities=()), False, True, SWEDISH.not_logged),
    ],
)
def test_examples_are_shown_where_they_have_answers_and_logging_is_told(
    coverage: FakeCoverage, logged: bool, examples: bool, kept: str
) -> None:
    from assistant.web.shell import build

    service = FakeAssistant(settings=load_settings(log_questions=logged), coverage=coverage)
    components = build(service, "sv").get_config_file()["components"]
    assert any(each["props"].get("elem_id") == "examples" for each in components) is examples
    assert kept in str(components)


def test_the_served_page_is_in_its_language_and_closes_gradios_other_pages() -> None:
    from fastapi.testclient import TestClient

    from assistant.web.app import application

    client = TestClient(application(fake_assistant()))
    page = client.get("/", headers={"accept-encoding": "br, gzip"})
    assert page.status_code == 200
    assert re.findall(r'<html\s+lang="(\w+)"', page.text) == ["sv"]
    assert 'footer_links":[]' in page.text.replace(" ", "")
    assert "googleapis" not in page.text
    english = client.get("/en", follow_redirects=True)
    assert re.findall(r'<html\s+lang="(\w+)"', english.text) == ["en"]
    for closed in ("/docs", "/openapi.json", "/monitoring"):
        assert client.get(closed).status_code in {403, 404}


def test_no_file_is_taken() -> None:
    from fastapi.testclient import TestClient

    from assistant.web.app import application

    client = TestClient(application(fake_assistant()))
    response = client.post("/gradio_api/upload", files={"files": ("a.txt", b"some words")})
    assert response.status_code == 413


# -- the address ----------------------------------------------------------------------------------------------------


def test_port_0_is_a_free_port_and_the_address_can_be_opened() -> None:
    from assistant.web.app import server

    with listen("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        assert port > 0
        assert server(fake_assistant(), bound).url == f"http://127.0.0.1:{port}/"


def test_an_address_for_all_interfaces_is_shown_as_one_that_can_be_opened() -> None:
    from assistant.web.app import server

    with listen("0.0.0.0", 0) as bound:
        assert server(fake_assistant(), bound).url.startswith("http://127.0.0.1:")


def test_a_taken_port_and_a_foreign_address_are_said_with_what_to_do() -> None:
    from assistant.web.app import serve

    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} is taken: .*use --port"):
            listen("127.0.0.1", port)
        with pytest.raises(UsageError, match="is taken"):
            serve(fake_assistant(), load_settings(port=port))
    with pytest.raises(UsageError, match=r"cannot listen on 192\.0\.2\.1 port 0: .*--host"):
        listen("192.0.2.1", 0)


def test_a_server_open_to_the_network_without_accounts_says_so(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    from assistant.web.app import serve

    with caplog.at_level("WARNING", "radslag"), socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        for host, accounts in (("127.0.0.1", None), ("192.0.2.1", tmp_path / "accounts.json")):
            with pytest.raises(UsageError):  # the port is taken, the address not of this machine
                serve(fake_assistant(), load_settings(host=host, port=port, accounts=accounts))
        assert not caplog.messages
        with pytest.raises(UsageError):
            serve(fake_assistant(), load_settings(host="192.0.2.1", port=port))
    assert "192.0.2.1 is open to the network without accounts" in caplog.text


def test_every_word_of_the_page_is_translated() -> None:
    same = {"dnr", "page_title"}
    for name in SWEDISH.__dataclass_fields__:
        swedish, english = getattr(SWEDISH, name), getattr(ENGLISH, name)
        if isinstance(swedish, str) and name not in same:
            assert swedish != english, name
            assert english, name


def test_an_abstention_is_remembered_as_an_answer() -> None:
    after, _ = answered(fake_assistant(), begun("Vad kostar den nya simhallen?", (), "sv"), "sv")
    assert after[0].answer == abstention()
    assert replace(after[0], answer=None).turns == ()
