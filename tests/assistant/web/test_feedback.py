"""What a reader says of an answer is kept with the answer, within bounds, and with nothing about the reader."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.feedback import MAX_COMMENT_CHARS, FeedbackError, feedback_file, keep, read_feedback
from assistant.markup import Html, element
from assistant.web.conversation import Conversation, Exchange
from assistant.web.feedback import ENGLISH, SWEDISH, form, received
from ingest.errors import UsageError
from ingest.settings import Settings, load_settings
from tests.answers import FakeAssistant, decision, flagship, hostile

TIME = "2026-11-22T09:30+00:00"
SENT = {"number": 2, "verdict": "wrong", "comment": " Det var\n2024. "}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(feedback_folder=tmp_path / "said")


def conversation() -> Conversation:
    exchanges = (
        Exchange(flagship().question, Html(), flagship()),
        Exchange(decision().question, Html(), decision(), filters={"year": "2022"}),
    )
    return tuple(
        replace(each, shown=element("article", form(number, each, "sv")))
        for number, each in enumerate(exchanges, start=1)
    )


def give(settings: Settings, given: Any = SENT, held: Conversation | None = None) -> tuple[Conversation, str]:
    return received(FakeAssistant(settings=settings), held or conversation(), given, "sv", TIME)


# -- what is kept ---------------------------------------------------------------------------------------------------


def test_an_entry_holds_the_answer_what_came_before_and_what_it_rests_on(settings: Settings) -> None:
    after, said = give(settings)
    assert said == SWEDISH.thanks
    (entry,) = read_feedback(feedback_file(settings))
    assert (entry.verdict, entry.comment, entry.time) == ("wrong", "Det var 2024.", TIME)
    assert (entry.question, entry.answer) == (decision().question, decision().answer)
    assert entry.citations == decision().citations
    assert entry.history == after[0].turns
    assert entry.filters == {"year": "2022"}
    assert set(entry.fingerprint) == {"code", "corpus", "model", "settings"}
    assert entry.fingerprint["model"] == "toy@1"
    assert set(json.loads(feedback_file(settings).read_text())) == set(entry.__dataclass_fields__), "nothing else"


def test_the_verdict_stands_where_the_form_was_and_is_given_once(settings: Settings) -> None:
    after, _ = give(settings)
    assert after[1].verdict == "wrong"
    assert "<form" not in after[1].shown
    assert "Ditt omdöme: Fel. Tack" in after[1].shown
    assert after[0] == conversation()[0]
    assert give(settings, held=after) == (after, "")
    assert len(read_feedback(feedback_file(settings))) == 1


@pytest.mark.parametrize(
    "given",
    [
        {},
        {**SENT, "verdict": "<b>"},
        {**SENT, "verdict": None},
        {**SENT, "number": 0},
        {**SENT, "number": 3},
        {**SENT, "number": "2"},
        {**SENT, "number": -1},
        {**SENT, "number": [2]},
        {**SENT, "verdict": ["wrong"]},
    ],
)
def test_what_is_from_no_form_changes_nothing(settings: Settings, given: Any) -> None:
    assert give(settings, given) == (conversation(), "")
    assert not feedback_file(settings).exists()


@pytest.mark.parametrize("exchange", [Exchange("Fel?", Html()), Exchange("Väntar?", Html(), flagship(), pending=True)])
def test_without_a_whole_answer_there_is_nothing_to_judge(settings: Settings, exchange: Exchange) -> None:
    assert give(settings, {**SENT, "number": 1}, (exchange,)) == ((exchange,), "")
    assert form(1, Exchange("Fel?", Html()), "sv") == ""


def test_a_verdict_waits_for_the_answer_that_is_being_made(settings: Settings) -> None:
    held = (*conversation(), Exchange("Och sedan?", Html(), pending=True))
    assert give(settings, held=held) == (held, SWEDISH.wait)
    assert not feedback_file(settings).exists()


def test_a_comment_is_one_line_and_cut(settings: Settings) -> None:
    give(settings, {**SENT, "comment": "å" * (MAX_COMMENT_CHARS + 1)})
    give(settings, {**SENT, "comment": {"no": "text"}})
    first, second = read_feedback(feedback_file(settings))
    assert (len(first.comment), second.comment) == (MAX_COMMENT_CHARS, "")


def test_whatever_an_answer_holds_stays_one_line(settings: Settings) -> None:
    held = (Exchange("\ud800 å\u2028b", Html(), replace(hostile(), question="\ud800 å\u2028b\n")),)
    give(settings, {**SENT, "number": 1}, held)
    assert feedback_file(settings).read_bytes().count(b"\n") == 1
    (entry,) = read_feedback(feedback_file(settings))
    assert entry.citations == hostile().citations


# -- bounds ---------------------------------------------------------------------------------------------------------


def test_the_file_has_a_largest_size(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "radslag")
    give(settings)
    size = feedback_file(settings).stat().st_size
    full = settings.model_copy(update={"max_feedback_bytes": size + 10})
    after, said = give(full, {**SENT, "number": 1})
    assert (said, after[0].verdict) == (SWEDISH.failed, None)
    assert "max_feedback_bytes" in caplog.text
    assert feedback_file(settings).stat().st_size == size


def test_it_can_be_switched_off_and_a_folder_that_cannot_be_written_is_said(settings: Settings, tmp_path: Path) -> None:
    _, said = give(settings.model_copy(update={"feedback": False}))
    assert said == SWEDISH.failed
    assert not feedback_file(settings).exists()
    (tmp_path / "file").write_text("")
    give(settings)
    (entry,) = read_feedback(feedback_file(settings))
    with pytest.raises(FeedbackError, match="cannot write"):
        keep(entry, settings.model_copy(update={"feedback_folder": tmp_path / "file"}))


def test_only_the_one_who_runs_the_program_reads_it(settings: Settings) -> None:
    give(settings)
    assert feedback_file(settings).stat().st_mode & 0o077 == 0


def test_a_line_that_was_cut_off_spoils_only_itself(settings: Settings) -> None:
    give(settings)
    file = feedback_file(settings)
    file.write_bytes(file.read_bytes() + b'{"time": "20')
    give(settings, {**SENT, "number": 1})
    with pytest.raises(UsageError, match=r"feedback\.jsonl:2 is no feedback: .*; remove the line"):
        read_feedback(file)
    file.write_bytes(b"\n".join(line for line in file.read_bytes().splitlines() if line.endswith(b"}")))
    assert [entry.verdict for entry in read_feedback(file)] == ["wrong", "wrong"]


def test_without_a_folder_it_is_kept_in_the_index() -> None:
    settings = load_settings(index=Path("my-index"))
    assert feedback_file(settings) == Path("my-index/feedback.jsonl")
    with pytest.raises(UsageError, match="no feedback at my-index"):
        read_feedback(feedback_file(settings))


# -- the form -------------------------------------------------------------------------------------------------------


def test_the_form_has_names_for_everything_and_says_what_is_kept() -> None:
    html = form(2, conversation()[1], "en")
    for expected in (ENGLISH.question, ENGLISH.kept, ENGLISH.comment, *ENGLISH.verdicts.values()):
        assert expected in html
    assert html.count("<label>") == html.count("<input")
    assert 'lang="en"' in html
    assert 'data-number="2"' in html
