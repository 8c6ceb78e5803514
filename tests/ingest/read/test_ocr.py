"""Scanned pages: what OCR reads, how it is mended, and what is said where it can't work."""

from __future__ import annotations

import io
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image

from ingest.read import ocr
from ingest.read.extract import Extract, UnreadableError
from ingest.read.ocr import ocr_fingerprint, program_for
from ingest.read.ocr_ink import Ink, inks_of, is_suspect, repaired
from ingest.read.ocr_measure import words_of
from ingest.read.pdf import boxes_of, read_pdf, render_page
from tests.ingest.read.pdfs import BOLD, HELVETICA, NO_OCR, REGULAR, Settings, Sheets, one_page, show, stream

pytestmark = pytest.mark.slow

TEXT = (
    "Kommunstyrelsen beslutar enligt 11 kap. 2 § kommunallagen (2017:725) att",
    "höja avgiften till 1 250 kr per år, och hänvisar till KF 2022-03-28 § 23.",
    "Av kostnaden betalas 25 % av föreningen, 12,5 mnkr, och resten av nämn-",
    "den. Frågor ställs till registrator@exempel.se före den 3 maj.",
)

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


def document(lines: tuple[str, ...] = TEXT, font: str = REGULAR) -> Sheets:
    sheets = Sheets()
    sheets.write(70, 90, "Iakttagelser om avgifter", 17, "Helvetica-Bold")
    sheets.lines(70, 125, lines, 12, font, 1.3)
    return sheets


def scanned(content: bytes, turn: int = 0) -> Sheets:
    """A PDF of the pictures of another's first page, as a copier makes it."""
    picture = Image.open(io.BytesIO(render_page(content, 1, 1654))).rotate(turn, expand=True)
    sheets = Sheets((595.28, 595.28 * picture.height / picture.width))
    sheets.picture(picture.convert("L"))
    return sheets


@pytest.fixture
def fresh_program() -> Iterator[None]:
    """Let the program be looked for anew, before and after."""
    ocr._installed.cache_clear()
    yield
    ocr._installed.cache_clear()


# With Tesseract


@needs_tesseract
@pytest.mark.parametrize("font", [REGULAR, "Helvetica"])
def test_a_scanned_page_reads_as_the_page_itself(font: str) -> None:
    """With §, % and @, which the Swedish model can't write, and with the capital I that looks like an l."""
    extract = read_pdf(scanned(document(font=font).pdf()).pdf(), Settings())
    expected = read_pdf(document(font=font).pdf(), NO_OCR)
    assert extract.text == expected.text
    assert extract.headings == expected.headings
    assert extract.notes == ()


@needs_tesseract
@pytest.mark.parametrize("angle", [0.7, -1.5])
def test_a_page_scanned_askew_reads_as_if_it_lay_straight(angle: float) -> None:
    """Lines of unequal length keep their distance, neighbours don't run into each other, and quotes are found askew."""
    content = document((*TEXT, *TEXT)).pdf()
    picture = Image.open(io.BytesIO(render_page(content, 1, 1654))).convert("L")
    askew = picture.rotate(angle, fillcolor=250, resample=Image.Resampling.BICUBIC)
    sheets = Sheets((595.28, 595.28 * picture.height / picture.width))
    sheets.picture(Image.blend(askew, Image.effect_noise(askew.size, 25), 0.1))
    scan = sheets.pdf()
    extract = read_pdf(scan, Settings())
    straight = read_pdf(content, NO_OCR).text
    assert [len(part.split("\n")) for part in extract.text.split("\n\n")] == [1, 2 * len(TEXT)]
    assert SequenceMatcher(None, extract.text.split(), straight.split()).ratio() > 0.95
    for words in ("Kommunstyrelsen", "KF 2022"):
        start = extract.text.index(words)
        (found,) = boxes_of(scan, 1, start, start + len(words), Settings())
        place = [int(share * side) for share, side in zip(found, askew.size * 2, strict=True)]
        cut = askew.crop((place[0], place[1], place[2], place[3]))
        assert sum(cut.histogram()[:128]) > 0.05 * cut.width * cut.height  # the ink of the words is there
    first, last = extract.text.index("höja"), extract.text.index("till KF")
    (left,) = boxes_of(scan, 1, first, first + 4, Settings())
    (right,) = boxes_of(scan, 1, last, last + 4, Settings())
    assert (right.top < left.top) == (angle > 0)


