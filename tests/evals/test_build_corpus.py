"""The builder of the invented archive: same bytes each time, nothing lost, errors that say what to mend."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from evals.building.blocks import (
    Block,
    Box,
    Bullets,
    Facts,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    Quote,
    Signatures,
    Table,
)
from evals.building.build import SOURCES, built, differences, renderers, sources_below, write
from evals.building.inline import Run, bind_words, parse_inline, plain
from evals.building.letterhead import INVENTED
from evals.building.mail import moment
from evals.building.plain_text import table_lines
from evals.building.source import Source, parse_source, read_source
from ingest.errors import DocumentError, UsageError
from tests.evals.built_words import decoded, pdf_pages, squeezed, words_of, xml_words

FOLDER = Path(__file__).parents[2] / "corpus" / "exempelkommun"
SAMPLES = (
    "2016-11-28_protokoll_kf",  # pdf, serif, signs
    "2023-03-28_arsredovisning_2022",  # pdf, sans, two columns
    "2017-04-24_motion_vatmarker-losaan",  # pdf, scanned
    "2018-07-02_reglemente_arvodesreglemente-2019",  # docx, Word's own styles
    "2020-04-27_motion_avgiftsfri-buss",  # docx, Swedish identifiers
    "2017-10-19_tjs_raddningstjanstforbundet-kostnadsfordelning",  # docx, styles of the template
    "2025-10-16_tjs_uttrade-samordningsforbundet",  # odt
    "2024-09-18_protokoll_kfn",  # html
    "2020-12-07_regler_partistod-2021",  # md
    "2018-04-23_policy_flaggpolicy",  # txt, CP1252
    "2020-10-26_tjs_motion-avgiftsfri-buss-yttrande",  # txt, UTF-16
    "2022-10-24_tjs_va-taxa-2023",  # txt, UTF-8
    "2019-04-23_epost_kvarnbron-forsening",  # eml, quoted-printable
    "2021-03-22_epost_fran-foraldrar-dunkelboda",  # eml, base64
    "2024-05-20_epost_ansokan-takbyte-bygdegard",  # eml, with an HTML part
)
FRONT = """---
id: prov
title: Ett prov
genre: tjänsteskrivelse
format: txt
date: "2024-02-01"
body: Kommunledningsförvaltningen
---

