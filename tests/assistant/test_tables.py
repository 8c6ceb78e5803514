"""A value of a table is said with its row and the name of its column, beside the two rows it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import abstain, evidence
from assistant.fitted import Calibration, Fitted, Grounds
from assistant.model import Answer
from assistant.question import understand
from assistant.row import is_asked_for, numbers_elsewhere, row_line
from assistant.service import Assistant
from assistant.words import weigh_words
from ingest.chain import ingest
from ingest.model import Row
from ingest.settings import Settings
from tests.assistant.conftest import RANKING
from tests.encoders import ToyEncoder

MARKDOWN = """# Renhållningstaxa i Norrby

## Avgifter för sophämtning

| Avgift | Taxa 2017 | Förslag 2018 |
|---|---:|---:|
| Grundavgift villa | 790 | 850 |
| Grundavgift fritidshus | 520 | 560 |
| Felsorterat kärl | 300 | 350 |
"""
TEXT = """Norrby kommun

Måltidsavgifter i äldreomsorgen

Följande avgifter gäller för måltider i äldreomsorgen.

Måltid            Avgift   Enhet
---------------   ------   ----------
Lunch i matsal        62   kr/portion
Matdistribution       58   kr/portion
"""
PAGE = """<html><body><main><h1>Budget för investeringar</h1><p>Investeringar i miljoner kronor</p>
<table><tr><th>Projekt</th><th>Utgift</th></tr><tr><td>Ridhuset</td><td>21,7</td></tr><tr><td>Simhallen</td><td>12,5</td></tr>
</table></main></body></html>"""


@pytest.fixture
def assistant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    papers, settings, encoder = tmp_path / "papper", Settings(index=tmp_path / "index"), ToyEncoder()
    papers.mkdir()
    for name, content in {"taxa.md": MARKDOWN, "mat.txt": TEXT, "budget.html": PAGE}.items():
        (papers / name).write_text(content, encoding="utf-8")
    calibration = Calibration(
        -1.0, replace(Grounds(*(0.0 for _ in range(len(Grounds.__dataclass_fields__)))), around=4.0), 0.5
    )
    numbers = Fitted(RANKING, {"sv": calibration, "en": calibration})
    monkeypatch.setattr(abstain, "fitted", lambda: numbers)
    monkeypatch.setattr(evidence, "fitted", lambda: numbers)
    ingest([papers], settings, encoder)
    with Assistant.open(settings, encoder) as opened:
        yield opened


def first_line(assistant: Assistant, question: str) -> tuple[str, Answer]:
    answer = assistant.ask(question)
    assert not answer.abstained
    for citation in answer.citations:
        text = assistant.text_of(citation.document) or ""
        assert " ".join(text[citation.start : citation.end].split()) == citation.quote
    return answer.answer.splitlines()[0], answer


def test_a_row_comes_with_the_row_that_names_its_columns(assistant: Assistant) -> None:
    line, answer = first_line(assistant, "Vad kostar matdistribution?")
    assert line == "Matdistribution: Avgift 58, Enhet kr/portion [1][2]"
    row, head = answer.citations[:2]
    assert (row.quote, head.quote) == ("Matdistribution 58 kr/portion", "Måltid Avgift Enhet")
    assert answer.statements[0].text == "Matdistribution: Avgift 58, Enhet kr/portion"
    assert answer.statements[0].citations == (1, 2)


def test_the_column_that_the_question_names_is_said_first(assistant: Assistant) -> None:
    line, answer = first_line(assistant, "Vad är grundavgiften för villa 2018?")
    assert line == "Grundavgift villa: Förslag 2018: 850, Taxa 2017: 790 [1][2]"
    assert answer.citations[0].quote == "Grundavgift villa | 790 | 850"
    assert answer.citations[1].quote == "Avgift | Taxa 2017 | Förslag 2018"
    line, _ = first_line(assistant, "Vad är grundavgiften för fritidshus 2017?")
    assert line.startswith("Grundavgift fritidshus: Taxa 2017: 520")


def test_a_row_right_below_the_names_is_one_quote_with_them(assistant: Assistant) -> None:
    line, answer = first_line(assistant, "Vilken utgift har ridhuset?")
    assert line == "Ridhuset: Utgift 21,7 [1]"
    assert answer.citations[0].quote == "Projekt | Utgift Ridhuset | 21,7"


def test_names_of_columns_are_cited_once(assistant: Assistant) -> None:
    _, answer = first_line(assistant, "Vad är grundavgiften?")
    assert len({(citation.document, citation.start) for citation in answer.citations}) == len(answer.citations)


def line_of(question: str, row: Row, title: str | None = None) -> str:
    return row_line(row, understand(question).asks[0], title)


def test_a_line_says_nothing_but_cells() -> None:
    assert line_of("Vad kostar larm?", Row(("Larm", "40 kr"))) == "Larm: 40 kr"
    assert line_of("Vad kostar larm?", Row(("Larm", "", "24,50"), ("Post", "Enhet", "Kr"))) == "Larm: Kr 24,50"
    assert line_of("Vad kostar larm?", Row(("", "1", "2"), ("", "Ja", "Nej"))) == "Ja 1, Nej 2"
    assert line_of("Hur många elever?", Row(("2023/24", "29"), ("Läsår", "Elever"))) == "Läsår 2023/24: Elever 29"
    assert line_of("Vad?", Row(("Skog", "1,5", "2,5"), ("Post", "2022", "2023"))) == "Skog: 2022: 1,5; 2023: 2,5"


def test_the_year_of_the_document_is_no_column_asked_for() -> None:
    row = Row(("Kulturnämnden", "46,2", "47,0", "47,8"), ("Nämnd", "2017", "2018", "2019"))
    asked = "Vilken ram räknade 2017 års budget med för kulturnämnden år 2019?"
    assert line_of(asked, row, "Budget 2017").startswith("Kulturnämnden: 2019: 47,8; 2017: 46,2")
    assert line_of("Vilken ram fick kulturnämnden?", row).startswith("Kulturnämnden: 2017: 46,2")


def test_a_word_of_the_question_names_a_column_too() -> None:
    row = Row(
        ("Simhallen", "135", "120 000", "1 700 000"), ("Byggnad", "Effekt, kW", "Årlig produktion, kWh", "Kostnad")
    )
    assert line_of("Vilken kostnad har simhallen?", row).startswith("Simhallen: Kostnad 1 700 000")
    assert line_of("Hur stor årlig produktion har simhallen?", row).startswith(
        "Simhallen: Årlig produktion, kWh 120 000"
    )


PUPILS = [
    Row((years, pupils), ("Läsår", "Elever"), None, "Elever")
    for years, pupils in [("2012/13", "61"), ("2023/24, prognos", "29")]
]
STREETS = Row(("Gator", "16,0"), ("Område", "2021"), None, "Investeringar")


def elsewhere(question: str, row: Row, table: list[Row], title: str, heading: str | None = None) -> tuple[str, ...]:
    return numbers_elsewhere(row, table, understand(question).asks[0], title, heading)


def test_a_row_of_another_year_than_the_one_asked_for_is_told() -> None:
    asked = "Hur många elever fanns läsåret 2023/24?"
    assert elsewhere(asked, PUPILS[0], PUPILS, "Skola") == ("2023/24",)
    assert elsewhere(asked, PUPILS[1], PUPILS, "Skola") == ()


@pytest.mark.parametrize(
    ("question", "title", "heading", "expected"),
    [
        ("Vad investerades i gator 2022?", "Budget 2021 med plan 2022–2023", None, ("2022",)),
        ("Vad investerades i gator 2021?", "Budget 2021", None, ()),
        ("Vad investerades i gator 2022?", "Årsredovisning 2022", None, ()),
        ("Vad investerades i gator 2022?", "Bokslut", "Utfall 2022", ()),
        ("Vad investerades i gator?", "Bokslut", None, ()),
    ],
)
def test_a_column_of_another_year_is_told_unless_the_paper_is_of_the_year_asked_for(
    question: str, title: str, heading: str | None, expected: tuple[str, ...]
) -> None:
    assert elsewhere(question, STREETS, [STREETS], title, heading) == expected


def test_columns_that_hold_from_a_year_on_exclude_none() -> None:
    row = Row(("Larm", "240", "280"), ("Avgift", "Sedan 2019", "Förslag 2026"))
    assert elsewhere("Vad kostade larm 2022?", row, [row], "Avgifter") == ()


def test_the_caption_speaks_for_a_row_that_the_question_names_or_for_the_sum() -> None:
    ask = understand("Hur stora är investeringarna i gator?").asks[0]
    words = weigh_words(ask.own_words, {}, 100)
    assert is_asked_for(STREETS, ask, words)
    assert is_asked_for(replace(STREETS, cells=("Summa", "91,3")), ask, words)
    assert not is_asked_for(replace(STREETS, cells=("Inventarier", "6,8")), ask, words)
