"""The view of precedents: what is searched for, what is shown, what is said when there is nothing to show."""

from __future__ import annotations

import logging
import warnings
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

import pytest

from assistant.model import Language, Precedent, Precedents
from assistant.service import MAX_QUESTION_CHARS, Assistant
from assistant.web import precedent_fragments as fragments
from assistant.web.links import reader_url
from assistant.web.precedent_plot import MOST_TICKS, Shape, plot, position, shape_of, ticks, year_of
from assistant.web.precedent_search import Request, checked, offered, one_each, searched
from assistant.web.precedent_texts import ENGLISH, SWEDISH, precedent_texts
from ingest.errors import RadslagError
from ingest.matters import Role, Step
from ingest.model import Status
from ingest.outcome import Outcome
from ingest.settings import load_settings
from tests.answers import HOSTILE_MARKUP, FakeAssistant, fake_assistant

MEMO = Step("a.txt", None, None, "2023-01-20", "KS", "Memo", Role.FÖRSLAG, Status.FÖRSLAG, None)
POSTPONED = Step("b.pdf", "18", "18", "2023-02-13", "KS", "Borgen", Role.BESLUT, Status.BESLUT, Outcome.BORDLAGD)
DECIDED = Step("c.pdf", "61", "61", "2023-05-15", "KF", "Borgen", Role.BESLUT, Status.BESLUT, Outcome.AVSLAG)
STEPS = (MEMO, POSTPONED, DECIDED)


def precedent(**changes: Any) -> Precedent:
    base = Precedent(
        document="a.txt",
        title="Borgen för en förening",
        status="förslag",
        outcome=Outcome.AVSLAG,
        date="2023-01-20",
        body="Kommunstyrelsen",
        dnr="KS 2023/1",
        score=1.0,
        quote="Kommunen går i borgen.",
        amounts=("900 000 kronor",),
        conditions=("under förutsättning att pant lämnas",),
        municipality="Norrby kommun",
        kind="tjänsteskrivelse",
        start=10,
        end=32,
        steps=STEPS,
    )
    return replace(base, **changes)


# -- what is asked --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (Request(text=" \n"), SWEDISH.empty),
        (Request(), SWEDISH.empty),
        (Request(document=""), SWEDISH.no_choice),
        (Request(text="å" * (MAX_QUESTION_CHARS + 1)), "2001 tecken"),
    ],
)
def test_what_cannot_be_searched_for_is_said_and_not_searched(request_: Request, said: str) -> None:
    assert said in (checked(request_, "sv") or "")
    outcome = searched(Failing(), request_, {}, "sv")
    assert (outcome.shown, outcome.is_error) == ("", True)
    assert said in outcome.said


def test_the_longest_description_is_searched_for() -> None:
    assert checked(Request(text="å" * MAX_QUESTION_CHARS + " "), "en") is None


class Failing(FakeAssistant):
    def precedents(self, *_: Any, **__: Any) -> Precedents:
        raise RadslagError("the index at secret/place has gone")


def test_a_failure_is_said_without_its_inner_words(caplog: pytest.LogCaptureFixture) -> None:
    outcome = searched(Failing(), Request(text="borgen"), {}, "en")
    assert (outcome.shown, outcome.said, outcome.is_error) == ("", ENGLISH.failed, True)
    assert "secret/place" in caplog.text


