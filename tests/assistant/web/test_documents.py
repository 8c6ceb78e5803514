"""The view of documents: the list, what is covered and missing, the last ingests, uploads."""

from __future__ import annotations

import warnings
from dataclasses import fields, replace
from typing import Any

import pytest

from assistant.model import Language
from assistant.service import Assistant
from assistant.uploads import Read
from assistant.web import archive_fragments as fragments
from assistant.web import archive_search as search
from assistant.web.archive_texts import ENGLISH, SWEDISH, archive_texts
from assistant.web.coverage_plot import MOST_BARS, SHADES, coverage, shade, shortened
from assistant.web.links import original_url, reader_url
from assistant.web.upload_form import form
from ingest.errors import RadslagError, UsageError
from ingest.filters import Listed
from ingest.gaps import Missing, Year
from ingest.model import Failure, IngestReport, Metadata
from ingest.overview import Overview
from ingest.runs import Ended, Going, Runs
from ingest.settings import load_settings
from ingest.uploads import Reason
from tests.answers import HOSTILE_MARKUP, FakeArchive, FakeUploads, fake_assistant

PAPER = Listed("a/b.pdf", "1", Metadata("Taxa", "Norrby kommun", "Kommunfullmäktige", "taxa", "2024-05-13", "KS 1/24"))
UNDATED = Listed("c.txt", "1", Metadata())
FAILURE = Failure("trasig.pdf", "the PDF is broken", "fetch it anew")
GAP = Year(
    "Norrby kommun",
    "Kommunfullmäktige",
    "2024",
    ("2024-05-13",),
    ("2024-09-02",),
    (Missing(1, 9, None, "2024-05-13"), Missing(12, 12, "2024-05-13", "2024-05-13"), Missing(20, 30, "x", "y")),
)
OVERVIEW = Overview(
    documents=3,
    municipalities=(("Norrby kommun", 2), (None, 1)),
    kinds=(("taxa", 2), (None, 1)),
    years=(("2022", 1), ("2023", 0), ("2024", 1)),
    bodies=(("Kommunfullmäktige", {"2022": 1, "2024": 1}), (None, {None: 1})),
    undated=(UNDATED,),
    gaps=(GAP,),
)
_FIELDS = ("title", "municipality", "body", "kind", "date", "dnr")
HOSTILE = Listed(HOSTILE_MARKUP, "1", replace(Metadata(), **dict.fromkeys(_FIELDS, HOSTILE_MARKUP)))  # type: ignore[arg-type]
MARKUP = ("<script", "<img", "<a href='javascript", 'href="javascript', "\u202e", "\x1b")


class Gone(FakeArchive):
    def documents(self, *_: Any, **__: Any) -> list[Listed]:
        raise RadslagError("the index at secret/place has gone")

    def overview(self, *_: Any, **__: Any) -> Overview:
        raise RadslagError("the index at secret/place has gone")

    def runs(self) -> Runs:
        raise RadslagError("the index at secret/place has gone")


class Many(FakeArchive):
    def documents(self, *_: Any, **__: Any) -> list[Listed]:
        return [replace(PAPER, id=f"{number}.pdf") for number in range(25)]


# -- the list -------------------------------------------------------------------------------------------------------


def test_documents_are_listed_with_links_to_reader_and_original(assistant: Assistant) -> None:
    page = search.page(assistant.archive, "sophämt", {}, 0, "sv")
    assert f'href="{reader_url("norrby/memo.txt", language="sv").replace("&", "&amp;")}"' in page.shown
    assert f'href="{original_url("norrby/memo.txt", "sv").replace("&", "&amp;")}"' in page.shown
    assert "protokoll.txt" not in page.shown
    assert SWEDISH.undated in page.shown
    assert search.page(assistant.archive, "", {"status": "yttrande"}, 0, "sv").shown.count("<li>") == 1


@pytest.mark.parametrize(
    ("wanted", "number", "first", "last", "before", "after"),
    [(0, 0, 0, 9, False, True), (1, 1, 10, 19, True, True), (2, 2, 20, 24, True, False), (9, 2, 20, 24, True, False)],
)
def test_a_page_holds_some_and_knows_its_neighbours(
    wanted: int, number: int, first: int, last: int, before: bool, after: bool
) -> None:
    page = search.page(Many(), "", {}, wanted, "en")
    assert (page.number, page.has_previous, page.has_next) == (number, before, after)
    assert f"{first + 1}–{last + 1} of 25" in page.shown
    for place in range(25):
        assert (f"<code>{place}.pdf</code>" in page.shown) is (first <= place <= last)


def test_nothing_found_is_said() -> None:
    page = search.page(FakeArchive(), "rymdfart", {}, -1, "sv")
    assert (page.number, page.has_previous, page.has_next) == (0, False, False)
    assert SWEDISH.shown_none in page.shown


