"""What is made of an answer: its statements, the text for a terminal, the fragments for the page."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.markup import element, join, plain, safe
from assistant.model import Answer, Hit, Language, Statement
from assistant.phrases import PHRASES
from assistant.places import place_parts
from assistant.render import NEAREST_SHOWN, Part, parts, place, text
from assistant.texts import ENGLISH, SWEDISH, coverage_line, kind_label, standing, status_label, texts
from assistant.timeline import Event
from assistant.web import fragments
from assistant.web.links import READER_FRAME, citation_url, reader_url
from assistant.wrapping import TERMINAL_COLUMNS
from ingest.matters import Role, Step
from ingest.model import Span, Status
from ingest.outcome import Outcome
from tests.answers import (
    AFTER,
    BEFORE,
    CONDITION,
    FLAGSHIP_SV,
    FORMATION,
    HOSTILE_MARKUP,
    LIQUIDATED,
    abstention,
    answer_of,
    decision,
    flagship,
    folded,
    hostile,
)

ELEMENTS = frozenset("a article blockquote code div h2 h3 h4 li mark ol p q span strong ul".split())
ATTRIBUTES = frozenset(
    "aria-busy aria-label class data-filters data-n data-question data-view href id lang tabindex target title".split()
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


class Read(HTMLParser):
    """What a browser would find in a fragment: elements, attributes, the text between them."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.other: list[str] = []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]


def shown(answer: Answer) -> Read:
    return Read(fragments.exchange(1, answer, {}))


# -- markup ---------------------------------------------------------------------------------------------------------


@given(ANY_TEXT, ANY_TEXT)
def test_text_and_attributes_come_through_as_they_were(words: str, value: str) -> None:
    read = Read(element("p", words, "|", safe(words), id=value))
    assert read.elements == ["p"]
    assert read.values("id") == [plain(value)]
    assert read.text == f"{plain(words)}|{plain(words)}"


def test_markup_is_escaped_once_and_joined_markup_not_again() -> None:
    inner = join([element("b", "<"), "&"], " ")
    assert element("p", inner, hidden=None) == "<p><b>&lt;</b> &amp;</p>"


@given(st.text())
def test_no_control_characters_are_left(words: str) -> None:
    left = plain(words)
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in left)
    assert "\u202e" not in left


# -- statements -----------------------------------------------------------------------------------------------------


def test_an_answer_is_cut_into_its_statements_without_the_frames_that_the_badges_say() -> None:
    assert parts(flagship()) == (
        Part(folded(LIQUIDATED), (1,)),
        Part(folded(CONDITION), (2,), "Villkor:"),
        Part("Detta är ett förslag; något beslut finns inte bland dokumenten."),
    )


@pytest.mark.parametrize(
    ("said", "statement", "found"),
    [
        ("- Ja, det gäller. [1]", "Ja, det gäller.", "Ja, det gäller."),
        ("Ja, det gäller [1].", "Ja, det gäller", "Ja, det gäller"),
        ("”Ja, det gäller.” [1]", "Ja, det gäller.", "Ja, det gäller."),
        ("Ja, det gäller. [1]", "Ja, det gäller. [1]", "Ja, det gäller. [1]"),
        ("Ja, det gäller. [1]", "Ja, det gäller.[1]", "Ja, det gäller."),
    ],
)
def test_a_statement_is_found_however_its_markers_stand(said: str, statement: str, found: str) -> None:
    answer = answer_of("?", said, statements=(Statement(statement, (1,)),), citations=(FORMATION,))
    assert parts(answer) == (Part(found, (1,)),)
    assert fragments.exchange(1, answer, {}).count('class="marker"') == 1


def test_what_stands_around_statements_is_kept() -> None:
    answer = answer_of(
        "?",
        "Två saker:\n1. Först. [1] Därtill sedan. [2]\nSlut.",
        statements=(Statement("Först.", (1,)), Statement("sedan.", (2,))),
    )
    assert parts(answer) == (
        Part("Två saker:"),
        Part("Först.", (1,), "1."),
        Part("sedan.", (2,), "Därtill"),
        Part("Slut."),
    )


def test_an_answer_whose_statements_stand_elsewhere_is_shown_whole_with_all_citations() -> None:
    answer = replace(flagship(), statements=(Statement("något annat", (1,)),))
    assert parts(answer) == (Part(answer.answer, (1, 2)),)


@pytest.mark.parametrize("answer", [flagship(), flagship("en"), decision(), abstention()])
def test_no_word_of_an_answer_is_lost_but_the_frames(answer: Answer) -> None:
    said = " ".join(part.with_lead for part in parts(answer)).split()
    frames = {"Förslag:", "Proposed:", "Beslut:"}
    assert said == [word for word in answer.answer.split() if word not in frames and not word.startswith("[")]