@pytest.mark.parametrize("logged", [False, True])
def test_descriptions_are_logged_only_when_a_setting_asks_for_it(
    logged: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    searched(FakeAssistant(settings=load_settings(log_questions=logged)), Request(text="Hemligt"), {}, "sv")
    assert ("Hemligt" in caplog.text) is logged


def test_a_document_that_has_gone_is_said() -> None:
    assert searched(fake_assistant(), Request(document="x.txt"), {}, "sv").said == SWEDISH.gone


# -- what is found --------------------------------------------------------------------------------------------------


def test_earlier_matters_are_shown_with_outcome_and_place(assistant: Assistant) -> None:
    outcome = searched(assistant, Request(text="gratis bad för barn"), {}, "sv")
    assert "Utfall: <strong>avslag</strong>" in outcome.shown
    assert "Kommunfullmäktige avslår motionen om gratis bad." in outcome.shown
    assert outcome.shown.count('<li class="matter"') >= 1
    text = assistant.text_of("norrby/protokoll.txt")
    assert text is not None
    start = text.index("Kommunfullmäktige avslår")
    address = reader_url("norrby/protokoll.txt", start, text.index(".", start) + 1, "sv").replace("&", "&amp;")
    assert f'href="{address}"' in outcome.shown
    assert not outcome.is_error


def test_filters_narrow_what_is_found_and_say_so_when_nothing_is_left(assistant: Assistant) -> None:
    request = Request(text="gratis bad för barn")
    assert "Motion om gratis bad" not in searched(assistant, request, {"status": "förslag"}, "sv").shown
    nothing = searched(assistant, request, {"year": "1999"}, "en")
    assert 'class="matter"' not in nothing.shown
    assert "1999" in nothing.said


def test_a_document_is_a_way_to_begin(assistant: Assistant) -> None:
    outcome = searched(assistant, Request(document="norrby/memo.txt"), {}, "en")
    assert ENGLISH.alike_document in outcome.shown
    assert "Avgift för sophämtning" in outcome.shown


def test_when_nothing_is_alike_the_nearest_is_shown_as_unlike() -> None:
    shown = fragments.unlike("Inget liknar.", (precedent(),), "sv")
    assert shown.index("Inget liknar.") < shown.index(SWEDISH.unlike) < shown.index("Borgen för en förening")
    assert 'class="matters unlike"' in shown
    assert SWEDISH.unlike not in fragments.unlike("Inget liknar.", (), "sv")
    outcome = searched(fake_assistant(), Request(text="rymdfart"), {}, "sv")
    assert (outcome.said, outcome.is_error) == ("Inget tidigare ärende liknar detta.", False)


def test_of_a_matter_the_decision_that_settled_it_is_shown() -> None:
    memo, decided = precedent(), precedent(document="c.pdf", paragraph="61", status="beslut")
    postponed = precedent(document="b.pdf", paragraph="18", status="beslut")
    other = precedent(document="d.txt", steps=(), outcome=None)
    assert one_each([memo, other, postponed, decided]) == (decided, other)
    assert one_each([memo, postponed]) == (memo,)
    assert one_each([other, replace(other, document="e.txt")]) == (other, replace(other, document="e.txt"))


def test_unknown_facts_are_said_or_left_out() -> None:
    bare = Precedent("a.txt", None, "okänd", None, None, None, None, 1.0, "Ord.")
    shown = fragments.alike([bare], None, "en")
    for expected in (ENGLISH.no_outcome, ENGLISH.undated, "Document without a title"):
        assert expected in shown
    assert "None" not in shown


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nothing_from_a_document_is_markup(language: Language) -> None:
    step = replace(DECIDED, document=HOSTILE_MARKUP, title=HOSTILE_MARKUP, body=HOSTILE_MARKUP, date=HOSTILE_MARKUP)
    words = ("document", "title", "status", "date", "body", "dnr", "quote", "municipality", "kind", "paragraph")
    hostile = precedent(
        **dict.fromkeys(words, HOSTILE_MARKUP),
        amounts=(HOSTILE_MARKUP,),
        conditions=(HOSTILE_MARKUP,),
        steps=(step, MEMO),
    )
    shown = fragments.alike([hostile], HOSTILE_MARKUP, language) + fragments.unlike("x", [hostile], language)
    for sign in ("<script", "<img", "<a href='javascript", 'href="javascript', "\u202e", "\x1b"):
        assert sign not in shown


# -- documents to choose from ---------------------------------------------------------------------------------------


def test_documents_are_offered_by_their_words(assistant: Assistant) -> None:
    shown, said = offered(assistant, "SOPHÄMT", "sv")
    assert 'data-document="norrby/memo.txt"' in shown
    assert said == ""
    assert offered(assistant, " ", "sv") == ("", "")
    assert offered(assistant, "rymdfart", "sv") == ("", SWEDISH.none_matching)


# -- the plot -------------------------------------------------------------------------------------------------------


def test_steps_lie_in_the_order_of_their_dates_within_the_width() -> None:
    days = ["2020-01-01", "2020-07-01", "2020-12-31", "2021-01-01", "2023-05-15"]
    places = [position(year_of(day) or 0, 2020, 2024) for day in days]
    assert places == sorted(set(places))
    assert all(0 < place < 100 for place in places)
    assert year_of("2021-01-01") == 2021
    assert year_of("maj 2021") is None
    assert year_of(None) is None


@pytest.mark.parametrize("span", range(1, 60))
def test_few_years_are_named_evenly_apart(span: int) -> None:
    named = ticks(1990, 1990 + span)
    assert named[0] == 1990
    assert 2 <= len(named) <= MOST_TICKS
    assert len({later - earlier for earlier, later in pairwise(named)}) == 1


def test_the_form_of_a_mark_says_what_was_decided() -> None:
    granted = replace(DECIDED, outcome=Outcome.BIFALL)
    shapes = [shape_of(step) for step in (MEMO, POSTPONED, DECIDED, granted, replace(MEMO, role=Role.INITIATIV))]
    assert shapes == [Shape.PROPOSED, Shape.DECIDED, Shape.REFUSED, Shape.GRANTED, Shape.BEGUN]
    assert len({str(fragment) for fragment in map(str, shapes)}) == 5


def test_the_plot_has_a_row_a_matter_and_the_same_as_a_table() -> None:
    shown = plot([precedent(), precedent(document="e.txt", steps=(), status="beslut", outcome=None)], "sv")
    assert shown.count('class="lane"') == 2
    lanes, table = shown.split("<details>")
    assert 'aria-hidden="true"' in lanes
    assert table.count("<tr>") == 1 + len(STEPS) + 1
    for step in STEPS:
        assert f'<td class="date">{step.date}</td>' in table
        assert reader_url(step.document, language="sv").replace("&", "&amp;") in table


def test_without_dates_there_is_no_plot() -> None:
    assert plot([precedent(steps=(), date=None)], "sv") == ""


def test_every_word_is_there_in_both_languages() -> None:
    for field in fields(SWEDISH):
        swedish, english = getattr(SWEDISH, field.name), getattr(ENGLISH, field.name)
        assert swedish, field.name
        assert english, field.name
        if isinstance(swedish, str):
            assert swedish != english, field.name
        else:
            assert set(swedish) == set(english), field.name


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_view_is_built_and_offers_no_programming_interface(language: Language) -> None:
    import gradio as gr

    from assistant.web import precedents
    from assistant.web.shared import Shared

    with gr.Blocks() as blocks, warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        precedents.build(Shared(fake_assistant(), language, gr.State({})))
    config = blocks.get_config_file()
    assert precedent_texts(language).describe in str(config["components"])
    assert {each["api_visibility"] for each in config["dependencies"]} == {"private"}