def test_a_failure_is_said_without_its_inner_words(caplog: pytest.LogCaptureFixture) -> None:
    shown = (
        search.page(Gone(), "", {}, 0, "sv").shown + search.covered(Gone(), {}, "sv")[0] + search.runs(Gone(), "sv")[0]
    )
    assert shown.count(SWEDISH.failed) == 3
    assert "secret" not in shown
    assert "secret" in caplog.text


# -- what is covered and missing ------------------------------------------------------------------------------------


def test_every_mark_of_the_plot_has_its_number() -> None:
    shown = coverage(OVERVIEW, "sv")
    for number, year in ((1, "2022"), (0, "2023"), (1, "2024")):
        assert f'<span class="count">{number}</span>' in shown
        assert f'<span class="year">{year}</span>' in shown
    assert shown.count('aria-hidden="true"') >= shown.count("<svg")
    assert '<td class="shade-0">–</td>' in shown
    assert f'<td class="shade-{SHADES}">1</td>' in shown
    assert shown.count('scope="row"') == 2 + 2 + 2
    assert SWEDISH.nothing in coverage(replace(OVERVIEW, documents=0), "sv")


def test_the_darkest_cell_is_the_one_with_most() -> None:
    for most in range(1, 30):
        shades = [shade(count, most) for count in range(most + 1)]
        assert shades == sorted(shades)
        assert (shades[0], shades[-1]) == (0, SHADES)
        assert 0 not in shades[1:]


def test_what_is_not_shown_by_itself_is_summed_up() -> None:
    counts = [(f"slag {number}", 2) for number in range(MOST_BARS + 3)]
    found = shortened([*counts, (None, 5)], "övriga")
    assert found[MOST_BARS:] == [("övriga", 6), (None, 5)]
    assert sum(count for _, count in found) == 2 * len(counts) + 5
    assert shortened(counts[:2], "övriga") == counts[:2]


def test_gaps_are_named() -> None:
    shown = fragments.gaps(OVERVIEW, "sv")
    for expected in (
        "År utan handlingar: 2023.",
        "Handlingar utan datum: 1",
        "c.txt",
        "§§ 1–9 (före 2024-05-13)",
        "§ 12 (inom 2024-05-13)",
        "§§ 20–30 (mellan x och y)",
        "Bara utdrag: 2024-09-02",
    ):
        assert expected in shown
    whole = replace(OVERVIEW, years=(("2024", 3),), undated=(), gaps=())
    assert SWEDISH.no_gaps in fragments.gaps(whole, "sv")


def test_the_real_archive_is_covered(assistant: Assistant) -> None:
    plotted, missing = search.covered(assistant.archive, {}, "en")
    assert "Kommunfullmäktige" in plotted
    assert "§§ 1–60 (before 2024-05-13)" in missing
    assert ENGLISH.nothing in search.covered(assistant.archive, {"year": "1999"}, "en")[0]


# -- the last ingests -----------------------------------------------------------------------------------------------


def test_the_last_ingest_is_told_with_its_failures() -> None:
    report = IngestReport(added=2, unchanged=7, failed=(FAILURE,))
    good = Ended(("/srv/a/uppladdat",), "2026-11-22T09:00:00+00:00", IngestReport(unchanged=3))
    bad = Ended(("/srv/hemligt/papper",), "2026-11-21T09:00:00+00:00", report)
    shown = fragments.runs(Runs(None, (good, bad, good)), "sv")
    assert "2 nya, 0 ändrade, 7 oförändrade, 0 borttagna, 1 misslyckade" in shown
    for expected in ("trasig.pdf", "the PDF is broken", "fetch it anew", "papper", "2026-11-21"):
        assert expected in shown
    assert "/srv" not in shown, "where files lie is not for the page"
    assert shown.count('class="run"') == 2, "an earlier ingest without failures isn't news"
    assert SWEDISH.no_ingest in fragments.runs(Runs(None, ()), "sv")


def test_an_ingest_that_goes_on_is_looked_at_again() -> None:
    going = Going(("papper",), "2026-11-22T09:00:00+00:00", 3, 12, "d.pdf")

    class Busy(FakeArchive):
        cut_off = False

        def runs(self) -> Runs:
            return Runs(replace(going, cut_off=self.cut_off), ())

    archive = Busy()
    shown, goes_on = search.runs(archive, "en")
    assert goes_on
    assert 'value="3" max="12"' in shown
    assert "d.pdf" in shown
    archive.cut_off = True
    shown, goes_on = search.runs(archive, "en")
    assert not goes_on
    assert "3 of 12" in shown


# -- uploads --------------------------------------------------------------------------------------------------------


def test_what_a_browser_tells_of_files_is_taken_for_what_it_is() -> None:
    assert search.sent([{"name": "a.pdf", "document": "x"}]) == (search.Sent("a.pdf", "x", None),)
    assert search.sent([{"name": 1, "refused": ["kind"]}, "b", None]) == (search.Sent("?", None, None),)
    others: tuple[object, ...] = (None, {}, "files", 3)
    for other in others:
        assert search.sent(other) == ()


class Reading(FakeUploads):
    def read(self, documents: Any) -> Read:
        assert list(documents) == ["u/a.pdf", "u/b.pdf"]
        return Read((replace(PAPER, id="u/a.pdf"),), (replace(FAILURE, document="u/b.pdf"),))