@needs_tesseract
def test_a_page_scanned_sideways_is_read_the_way_it_is_turned() -> None:
    content = scanned(document(TEXT * 3).pdf(), turn=90).pdf()
    extract = read_pdf(content, Settings())
    assert "Frågor ställs till registrator@exempel.se" in extract.text
    start = extract.text.index("Kommunstyrelsen")
    (box,) = boxes_of(content, 1, start, start + len("Kommunstyrelsen"), Settings())
    # Turned a quarter counter-clockwise, the beginning of a line is below, the first line to the left.
    assert box.left < 0.2
    assert box.bottom - box.top > 3 * (box.right - box.left) * 595.28 / 841.89
    assert box.bottom == pytest.approx(1 - 70 / 595.28, abs=0.02)


@needs_tesseract
def test_words_read_by_ocr_are_found_on_the_page() -> None:
    content = scanned(document().pdf()).pdf()
    extract = read_pdf(content, Settings())
    start = extract.text.index("höja avgiften")
    (box,) = boxes_of(content, 1, start, start + len("höja avgiften"), Settings())
    assert box.left == pytest.approx(70 / 595.28, abs=0.005)
    assert box.top < (125 + 15.6 - 3) / 841.89 < box.bottom


@needs_tesseract
def test_only_pages_without_text_are_read_by_ocr_and_a_stamp_is_no_text_layer() -> None:
    """A scan on which somebody printed the page number is still a scan; a page with text keeps its own."""
    picture = Image.open(io.BytesIO(render_page(document().pdf(), 1, 1654)))
    sheets = document(("Den här sidan har ett textlager.",))
    sheets.next()
    sheets.picture(picture.convert("L"))
    sheets.write(400, 820, "Diariestämpel 2 (2)", 9)
    extract = read_pdf(sheets.pdf(), Settings())
    first, second = (extract.text[extract.pages[0] : extract.pages[1]], extract.text[extract.pages[1] :])
    assert "har ett textlager" in first
    assert "Kommunstyrelsen beslutar" in second


@needs_tesseract
def test_a_table_in_a_scan_is_rows_of_cells() -> None:
    sheets = Sheets()
    rows = (("Nämnd", "2022", "2023"), ("Skolnämnden", "12 500", "13 100"), ("Byggnadsnämnden", "9 800", "10 250"))
    for number, row in enumerate(rows):
        for x, cell in zip((70, 260, 360), row, strict=True):
            sheets.write(x, 200 + 18 * number, cell, 12, BOLD if number == 0 else REGULAR)
    extract = read_pdf(scanned(sheets.pdf()).pdf(), Settings())
    (table,) = extract.tables
    assert [row.of(extract.text) for row in table.rows] == [" | ".join(row) for row in rows]
    assert table.header


@needs_tesseract
def test_a_text_layer_without_meaning_is_read_from_the_picture() -> None:
    """The letters are drawn as they should be, but the file says they are others."""
    table = b"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n1 beginbfrange\n<20> <FF> <E020>\nendbfrange\nendcmap"
    body = b"".join(show(line, 70, 100 + 16 * number, 12) for number, line in enumerate(TEXT))
    font = HELVETICA.replace(b">>", b"/ToUnicode 6 0 R>>")
    extract = read_pdf(one_page(body, font, more=[stream(table)]), Settings())
    assert "Kommunstyrelsen beslutar enligt 11 kap. 2 § kommunallagen" in extract.text


@needs_tesseract
def test_a_photograph_has_no_text() -> None:
    noise = Image.effect_noise((800, 1100), 90)
    sheets = Sheets()
    sheets.picture(noise)
    sheets.next()
    sheets.lines(70, 100, TEXT)
    extract = read_pdf(sheets.pdf(), Settings())
    assert extract.text.lstrip("\n\f").startswith("Kommunstyrelsen")


