"""What stands on every page of minutes is set aside, also where the page numbers are lost."""

from __future__ import annotations

from ingest.clean import furniture
from ingest.lines import lines_of
from ingest.read import Extract
from ingest.structure import understand

PAGE = """
§ {number} Ärendenummer KS-2031-0001{number}

Damm nummer {number} vid Kvarnbäcken

Beslut

Dammen byggs, och dess vatten mäts varje månad av
{below}
tekniska nämnden.

Handling

Arbetsutskottets protokoll

Protokollsutdrag skickas till

Kommunstyrelsen

"""
RUNNING = """
Kvarnby Kommunstyrelsen, protokoll

Kommunstyrelsen

Protokoll nr 9
Sammanträdesdatum: 2031-03-20
"""
PAGES = 4


def minutes(pages: int) -> str:
    return "".join(PAGE.format(number=number, below=RUNNING) for number in range(1, pages + 1))


def test_running_titles_without_page_numbers_are_set_aside() -> None:
    lines = list(lines_of(minutes(PAGES)))
    aside = [lines[number].words for number in sorted(furniture(lines))]
    assert aside == [words for words in RUNNING.split("\n") if words] * PAGES


def test_what_they_cut_through_is_one_sentence() -> None:
    document = understand("minutes.txt", Extract(minutes(PAGES)))
    sentences = [s.of(document.text) for section in document.sections for b in section.blocks for s in b.sentences]
    assert sentences.count("Dammen byggs, och dess vatten mäts varje månad av tekniska nämnden.") == PAGES
    assert sentences.count("Kommunstyrelsen") == sentences.count("Arbetsutskottets protokoll") == PAGES


def test_what_is_said_once_or_twice_is_no_furniture() -> None:
    assert not furniture(list(lines_of(minutes(2))))


def test_a_table_of_contents_is_set_aside() -> None:
    lines = list(
        lines_of(
            "Innehåll\n1 Dammen .......... 3\n2 Badet . . . . . . . 12\n"
            "1 Dammen .......... 3 1.1 Vattnet .......... 4\nOch så vidare ...... Mer finns ej.\n"
        )
    )
    assert furniture(lines) == {1, 2, 3}