# -- labels ---------------------------------------------------------------------------------------------------------


def test_both_languages_name_every_status_and_have_the_same_examples() -> None:
    for words in (SWEDISH, ENGLISH):
        assert set(words.statuses) == set(words.standings) == {status.value for status in Status}
    assert len(SWEDISH.examples) == len(ENGLISH.examples)
    assert (texts("sv"), texts("en")) == (SWEDISH, ENGLISH)


def test_a_status_never_seen_is_unknown_and_a_known_genre_is_explained_in_english() -> None:
    assert status_label("bifall", "sv") == "Okänd status"
    assert standing("bifall", "en") == ENGLISH.standings["okänd"]
    assert kind_label("protokoll", "sv") == "protokoll"
    assert kind_label("protokoll", "en") == "protokoll (minutes)"
    assert kind_label("motion", "en") == "motion"
    assert kind_label("taxa", "en") == "taxa"


@pytest.mark.parametrize(
    ("documents", "names", "first", "last", "line"),
    [
        (0, (), None, None, "Inga handlingar är inlästa ännu."),
        (1, (), None, None, "Söker i en handling."),
        (2, ("Köpings kommun",), "2022-01-01", "2023-02-02", "Söker i 2 handlingar från Köpings kommun, daterade 2022-01-01 till 2023-02-02."),
        (3, ("A", "B"), "2022-01-01", "2022-01-01", "Söker i 3 handlingar från A, B, daterade 2022-01-01."),
    ],
)  # fmt: skip
def test_what_is_searched_is_said_as_far_as_it_is_known(
    documents: int, names: tuple[str, ...], first: str | None, last: str | None, line: str
) -> None:
    assert coverage_line(documents, names, first, last, "sv") == line


def test_documents_without_a_date_are_counted_apart() -> None:
    line = coverage_line(3, (), "2022-01-01", "2023-02-02", "sv", 1)
    assert line == "Söker i 3 handlingar, daterade 2022-01-01 till 2023-02-02, 1 utan datum."


def test_a_place_names_what_is_known() -> None:
    assert place(FORMATION, "sv") == "Förslag till beslut, punkt 4"
    assert place(decision().citations[0], "en") == "§ 23, Deltagande i länsprocess, point 1, page 14"
    assert place(replace(FORMATION, section=None, point=None), "sv") == ""


@pytest.mark.parametrize(
    ("title", "paragraph", "section", "parts"),
    [
        ("Protokoll", "41", "§ 41 Bidrag till ishallen", ("§ 41 Bidrag till ishallen",)),
        ("Protokoll", "41", "§ 41 Bidrag till ishallen › Beslut", ("§ 41 Bidrag till ishallen", "Beslut")),
        ("Protokoll", "4", "§ 41 Bidrag", ("§ 4", "§ 41 Bidrag")),
        ("Bidrag till ishallen", "41", "§ 41 Bidrag till  ishallen › Beslut", ("§ 41", "Beslut")),
        ("Bidrag till ishallen", None, "Bidrag till ishallen › Förslag till beslut", ("Förslag till beslut",)),
        ("Bidrag", None, "Beslut › Beslut:", ("Beslut",)),
        ("Bidrag", "41", "Beslut", ("§ 41", "Beslut")),
        ("Bidrag", "41", "§ 41", ("§ 41",)),
        ("Buss", None, "Motionen › Antal resor -----------", ("Motionen", "Antal resor")),
        (None, None, None, ()),
    ],
)
def test_a_place_says_each_of_its_parts_once(
    title: str | None, paragraph: str | None, section: str | None, parts: tuple[str, ...]
) -> None:
    assert place_parts(title, paragraph, section) == parts


# -- the terminal ---------------------------------------------------------------------------------------------------


def test_a_terminal_shows_statement_standing_source_and_quote() -> None:
    lines = text(flagship()).splitlines()
    assert lines[0].startswith("FÖRSLAG – Samordningsförbundet Västra Mälardalen likvideras")
    assert any(line.startswith("FÖRSLAG – Villkor: Beslutet fattas under förutsättning") for line in lines)
    assert "[1] FÖRSLAG – Beslut om bildande av länssamordningsförbund" in lines
    assert "    Köpings kommun, Kommunstyrelsen · tjänsteskrivelse · 2023-01-20" in lines
    assert "    Förslag till beslut, punkt 5" in lines
    assert "    koping/002_bb1c2f2fbae1ae61.txt" in lines
    assert f"”{folded(LIQUIDATED)}”" in folded(text(flagship()).replace("    │ ", " "))