@needs_tesseract
def test_the_fingerprint_names_version_and_models() -> None:
    assert ocr_fingerprint(Settings()).startswith("tesseract")
    assert "swe" in ocr_fingerprint(Settings())
    assert ocr_fingerprint(Settings(ocr_languages="xyz")) == "none"


@needs_tesseract
def test_a_page_that_takes_too_long_is_reported() -> None:
    with pytest.raises(UnreadableError, match="took longer than") as caught:
        read_pdf(scanned(document().pdf()).pdf(), Settings(ocr_seconds=0.01))
    assert "ocr_seconds" in caught.value.remedy


# Without it


@pytest.mark.usefixtures("fresh_program")
def test_without_tesseract_the_page_is_reported_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sheets = document(("Den här sidan har ett textlager.",))
    sheets.next()
    sheets.picture(Image.open(io.BytesIO(render_page(document().pdf(), 1, 800))).convert("L"))
    extract = read_pdf(sheets.pdf(), Settings())
    assert "har ett textlager" in extract.text
    (note,) = extract.notes
    assert note.page == 2
    assert "picture without text" in note.reason
    assert "Tesseract" in note.reason
    assert "apt install tesseract-ocr tesseract-ocr-swe" in note.remedy
    assert ocr_fingerprint(Settings()) == "none"


@pytest.mark.usefixtures("fresh_program")
def test_without_tesseract_a_scanned_file_is_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    content = scanned(document().pdf()).pdf()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableError, match="picture without text") as caught:
        read_pdf(content, Settings())
    assert "apt install" in caught.value.remedy


