"""What an answer holds, whatever the encoder: quotes, points, standing, conditions, abstention, follow-ups, filters."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant import abstain
from assistant.model import MAX_ANSWER_CHARS, MAX_CITATIONS, MAX_QUOTE_CHARS, Answer, Turn
from assistant.render import parts
from assistant.service import Assistant
from ingest.errors import UsageError
from ingest.settings import Settings


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def check(assistant: Assistant, answer: Answer) -> None:
    """The laws of the contract."""
    assert len(answer.citations) <= MAX_CITATIONS
    assert len(answer.answer) <= MAX_ANSWER_CHARS
    assert 0 <= answer.confidence <= 1
    assert answer.abstained == (not answer.citations) == (not answer.statements)
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        text = assistant.text_of(citation.document)
        assert text is not None
        assert " ".join(text[citation.start : citation.end].split()) == citation.quote
        assert len(citation.quote) <= MAX_QUOTE_CHARS
        assert f"[{citation.n}]" in answer.answer
    for statement in answer.statements:
        assert statement.citations
        assert statement.text in answer.answer


def test_a_proposal_is_called_one_with_its_point_and_its_condition(assistant: Assistant) -> None:
    answer = assistant.ask("Vilken avgift för sophämtning fastställs?")
    check(assistant, answer)
    first, condition = answer.citations[0], answer.citations[-1]
    assert first.quote == "Avgiften för sophämtning fastställs till 1 250 kronor om året."
    assert (first.status, first.point, first.section) == ("förslag", 1, "Förslag till beslut")
    assert (first.municipality, first.body, first.kind) == ("Norrby kommun", "Kommunstyrelsen", "tjänsteskrivelse")
    assert condition.quote == "Beslutet gäller under förutsättning att Sörby kommun fattar samma beslut."
    assert condition.point == 3
    assert "Förslag: Avgiften" in answer.answer
    assert "Villkor: Beslutet" in answer.answer
    assert "något beslut finns inte bland dokumenten" in answer.answer


def test_an_answer_that_is_likely_beside_the_point_says_so_first(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure = assistant.ask("Vilken avgift för sophämtning fastställs?")
    monkeypatch.setattr(abstain, "SURE", 1.0)
    unsure = assistant.ask("Vilken avgift för sophämtning fastställs?")
    check(assistant, unsure)
    assert unsure.answer == f"Osäkert: detta är det närmaste som står i dokumenten.\n{sure.answer}"
    assert unsure.citations == sure.citations
    assert parts(unsure)[0].text == "Osäkert: detta är det närmaste som står i dokumenten."


def test_a_part_of_the_question_without_an_answer_is_named(assistant: Assistant) -> None:
    whole = assistant.ask("Vilken avgift för sophämtning fastställs?")
    half = assistant.ask("Vilken avgift för sophämtning fastställs, och vilka getter betar gräset på Månberget?")
    check(assistant, half)
    assert half.citations[0].quote == whole.citations[0].quote
    assert "Inget svar hittades på ”vilka getter betar gräset på Månberget”." in half.answer.splitlines()
    assert half.confidence == pytest.approx(whole.confidence, abs=0.2)
    assert "Inget svar hittades" not in whole.answer


def test_a_decision_is_called_one_with_its_paragraph(assistant: Assistant) -> None:
    answer = assistant.ask("Avslogs motionen om gratis bad?")
    check(assistant, answer)
    assert answer.citations[0].quote == "Kommunfullmäktige avslår motionen om gratis bad."
    assert (answer.citations[0].status, answer.citations[0].paragraph) == ("beslut", "61")
    assert answer.citations[0].date == "2024-05-13"
    assert answer.answer.startswith("Ja.\nBeslut: ")


def test_a_postponement_goes_behind_the_decision(assistant: Assistant) -> None:
    answer = assistant.ask("Vad beslutades om lån till ishallen?")
    assert answer.citations[0].paragraph == "63"


def test_everything_proposed_is_given_when_that_is_asked(assistant: Assistant) -> None:
    answer = assistant.ask("Vad föreslås om avgift för sophämtning?")
    check(assistant, answer)
    assert [citation.point for citation in answer.citations] == [1, 2, 3]


def test_a_list_comes_whole(assistant: Assistant) -> None:
    answer = assistant.ask("Vilka hushåll berörs av avgift för sophämtning?")
    check(assistant, answer)
    assert "villor" in answer.answer
    assert "fritidshus" in answer.answer


def test_what_is_not_there_gets_an_abstention_that_says_what_was_searched(assistant: Assistant) -> None:
    answer = assistant.ask("Vem är borgmästare i Paris?")
    check(assistant, answer)
    assert answer.abstained
    assert "Dokumenten svarar inte på den frågan." in answer.answer
    assert "Paris" in answer.answer
    assert "2 dokument (Norrby kommun)" in answer.answer
    assert answer.retrieved


def test_an_english_question_gets_english_words_around_the_quote(assistant: Assistant) -> None:
    answer = assistant.ask("What is the avgift for sophämtning?")
    check(assistant, answer)
    assert answer.language == "en"
    assert assistant.ask("Who is the mayor of Stockholm?").answer.startswith("The documents do not answer")


def test_a_follow_up_is_made_whole_and_shown(assistant: Assistant) -> None:
    history = [Turn("user", "Vilken avgift för sophämtning fastställs?"), Turn("assistant", "1 250 kronor.")]
    answer = assistant.ask("Och från när?", history)
    check(assistant, answer)
    assert answer.understood is not None
    assert "sophämtning" in answer.understood
    assert "Avgiften gäller från och med den 1 januari 2025." in quotes(answer)
    assert assistant.ask("Vem är handläggare?").understood is None


def test_filters_narrow_down(assistant: Assistant) -> None:
    hits = assistant.search("avgift", 20, {"kind": "protokoll"})
    assert {hit.document for hit in hits} == {"norrby/protokoll.txt"}
    assert assistant.ask("Vilken avgift för sophämtning fastställs?", filters={"kind": "protokoll"}).abstained
    with pytest.raises(UsageError, match="unknown filter"):
        assistant.ask("avgift?", filters={"color": "red"})


@pytest.mark.parametrize("question", ["", "  \n", "x" * 2001])
def test_an_unusable_question_is_said(assistant: Assistant, question: str) -> None:
    with pytest.raises(UsageError):
        assistant.ask(question)


def test_context_is_the_text_around_a_quote(assistant: Assistant) -> None:
    citation = assistant.ask("Avslogs motionen om gratis bad?").citations[0]
    before, quote, after = assistant.context(citation, 20)
    assert quote == citation.quote
    assert before.endswith("Beslut\n\n")
    assert "Reservation" in after


def test_what_is_covered(assistant: Assistant) -> None:
    covered = assistant.covered()
    assert (covered.documents, covered.municipalities) == (2, ("Norrby kommun",))
    assert covered.first_date == covered.last_date == "2024-05-13"


def test_no_index_is_said(settings: Settings) -> None:
    from tests.encoders import ToyEncoder

    with pytest.raises(UsageError, match="run `radslag ingest` first"), Assistant.open(settings, ToyEncoder()):
        pass


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.text(alphabet="abcåäö ABC?!.,§0123456789[]<>\"'*", min_size=1, max_size=60).filter(str.strip))
def test_the_laws_hold_for_any_question(assistant: Assistant, question: str) -> None:
    check(assistant, assistant.ask(question))


def test_an_answer_streamed_ends_as_the_answer(assistant: Assistant) -> None:
    question = "Vilken avgift för sophämtning fastställs?"
    *_, last = assistant.ask_streamed(question)
    assert (last.answer, last.citations, last.engine) == (
        assistant.ask(question).answer,
        assistant.ask(question).citations,
        "extractive",
    )


def test_an_engine_that_is_not_set_up_is_refused(assistant: Assistant) -> None:
    assert assistant.engines == ("extractive",)
    with pytest.raises(UsageError, match="no language model for the engine llm"):
        next(assistant.ask_streamed("Vilken avgift för sophämtning fastställs?", engine="llm"))
