"""Reading PDFs with a text layer: order, paragraphs, furniture, headings, tables, places; one small file a defect."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import reportlab
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from ingest.read.extract import Extract, UnreadableError
from ingest.read.pdf import boxes_of, read_pdf, render_page
from ingest.read.pdf_hyphens import spellings_of
from ingest.read.pdf_word import composed
from tests.ingest.read.pdfs import (
    BOLD,
    BOLD_HEADER,
    GRID,
    NO_OCR,
    REGULAR,
    Settings,
    Sheets,
    Tag,
    one_page,
    show,
    stream,
    tagged_pdf,
)

LEFT = (
    "Kommunen har under året sett över sina",
    "rutiner för inköp av möbler till skolorna och",
    "funnit att tre av fyra förvaltningar följer dem.",
    "Den fjärde har fått ett halvår på sig att rätta",
    "till bristerna, med stöd av ekonomikontoret.",
)
RIGHT = (
    "Nämnden har också låtit undersöka om de",
    "gamla möblerna kan säljas vidare. Svaret är",
    "att marknaden är liten, men att föreningar i",
    "kommunen gärna tar emot dem. Ett förslag",
    "lämnas i september till nästa sammanträde.",
)
WIDE = "Detta stycke går över hela sidan och avslutar redovisningen av uppdraget som nämnden gav i april."


def read(sheets: Sheets | bytes) -> Extract:
    return read_pdf(sheets if isinstance(sheets, bytes) else sheets.pdf(), NO_OCR)


def lines(extract: Extract) -> list[str]:
    return [line for line in re.split(r"[\n\f]", extract.text) if line]


def aside(extract: Extract) -> list[str]:
    return [span.of(extract.text) for span in extract.aside]


def headings(extract: Extract) -> list[tuple[str, int]]:
    return [(re.split(r"[\n\f]", extract.text[start:])[0], level) for start, level in extract.headings]


def rows(extract: Extract) -> list[list[str]]:
    return [[span.of(extract.text) for span in table.rows] for table in extract.tables]


# Order


@pytest.mark.parametrize("shift", [0, 6])
def test_two_columns_are_read_one_after_the_other(shift: float) -> None:
    """Also where the baselines of the columns don't meet; a title and a paragraph across the page stay above and below."""
    sheets = Sheets()
    sheets.write(70, 90, "Möbler i skolorna, en uppföljning av rutinerna för inköp", 16, BOLD)
    sheets.lines(70, 130, LEFT, 10)
    sheets.lines(310, 130 + shift, RIGHT, 10)
    sheets.lines(70, 230, [WIDE], 10)
    title, *rest = lines(read(sheets))
    assert title.startswith("Möbler")
    assert rest == [*LEFT, *RIGHT, WIDE]


def test_three_columns_of_unequal_length() -> None:
    sheets = Sheets((842, 595))
    columns = ([*LEFT, *LEFT], [*RIGHT, *LEFT], LEFT[:3])
    for number, column in enumerate(columns):
        sheets.lines(60 + 250 * number, 80, column, 10)
    assert lines(read(sheets)) == [line for column in columns for line in column]


def test_a_paragraph_goes_on_from_column_to_column_without_a_blank_line() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, [*LEFT[:4], "till bristerna, med hjälp av ekonomi-"], 10)
    sheets.lines(310, 100, ["kontoret och dess kunniga handläggare.", *RIGHT], 10)
    assert "med hjälp av ekonomikontoret\noch dess kunniga" in read(sheets).text


def test_signatures_beside_each_other_are_read_name_by_name() -> None:
    sheets = Sheets()
    for x, name, office in ((70, "Jonna Ranta", "ordförande"), (300, "Tor Rige", "vice ordförande")):
        sheets.lines(x, 100, [name, office])
    sheets.lines(70, 160, ["Bilagor"])
    assert read(sheets).text == "Jonna Ranta\nordförande\n\nTor Rige\nvice ordförande\n\nBilagor"


def test_a_letterhead_in_columns_is_read_label_by_label() -> None:
    sheets = Sheets()
    for x, label, value in ((70, "Handläggare", "Erik Ek"), (300, "Datum", "2023-05-12"), (420, "Dnr", "KS 2023/45")):
        sheets.lines(x, 60, [label, value])
    sheets.lines(70, 150, [WIDE])
    assert read(sheets).text == f"Handläggare\nErik Ek\n\nDatum\n2023-05-12\n\nDnr\nKS 2023/45\n\n{WIDE}"