def test_of_every_file_it_is_told_what_became_of_it() -> None:
    files = search.sent(
        [
            {"name": "a.pdf", "document": "u/a.pdf"},
            {"name": "b.pdf", "document": "u/b.pdf"},
            {"name": "c.doc", "refused": Reason.CONVERT.value},
            {"name": "d.pdf", "refused": "?"},
        ]
    )
    shown, said = search.read_in(Reading(), files, "sv")
    assert said == "Inläst: 1. Inte inläst: 3."
    for expected in (
        "b.pdf",
        "the PDF is broken",
        "fetch it anew",
        SWEDISH.refusals["convert"],
        SWEDISH.refusals["other"],
    ):
        assert expected in shown


def test_when_nothing_was_taken_nothing_is_read() -> None:
    class Never(FakeUploads):
        def read(self, documents: Any) -> Read:
            raise AssertionError(documents)

    shown, said = search.read_in(Never(), search.sent([{"name": "a.exe", "refused": "kind"}]), "en")
    assert ENGLISH.refusals["kind"] in shown
    assert said == ENGLISH.not_taken


def test_when_the_index_cannot_be_written_the_files_are_said_to_wait() -> None:
    class Full(FakeUploads):
        def read(self, documents: Any) -> Read:  # noqa: ARG002
            raise UsageError("the disk at secret/place is full")

    shown, said = search.read_in(Full(), search.sent([{"name": "a.pdf", "document": "u/a.pdf"}]), "en")
    assert said == ENGLISH.reading_failed
    assert "secret" not in shown


def test_forgetting_is_confirmed_first() -> None:
    unsure, sure = (fragments.uploaded([PAPER], asked, "sv") for asked in (None, PAPER.id))
    assert "data-sure" not in unsure
    assert SWEDISH.forget_sure not in unsure
    assert SWEDISH.forget_sure in sure
    assert search.forgotten(FakeUploads(), "x", "sv") == SWEDISH.forget_failed


def test_every_reason_not_to_take_a_file_has_words() -> None:
    for words in (SWEDISH, ENGLISH):
        assert set(words.refusals) == {*(reason.value for reason in Reason), "role", "other"}


def test_the_form_says_what_may_be_uploaded() -> None:
    shown = form(load_settings(upload_megabytes=7, upload_files=3), ["Norrby kommun", '"><script>'], "sv")
    assert "Högst 7 MB per fil och 3 filer" in shown
    assert 'accept=".txt' in shown
    assert "<script" not in shown


# -- everything -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nothing_from_a_document_is_markup(language: Language) -> None:
    gap = replace(GAP, body=HOSTILE_MARKUP, extracts=(HOSTILE_MARKUP,))
    overview = replace(
        OVERVIEW,
        kinds=((HOSTILE_MARKUP, 1),),
        municipalities=((HOSTILE_MARKUP, 1),),
        bodies=((HOSTILE_MARKUP, {"2024": 1}),),
        undated=(HOSTILE,),
        gaps=(gap, replace(gap, municipality=HOSTILE_MARKUP)),
    )
    failure = Failure(HOSTILE_MARKUP, HOSTILE_MARKUP, HOSTILE_MARKUP)
    ended = Ended((HOSTILE_MARKUP,), "2026-11-22T09:00:00+00:00", IngestReport(failed=(failure,), notes=(failure,)))
    shown = (
        fragments.listing([HOSTILE], 1, 1, language),
        coverage(overview, language),
        fragments.gaps(overview, language),
        fragments.runs(Runs(Going((), ended.ended, 1, 2, HOSTILE_MARKUP), (ended,)), language),
        fragments.upload_outcome([HOSTILE], [(HOSTILE_MARKUP,) * 3], [failure], language),
        fragments.uploaded([HOSTILE], HOSTILE.id, language),
    )
    for sign in MARKUP:
        assert not any(sign in fragment for fragment in shown)


def test_every_word_is_there_in_both_languages() -> None:
    for field in fields(SWEDISH):
        swedish, english = getattr(SWEDISH, field.name), getattr(ENGLISH, field.name)
        assert swedish != english, field.name
        assert swedish, field.name
        assert english, field.name


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_view_is_built_and_offers_no_programming_interface(language: Language) -> None:
    import gradio as gr

    from assistant.web import documents
    from assistant.web.shared import Shared

    with gr.Blocks() as blocks, warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        documents.build(Shared(fake_assistant(), language, gr.State({})))
    config = blocks.get_config_file()
    assert archive_texts(language).search in str(config["components"])
    assert {each["api_visibility"] for each in config["dependencies"]} == {"private"}
    editors = next(each for each in config["components"] if each["props"].get("elem_id") == "uploads")
    assert editors["props"]["visible"] is False


def test_municipalities_to_choose_from_are_those_there_are(assistant: Assistant) -> None:
    assert search.municipalities(assistant.archive) == ["Norrby kommun"]
