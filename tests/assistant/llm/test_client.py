"""The endpoint over real HTTP: what it is sent, what comes back, every way of failing, and that the key stays where it is."""

from __future__ import annotations

import logging
import time
import traceback

import pytest

from assistant.llm.client import Endpoint, Failure, Message, ModelError
from ingest.errors import UsageError
from ingest.settings import load_settings
from tests.scripted import KEY, Reply, Scripted, error

pytestmark = pytest.mark.slow

QUESTION = (Message("system", "Svara kort."), Message("user", "Vad kostar det?"))


def said(endpoint: Endpoint, seconds: float = 5, streaming: bool = True) -> list[str]:
    return list(endpoint.pieces(QUESTION, seconds, streaming))


def failure(endpoint: Endpoint, seconds: float = 5, streaming: bool = True) -> ModelError:
    with pytest.raises(ModelError) as caught:
        said(endpoint, seconds, streaming)
    return caught.value


@pytest.mark.parametrize("streaming", [True, False])
def test_the_reply_comes_as_it_was_written(server: Scripted, endpoint: Endpoint, streaming: bool) -> None:
    text = "Det kostar 1 250 kronor om året å ä ö § 61. [1]\nMer finns inte. [2]"
    server.say(text)
    pieces = said(endpoint, streaming=streaming)
    assert "".join(pieces) == text
    assert (len(pieces) > 1) == streaming


def test_the_model_is_asked_as_the_settings_say(server: Scripted, endpoint: Endpoint) -> None:
    server.say("Ja. [1]")
    said(endpoint)
    (asked,) = server.asked
    assert (asked["model"], asked["max_tokens"], asked["temperature"], asked["stream"]) == ("scripted", 400, 0.0, True)
    assert [(each["role"], each["content"]) for each in asked["messages"]] == [
        ("system", "Svara kort."),
        ("user", "Vad kostar det?"),
    ]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_keys_and_names_meant_for_others_are_not_sent(
    server: Scripted, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "for-another-server")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    keyless = Endpoint(endpoint.url, endpoint.name, endpoint.reply_tokens, endpoint.context_tokens)
    server.say("Ja. [1]")
    said(keyless)
    assert "for-another-server" not in str(server.headers[0])
    assert server.headers[0]["Authorization"] == "Bearer none"


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (error(401, "Incorrect API key provided"), Failure.REFUSED),
        (error(404, "no such model"), Failure.REFUSED),
        (error(429, "slow down", Retry_After="2"), Failure.BUSY),
        (error(500, "oops"), Failure.SERVER),
        (error(503, "loading model"), Failure.SERVER),
        (error(400, "the request exceeds the available context size"), Failure.TOO_LONG),
        (error(400, "This model's maximum context length is 4096 tokens"), Failure.TOO_LONG),
        (error(413, "large"), Failure.TOO_LONG),
        (Reply(status=302, body="", headers={"Location": "http://127.0.0.1:9/elsewhere"}), Failure.REFUSED),
        (Reply(""), Failure.EMPTY),
        (Reply("  \n "), Failure.EMPTY),
        (Reply("Nej", finish="content_filter"), Failure.FILTERED),
        (Reply("Svaret är långt nog för att gå sönder", breaks_after=2), Failure.BROKEN),
        (Reply(body="<h1>Bad gateway</h1>"), Failure.EMPTY),
        (Reply(body="data: {not json\n\n", headers={"Content-Type": "text/event-stream"}), Failure.MALFORMED),
        (
            Reply(body='data: {"error": {"message": "kaboom"}}\n\n', headers={"Content-Type": "text/event-stream"}),
            Failure.SERVER,
        ),
    ],
    ids=lambda each: each.name if isinstance(each, Failure) else "",
)
def test_every_failure_has_its_kind(server: Scripted, endpoint: Endpoint, reply: Reply, kind: Failure) -> None:
    server.say(reply)
    assert failure(endpoint).kind is kind
    assert len(server.asked) == 1, "the library must not try again by itself"


@pytest.mark.parametrize(
    "body", ["<h1>Bad gateway</h1>", "{}", '{"choices": []}', "null", '{"choices": [{"index": 0}]}']
)
def test_a_whole_reply_that_is_none_is_malformed(server: Scripted, endpoint: Endpoint, body: str) -> None:
    server.say(Reply(body=body, headers={"Content-Type": "application/json"}))
    assert failure(endpoint, streaming=False).kind is Failure.MALFORMED


def test_what_a_busy_server_asks_for_is_known(server: Scripted, endpoint: Endpoint) -> None:
    server.say(error(429, "slow down", Retry_After="2"), error(429, "slow down"))
    assert failure(endpoint).retry_after_seconds == 2
    assert failure(endpoint).retry_after_seconds is None


def test_nobody_listens() -> None:
    nobody = Endpoint("http://127.0.0.1:9/v1", "none", 100, 2000)
    assert failure(nobody).kind is Failure.UNREACHABLE


@pytest.mark.parametrize(
    "reply",
    [
        Reply("Sent. [1]", wait_seconds=6),
        Reply("En bit i taget, och aldrig färdigt.", piece_chars=1, piece_seconds=0.2),
        Reply("Efter många livstecken.", pings=60, piece_seconds=0.1),
    ],
    ids=["silent", "dripping", "pinging"],
)
def test_nothing_is_waited_for_beyond_the_time(server: Scripted, endpoint: Endpoint, reply: Reply) -> None:
    server.say("Ja. [1]")
    said(endpoint)  # the libraries are imported
    server.say(reply)
    began = time.monotonic()
    assert failure(endpoint, seconds=0.6).kind is Failure.TIMEOUT
    assert time.monotonic() - began < 5, "each reply takes six seconds or more"


def test_the_key_is_in_no_log_and_no_error(
    server: Scripted, endpoint: Endpoint, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    server.say("Ja. [1]", error(401, "Incorrect API key provided"), error(500, "oops"), Reply("Sönder", breaks_after=0))
    said(endpoint)
    told = [repr(endpoint), str(endpoint)]
    for _ in range(3):
        caught = failure(endpoint)
        told += [str(caught), repr(caught), "".join(traceback.format_exception(caught))]
    standard = capfd.readouterr()
    assert caplog.records, "the libraries below log, which is looked through here"
    for words in (*told, caplog.text, standard.out, standard.err):
        assert KEY not in words


def test_no_endpoint_without_settings() -> None:
    with pytest.raises(UsageError, match="llm_url and llm_model"):
        Endpoint.of(load_settings(llm_url="http://127.0.0.1:9/v1"))
