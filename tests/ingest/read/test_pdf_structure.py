"""What PDFs set aside, and their headings and tables."""

from __future__ import annotations

from collections import Counter

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from tests.ingest.read.pdfs import (
    BOLD,
    BOLD_HEADER,
    GRID,
    LEFT,
    REGULAR,
    RIGHT,
    WIDE,
    Sheets,
    Tag,
    aside,
    headings,
    lines,
    read,
    report,
    rows,
    tagged_pdf,
)

# Furniture


@pytest.mark.parametrize("pages", [2, 3, 6])
def test_headers_footers_and_page_numbers_are_set_aside_but_kept(pages: int) -> None:
    extract = read(report(pages))
    found = aside(extract)
    assert Counter(found)["Exempelköpings kommun"] == pages  # at the head, not in the middle of the page
    assert Counter(found)["Revisionen, granskning av möbler"] == pages
    assert [f"{page} ({pages})" for page in range(1, pages + 1)] == [line for line in found if "(" in line]
    assert "Glasgatan 4, Exempelköping" in found
    assert not any(line.startswith("Avsnitt") or line in LEFT for line in found)


def test_one_page_has_no_furniture_but_its_number_and_headings_at_the_top_are_none() -> None:
    assert aside(read(report(1))) == ["1 (1)"]
    sheets = Sheets()
    sheets.write(430, 40, "2023/45")  # a diarienummer
    sheets.lines(70, 130, LEFT)
    assert aside(read(sheets)) == []
    sheets = Sheets()
    for page in range(4):
        sheets.write(70, 60, f"§ {page + 4}", 11, BOLD)
        sheets.write(70, 75, "Beslut", 11, BOLD)
        sheets.lines(70, 130, [f"Styrelsen godkänner rapport {page}.", *LEFT])
        sheets.next()
    assert aside(read(sheets)) == []


def test_pages_begin_where_they_say() -> None:
    extract = read(report(3))
    assert len(extract.pages) == 3
    assert all(extract.text[start:].startswith("Exempelköpings kommun") for start in extract.pages)
    assert [extract.text[start - 1] for start in extract.pages[1:]] == ["\f", "\f"]


# Headings


def test_headings_by_size_and_weight() -> None:
    sheets = Sheets()
    sheets.write(70, 90, "Granskning av inköp", 20, BOLD)
    sheets.write(70, 130, "Bakgrund", 14, BOLD)
    y = sheets.lines(70, 150, LEFT)
    sheets.write(70, y + 8, "Vad vi har sett i de fyra", 11, BOLD)
    sheets.write(70, y + 21, "förvaltningarna", 11, BOLD)
    y = sheets.lines(70, y + 34, RIGHT)
    sheets.write(70, y + 8, "Det här är en fet mening som inte är någon rubrik.", 11, BOLD)
    assert headings(read(sheets)) == [
        ("Granskning av inköp", 1),
        ("Bakgrund", 2),
        ("Vad vi har sett i de fyra", 3),
        ("förvaltningarna", 3),
    ]


def test_bold_words_in_a_paragraph_are_no_heading() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, LEFT)
    sheets.write(70, 180, "Nämnden beslutar att ge förvaltningen i", 11, BOLD)
    end = sheets.write(70, 193.2, "uppdrag", 11, BOLD)
    sheets.write(end, 193.2, " att ta fram en plan för möblerna.")
    assert headings(read(sheets)) == []


def test_tags_tell_headings_tables_and_furniture() -> None:
    """Where the typography tells nothing: everything is set in one size and weight."""

    def row(y: float, *cells: str, kind: str = "TD") -> Tag:
        return Tag("TR", tuple(Tag(kind, (Tag("P", text=text, x=70 + 90 * n, y=y),)) for n, text in enumerate(cells)))

    content = tagged_pdf(
        [
            Tag("H1", text="Rubrik", y=100),
            Tag("P", text="Texten under rubriken.", y=113),
            Tag("Table", (row(140, "Namn", "Uppdrag", kind="TH"), row(153, "Anna", "ordförande"), row(166, "Bo", ""))),
            Tag("H2", text="Nästa rubrik", y=200),
        ],
        artifacts=[("Sidhuvud mitt på sidan", 300, 400)],
    )
    extract = read(content)
    assert headings(extract) == [("Rubrik", 1), ("Nästa rubrik", 2)]
    assert rows(extract) == [["Namn | Uppdrag", "Anna | ordförande", "Bo"]]
    assert [table.header for table in extract.tables] == [True]
    assert aside(extract) == ["Sidhuvud mitt på sidan"]


# Tables