def test_a_terminal_labels_an_answer_in_the_language_asked_for() -> None:
    assert text(flagship("en")).startswith("PROPOSAL – ")
    assert "\nSources\n" in text(flagship(), "en")


def test_a_terminal_shows_the_nearest_passages_of_an_abstention_a_few_at_most() -> None:
    many = tuple(Hit(f"koping/{number}.txt", 0, 1, 0.1, "ord " * 200) for number in range(9))
    lines = text(replace(abstention(), retrieved=many)).splitlines()
    assert "Närmaste avsnitten i handlingarna:" in lines
    assert sum(line.startswith("    koping/") for line in lines) == NEAREST_SHOWN
    assert "Källor" not in lines


@given(ANY_TEXT, ANY_TEXT)
def test_a_terminal_gets_no_control_characters_and_no_long_lines(quote: str, title: str) -> None:
    answer = replace(decision(), citations=(replace(FORMATION, quote=quote, title=title, document=title),))
    for line in text(answer).split("\n"):
        assert line == plain(line)
        assert len(line) <= TERMINAL_COLUMNS or " " not in line.strip().lstrip("│ ") or line.strip() == plain(title)


# -- the page -------------------------------------------------------------------------------------------------------


def test_every_statement_has_a_badge_in_words_and_a_link_to_its_card() -> None:
    html = fragments.exchange(7, flagship(), {})
    assert html.count('<p class="statement') == 2
    for citation in flagship().citations:
        assert Read(html).values("href").count(citation_url(citation, "sv")) == 2, "the marker and the card's title"
        assert f'id="kalla-7-{citation.n}"' in html
    assert html.count('<span class="badge badge-förslag">Förslag</span>') == 4, "two statements, two cards"
    assert f'<q lang="sv">{folded(LIQUIDATED)}</q>' in html


def test_the_cells_of_a_row_are_marked_as_the_documents_words() -> None:
    line, row, head = "Larm: Avgift 58, Enhet kr/månad", "Larm | 58 | kr/månad", "Tjänst | Avgift | Enhet"
    answer = answer_of(
        "What does an alarm cost?",
        f"The document says: {line} [1][2]",
        "en",
        statements=(Statement(line, (1, 2)),),
        citations=(replace(FORMATION, quote=row), replace(FORMATION, n=2, quote=head)),
    )
    assert f'<span class="cited" lang="sv">{line}</span>' in fragments.exchange(1, answer, {})


def test_a_condition_is_set_off_and_named_once() -> None:
    assert fragments.exchange(1, flagship(), {}).count("Villkor:") == 1
    bare = replace(
        flagship(), answer=f"Förslag: {folded(CONDITION)} [2]", statements=(Statement(folded(CONDITION), (2,)),)
    )
    html = fragments.exchange(1, bare, {})
    assert '<p class="statement condition">' in html
    assert html.count("<strong>Villkor: </strong>") == 1


def test_a_statement_on_two_standings_has_both_badges() -> None:
    both = (FORMATION, replace(FORMATION, n=2, status="beslut"))
    answer = answer_of("?", "Så är det. [1][2]", statements=(Statement("Så är det.", (1, 2)),), citations=both)
    statement = fragments.exchange(1, answer, {}).partition("<h3>")[0]
    assert statement.index("badge-förslag") < statement.index("badge-beslut")


def test_a_card_shows_the_quote_in_its_context_with_where_it_comes_from() -> None:
    card = Read(fragments.source(1, FORMATION, (BEFORE, LIQUIDATED, AFTER), "sv"))
    assert "4. Samordningsförbundet Västra Mälardalen likvideras när förvaltningsberättelsen" in card.text
    for fact in (
        "Beslut om bildande",
        "tjänsteskrivelse · Köpings kommun, Kommunstyrelsen · daterad 2023-01-20",
        "punkt 4",
    ):
        assert fact in card.text
    assert "Diarienummer" not in card.text, "what isn't known isn't named"
    marked = fragments.source(1, FORMATION, (BEFORE, LIQUIDATED, AFTER), "sv").partition("<mark>")[2]
    assert marked.startswith(f"{folded(LIQUIDATED)}</mark>")


def test_a_card_without_context_shows_the_quote_alone() -> None:
    for context in (None, ("", "", "")):
        assert f"<p><mark>{folded(LIQUIDATED)}</mark></p>" in fragments.source(1, FORMATION, context, "sv")