def test_labels_in_the_margin_stand_before_what_they_name() -> None:
    sheets = Sheets()
    sheets.write(70, 160, "Plats och tid")
    sheets.write(200, 160, "Stadshuset, sal Björken, klockan 18.00")
    sheets.write(70, 185, "Beslutande")
    names = ["Anna Andersson (S), ordförande", "Bo Berg (M)", "Cecilia Carlsson (C)", "David Dahl (V)"]
    sheets.lines(200, 185, names)
    assert lines(read(sheets)) == [
        "Plats och tid",
        "Stadshuset, sal Björken, klockan 18.00",
        "Beslutande",
        *names,
    ]


def test_a_logo_beside_the_title_does_not_cut_it() -> None:
    sheets = Sheets()
    sheets.lines(70, 50, ["Rapport", "Revisionen"], 10, BOLD)
    sheets.lines(430, 52, ["Exempel", "Stad"], 14, BOLD)
    sheets.lines(70, 110, ["Granskning av kommunens", "arbete mot svinn i alla köken här", "och i skolorna"], 26, BOLD)
    assert lines(read(sheets))[-3:] == [
        "Granskning av kommunens",
        "arbete mot svinn i alla köken här",
        "och i skolorna",
    ]


def test_a_turned_page_and_a_page_number_beside_it() -> None:
    """Text that reads upwards on an upright sheet comes first when there is most of it."""
    sheets = Sheets()
    sheets.canvas.saveState()
    sheets.canvas.rotate(90)
    sheets.canvas.setFont(REGULAR, 11)
    sheets.canvas.drawString(70, -100, "Text som läses uppåt på en stående sida")
    sheets.canvas.drawString(70, -113, "och som går över två rader.")
    sheets.canvas.restoreState()
    sheets.write(70, 800, "Sida 7")
    assert read(sheets).text == "Text som läses uppåt på en stående sida\noch som går över två rader.\n\nSida 7"


def test_a_page_shown_turned_reads_as_shown() -> None:
    sheets = Sheets()
    sheets.canvas.setPageRotation(90)
    sheets.canvas.saveState()
    sheets.canvas.rotate(90)
    sheets.canvas.setFont(REGULAR, 11)
    for number, line in enumerate(LEFT):
        sheets.canvas.drawString(70, -100 - 13 * number, line)
    sheets.canvas.restoreState()
    content = sheets.pdf()
    extract = read(content)
    assert lines(extract) == list(LEFT)
    (box,) = boxes_of(content, 1, 0, 8, NO_OCR)
    assert box.left == pytest.approx(70 / 595, abs=0.01)  # the sheet is shown upright
    assert box.bottom == pytest.approx(102 / 842, abs=0.01)


def test_a_stamp_across_the_page_is_set_aside() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, LEFT)
    sheets.canvas.translate(150, 300)
    sheets.canvas.rotate(45)
    sheets.canvas.setFont(BOLD, 60)
    sheets.canvas.drawString(0, 0, "UTKAST")
    extract = read(sheets)
    assert aside(extract) == ["UTKAST"]
    assert lines(extract)[: len(LEFT)] == list(LEFT)
    assert not extract.headings


# Paragraphs and words


def test_gaps_make_paragraphs_and_items_stay_lines() -> None:
    sheets = Sheets()
    y = sheets.lines(70, 100, LEFT)
    y = sheets.lines(70, y + 6, ["Nämnden ska därför"])
    for item in ("ta fram en plan för möblerna,", "redovisa den i september."):
        sheets.write(88, y, "•")
        sheets.write(106, y, item)
        y += 13.2
    assert read(sheets).text == "\n".join(LEFT) + (
        "\n\nNämnden ska därför\n• ta fram en plan för möblerna,\n• redovisa den i september."
    )


def test_an_indented_first_line_begins_a_paragraph() -> None:
    sheets = Sheets()
    y = sheets.lines(70, 100, LEFT)
    sheets.write(85, y, "Nämnden återkommer i frågan.")
    assert read(sheets).text.endswith("ekonomikontoret.\n\nNämnden återkommer i frågan.")


