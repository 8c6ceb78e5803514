"""Reading PDFs with a text layer: the order of their text, paragraphs and words; one small file a defect."""

from __future__ import annotations

from pathlib import Path

import pytest
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ingest.read.pdf import boxes_of
from ingest.read.pdf_hyphens import spellings_of
from ingest.read.pdf_word import composed
from tests.ingest.read.pdfs import (
    BOLD,
    LEFT,
    NO_OCR,
    REGULAR,
    RIGHT,
    WIDE,
    Sheets,
    aside,
    lines,
    read,
)

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


def test_a_word_broken_between_equal_consonants_has_two_of_them() -> None:
    sheets = Sheets()
    sheets.lines(70, 100, ["Taxan till-", "lämpas från årsskiftet."])
    assert read(sheets).text == "Taxan tillämpas\nfrån årsskiftet."


def test_the_uneven_text_layer_of_a_scan_is_paragraphs_without_headings() -> None:
    """Programs for OCR put hidden words under the picture, each as large as it was measured, and ¬ for a hyphen."""
    sheets = Sheets()
    text = sheets.canvas.beginText()
    text.setTextRenderMode(3)
    for row, line in enumerate(
        ["Nämnden har låtit under¬", "söka om de gamla möblerna", "kan säljas vidare till andra."]
    ):
        x = 70.0
        for number, word in enumerate(line.split()):
            size = 11 + (row + number) % 3 - 1
            text.setFont(REGULAR, size)
            text.setTextOrigin(x, 740 - 14 * row + (number % 2) * 1.5)
            text.textOut(word)
            x += pdfmetrics.stringWidth(word, REGULAR, size) + 3
    sheets.canvas.drawText(text)
    extract = read(sheets)
    assert extract.text == "Nämnden har låtit undersöka\nom de gamla möblerna\nkan säljas vidare till andra."
    assert not extract.headings


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