def test_context_is_cut_at_whole_words_and_loses_the_signs_of_markdown() -> None:
    before, after = "x" * 10 + " ## ord " + "ord " * 60, " efter\n### **Rubrik**\nord " + "ord " * 60 + "halvt"
    read = Read(fragments.source(1, FORMATION, (before, "**citat**", after), "sv"))
    assert "xxx" not in read.text
    assert "halvt" not in read.text
    assert "… " in read.text
    assert "**citat**" in read.text, "a quote stays as it is"
    assert "### " not in read.text


@pytest.mark.parametrize(
    ("wrapped", "unwrapped"),
    [
        ("bruten \nrad", "bruten rad"),
        ("stycke.\n \nnästa", "stycke.\n\nnästa"),
        ("följande:\n- ett\n2. två", "följande:\n- ett\n2. två"),
        ("2024\n2025", "2024 2025"),
        ("Tjänst | Avgift\nLarm | 240", "Tjänst | Avgift\nLarm | 240"),
    ],
)
def test_lines_are_joined_and_paragraphs_and_lists_kept(wrapped: str, unwrapped: str) -> None:
    assert fragments.unwrap(wrapped) == unwrapped


@given(st.text("ab1.- \n", max_size=40))
def test_unwrapping_changes_nothing_but_white_space(words: str) -> None:
    assert "".join(fragments.unwrap(words).split()) == "".join(words.split())


def test_an_abstention_names_what_came_nearest_and_leads_there() -> None:
    first, *_ = abstention().retrieved
    read = Read(fragments.exchange(1, abstention(), {}, {first.document: "Medlemsavgift, 2022-03-28"}, page="en"))
    assert "Genomsökt: 2 dokument" in read.text
    assert "Medlemsavgift, 2022-03-28Köpings kommun betalar årligen in 375 000 kronor" in read.text
    assert read.values("href")[:2] == [
        "#view=documents",
        reader_url(first.document, first.start, first.end, "en"),
    ], "what is covered, then the nearest, read in the page's language"
    assert "ol" not in read.elements


def test_that_something_is_only_proposed_is_set_off() -> None:
    assert fragments.exchange(1, flagship(), {}).count('class="only-proposed"') == 1
    assert "only-proposed" not in fragments.exchange(1, decision(), {})


def test_that_a_part_of_the_question_has_no_answer_is_set_off() -> None:
    half = flagship()
    half = replace(half, answer=f"{half.answer}\n{PHRASES['sv'].no_answer_to.format(what='vad kostar det')}")
    html = fragments.exchange(1, half, {})
    assert html.count('class="only-proposed"') == 2
    assert "Inget svar hittades på ”vad kostar det”." in Read(html).text


def _motion() -> Answer:
    said = "Kommunen erbjuder avgiftsfria bussresor från och med den 1 januari 2021,"
    citations = (replace(FORMATION, status="motion", quote=said),)
    return answer_of("?", f"{said} [1]", statements=(Statement(said, (1,)),), citations=citations)


def _ending() -> tuple[Event, Outcome]:
    step = Step(
        "norrby/protokoll.pdf",
        "95",
        "95",
        "2021-11-29",
        "kommunfullmäktige",
        None,
        Role.BESLUT,
        Status.BESLUT,
        Outcome.AVSLAG,
    )
    return Event(step, Span(3, 9), present=False), Outcome.AVSLAG


def test_how_the_matter_of_a_motion_ended_is_told_with_a_link_to_the_decision() -> None:
    html = fragments.exchange(1, _motion(), {}, page="en", endings={1: _ending()})
    read = Read(html)
    assert "Så slutade ärendet: avslag – Kommunfullmäktige 2021-11-29 § 95" in read.text
    assert reader_url("norrby/protokoll.pdf", 3, 9, "en") in read.values("href")
    assert "only-proposed" not in html
    assert "2021-01-01: gäller från och med (enligt förslaget)" in read.text
    assert '<q lang="sv">Kommunen erbjuder avgiftsfria bussresor från och med den 1 januari 2021</q>' in html


def test_how_a_matter_ended_is_not_told_beside_the_decision_itself() -> None:
    motion = _motion()
    decided = replace(FORMATION, n=2, status="beslut", document="norrby/protokoll.pdf", paragraph="95")
    both = replace(motion, citations=(*motion.citations, decided))
    assert "Så slutade" not in fragments.exchange(1, both, {}, endings={1: _ending()})


