"""An exported conversation says what the page says, and nothing in it acts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.markup import Html
from assistant.model import Answer
from assistant.web.conversation import Conversation, Exchange
from assistant.web.export.clipboard import clipboard_html, clipboard_text
from assistant.web.export.markdown import inert, render_markdown
from assistant.web.export.transcript import entry, transcript
from assistant.web.export.view import copy_button
from assistant.web.export.word import render_word
from assistant.web.export.words import ENGLISH, SWEDISH
from tests.answers import (
    CONDITION,
    FLAGSHIP_EN,
    HOSTILE_MARKUP,
    LIQUIDATED,
    abstention,
    decision,
    flagship,
    folded,
    hostile,
)

BASE = "https://radslag.example"
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
READ = MarkdownIt("gfm-like", {"linkify": False, "html": True})


def held(*answers: Answer, **filters: str) -> Conversation:
    return tuple(Exchange(each.question, Html(), each, filters=filters) for each in answers)


def markdown(*answers: Answer, **filters: str) -> str:
    return render_markdown(transcript(held(*answers, **filters), "sv", "2026-11-22", BASE))


def word(*answers: Answer, **filters: str) -> Any:
    return Document(BytesIO(render_word(transcript(held(*answers, **filters), "sv", "2026-11-22", BASE), MADE)))


def links(text: str) -> list[str]:
    tokens = [inner for token in READ.parse(text) for inner in token.children or []]
    return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]


# -- what is said ---------------------------------------------------------------------------------------------------


def test_everything_a_source_carries_is_in_the_markdown() -> None:
    text = markdown(decision(), municipality="Köpings kommun", year="2022")
    for expected in (
        "# Samtal med Rådslag",
        "Uttaget 2026-11-22",
        *SWEDISH.notices,
        "## Har vi beslutat att delta i länsprocessen?",
        "*Begränsat till: kommun Köpings kommun; år 2022*",
        "**Beslut:** Kommunfullmäktige beslutar",
        "**\\[1\\] Protokoll kommunfullmäktige 2022-03-28**",
        "Beslut. Antaget av det organ som beslutar.",
        "> Kommunfullmäktige beslutar att Köpings kommun ska delta i länsprocessen.",
        "- Datum: 2022-03-28",
        "- Från: Köpings kommun, Kommunfullmäktige",
        "§ 23, Deltagande i länsprocess, punkt 1, sida 14",
        "- Diarienummer: KS 2022/108",
        f"(<{BASE}/reader?document=koping%2Fprotokoll%2Fkf_2022-03-28.pdf&start=9000&end=9072&lang=sv#quote>)",
    ):
        assert expected in text


def test_a_condition_is_called_one_and_a_proposal_too() -> None:
    text = markdown(flagship())
    assert f"**Förslag:** {folded(LIQUIDATED)} \\[1\\]" in text
    assert f"**Förslag:** Villkor: {folded(CONDITION)} \\[2\\]" in text
    unsaid = replace(flagship(), answer=flagship().answer.replace("Villkor: ", ""))
    assert f"**Förslag:** **Villkor:** {folded(CONDITION)}" in markdown(unsaid)


def test_an_answer_keeps_its_language_and_what_failed_is_left_out() -> None:
    conversation = (*held(flagship("en")), Exchange("Fel?", Html()))
    text = render_markdown(transcript(conversation, "sv", "2026-11-22"))
    assert "# Samtal med Rådslag" in text
    assert "**Proposal:** " in text
    assert ENGLISH.link in text
    assert "Fel?" not in text


def test_an_abstention_tells_what_came_nearest() -> None:
    text = markdown(abstention())
    assert "**Inget svar**" in text
    assert "Genomsökt: 2 dokument" in text
    assert "> Köpings kommun betalar årligen in 375 000 kronor" in text
    assert "### Källor" not in text


def test_how_a_question_was_understood_and_who_worded_the_answer_is_said() -> None:
    text = markdown(replace(decision(), understood="Vad beslutades? → Och sedan?", engine="llm"))
    assert "*Uppfattad som: Vad beslutades? → Och sedan?*" in text
    assert "Formulerat av en språkmodell" in text


# -- nothing acts ---------------------------------------------------------------------------------------------------


def test_markdown_of_hostile_words_has_no_link_picture_or_tag_but_ours() -> None:
    text = markdown(hostile())
    tokens = [inner for token in READ.parse(text) for inner in (token, *(token.children or []))]
    assert {token.type for token in tokens}.isdisjoint({"image", "html_inline", "html_block", "code_inline", "fence"})
    assert len(links(text)) == 1
    assert links(text)[0].startswith(f"{BASE}/reader?")
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h3"]


@given(st.one_of(st.text(max_size=60), st.text("#*_-+=>|`~[]()!<&\\:/.1w@ \n\t", max_size=40)))
def test_inert_words_are_read_back_as_they_are(text: str) -> None:
    escaped = inert(text)
    tokens = READ.parse(escaped)
    shown = "".join(inner.content for token in tokens for inner in token.children or [])
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert {inner.type for token in tokens for inner in token.children or []} <= {"text", "text_special"}
    assert shown == inert_words(text)


def inert_words(text: str) -> str:
    from assistant.markup import plain

    return " ".join(plain(text).split()).replace("\x00", "\ufffd")


def test_the_clipboard_gets_markup_as_text() -> None:
    said = entry(held(hostile())[0], hostile(), BASE)
    html = clipboard_html(said)
    assert re.findall(r"<(\w+)", html).count("script") == 0
    assert set(re.findall(r"<(\w+)", html)) <= {"div", "h2", "h3", "p", "em", "strong", "span", "blockquote", "br", "a"}
    assert "\u202e" not in html
    assert "\x1b" not in clipboard_text(said)


def test_the_copy_button_holds_both_forms_inert() -> None:
    button = copy_button(held(flagship())[0], "sv")
    assert button.count("<template>") == 1
    assert "FÖRSLAG – Samordningsförbundet" in button
    assert '<blockquote lang="sv">Samordningsförbundet' in button
    assert copy_button(Exchange("Fel?", Html()), "sv") == ""
    english = copy_button(held(flagship())[0], "en")
    assert ENGLISH.copy in english


# -- Word -----------------------------------------------------------------------------------------------------------


def test_word_has_headings_sources_and_links() -> None:
    document = word(flagship("en"), decision())
    headings = [(each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith("Heading")]
    title = "Beslut om bildande av länssamordningsförbund"
    assert headings == [
        ("Heading 1", FLAGSHIP_EN),
        ("Heading 2", "Sources"),
        ("Heading 3", f"[1] {title}"),
        ("Heading 3", f"[2] {title}"),
        ("Heading 1", decision().question),
        ("Heading 2", "Källor"),
        ("Heading 3", "[1] Protokoll kommunfullmäktige 2022-03-28"),
    ]
    text = "\n".join(each.text for each in document.paragraphs)
    for expected in (
        *SWEDISH.notices,
        "Uttaget 2026-11-22",
        f"”{folded(LIQUIDATED)}”",
        "Diarienummer: KS 2022/108",
        "sida 14",
    ):
        assert expected in text
    body = document.element.body
    anchors = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink")) if each.get(qn("w:anchor"))]
    bookmarks = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert anchors == bookmarks == ["source_1_1", "source_1_2", "source_2_1"]
    outside = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert len(outside) == 3
    assert all(target.startswith(f"{BASE}/reader?document=koping%2F") for target in outside)


def test_word_says_its_language_and_that_of_the_quotes() -> None:
    document = word(flagship("en"))
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "sv-SE"
    assert (document.core_properties.language, document.core_properties.title) == ("sv-SE", SWEDISH.title)
    spoken = {
        run.text: found.get(qn("w:val"))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if (found := run._r.find(f"{qn('w:rPr')}/{qn('w:lang')}")) is not None
    }
    assert spoken[FLAGSHIP_EN] == "en-GB"
    assert spoken[f"”{folded(CONDITION)}”"] == "sv-SE"
    assert spoken[folded(LIQUIDATED)] == "sv-SE", "a statement in the document's words"
    assert spoken["Proposal: "] == "en-GB"


@pytest.mark.parametrize("bad", ["\ud800", "\uffff", "\x00", "\x0b", "\u202e"])
def test_word_takes_whatever_a_document_holds(bad: str) -> None:
    document = word(replace(hostile(), question=f"a{bad}b", understood=f"{HOSTILE_MARKUP}{bad}"))
    assert any(each.text == "ab" for each in document.paragraphs)
    assert [rel.target_ref[: len(BASE)] for rel in document.part.rels.values() if rel.is_external] == [BASE]
