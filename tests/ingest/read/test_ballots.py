"""Lists of votes that an export wrote cell by cell."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.read.ballots import with_ballots
from ingest.read.text import read_text
from ingest.structure import understand

LIST = """Bilaga 2

Antal Ja: 2

Namn

Parti

Plats

Funktion

Resultat

Eva Ek

X

1

Ordförande

Ja

Åsa Berg
Österlund

MP

12 Ledamot

Nej

Kvarnby Kommunfullmäktige, protokoll

7 (9)

\fKommunfullmäktige

Protokoll (nr 3)
Sammanträdesdatum: 2031-03-20

Jan af Ström KD
3

2:e v Ordf

Avstår

Bilaga 3

Här slutar listan.
"""
ROWS = [
    "Namn | Parti | Plats | Funktion | Resultat",
    "Eva Ek | X | 1 | Ordförande | Ja",
    "Åsa Berg Österlund | MP | 12 | Ledamot | Nej",
    "Jan af Ström | KD | 3 | 2:e v Ordf | Avstår",
]


def rows(text: str) -> list[list[str]]:
    written, tables = with_ballots(text)
    return [[row.of(written) for row in table.rows] for table in tables]


def test_cells_become_rows_and_a_page_break_divides_the_table() -> None:
    extract = read_text(LIST.encode())
    assert [[row.of(extract.text) for row in table.rows] for table in extract.tables] == [ROWS[:3], ROWS[3:]]
    assert [table.header for table in extract.tables] == [True, False]
    assert extract.pages == (0, extract.text.index("Kommunfullmäktige\n\nProtokoll (nr 3)"))
    assert "Bilaga 3\n\nHär slutar listan." in extract.text


def test_who_voted_for_what_is_a_sentence() -> None:
    document = understand("minutes.txt", read_text(LIST.encode()))
    sentences = [s.of(document.text) for section in document.sections for b in section.blocks for s in b.sentences]
    assert set(ROWS) <= set(sentences)


def test_names_and_parties_without_votes_are_no_list() -> None:
    text = "Namn\n\nParti\n\nEva Ek\n\nX\n\nÅsa Berg\n\nMP\n"
    assert with_ballots(text) == (text, ())


def test_another_list_begins_with_its_own_head() -> None:
    assert rows(LIST + LIST) == [ROWS[:3], ROWS[3:]] * 2


CELLS = st.sampled_from(
    ["Namn", "Parti", "Resultat", "Eva Ek", "X", "MP", "12", "12 Ledamot", "Ja", "Nej", "", "\f", "Bilaga 2"]
)


@given(st.lists(CELLS, max_size=40).map("\n".join))
@example("Namn\nParti\nNamn\nX\n\f\nJa")
@example("Namn\n\f\nParti\nEva Ek\nX\nJa")
def test_no_word_or_page_is_lost_and_rows_are_lines(text: str) -> None:
    written, tables = with_ballots(text)
    assert re.sub(r"[\s|]", "", written) == re.sub(r"[\s|]", "", text)
    assert written.count("\f") == text.count("\f")
    lines = re.split(r"[\n\f]", written)
    spans = [row for table in tables for row in table.rows]
    assert spans == sorted(spans)
    assert all(row.of(written) in lines for row in spans)