@needs_tesseract
@pytest.mark.usefixtures("fresh_program")
def test_without_the_model_for_symbols_the_page_is_read_and_the_doubt_told(monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_for("swe")
    monkeypatch.setattr(ocr, "_installed", lambda: replace(program, models=program.models - {"eng"}))
    extract = read_pdf(scanned(document().pdf()).pdf(), Settings())
    assert "kommunallagen" in extract.text
    (note,) = extract.notes
    assert "may be misread" in note.reason
    assert "tesseract-ocr-eng" in note.remedy


@pytest.mark.usefixtures("fresh_program")
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ('echo "List of languages"; echo eng; echo osd', "without its model swe"),
        ("exit 1", "not installed or doesn't start"),
        ('case "$1" in --*) echo list; echo swe;; *) echo "bad picture" >&2; exit 1;; esac', "bad picture"),
    ],
)
def test_a_tesseract_that_lacks_the_model_or_fails(
    script: str, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    content = scanned(document().pdf()).pdf()
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(UnreadableError, match=reason) as caught:
        read_pdf(content, Settings())
    assert caught.value.remedy


def test_switched_off_the_page_is_reported() -> None:
    sheets = scanned(document().pdf())
    sheets.next()
    sheets.write(70, 100, "En sida med text.")
    extract: Extract = read_pdf(sheets.pdf(), NO_OCR)
    assert [(note.page, note.remedy) for note in extract.notes] == [(1, "switch the setting ocr on")]


# What is made of Tesseract's table


def ink(text: str, left: float, confidence: float = 95) -> Ink:
    return Ink(text, left, 100, left + 20 * len(text), 130, confidence)


def table(*rows: tuple[str, int, float]) -> str:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    return head + "".join(
        f"5\t1\t1\t1\t1\t{n}\t{left}\t100\t{20 * len(text)}\t30\t{confidence}\t{text}\n"
        for n, (text, left, confidence) in enumerate(rows)
    )


def test_dirt_is_left_out_and_doubtful_words_kept() -> None:
    (line,) = inks_of(table(("|", 0, 90), ("'", 30, 12), ("nämnden", 60, 5), ("beslutar", 300, 96), ("2—4", 500, 90)))
    assert [part.text for part in line] == ["nämnden", "beslutar", "2–4"]
    assert inks_of("") == []
    assert inks_of("level\nnonsense\n5\t1\n") == []


@pytest.mark.parametrize(
    ("read", "again", "mended"),
    [
        ("845 ", "§ 45", "§ 45"),
        ("2 8", "2 §", "2 §"),
        ("kap.   8 lagen", "kap. 2 § lagen", "kap. 2 § lagen"),
        ("kap. 2   lagen", "kap. 2 § lagen", "kap. 2 § lagen"),
        ("$$ 12-14", "§§ 12-14", "§§ 12-14"),
        ("25 26 av", "25 %  av", "25 % av"),
        ("25 960 av", "25 %   av", "25 % av"),
        ("25 960 kr", "25 960 kr", "25 960 kr"),
        ("till I 250", "till 1 250", "till 1 250"),
        ("l ärendet", "| arendet", "I ärendet"),
        ("5 l mjölk", "5 1 mjolk", "5 l mjölk"),
        ("28 JAS ", "28 § 23", "28 § 23"),
        ("till namn Q exempel.se", "till  namn@exempel.se ", "till namn@exempel.se"),
        ("till namn(aexempel.se", "till namn@exempel.se ", "till namn@exempel.se"),
        ("enligt www.exempel.se", "enligt www.exempel.se", "enligt www.exempel.se"),
        ("år 2018", "ar 2018", "år 2018"),
        ("sidan 8", "sidan 8", "sidan 8"),
    ],
)
def test_signs_the_swedish_model_lacks_are_taken_from_the_other_reading(read: str, again: str, mended: str) -> None:
    """Both readings are of the same stretch of the picture, here 20 dots a sign."""

    def line(words: str) -> list[Ink]:
        sure = {"JAS": 30.0}
        return [
            ink(match.group(), 20 * match.start(), sure.get(match.group(), 95.0))
            for match in re.finditer(r"\S+", words)
        ]

    assert " ".join(part.text for part in repaired(line(read), line(again))) == mended


def test_lines_of_plain_words_are_not_read_again() -> None:
    assert not is_suspect([ink("Kommunstyrelsen", 0), ink("beslutar", 400), ink("bl.a.", 600)])
    assert is_suspect([ink("KF", 0), ink("823", 60)])
    assert is_suspect([ink("25", 0), ink("960", 60), ink("av", 160)])  # 25 % or a number: only the picture tells
    assert is_suspect([ink("registrator(aexempel.se", 0)])


def test_the_program_is_asked_for_by_its_first_language() -> None:
    with pytest.raises(UnreadableError, match=r"xyz|not installed"):
        program_for("xyz+swe")


def test_a_short_word_is_of_the_usual_size_though_it_measures_smaller() -> None:
    """ "Sätt." at the end of a point, whose ä reaches less high than a capital, began a paragraph."""

    def line(text: str, top: float, share: float) -> list[Ink]:
        return [Ink(text, 100, top, 100 + 20 * len(text), top + 0.71 * 44 * share, 95)]

    lines = [line("Nämndens beslut ska verkställas", 100 * n, 1) for n in range(1, 5)]
    lines += [line("Sätt.", 600, 0.86), line("Liten text med flera tecken", 700, 0.86), line("Rubrik", 800, 1.2)]
    usual, *_, short, small, heading = (words[0].size for words in words_of(lines, Image.new("L", (900, 900)), 0, 0.24))
    assert short == usual
    assert small < 0.9 * usual
    assert heading > 1.15 * usual


def test_a_file_with_a_page_for_ocr_is_marked_whether_it_was_read_or_not() -> None:
    plain = document()
    assert not read_pdf(plain.pdf(), NO_OCR).scanned
    mixed = document()
    mixed.next()
    mixed.picture(Image.open(io.BytesIO(render_page(document().pdf(), 1, 400))).convert("L"))
    content = mixed.pdf()
    assert read_pdf(content, NO_OCR).scanned
    assert read_pdf(content, Settings(ocr_languages="tlh")).scanned, "no such model"
