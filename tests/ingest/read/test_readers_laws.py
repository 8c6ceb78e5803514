"""What holds for every reader of documents with structure, whatever the document."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.docx import read_docx
from ingest.read.extract import Extract, normalise
from ingest.read.html import read_html
from ingest.read.mail import read_mail
from ingest.read.odt import read_odt
from ingest.read.tidy import tidy
from tests.ingest.read import opendocument as od
from tests.ingest.read import word as wd

Reader = Callable[[bytes], Extract]

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=40)
PARAGRAPHS = st.lists(WORDS, max_size=8)


def docx_of(texts: list[str]) -> bytes:
    return wd.word("".join(wd.paragraph(text) for text in texts))


def odt_of(texts: list[str]) -> bytes:
    return od.odt("".join(od.p(html.escape(text)) for text in texts))


def html_of(texts: list[str]) -> bytes:
    return f"<html><body>{''.join(f'<p>{html.escape(text)}</p>' for text in texts)}</body></html>".encode()


@pytest.mark.parametrize(("write", "read"), [(docx_of, read_docx), (odt_of, read_odt), (html_of, read_html)])
@given(PARAGRAPHS)
@settings(max_examples=60, deadline=None)
def test_any_paragraphs_come_back_in_order(write: Callable[[list[str]], bytes], read: Reader, texts: list[str]) -> None:
    expected = [normalise(words) for text in texts if (words := tidy(text))]
    assert read(write(texts)).text == "".join(f"{words}\n\n" for words in expected)[:-1]


@given(st.lists(st.lists(st.text("abcåäö 123", max_size=5), min_size=1, max_size=4), max_size=5))
@settings(max_examples=60, deadline=None)
def test_the_rows_of_a_table_stand_where_the_extract_says(rows: list[list[str]]) -> None:
    extract = read_docx(wd.word(wd.table(*(wd.row(*row) for row in rows))))
    for found in extract.tables:
        said = [row for row in rows if any(cell.strip() for cell in row)]
        for span, row in zip(found.rows, said, strict=True):
            cells = span.of(extract.text).split(" | ")
            assert cells + [""] * (len(row) - len(cells)) == [tidy(cell) for cell in row]


# --- documents that are damaged on the way

SAMPLES: list[tuple[Reader, bytes]] = [
    (
        read_docx,
        wd.word(
            wd.paragraph("Förslag", "R1") + wd.paragraph("att bifalla", numbering=(1, 0)) + wd.table(wd.row("a", "b"), wd.row("c", "1")),
            styles=wd.style("R1", "heading 1"),
            numbering=wd.numbering({1: wd.level(0, "%1.")}, {1: (1, "")}),
        ),
    ),
    (
        read_odt,
        od.odt(od.h("Förslag", 1) + od.items(od.p("att bifalla"), style="L1") + od.table(od.cells("a", "b"), od.cells("c", "1")), od.list_style("L1", od.number(1))),
    ),
    (read_html, "<html><head><meta charset='utf-8'></head><body><h1>Å</h1><ol start=3><li>ä</ol><table><tr><td rowspan=2>ö<td>1<tr><td>2</table>".encode()),
    (
        read_mail,
        "Subject: =?utf-8?q?=C3=85?=\nDate: Mon, 13 May 2024 14:02:11 +0200\nContent-Type: multipart/alternative; boundary=x\n\n"
        "--x\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nå \nä\n> ö\n--x\nContent-Type: text/html\n\n<p>a<blockquote type=cite>b</blockquote>\n--x--\n".encode(),
    ),
]  # fmt: skip
DAMAGES = st.lists(
    st.tuples(
        st.integers(0, 5_000),
        st.sampled_from(["set", "cut", "copy", "insert"]),
        st.integers(0, 255),
        st.integers(1, 60),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize(("read", "sample"), SAMPLES, ids=["docx", "odt", "html", "mail"])
@given(DAMAGES)
@settings(max_examples=250, deadline=None)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(
    read: Reader, sample: bytes, damages: list[tuple[int, str, int, int]]
) -> None:
    content = bytearray(sample)
    for place, how, value, length in damages:
        at = place % (len(content) + 1)
        if how == "set":
            content[at : at + 1] = bytes([value])
        elif how == "cut":
            del content[at : at + length]
        elif how == "copy":
            content[at:at] = content[:length]
        else:
            content[at:at] = bytes([value]) * length
    try:
        extract = read(bytes(content))
    except UnicodeError as error:
        pytest.fail(f"no sentence for a reader: {error}")
    except ValueError:
        return
    assert unicodedata.is_normalized("NFC", extract.text)
    assert "\r" not in extract.text
    for span in (*extract.aside, *(row for table in extract.tables for row in table.rows)):
        assert span.of(extract.text)