def test_words_broken_at_the_end_of_a_line() -> None:
    """One word again, but for hyphens that belong to it: suspended ones, names, numbers, abbreviations, addresses."""
    broken = [
        "Social-",
        "och arbetsmarknadsnämnden ändrar föreskrif-",
        "ter om avfall enligt KS-",
        "2021/34. Samtidigt ses it-",
        "systemet, EU-",
        "stödet och e-",
        "posten över. Den nya va-taxan och va-",
        "avgiften finns på www.exempel.se/",
        "protokoll för åren 2021–",
        "2023 och hos hyresgäst/",
        "brukare.",
    ]
    sheets = Sheets()
    sheets.lines(70, 100, broken)
    assert " ".join(lines(read(sheets))) == (
        "Social- och arbetsmarknadsnämnden ändrar föreskrifter om avfall enligt KS-2021/34. Samtidigt ses it-systemet, "
        "EU-stödet och e-posten över. Den nya va-taxan och va-avgiften finns på www.exempel.se/protokoll för åren "
        "2021–2023 och hos hyresgäst/brukare."
    )


def test_spellings_learn_from_whole_words() -> None:
    spellings = spellings_of(["Den nya va-taxan och kollektivet"])
    assert "va" in spellings.prefixes
    assert "kollektivet" in spellings.words


def test_ligatures_spaces_and_soft_hyphens_become_plain_text() -> None:
    pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
    sheets = Sheets()
    sheets.write(70, 100, "Finansiering av ﬁra ﬂera mål\u00a0och\u2009år, före\u00adskrift", 11, "Vera")
    assert read(sheets).text == "Finansiering av fira flera mål och år, föreskrift"


def test_accents_printed_apart_are_put_on_their_letters() -> None:
    """LaTeX prints the dots of ä over an a; Macintosh programs write a and a combining sign."""
    assert composed([("n", 0, 5), ("¨", 5, 9), ("a", 5, 10), ("m", 10, 18)])[0] == "näm"
    assert composed([("a", 0, 5), ("\u030a", 0, 5), ("r", 5, 8)]) == ("år", ((0, 5), (5, 8)))
    assert composed([("\u0308", 0, 1), ("q", 1, 2)])[0] == "q"
    sheets = Sheets()
    end = sheets.write(70, 100, "n")
    sheets.write(end + 0.7, 100, "¨")
    end = sheets.write(end, 100, "a")
    sheets.write(end, 100, "mnd")
    assert read(sheets).text == "nämnd"


def test_raised_digits_stay_on_their_line() -> None:
    """Squares, footnote marks, and footnote marks hardly smaller than their note."""
    sheets = Sheets()
    end = sheets.write(70, 100, "Arean är 120 m")
    end = sheets.write(end, 96, "2", 7)
    end = sheets.write(end, 100, " enligt mätningen.")
    sheets.write(end, 96, "1", 7)
    end = sheets.write(70, 720, "1", 7)
    sheets.write(end + 3, 724, "Mätt i mars.", 8)
    assert lines(read(sheets)) == ["Arean är 120 m² enligt mätningen.¹", "¹ Mätt i mars."]


def test_footnotes_do_not_cut_a_sentence_that_runs_on_overleaf() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, [WIDE])
    end = sheets.write(70, 700, "Utgifterna")
    sheets.write(end, 696, "1", 7)
    sheets.lines(70, 713.2, ["och inkomsterna redovisas"])
    sheets.write(70, 746, "1", 5)
    sheets.write(76, 750, "Utan räntor.", 8)
    sheets.next()
    sheets.lines(70, 100, ["var för sig i bilagan."])
    text = read(sheets).text
    assert text.index("¹ Utan räntor.") < text.index("Utgifterna¹")
    assert text.endswith("redovisas\fvar för sig i bilagan.")


def test_letters_set_wide_are_a_word_and_dots_lead_to_a_page() -> None:
    sheets = Sheets()
    sheets.write(70, 100, "P R O T O K O L L", 14, BOLD)
    x = sheets.write(70, 140, "1. Bakgrund")
    while x < 480:
        x = sheets.write(x, 140, ".")
    sheets.right(500, 140, "12")
    assert lines(read(sheets)) == ["PROTOKOLL", "1. Bakgrund … 12"]


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    sheets = Sheets()
    for shift in (0, 0.4):
        sheets.write(70 + shift, 100, "Kommunstyrelsens beslut")
    assert read(sheets).text == "Kommunstyrelsens beslut"


