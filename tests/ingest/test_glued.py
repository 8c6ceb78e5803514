"""Headings, points and bullets that an export glued to the line of their paragraph."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.glued import cuts_of, is_unwrapped
from ingest.lines import lines_of
from ingest.model import Status
from ingest.read import Extract
from ingest.structure import understand

LETTER = """Kommunfullmäktige

Handling 2031 nr 7

Damm vid Kvarnbäcken

Kommunstyrelsens förslag Kommunstyrelsen tillstyrker stadskontorets förslag i tjänsteutlåtande den 3 mars 2031 och föreslår att kommunfullmäktige beslutar:

1. Dammen vid Kvarnbäcken byggs till en kostnad av högst 4 200 000 kr i enlighet med bilaga 2 till tjänsteutlåtandet, § 37. 2. Tekniska nämnden får i uppdrag att återkomma med en plan för skötseln. 3. Avgiften höjs.

Sammanfattning Tekniska nämnden har utrett hur översvämningar i de låglänta delarna av Kvarnby kan undvikas och föreslår en damm.

Bedömning ur ekonomisk, ekologisk och social dimension Stadskontoret har inte funnit några särskilda aspekter på frågan, mer än att dammen även blir en badplats.

Mark och vatten Det behövs ett tillstånd till vattenverksamhet innan arbetet får påbörjas, och ett sådant brukar ta ett år att få.
"""


def pieces(words: str, opens: bool = True) -> list[str]:
    cuts = (0, *cuts_of(words, opens), len(words))
    return [words[begin:end].strip() for begin, end in pairwise(cuts)]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "Ärendet Bakgrund Nämnden fick år 2029 i uppdrag att utreda en ny simhall i Kvarnby.",
            ["Ärendet", "Bakgrund", "Nämnden fick år 2029 i uppdrag att utreda en ny simhall i Kvarnby."],
        ),
        (
            "1.3 Bakgrund Staden och dess bolag ska ha en god ekonomi även på längre sikt.",
            ["1.3 Bakgrund", "Staden och dess bolag ska ha en god ekonomi även på längre sikt."],
        ),
        (
            "Ny simhall i Kvarnby Förslag till beslut I kommunstyrelsen och kommunfullmäktige:",
            ["Ny simhall i Kvarnby", "Förslag till beslut", "I kommunstyrelsen och kommunfullmäktige:"],
        ),
        (
            "Motion av Eva Berg (X) om en damm Motionen Eva Berg (X) föreslår att en damm byggs vid Kvarnbäcken.",
            [
                "Motion av Eva Berg (X) om en damm",
                "Motionen",
                "Eva Berg (X) föreslår att en damm byggs vid Kvarnbäcken.",
            ],
        ),
        (
            "Stadskontorets bedömning Förslaget bedöms rymmas inom nämndens budget för år 2031.",
            ["Stadskontorets bedömning", "Förslaget bedöms rymmas inom nämndens budget för år 2031."],
        ),
        ("Beslut Enligt nämndens förslag:", ["Beslut", "Enligt nämndens förslag:"]),
        (
            "Ansvar för skötseln Den som äger marken sköter den, om inte annat har avtalats.",
            ["Ansvar för skötseln", "Den som äger marken sköter den, om inte annat har avtalats."],
        ),
    ],
    ids=["two", "numbered", "below-its-title", "motion", "customary", "short", "of-the-author"],
)
def test_a_heading_is_cut_off(line: str, wanted: list[str]) -> None:
    assert pieces(line) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "Kommunstyrelsen beslutade den 3 mars 2031 att dammen ska byggas vid Kvarnbäcken i Kvarnby.",
        "Jonas Berg (X) och Eva Ek (Y) yrkade bifall till yrkandet från X, Y och Z den 3 mars 2031.",
        "Kopia: Kultur- och fritidsnämnden, tekniska nämnden samt alla som har lämnat synpunkter.",
        "Förslaget i Damm vid Kvarnbäcken, som antogs av nämnden, har sedan dess reviderats två gånger.",
        "Handling 2031 nr 155 ska enligt kommunstyrelsen behandlas vid nästa sammanträde i fullmäktige.",
        "# Ärendet Bakgrund Nämnden fick år 2029 i uppdrag att utreda en ny simhall i Kvarnby.",
        "Ärendet Simhall | Nämnden fick år 2029 i uppdrag att utreda en ny simhall | Kvarnby",
    ],
)
def test_prose_names_marks_and_rows_are_left_whole(line: str) -> None:
    assert cuts_of(line, opens=True) == ()


def test_a_heading_is_looked_for_where_a_paragraph_begins() -> None:
    line = "Sammanfattning Tekniska nämnden har utrett frågan om en damm vid Kvarnbäcken."
    assert len(pieces(line)) == 2
    assert cuts_of(line, opens=False) == ()


def test_points_are_told_by_their_counting() -> None:
    line = "Nämnden beslutar: 1. Avgiften höjs enligt § 37. 2. Taxan antas den 3. Maj är för sent. 3. Ärendet avslutas."
    assert pieces(line) == [
        "Nämnden beslutar:",
        "1. Avgiften höjs enligt § 37.",
        "2. Taxan antas den 3. Maj är för sent.",
        "3. Ärendet avslutas.",
    ]


def test_points_go_on_from_the_page_before() -> None:
    assert pieces("8. Till ersättare utses Eva Ek (Y). 9. Till ledamot utses Jonas Berg (X).") == [
        "8. Till ersättare utses Eva Ek (Y).",
        "9. Till ledamot utses Jonas Berg (X).",
    ]


def test_bullets() -> None:
    assert pieces("Nämnden ska •   sköta dammen •   mäta vattnet") == [
        "Nämnden ska",
        "•   sköta dammen",
        "•   mäta vattnet",
    ]


def test_the_structure_of_a_glued_letter() -> None:
    document = understand("letter.txt", Extract(LETTER))
    sections = {section.headings[-1]: section for section in document.sections if section.headings}
    proposal = sections["Kommunstyrelsens förslag"]
    assert proposal.status is Status.FÖRSLAG
    assert [block.point for block in proposal.blocks if block.point] == [1, 2, 3]
    assert sections["Sammanfattning"].status is Status.INFORMATION
    assert {"Bedömning ur ekonomisk, ekologisk och social dimension", "Mark och vatten"} <= set(sections)


WRAPPED = """Sammanfattning Tekniska nämnden har
utrett hur översvämningar kan undvikas
i de låglänta delarna. 2. Inte en punkt.
"""


def test_wrapped_text_is_not_cut() -> None:
    assert not is_unwrapped(WRAPPED)
    assert [line.words for line in lines_of(WRAPPED)] == WRAPPED.split("\n")


@given(
    st.lists(st.sampled_from([*LETTER.split(" "), "\n", "\n\n", "\f", "•", "2.", "\u00a0"]), max_size=80).map(" ".join)
)
def test_no_word_is_lost_and_spans_are_true(text: str) -> None:
    lines = list(lines_of(text + LETTER))
    assert " ".join(" ".join(line.words for line in lines).split()) == " ".join((text + LETTER).split())
    assert all(line.span.of(text + LETTER) == line.words == line.words.strip() for line in lines)
