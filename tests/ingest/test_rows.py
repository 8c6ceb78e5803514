"""Rows know the row that names their columns and the words above their table, in passages and in the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.words import numbers_in
from ingest.chain import ingest
from ingest.model import Document, Row, Sentence, Span
from ingest.read import READERS
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.split import split
from ingest.store import REGISTRY_FILE
from ingest.structure import understand
from tests.encoders import ToyEncoder

MARKDOWN = """# Avgifter i Norrby

## Måltider

Tabell 1. Måltidsavgifter

| Måltid | Avgift | Enhet |
|---|---:|---|
| Matdistribution | 58 | kr/portion |
| Lunch | 62 | |

## Larm

Alla priser anges per månad och betalas i efterskott av den som har larmet.

| Larm | 210 |
|---|---|
| Extra knapp | 40 |
"""
TEXT = """AVGIFTER I NORRBY

Måltidsavgifter:

Måltid            Avgift   Enhet
---------------   ------   ----------
Matdistribution       58   kr/portion
Lunch                 62
"""
PAGE = """<html><body><main><h1>Avgifter i Norrby</h1><h2>Måltider</h2><p>Måltidsavgifter</p>
<table><tr><th>Måltid</th><th>Avgift</th><th>Enhet</th></tr><tr><td>Matdistribution</td><td>58</td><td>kr/portion</td></tr>
<tr><td>Lunch</td><td>62</td><td></td></tr></table></main></body></html>"""


def document_of(ending: str, content: str) -> Document:
    return understand(f"a{ending}", READERS[ending](content.encode(), Settings()))


def rows_of(document: Document) -> list[Sentence]:
    sentences = (each for section in document.sections for block in section.blocks for each in block.sentences)
    return [each for each in sentences if each.row]


@pytest.mark.parametrize(("ending", "content"), [(".md", MARKDOWN), (".txt", TEXT), (".html", PAGE)])
def test_a_row_knows_its_columns_and_its_caption_in_every_format(ending: str, content: str) -> None:
    document = document_of(ending, content)
    head, meal, lunch = rows_of(document)[:3]
    assert head.names_columns
    assert not meal.names_columns
    for row in (meal, lunch):
        assert row.row is not None
        assert row.row.names == ("Måltid", "Avgift", "Enhet")
        assert row.row.head == head.span
    assert meal.row is not None
    assert meal.row.spelled_out == "Måltidsavgifter · Måltid: Matdistribution · Avgift: 58 · Enhet: kr/portion"
    assert lunch.row is not None
    assert lunch.row.spelled_out == "Måltidsavgifter · Måltid: Lunch · Avgift: 62"
    assert all("---" not in each.of(document.text) for each in rows_of(document))


def test_without_a_caption_the_heading_names_the_table() -> None:
    last = rows_of(document_of(".md", MARKDOWN))[-1]
    assert last.row is not None
    assert last.row.caption == "Larm"


def test_a_small_table_is_one_passage_with_its_caption() -> None:
    document = document_of(
        ".txt", TEXT.replace("Måltidsavgifter:", f"{'Avgifterna är oförändrade. ' * 6}\n\nMåltidsavgifter:")
    )
    passages = split(document, "1", 200)
    (table,) = [passage for passage in passages if any(sentence.row for sentence in passage.sentences)]
    assert table.text.startswith("Måltidsavgifter: Måltid")
    assert table.text.endswith("Lunch 62")


def test_the_rows_of_a_long_table_keep_the_names_of_its_columns() -> None:
    rows = "".join(f"Avgift nummer {number:02}      {number}   kr\n" for number in range(30))
    text = TEXT.replace("Matdistribution       58   kr/portion\nLunch                 62\n", rows)
    passages = split(document_of(".txt", text), "1", 300)
    assert len(passages) > 3
    last = passages[-1]
    assert "Enhet" not in last.text
    assert "Enhet: kr" in last.alone()[-1]
    assert "Enhet" in last.understood_text


def test_a_table_that_goes_on_after_a_page_break_keeps_its_names() -> None:
    text = "Avgifter\n\nPost    Kronor\n-----   ------\nBad        120\n\n\fIs         140\nSkog       150\nSjö         15\n"
    *_, last = rows_of(document_of(".txt", text))
    assert last.row == Row(("Sjö", "15"), ("Post", "Kronor"), Span(10, 24), "Avgifter")


def test_the_index_gives_back_what_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(MARKDOWN, encoding="utf-8")
    settings = Settings(index=tmp_path / "index")
    ingest([tmp_path / "in"], settings, ToyEncoder())
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        found = [sentence for each in registry.passages_of("a.md") for sentence in each.passage.sentences]
    assert [each for each in found if each.row] == rows_of(document_of(".md", MARKDOWN))


def test_figures_of_neighbouring_rows_do_not_run_together(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(
        "# Taxa\n\n| Kärl | Kr |\n|---|---|\n| 190 liter | 1 625 |\n| 370 liter | 2 580 |\n", "utf-8"
    )
    settings = Settings(index=tmp_path / "index")
    ingest([tmp_path / "in"], settings, ToyEncoder())
    with Registry.open(settings.index / REGISTRY_FILE) as registry:
        (found,) = registry.passages_of("a.md")
        assert {"1625", "370"} <= numbers_in(registry.matter_text("a.md", None))
        assert {"1625", "370"} <= numbers_in(found.passage.understood_text)