def test_an_amount_stays_with_what_it_is_the_amount_of() -> None:
    sheets = Sheets()
    sheets.write(70, 100, "Summa kostnader")
    sheets.right(500, 100, "1 250 000 kr")
    sheets.write(70, 140, "Köping den 3 maj")
    sheets.right(500, 140, "Anna Ek")
    assert lines(read(sheets)) == ["Summa kostnader | 1 250 000 kr", "Köping den 3 maj", "Anna Ek"]


# Furniture


def report(pages: int, middle: bool = True) -> Sheets:
    """Pages with a running header, page numbers, and an address below the footer of the first."""
    sheets = Sheets()
    for page in range(1, pages + 1):
        sheets.write(70, 40, "Exempelköpings kommun", 9)
        sheets.right(525, 40, f"{page} ({pages})", 9)
        y = 100.0
        for part in range(2):
            y = sheets.lines(70, y, [f"Avsnitt {page}.{part} handlar om något eget.", *LEFT[page % 3 :]]) + 8
        if middle:
            sheets.write(70, 420, "Exempelköpings kommun", 9)
        sheets.write(70, 800, "Revisionen, granskning av möbler", 8)
        if page == 1:
            sheets.write(70, 812, "Glasgatan 4, Exempelköping", 8)
        if page < pages:
            sheets.next()
    return sheets


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


# What can't be read


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "isn't one"),
        (b"PK\x03\x04", "isn't one"),
        (b"%PDF-1.7\ntrunc", "broken"),
        (Sheets(password="hemligt").pdf(), "password"),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>", "broken"),
    ],
)
def test_files_that_cannot_be_read_say_why_and_what_to_do(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        read(content)
    assert caught.value.remedy


def test_a_truncated_file_is_read_or_refused() -> None:
    content = report(3).pdf()
    for share in (0.2, 0.5, 0.8, 0.99):
        try:
            extract = read_pdf(content[: int(share * len(content))], NO_OCR)
        except UnreadableError:
            continue
        assert isinstance(extract, Extract)


def test_too_many_pages_and_too_large_pages() -> None:
    content = report(3).pdf()
    with pytest.raises(UnreadableError, match="3 pages, more than the 2 allowed"):
        read_pdf(content, Settings(max_pages=2))
    with pytest.raises(UnreadableError, match="larger than the 500 points"):
        read_pdf(content, Settings(max_page_points=500))
    sheets = Sheets()
    sheets.lines(70, 100, LEFT)
    sheets.next()
    sheets.canvas.setPageSize((9000, 100))
    sheets.canvas.drawString(70, 50, "En mycket bred sida.")
    extract = read_pdf(sheets.pdf(), Settings(max_page_points=5000))
    assert [note.page for note in extract.notes] == [2]
    assert lines(extract) == list(LEFT)


def test_a_text_layer_without_meaning_is_reported_not_read() -> None:
    """A font whose signs map to private code points, as some programs write it."""
    table = b"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n1 beginbfrange\n<20> <7E> <E020>\nendbfrange\nendcmap"
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/Oklar/FirstChar 32/LastChar 126/Widths[%s]/ToUnicode 6 0 R>>" % (
        b"500 " * 95
    )
    content = one_page(show("Den text som ingen kan se igen.", 70, 100), font, more=[stream(table)])
    with pytest.raises(UnreadableError, match="without meaning") as caught:
        read(content)
    assert "ocr" in caught.value.remedy


def test_a_blank_page_between_others_is_empty_without_a_note() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, LEFT)
    sheets.next()
    sheets.next()
    sheets.lines(70, 100, RIGHT)
    extract = read(sheets)
    assert extract.notes == ()
    assert len(extract.pages) == 3
    assert extract.text == "\n".join(LEFT) + "\n\f\n\f" + "\n".join(RIGHT)


def test_hidden_text_outside_the_page_is_left_out() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, LEFT)
    sheets.write(900, 100, "Utanför sidan")
    assert lines(read(sheets)) == list(LEFT)


# Places and pictures


