"""Tables of plain text and Markdown: the text stays, its rows and cells are known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.extract import Extract, Table
from ingest.read.text import read_markdown, read_text
from ingest.read.text_tables import tables_in

MARKDOWN = """# Taxa

Avgifter i kronor

| Avgift | Taxa 2017 | **Förslag 2018** |
|:---|---:|---:|
| Grundavgift villa | 790 | 850 |
| Extra säck \\| påse | – | 60 |
| Budad tömning | | 1 055 |

Slut.
"""
ALIGNED = """Nya avgifter
------------

Avgift                    2022   Förslag 2023
-----------------------   -----  ------------
Fast avgift, kronor       3 120         3 400
Avgift för en fastighet   1 180         1 285
som inte är ansluten
Utan avgift
Summa                                   4 685

Slut.
"""
UNRULED = """Post             Belopp
Trädäck       1 650 000
Blästring     1 900 000
Summa         3 550 000
"""


def cells_of(table: Table) -> list[list[str]]:
    return [list(row) for row in table.cells]


def check(extract: Extract, source: str) -> None:
    """The text is the file's, and rows are stretches of it, in order, that hold the words of their cells."""
    assert extract.text == source
    end = 0
    for table in extract.tables:
        assert len(table.rows) == len(table.cells)
        for row, cells in zip(table.rows, table.cells, strict=True):
            assert end <= row.start < row.end
            end = row.end
            words = row.of(extract.text)
            assert words == words.strip()
            for cell in cells:
                assert all(word in words.replace("*", "").replace("\\", "") for word in cell.split())


def test_strokes_divide_the_cells_of_markdown() -> None:
    extract = read_markdown(MARKDOWN.encode())
    check(extract, MARKDOWN)
    (table,) = extract.tables
    assert table.header
    assert cells_of(table) == [
        ["Avgift", "Taxa 2017", "Förslag 2018"],
        ["Grundavgift villa", "790", "850"],
        ["Extra säck | påse", "–", "60"],
        ["Budad tömning", "", "1 055"],
    ]
    assert table.rows[1].of(extract.text) == "Grundavgift villa | 790 | 850"
    assert [rule.of(extract.text) for rule in table.rules] == ["|:---|---:|---:|"]


def test_white_space_divides_the_cells_below_strokes() -> None:
    extract = read_text(ALIGNED.encode())
    check(extract, ALIGNED)
    (table,) = extract.tables
    assert table.header
    assert cells_of(table) == [
        ["Avgift", "2022", "Förslag 2023"],
        ["Fast avgift, kronor", "3 120", "3 400"],
        ["Avgift för en fastighet som inte är ansluten", "1 180", "1 285"],
        ["Utan avgift", "", ""],
        ["Summa", "", "4 685"],
    ]
    assert table.rows[1].of(extract.text) == "Fast avgift, kronor       3 120         3 400"


def test_names_of_columns_may_run_over_two_lines() -> None:
    text = "            Avgift   Avgift\nInsats        2022     2023\n---------   ------   ------\nLarm           210      220\n"
    (table,) = tables_in(text)
    assert cells_of(table) == [["Insats", "Avgift 2022", "Avgift 2023"], ["Larm", "210", "220"]]


@pytest.mark.parametrize(
    ("text", "header"),
    [
        (UNRULED, True),
        (UNRULED.replace("Post             Belopp\n", "Räcken        1 000 000\n"), False),
        (UNRULED.replace("Post             Belopp", "Post  Belopp"), True),
        (UNRULED.replace("Belopp\n", "Belopp\n-----------------------\n"), True),
    ],
    ids=["names", "no names", "names out of line", "one stroke"],
)
def test_gaps_show_columns_without_a_rule(text: str, header: bool) -> None:
    (table,) = tables_in(text)
    assert table.header is header
    assert cells_of(table)[-1] == ["Summa", "3 550 000"]
    assert len(table.rows) == 4


def test_a_grid_drawn_with_signs_is_a_table() -> None:
    text = "+------+-----+\n| Post | Kr  |\n+------+-----+\n| Bad  | 120 |\n+------+-----+\n"
    (table,) = tables_in(text)
    assert cells_of(table) == [["Post", "Kr"], ["Bad", "120"]]
    assert (table.header, len(table.rules)) == (True, 3)


def test_tabs_divide_cells() -> None:
    (table,) = tables_in("Post\t2022\t2023\nBad\t120\t130\nIs\t140\t150\n")
    assert table.header
    assert cells_of(table)[1] == ["Bad", "120", "130"]


@pytest.mark.parametrize(
    "text",
    [
        "Norrby kommun      Datum          Dnr\nEva Prov           2024-05-13     KS 2024/12\nEkonom             Sida           1 (3)\n",
        "Anna Ek              Bo Al\nOrdförande           Justerare\nNorrby               Söderby\n",
        "Bakgrund\n--------\nKommunen har två bad.\nDet ena är stängt.\n",
        "Ett stycke med  dubbla mellanslag\nsom står  på olika ställen och\ninte är någon  tabell alls.\n",
        "Hem | Om oss | Kontakt\n",
        "Torget 1 | 731 85 Norrby\nTelefon | 0221-250 00\n",
    ],
)
def test_what_only_stands_side_by_side_is_no_table(text: str) -> None:
    assert tables_in(text) == ()


def test_tables_known_already_are_kept_and_not_found_anew() -> None:
    text = "Namn | Parti | Röst\nEva | X | 1\nBo | Y | 2\n\n" + UNRULED
    known = next(table for table in tables_in(text) if table.cells[0][0] == "Namn")
    assert tables_in(text, [known])[0] is known
    assert len(tables_in(text, [known])) == 2


WORD = st.text("abcåäöABC", min_size=1, max_size=8)
CELLS = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
FIGURES = st.integers(0, 99_999).map(str)


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    """Names of columns and at least two rows of a label and figures."""
    width = draw(st.integers(2, 5))
    names = draw(st.lists(CELLS, min_size=width, max_size=width))
    return [names, *([draw(CELLS), *(draw(FIGURES) for _ in range(width - 1))] for _ in range(draw(st.integers(2, 6))))]


@given(grids(), st.booleans())
@settings(max_examples=80, deadline=None)
def test_any_aligned_table_comes_back(grid: list[list[str]], ruled: bool) -> None:
    widths = [max(len(row[place]) for row in grid) for place in range(len(grid[0]))]
    widths = [max(2, width) for width in widths]
    lines = ["  ".join(cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in grid]  # fmt: skip
    if ruled:
        lines.insert(1, "  ".join("-" * width for width in widths))
    text = "Ovan.\n\n" + "\n".join(line.rstrip() for line in lines) + "\n\nNedan.\n"
    extract = read_text(text.encode())
    check(extract, text)
    (table,) = extract.tables
    assert cells_of(table) == grid
    assert table.header


@given(grids(), st.booleans())
@settings(max_examples=80, deadline=None)
def test_any_table_between_strokes_comes_back(grid: list[list[str]], outer: bool) -> None:
    rows = [" | ".join(row) for row in [grid[0], ["---"] * len(grid[0]), *grid[1:]]]
    text = "\n".join(f"| {row} |" if outer else row for row in rows) + "\n"
    extract = read_markdown(text.encode())
    check(extract, text)
    (table,) = extract.tables
    assert cells_of(table) == grid


@given(st.text("ab1 |-\t\n+", max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_stays(text: str) -> None:
    check(Extract(text, tables=tables_in(text)), text)
