"""Answers worded by a model, over real HTTP: what is true is shown, what isn't is not, and there is always an answer in time."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

import pytest

from assistant.llm.notes import NOTES
from assistant.model import MAX_ANSWER_CHARS, Answer, Turn
from assistant.render import parts, statuses, text
from assistant.service import Assistant
from tests.assistant.test_service import check
from tests.scripted import KEY, Reply, Scripted, error

pytestmark = pytest.mark.slow

FEE = "Vilken avgift för sophämtning fastställs?"
FAITHFUL = "Avgiften för sophämtning föreslås bli 1 250 kronor om året. ⟦1 250⟧"
MOTION = "Avslogs motionen om gratis bad?"
CONDITION = "Beslutet gäller under förutsättning att Sörby kommun fattar samma beslut."


def same_but_for_note(answer: Answer, extractive: Answer) -> bool:
    """Whether the answer is the extractive one, word for word."""
    return (answer.engine, answer.answer, answer.statements, answer.citations) == (
        "extractive",
        extractive.answer,
        extractive.statements,
        extractive.citations,
    )


def dropped(answer: Answer) -> list[str]:
    assert answer.transcript is not None
    return [each["fault"] for each in answer.transcript.dropped]


def test_what_is_true_is_worded_by_the_model(assistant: Assistant, server: Scripted) -> None:
    server.say(FAITHFUL)
    answer = assistant.ask(FEE)
    check(assistant, answer)
    assert (answer.engine, answer.note) == ("llm", None)
    assert answer.answer.startswith("Avgiften för sophämtning föreslås bli 1 250 kronor om året. [1]")
    assert answer.citations[0].quote == "Avgiften för sophämtning fastställs till 1 250 kronor om året."
    assert (answer.citations[0].status, answer.citations[0].point) == ("förslag", 1)


def test_the_condition_and_the_missing_decision_are_told_unasked(assistant: Assistant, server: Scripted) -> None:
    server.say(FAITHFUL)
    answer = assistant.ask(FEE)
    assert f"Villkor: {CONDITION} [2]" in answer.answer
    assert "något beslut finns inte bland dokumenten" in answer.answer
    assert [statuses(part, answer) for part in parts(answer)] == [("förslag",), ("förslag",), ()]


def test_a_part_without_an_answer_is_named_in_the_models_words_too(assistant: Assistant, server: Scripted) -> None:
    server.say(FAITHFUL)
    answer = assistant.ask(f"{FEE[:-1]}, och vilka getter betar gräset på Månberget?")
    check(assistant, answer)
    assert answer.engine == "llm"
    assert "Inget svar hittades på ”vilka getter betar gräset på Månberget”." in answer.answer.splitlines()


def test_a_condition_that_the_model_tells_is_not_told_twice(assistant: Assistant, server: Scripted) -> None:
    server.say(f"{FAITHFUL}\nFörslaget gäller under förutsättning att Sörby kommun fattar samma beslut. ⟦Sörby⟧")
    answer = assistant.ask(FEE)
    check(assistant, answer)
    assert answer.answer.count("Sörby") == 1


def test_the_standing_is_named_where_the_model_does_not(assistant: Assistant, server: Scripted) -> None:
    server.say("Avgiften för sophämtning fastställs till 1 250 kronor om året. ⟦1 250⟧")
    answer = assistant.ask(FEE)
    assert answer.answer.startswith("Förslag: Avgiften")
    assert answer.statements[0].text.startswith("Avgiften")


def test_an_english_question_is_answered_in_english(assistant: Assistant, server: Scripted) -> None:
    server.say("It is proposed that the fee for sophämtning be SEK 1,250 a year. ⟦1 250⟧")
    answer = assistant.ask("What is the avgift för sophämtning?")
    check(assistant, answer)
    assert (answer.engine, answer.language) == ("llm", "en")
    assert "You answer a question" in server.prompt
    assert "NO ANSWER" in server.prompt


def test_the_model_is_shown_the_question_as_understood_and_the_evidence_with_its_standing(
    assistant: Assistant, server: Scripted
) -> None:
    server.say(FAITHFUL)
    history = [Turn("user", FEE), Turn("assistant", "1 250 kronor om året.")]
    assistant.ask("Och från när gäller den?", history)
    assert "Och från när gäller den?" in server.prompt
    assert f"Frågan fortsätter på: {FEE}" in server.prompt
    assert "en tidpunkt" in server.prompt
    assert 'status="förslag"' in server.prompt
    assert 'status="beslut" date="2024-05-13"' in server.prompt
    assert "§ 61" in server.prompt
    assert "(punkt 2) Avgiften gäller från och med den 1 januari 2025." in server.prompt


@pytest.mark.parametrize(
    ("question", "said", "fault"),
    [
        (FEE, "Avgiften för sophämtning föreslås bli 1 520 kronor om året. ⟦1 250⟧", "number"),
        (FEE, "Avgiften för sophämtning föreslås bli 1 250 kronor i månaden. ⟦1 250⟧", "number"),
        (FEE, "Avgiften för sophämtning föreslås bli 1 250 kronor om året. ⟦4 miljoner⟧", "number"),
        (FEE, "Avgiften för sophämtning föreslås bli 1 250 kronor om året. [99]", "marker of no source"),
        (FEE, "Avgiften för sophämtning föreslås bli 1 250 kronor om året.", "no marker"),
        (FEE, "Avgiften föreslås bli 1 250 kronor ⟦1 250⟧, vilket är olagligt.", "no marker"),
        (FEE, "Avgiften för sophämtning fastställdes till 1 250 kronor om året. ⟦1 250⟧", "standing"),
        (FEE, "Förslaget om 1 250 kronor om året i avgift för sophämtning antogs. ⟦1 250⟧", "standing"),
        (FEE, "Arvika föreslår att avgiften för sophämtning blir 1 250 kronor om året. ⟦1 250⟧", "name"),
        (FEE, "The fee for waste collection is proposed to be SEK 1,250 a year. ⟦1 250⟧", "language"),
        (MOTION, "Kommunfullmäktige avslog inte motionen om gratis bad. ⟦avslår⟧", "negation"),
        (MOTION, "Kommunfullmäktige biföll motionen om gratis bad. ⟦avslår⟧", "outcome"),
        (MOTION, "Kommunstyrelsen avslog motionen om gratis bad. ⟦avslår⟧", "name"),
        (MOTION, "Kommunfullmäktige avslog motionen om gratis bad. ⟦4 miljoner⟧", "outcome"),
    ],
)
def test_what_is_not_true_never_leaves(
    assistant: Assistant, server: Scripted, question: str, said: str, fault: str
) -> None:
    server.say(said)
    answers = list(assistant.ask_streamed(question))
    assert len(answers) == 1, "nothing is shown before it is verified"
    assert same_but_for_note(answers[0], assistant.ask(question, engine="extractive"))
    assert answers[0].note == f"{NOTES['sv'].unverified} {NOTES['sv'].extractive}"
    assert fault in dropped(answers[0])[0]


def test_a_negation_dropped_is_dropped(assistant: Assistant, server: Scripted) -> None:
    server.say(
        f"{FAITHFUL}\nAvgiften täcker kostnaderna. ⟦täcker inte⟧\nAvgiften på i dag 1 100 kronor täcker inte kostnaderna. ⟦1 100⟧⟦täcker inte⟧"
    )
    answer = assistant.ask(FEE)
    check(assistant, answer)
    assert "täcker kostnaderna" not in answer.answer
    assert "täcker inte kostnaderna" in answer.answer
    assert answer.note == NOTES["sv"].dropped_one


def test_true_sentences_that_do_not_answer_are_not_enough(assistant: Assistant, server: Scripted) -> None:
    server.say("Kommunfullmäktige avslog motionen om gratis bad. ⟦avslår⟧")
    answer = assistant.ask(FEE)
    assert same_but_for_note(answer, assistant.ask(FEE, engine="extractive"))
    assert answer.note is not None


def test_an_amount_asked_for_must_be_told(assistant: Assistant, server: Scripted) -> None:
    server.say("Avgiften för sophämtning fastställs enligt förslaget. ⟦1 250⟧")
    assert assistant.ask(FEE).engine == "extractive"


def test_a_model_that_finds_nothing_does_not_take_the_answer_away(assistant: Assistant, server: Scripted) -> None:
    server.say("INGET SVAR")
    answer = assistant.ask(FEE)
    assert same_but_for_note(answer, assistant.ask(FEE, engine="extractive"))
    assert answer.note == f"{NOTES['sv'].declined} {NOTES['sv'].extractive}"


def test_an_abstention_stays_one_and_the_model_is_not_even_asked(assistant: Assistant, server: Scripted) -> None:
    server.say("Borgmästaren i Paris heter Anne. [1]")
    answer = assistant.ask("Vem är borgmästare i Paris?")
    assert answer.abstained
    assert (answer.engine, answer.note, server.asked) == ("extractive", None, [])


def test_sentences_are_shown_as_they_are_verified(assistant: Assistant, server: Scripted) -> None:
    server.say(
        f"{FAITHFUL}\nDen kostar 9 999 kronor. ⟦1 250⟧\nEnligt förslaget gäller avgiften från och med 2025-01-01. ⟦1 januari⟧"
    )
    *growing, last = assistant.ask_streamed(FEE)
    assert [len(each.statements) for each in growing] == [1, 2]
    for answer in (*growing, last):
        check(assistant, answer)
        assert "9 999" not in answer.answer
    assert last.answer.startswith(growing[-1].answer)
    assert growing[0].note is None


def test_the_limits_hold_however_much_is_said(assistant: Assistant, server: Scripted) -> None:
    many = [
        f"{'Mycket ' * number}riktigt enligt förslaget är att avgiften fastställs till 1 250 kronor om året. ⟦1 250⟧"
        for number in range(30)
    ]
    server.say("\n".join(many))
    answer = assistant.ask(FEE)
    check(assistant, answer)
    assert answer.engine == "llm"
    assert CONDITION in answer.answer
    assert len(answer.answer) <= MAX_ANSWER_CHARS


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (error(401, "Incorrect API key"), "tog inte emot"),
        (Reply("Nej.", finish="content_filter"), "filter"),
        (Reply("I'm sorry, but I can't help with that."), "gick inte att belägga"),
        (Reply('{"answer": "1 250"}'), "gick inte att belägga"),
    ],
)
def test_what_cannot_get_better_is_not_tried_again(
    assistant: Assistant, server: Scripted, reply: Reply, words: str
) -> None:
    server.say(reply)
    answer = assistant.ask(FEE)
    assert same_but_for_note(answer, assistant.ask(FEE, engine="extractive"))
    assert answer.note is not None
    assert words in answer.note
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "first",
    [
        error(500, "oops"),
        error(429, "slow down", Retry_After="1"),
        Reply(""),
        Reply(body="<h1>Bad gateway</h1>"),
        Reply("Avgiften för soph", breaks_after=1),
        error(400, "the request exceeds the available context size"),
    ],
    ids=["500", "429", "empty", "not JSON", "broken off", "too long"],
)
def test_one_retry_where_it_may_help(assistant: Assistant, server: Scripted, first: Reply) -> None:
    server.say(first, FAITHFUL)
    answer = assistant.ask(FEE)
    check(assistant, answer)
    assert answer.engine == "llm"
    assert len(server.asked) == 2
    assert answer.transcript is not None
    assert [bool(each.failure) for each in answer.transcript.attempts] == [True, False]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (error(500, "oops"), "Det blev fel"),
        (error(429, "slow down"), "upptagen"),
        (Reply(""), "gav inget svar"),
        (Reply("Avgiften för soph", breaks_after=1), "bröts"),
        (error(400, "the request exceeds the available context size"), "för långt"),
    ],
)
def test_after_the_retry_the_documents_answer(assistant: Assistant, server: Scripted, reply: Reply, words: str) -> None:
    server.say(reply, reply)
    answer = assistant.ask(FEE)
    assert same_but_for_note(answer, assistant.ask(FEE, engine="extractive"))
    assert answer.note is not None
    assert words in answer.note
    assert len(server.asked) == 2


def test_too_much_is_put_again_with_half_of_the_evidence(assistant: Assistant, server: Scripted) -> None:
    server.say(error(400, "the request exceeds the available context size"), FAITHFUL)
    assistant.ask(FEE)
    first, second = (each["messages"][1]["content"].count("<handling") for each in server.asked)
    assert second == first // 2


def test_a_server_that_cannot_stream_is_asked_for_the_whole(assistant: Assistant, server: Scripted) -> None:
    server.say(Reply(FAITHFUL, streams=False), Reply(FAITHFUL, streams=False))
    assert assistant.ask(FEE).engine == "llm"
    assert [each.get("stream", False) for each in server.asked] == [True, False]


def test_one_who_is_told_to_wait_too_long_does_not(assistant: Assistant, server: Scripted) -> None:
    server.say(error(429, "slow down", Retry_After="3600"))
    began = time.monotonic()
    assert assistant.ask(FEE).engine == "extractive"
    assert time.monotonic() - began < 8
    assert len(server.asked) == 1


def test_nothing_is_waited_for_beyond_the_timeout(assistant: Assistant, server: Scripted) -> None:
    server.say(FAITHFUL)
    assistant.ask(FEE)
    assistant._writer = replace(assistant._writer, timeout_seconds=1.0)
    server.say(Reply(FAITHFUL, wait_seconds=4))
    began = time.monotonic()
    answer = assistant.ask(FEE)
    assert time.monotonic() - began < 2.5
    assert same_but_for_note(answer, assistant.ask(FEE, engine="extractive"))
    assert answer.note == f"{NOTES['sv'].failures[next(iter(NOTES['sv'].failures))]} {NOTES['sv'].extractive}"


def test_what_was_verified_before_the_connection_broke_is_kept_when_it_answers(
    assistant: Assistant, server: Scripted
) -> None:
    whole = f"{FAITHFUL}\n"
    server.say(Reply(f"{whole}Enligt förslaget gäller avgiften från", piece_chars=200, breaks_after=1), "INGET SVAR")
    server.replies[0] = Reply(
        whole + "Enligt förslaget gäller avgiften från och med nu", piece_chars=100, breaks_after=1
    )
    answer = assistant.ask(FEE)
    check(assistant, answer)
    assert answer.engine == "llm"
    assert answer.note == NOTES["sv"].broke_off
    assert len(server.asked) == 1


def test_nobody_listens(assistant: Assistant, server: Scripted) -> None:
    server.say(FAITHFUL)
    assistant.ask(FEE)
    writer = assistant._writer
    assistant._writer = replace(writer, model=replace(writer.model, url="http://127.0.0.1:9/v1"))  # type: ignore[type-var]
    answer = assistant.ask(FEE)
    assert same_but_for_note(answer, assistant.ask(FEE, engine="extractive"))
    assert answer.note is not None
    assert "går inte att nå" in answer.note


def test_the_key_and_the_question_are_in_no_log_and_no_answer(
    assistant: Assistant, server: Scripted, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    server.say(error(401, "Incorrect API key provided"), FAITHFUL)
    answers = [assistant.ask(FEE), assistant.ask(FEE)]
    standard = capfd.readouterr()
    ours = "".join(record.getMessage() for record in caplog.records if record.name == "radslag")
    assert "language model scripted" in ours
    assert "sophämtning" not in ours
    for words in (
        caplog.text,
        standard.out,
        standard.err,
        *map(repr, answers),
        *(str(each.as_json()) for each in answers),
    ):
        assert KEY not in words


def test_the_reader_is_told_in_the_terminal(assistant: Assistant, server: Scripted) -> None:
    server.say(error(401, "Incorrect API key provided"))
    assert "Språkmodellen tog inte emot frågan." in " ".join(text(assistant.ask(FEE)).split())


def test_the_record_of_an_answer_is_not_part_of_its_json(assistant: Assistant, server: Scripted) -> None:
    server.say(FAITHFUL)
    answer = assistant.ask(FEE)
    assert answer.transcript is not None
    (attempt,) = answer.transcript.attempts
    assert attempt.reply.startswith("Avgiften för sophämtning föreslås bli 1 250")
    assert attempt.prompt[1]["content"] == server.asked[0]["messages"][1]["content"]
    assert "transcript" not in answer.as_json()
    assert answer.as_json()["note"] is None