def test_a_quote_is_found_on_the_page() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, ["Nämnden antar nya föreskrif-", "ter om avfall i kommunen."])
    content = sheets.pdf()
    text = read(content).text
    start = text.index("föreskrifter")
    upper, lower = boxes_of(content, 1, start, start + len("föreskrifter om"), NO_OCR)
    before = pdfmetrics.stringWidth("Nämnden antar nya ", REGULAR, 11)
    assert upper.left * 595.27 == pytest.approx(70 + before, abs=0.5)
    assert lower.left * 595.27 == pytest.approx(70, abs=0.5)
    assert upper.top * 841.89 < 100 < upper.bottom * 841.89 < lower.bottom * 841.89
    assert lower.right * 595.27 == pytest.approx(70 + pdfmetrics.stringWidth("ter om", REGULAR, 11), abs=0.5)
    assert boxes_of(content, 1, start, start, NO_OCR) == ()


def test_the_rectangles_cover_the_ink() -> None:
    """Painting white over the rectangles of all the text leaves a white page."""
    sheets = Sheets()
    sheets.lines(70, 100, LEFT)
    sheets.lines(310, 103, RIGHT, 9, BOLD)
    content = sheets.pdf()
    text = read(content).text
    picture = Image.open(io.BytesIO(render_page(content, 1, 1000))).convert("L")
    assert picture.width == 1000
    assert picture.getextrema()[0] < 100
    for box in boxes_of(content, 1, 0, len(text), NO_OCR):
        place = (
            int(box.left * picture.width) - 1,
            int(box.top * picture.height) - 1,
            int(box.right * picture.width) + 2,
            int(box.bottom * picture.height) + 2,
        )
        picture.paste(255, place)
    assert ImageChops.invert(picture).getbbox() is None


def test_places_on_a_page_that_is_not_there() -> None:
    content = report(2).pdf()
    with pytest.raises(UnreadableError, match="no page 3 among its 2"):
        boxes_of(content, 3, 0, 5, NO_OCR)
    with pytest.raises(UnreadableError, match="no page 0"):
        render_page(content, 0, 100)


# Laws

WORDS = st.sampled_from(
    "Kommunen beslutar att § 23 höja avgiften 1 250 kr år 2024 förslag-till • åtgärder; (bilaga) Ärendet avslås nämn-".split()
)
PLACES = st.tuples(
    st.integers(0, 1), st.integers(0, 30), st.lists(WORDS, min_size=1, max_size=4), st.sampled_from([9, 11, 16])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PLACES, max_size=25, unique_by=lambda place: place[:2]), min_size=1, max_size=4))
def test_whatever_is_written_is_read_once_and_pointed_at(pages: list[list[tuple[int, int, list[str], int]]]) -> None:
    """Every letter and digit comes out as often as it was put in; the text is NFC; pages, asides, headings and rows are
    in order and stand on whole lines; every character of a page has its place on it."""
    sheets = Sheets()
    written: Counter[str] = Counter()
    for page in pages:
        for column, row, words, size in page:
            sheets.write(40 + 270 * column, 60 + 24 * row, " ".join(words), size * 0.7)
            written.update(sign for word in words for sign in word if sign.isalnum())
        sheets.next()
    content = sheets.pdf()
    extract = read(content)
    text = extract.text
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    assert Counter(sign for sign in text.translate(digits) if sign.isalnum()) == written
    assert unicodedata.normalize("NFC", text) == text
    assert "\u00ad" not in text
    assert list(extract.pages) == sorted(extract.pages)
    assert len(extract.pages) == text.count("\f") + 1
    edges = {*extract.pages, *(match.end() for match in re.finditer(r"\n", text))}
    for span in (*extract.aside, *(row for table in extract.tables for row in table.rows)):
        assert span.start in edges
        assert span.of(text) == span.of(text).strip() != ""
        assert not set(span.of(text)) & set("\n\f")
    assert all(start in edges for start, _ in extract.headings)
    assert list(extract.headings) == sorted(extract.headings)
    ends = [*extract.pages[1:], len(text)]
    for number, (start, end) in enumerate(zip(extract.pages, ends, strict=True), start=1):
        for box in boxes_of(content, number, 0, end - start, NO_OCR):
            assert 0 <= box.left < box.right <= 1
            assert 0 <= box.top < box.bottom <= 1


def test_reading_twice_gives_the_same() -> None:
    content = report(4).pdf()
    assert read(content) == read(content)


def test_threads_read_beside_each_other() -> None:
    contents = [report(pages).pdf() for pages in (2, 3, 4)] * 3
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(read, contents))
    assert together == [read(content) for content in contents]