"""


def source_of(stem: str) -> Source:
    return read_source(FOLDER / SOURCES / f"{stem}.md")


def render(source: Source) -> bytes:
    return renderers()[source.format](source)


def sample(body: str, **front: str) -> Source:
    """A source named prov with `body`; each keyword replaces or adds a line of the front matter."""
    head = FRONT
    for key, value in front.items():
        lines = [line for line in head.splitlines() if not line.startswith(f"{key}:")]
        head = "\n".join([lines[0], f"{key}: {value}", *lines[1:]]) + "\n\n"
    return parse_source(head + body, "prov")


def texts(blocks: tuple[Block, ...], level_two_upper: bool) -> Iterator[str]:
    """Everything a reader must find again, block by block."""
    for block in blocks:
        match block:
            case Heading():
                words = plain(block.text)
                yield words.upper() if level_two_upper and block.level < 3 else words
            case Paragraph():
                yield plain(block.text)
            case Numbered() | Bullets():
                yield from map(plain, block.items)
            case Table():
                yield from (plain(cell) for row in (block.head, *block.rows) for cell in row)
            case Facts():
                yield from (plain(value) for _, values in block.rows for value in values)
            case Signatures():
                yield from block.signers
            case Box():
                yield from map(plain, block.paragraphs)
            case Quote():
                yield from block.lines
            case PageBreak():
                pass


def assert_nothing_lost(source: Source, content: bytes) -> None:
    found = words_of(source.name, content, (INVENTED, source.header, *([source.footer] if source.footer else [])))
    missing = [words for words in texts(source.blocks, source.format == "txt") if squeezed(words) not in found]
    assert missing == []


@pytest.mark.parametrize("stem", SAMPLES)
def test_same_source_gives_same_bytes_whatever_was_built_before(stem: str) -> None:
    first = render(source_of(stem))
    render(source_of(SAMPLES[0]))
    assert render(source_of(stem)) == first


@pytest.mark.parametrize("stem", SAMPLES)
def test_every_word_of_the_source_stands_in_the_file(stem: str) -> None:
    source = source_of(stem)
    if not source.scanned:
        assert_nothing_lost(source, render(source))


@pytest.mark.parametrize("stem", SAMPLES)
def test_file_says_that_it_is_invented(stem: str) -> None:
    source = source_of(stem)
    assert says_invented(source.name, render(source))


def says_invented(name: str, content: bytes) -> bool:
    """In the text, in the footer parts of office files, on each page of a PDF; of a scan, in its metadata."""
    if name.endswith(".pdf"):
        pages = pdf_pages(content)
        if not any(pages):
            import pypdfium2

            return bool(pypdfium2.PdfDocument(content).get_metadata_value("Subject") == INVENTED)
        return all(squeezed(INVENTED) in squeezed(page) for page in pages)
    if name.endswith(".docx"):
        return all(INVENTED in xml_words(content, f"word/footer{number}.xml") for number in (1, 2))
    if name.endswith(".odt"):
        return INVENTED in xml_words(content, "styles.xml")
    return squeezed(INVENTED) in words_of(name, content)


def built_files() -> list[Path]:
    return [path for path in FOLDER.iterdir() if path.is_file() and not path.name.startswith(".")]


def test_files_of_the_folder_say_that_they_are_invented() -> None:
    files = built_files()
    assert [path.name for path in files if not says_invented(path.name, path.read_bytes())] == []


def test_sources_keep_the_format() -> None:
    sources = [read_source(path) for path in sources_below(FOLDER)]
    assert len(sources) >= 90
    assert {source.format for source in sources} == set(renderers())


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ({"colour": "red"}, "unknown keys in the front matter: colour"),
        ({"id": "annat"}, "id is 'annat' but the file is named 'prov'"),
        ({"genre": "roman"}, "genre is 'roman', not one of protokoll"),
        ({"format": "doc"}, "format is 'doc', not one of pdf"),
        ({"date": "2024-02-01"}, "date is datetime.date(2024, 2, 1), not an ISO date in quotation marks"),
        ({"columns": "3"}, "columns is 3, not one of 1, 2"),
        ({"size": "14"}, "size is 14, not one of 9, 10, 11, 12"),
        ({"scanned": "kanske"}, "scanned is 'kanske', not true or false"),
        ({"recipients": "Alla"}, "recipients needs a list of words, found 'Alla'"),
        ({"subject": "Hej"}, "subject belong in e-mail only"),
        ({"format": "eml"}, "keys missing in the front matter: from, to, subject, time"),
        ({"title": "[1"}, "the front matter is no YAML"),
    ],
)
def test_errors_of_the_front_matter_say_what_was_found(front: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        sample("Text.\n", **front)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<b>fet</b>\n", "'<b>fet</b>' is none of the blocks"),
        ("## Rubrik\nText.\n", "needs an empty line after it"),
        ("- ett\ntvå\n", "'två' stands in a list"),
        ("| a | b |\n|---|---|\n| 1 |\n", "has 1 cells, the table's head 2"),
        ("Tabell: Avgifter\n\nText.\n", "the caption 'Avgifter' has no table"),
        ("::: ruta\nText.\n", "is never closed by :::"),
        ("::: bild\nText.\n:::\n", "is not ::: uppgifter"),
        ("::: uppgifter\nOrdförande\n:::\n", "'Ordförande' is not 'Etikett: värde'"),
        ("Ett **fett ord.\n", "a mark of bold is opened and not closed"),
        ("> Hej!\n", "belong in e-mail only"),
    ],
)
def test_errors_of_the_body_quote_the_line(body: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        sample(body)
    assert message in str(error.value)


def test_error_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "prov.md"
    path.write_text("# Utan huvud\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"^prov\.md: the front matter between two lines of --- is missing; mend"):
        read_source(path)


def test_inline_marks() -> None:
    assert parse_inline(r"Ett **fett *och snett* ord** 2 \* 3") == (
        Run("Ett "),
        Run("fett ", bold=True),
        Run("och snett", bold=True, italic=True),
        Run(" ord", bold=True),
        Run(" 2 * 3"),
    )


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("kostar 1 200 000 kronor", "kostar 1_200_000 kronor"),
        ("den 13 november 2020 100 personer", "den 13 november 2020 100 personer"),
        ("2016-11-28 § 87 kl. 18.00", "2016-11-28_§_87 kl._18.00"),
        ("§§ 82–97", "§§_82–97"),
        ("enligt 5 § första", "enligt 5_§_första"),
    ],
)
def test_spaces_that_must_not_break(words: str, bound: str) -> None:
    assert bind_words(words).replace("\u00a0", "_") == bound


def test_page_numbers_count_to_the_last_page() -> None:
    pages = pdf_pages(render(source_of("2016-11-28_protokoll_kf")))
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert f"Sida {number} ({len(pages)})" in page
        assert ("Kommunfullmäktige, protokoll 2016-11-28" in page) == (number > 1)


def test_long_table_repeats_its_head() -> None:
    rows = "".join(f"| Rad {number} | {number} |\n" for number in range(120))
    pages = pdf_pages(render(sample(f"| Benämning | Avgift |\n|---|---:|\n{rows}", format="pdf")))
    assert len(pages) > 2
    assert all("Benämning" in page for page in pages)


def test_scan_holds_images_only() -> None:
    content = render(source_of("2017-04-24_motion_vatmarker-losaan"))
    assert not any(page.strip() for page in pdf_pages(content))
    assert content.count(b"/DCTDecode") == len(pdf_pages(content))
    assert len(content) < 600_000


def test_each_list_of_a_word_file_counts_anew() -> None:
    source = sample("1. Ett\n2. Två\n\nText.\n\n4. Fyra\n5. Fem\n", format="docx")
    content = render(source)
    with ZipFile(BytesIO(content)) as archive:
        numbering, body = archive.read("word/numbering.xml").decode(), archive.read("word/document.xml").decode()
    starts = [part.split('"', 2)[1] for part in numbering.split("<w:startOverride w:val=")[1:]]
    assert starts == ["1", "4"]
    numbers = [part.split('"', 2)[1] for part in body.split("<w:numId w:val=")[1:]]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_archives_hold_no_clock() -> None:
    for stem in ("2018-07-02_reglemente_arvodesreglemente-2019", "2025-10-16_tjs_uttrade-samordningsforbundet"):
        with ZipFile(BytesIO(render(source_of(stem)))) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("date", "start"),
    [
        ('"2018-02-01"', b"EXEMPEL"),
        ('"2020-02-01"', b"\xff\xfe"),
        ('"2021-02-01"', b"\xef\xbb\xbf"),
        ('"2024-02-01"', b"EXEMPEL"),
    ],
)
def test_encodings_of_plain_text(date: str, start: bytes) -> None:
    content = render(sample("Låt åäö stå.\n", date=date))
    assert content.startswith(start)
    assert "Låt åäö stå." in decoded(content)


def test_pages_of_plain_text_end_between_blocks() -> None:
    text = decoded(render(sample("\n\n".join(f"Stycke {number}." for number in range(80)) + "\n")))
    pages = text.split("\f")
    assert len(pages) > 1
    assert all(page.count("\n") <= 60 for page in pages)
    assert all(len(line) <= 72 for line in text.splitlines() if "Exempelkommun" not in line)


def test_table_of_plain_text_is_aligned() -> None:
    (table,) = sample("| Avgift | Kronor |\n|---|---:|\n| Villa | 1 250 |\n| Lägenhet | 90 |\n").blocks
    assert isinstance(table, Table)
    assert list(table_lines(table)) == [
        "Avgift     Kronor",
        "--------   ------",
        "Villa       1 250",
        "Lägenhet       90",
    ]


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2019-03-30", 1), ("2019-03-31", 2), ("2019-10-26", 2), ("2019-10-27", 1)],  # summer time: 31 March to 27 October
)
def test_swedish_time(day: str, hours: int) -> None:
    when = moment(day, "12:00")
    assert when.astimezone(UTC) == datetime(when.year, when.month, when.day, 12 - hours, tzinfo=UTC)


def test_check_names_what_differs(tmp_path: Path) -> None:
    (tmp_path / SOURCES).mkdir()
    for stem in ("2018-04-23_policy_flaggpolicy", "2020-12-07_regler_partistod-2021"):
        shutil.copy(FOLDER / SOURCES / f"{stem}.md", tmp_path / SOURCES)
    names = write(tmp_path)
    assert names == ["2018-04-23_policy_flaggpolicy.txt", "2020-12-07_regler_partistod-2021.md"]
    assert differences(tmp_path) == []
    (tmp_path / names[0]).write_bytes(b"annat")
    (tmp_path / names[1]).unlink()
    (tmp_path / "kvar.pdf").write_bytes(b"")
    assert [str(difference) for difference in differences(tmp_path)] == [
        f"{names[0]}: differs from what its source gives",
        f"{names[1]}: missing",
        "kvar.pdf: has no source",
    ]


def test_folder_without_sources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no sources in"):
        sources_below(tmp_path)


@pytest.mark.slow
def test_all_documents_keep_every_word_and_say_that_they_are_invented() -> None:
    for path, (name, content) in zip(sources_below(FOLDER), built(sources_below(FOLDER)), strict=True):
        source = read_source(path)
        assert says_invented(name, content), name
        if not source.scanned:
            assert_nothing_lost(source, content)


@pytest.mark.slow
def test_command_rebuilds_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / SOURCES, tmp_path / SOURCES)

    def build(seed: str, zone: str, *options: str) -> str:
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-m", "evals", "build-corpus", str(tmp_path), *options]
        done = subprocess.run(
            command, env=surroundings, capture_output=True, text=True, check=False, cwd=FOLDER.parents[1]
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "files written to" in build("1", "UTC")
    assert build("2", "Pacific/Auckland", "--check") == "the files are what their sources give\n"
    lying = {path.name: path.read_bytes() for path in built_files()}
    assert {name for name, content in lying.items() if content != (tmp_path / name).read_bytes()} == set()