BUDGET = [
    ["Nämnd", "Budget 2022", "Utfall 2022", "Avvikelse"],
    ["Kommunstyrelsen", "120,5", "118,0", "2,5"],
    ["Barn- och utbildningsnämnden", "512,0", "520,4", "-8,4"],
    ["Kultur- och fritidsnämnden", "60,0", "", "60,0"],
    ["Summa", "1 122,6", "1 080,3", "42,3"],
]
GOALS = [
    ["Mål", "Åtgärd", "Ansvarig"],
    [
        "Alla elever ska kunna simma tvåhundra meter",
        "Simundervisning införs i årskurs tre och fyra, med början i de skolor som ligger närmast badhuset",
        "Barn- och utbildningsnämnden",
    ],
    ["Fler ska cykla till arbetet", "Cykelvägen till stationen byggs ut", "Samhällsbyggnadsnämnden"],
    ["Minskat matsvinn", "Vågar i alla kök och återkoppling varje månad till all personal", "Tekniska nämnden"],
]
DECISIONS = [
    ["Ärende", "Datum", "Delegat"],
    ["Yttrande över detaljplan för Björken", "2023-02-01", "Kommunchef"],
    ["Avtal om hyra av lokal", "2023-02-14", "Ekonomichef"],
    ["Serveringstillstånd", "2023-03-02", "Handläggare"],
]
RULE = (0.5, colors.black)
STYLES = {
    "grid": (GRID, BOLD_HEADER),
    "grid without header": (GRID,),
    "rules above and below": (
        ("LINEABOVE", (0, 0), (-1, 0), *RULE),
        ("LINEBELOW", (0, 0), (-1, 0), *RULE),
        ("LINEBELOW", (0, -1), (-1, -1), *RULE),
        BOLD_HEADER,
    ),
    "rules below rows": (("LINEBELOW", (0, 0), (-1, -1), *RULE), BOLD_HEADER),
    "no rules": (BOLD_HEADER,),
    "nothing": (),
    "stripes": (("ROWBACKGROUNDS", (0, 0), (-1, -1), (colors.lightgrey, colors.white)), BOLD_HEADER),
}
CELL = ParagraphStyle("cell", fontName=REGULAR, fontSize=10, leading=12)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("table", "widths"), [(BUDGET, (180, 90, 90, 80)), (GOALS, (130, 190, 130)), (DECISIONS, (220, 90, 100))]
)
def test_tables_are_rows_of_cells(table: list[list[str]], widths: tuple[float, ...], style: str) -> None:
    """Whatever is drawn around the cells, whether they are amounts, prose on several lines or words."""
    wraps = table is GOALS
    drawn = [table[0], *([Paragraph(cell, CELL) for cell in row] if wraps else row for row in table[1:])]
    align = ("ALIGN", (1, 0), (-1, -1), "RIGHT" if table is BUDGET else "LEFT")
    sheets = Sheets()
    y = sheets.lines(70, 130, [WIDE], 10)
    y = sheets.table(70, y, drawn, widths, align, ("VALIGN", (0, 0), (-1, -1), "TOP"), *STYLES[style])
    sheets.lines(70, y + 26, ["Det fortsatta arbetet redovisas i september.", "Då kommer också en ny tabell."], 10)
    extract = read(sheets)
    expected = [" | ".join(row).replace(" |  |", " | |") for row in table]
    assert rows(extract) == [expected]
    assert lines(extract) == [
        WIDE,
        *expected,
        "Det fortsatta arbetet redovisas i september.",
        "Då kommer också en ny tabell.",
    ]
    assert extract.tables[0].header or BOLD_HEADER not in STYLES[style]


def test_merged_cells_and_empty_corners_keep_their_columns() -> None:
    sheets = Sheets()
    table = [["Nämnd", "Belopp", ""], ["", "2022", "2023"], ["Kommunstyrelsen", "100", "110"]]
    sheets.table(70, 130, table, (150, 60, 60), GRID, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)))
    sheets.table(70, 300, [["", "2022"], ["Skolor", "12"], ["Vägar", "9"]], (150, 60), GRID)
    assert rows(read(sheets)) == [
        ["Nämnd | Belopp", "| 2022 | 2023", "Kommunstyrelsen | 100 | 110"],
        ["| 2022", "Skolor | 12", "Vägar | 9"],
    ]


def test_a_table_over_pages_repeats_its_header_aside() -> None:
    sheets = Sheets()
    for page in range(3):
        y = sheets.lines(70, 150, [WIDE]) if page == 0 else 60.0
        table = [["Avgift", "Belopp"], *([f"Tjänst {page}{row}", f"{page}{row}0 kr"] for row in range(12))]
        sheets.table(70, y, table, (200, 80), GRID)
        if page < 2:
            sheets.next()
    extract = read(sheets)
    assert aside(extract) == ["Avgift | Belopp"] * 2
    assert [len(table.rows) for table in extract.tables] == [13, 12, 12]


def test_a_box_around_paragraphs_is_no_table() -> None:
    sheets = Sheets()
    sheets.canvas.rect(60, 600, 400, 150)
    sheets.lines(70, 110, LEFT)
    extract = read(sheets)
    assert extract.tables == ()
    assert lines(extract) == list(LEFT)


def test_long_texts_in_cells_follow_each_other() -> None:
    sheets = Sheets()
    names = [f"Ledamot {letter} (S)" for letter in "ABCDEFGH"]
    sheets.table(70, 130, [["Plats", "Stadshuset"], ["Beslutande", "\n".join(names)]], (100, 300), GRID)
    assert lines(read(sheets)) == ["Plats | Stadshuset", "Beslutande", *names]