def test_that_a_motion_has_not_been_settled_is_set_off() -> None:
    html = fragments.exchange(1, _motion(), {})
    assert html.count('class="only-proposed"') == 1
    assert "inte avgjort i dokumenten" in html


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Taxan gäller från och med den 1 september 2019.", "2019-09-01: gäller från och med"),
        ("Yttrandet ska lämnas senast den 2 april 2024.", "2024-04-02: sista dag att göra det"),
        ("Taxan träder i kraft.", ""),
    ],
)
def test_what_happens_on_a_date_is_named(said: str, named: str) -> None:
    answer = answer_of("?", f"{said} [1]", statements=(Statement(said, (1,)),), citations=(FORMATION,))
    html = fragments.exchange(1, answer, {})
    assert ('<span class="dates">' in html) is bool(named)
    assert named in html


def test_an_answer_that_goes_on_says_so_and_offers_nothing_yet() -> None:
    html = fragments.exchange(1, flagship(), {}, whole=False)
    assert 'aria-busy="true"' in html
    assert SWEDISH.more in html
    assert "aria-busy" not in fragments.exchange(1, flagship(), {})


def test_the_filters_of_a_question_are_named() -> None:
    filters = {"body": "Kommunstyrelsen", "year": "2023", "status": "beslut"}
    html = fragments.exchange(1, flagship(), {}, filters=filters)
    assert "Begränsat till: Kommunstyrelsen · 2023 · Beslut" in html
    assert [json.loads(each) for each in Read(html).values("data-filters")] == [filters]


def test_the_understood_question_and_the_language_model_are_named() -> None:
    read = shown(replace(decision(), understood="När likvideras det?", engine="llm"))
    assert "Uppfattad som: När likvideras det?" in read.text
    assert "språkmodell" in read.text
    assert "Uppfattad som" not in shown(decision()).text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_answer_is_in_its_own_language_and_quotes_in_the_documents(language: Language) -> None:
    read = shown(flagship(language))
    assert read.values("lang")[0] == language
    assert set(read.values("lang")[1:]) == {"sv"}


def test_quoted_words_within_a_sentence_are_set_off_and_others_are_not() -> None:
    said = "Förbundet likvideras ”när förvaltningsberättelsen … har delgivits medlemmarna”, sägs det ”i går”."
    answer = answer_of("?", f"{said} [1]", statements=(Statement(said, (1,)),), citations=(FORMATION,))
    html = fragments.exchange(1, answer, {})
    assert '<span class="cited" lang="sv">”när förvaltningsberättelsen … har delgivits medlemmarna”</span>' in html
    assert "sägs det ”i går”." in html


def test_a_marker_without_its_card_is_no_link() -> None:
    answer = replace(flagship(), citations=(FORMATION,))
    html = fragments.exchange(1, answer, {})
    assert html.count('class="marker"') == 1


def test_the_announcement_says_standing_words_and_number_of_sources() -> None:
    said = fragments.announcement(flagship())
    assert said.startswith(f"Förslag: {folded(LIQUIDATED)} Förslag: Villkor: ")
    assert said.endswith("Källor: 2.")
    assert fragments.announcement(abstention()) == abstention().answer


def _harmless(read: Read) -> None:
    assert set(read.elements) <= ELEMENTS
    assert {name for name, _ in read.attributes} <= ATTRIBUTES
    assert all(link.startswith("/reader?document=") or link == "#view=documents" for link in read.values("href"))
    assert set(read.values("target")) <= {READER_FRAME}
    assert read.other == []


def test_hostile_words_stay_words() -> None:
    for html in (
        fragments.exchange(1, hostile(), {1: (HOSTILE_MARKUP, HOSTILE_MARKUP, HOSTILE_MARKUP)}),
        fragments.exchange(1, replace(hostile(), abstained=True, citations=()), {}),
        fragments.pending(1, HOSTILE_MARKUP, "sv"),
        fragments.failure(1, HOSTILE_MARKUP, HOSTILE_MARKUP, "en"),
    ):
        _harmless(Read(html))
        assert plain(HOSTILE_MARKUP) in Read(html).text


@settings(deadline=None)  # the machine may be busy
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_no_words_make_markup(quote: str, said: str, question: str) -> None:
    citation = replace(FORMATION, quote=quote, title=said, status=question, document=quote, section=said)
    answer = answer_of(
        question, f"{said} [1]", statements=(Statement(said, (1,)),), citations=(citation,), understood=said
    )
    _harmless(Read(fragments.exchange(1, answer, {1: (said, quote, question)})))
    assert plain(quote) in Read(fragments.source(1, citation, None, "sv")).text


def test_a_pending_question_is_shown_with_what_is_going_on() -> None:
    read = Read(fragments.pending(3, FLAGSHIP_SV, "sv"))
    assert FLAGSHIP_SV in read.text
    assert "Söker" in read.text
