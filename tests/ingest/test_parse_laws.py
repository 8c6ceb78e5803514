"""The laws of reading hold for files of every kind, made of what council papers are made of and of anything else."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.laws import check_content
from tests.ingest.read import opendocument as od
from tests.ingest.read import word as wd
from tests.ingest.read.pdfs import Sheets

pytestmark = pytest.mark.slow

PHRASES = (
    "Förslag till beslut|Beslut|Ärendebeskrivning|§ 12|§ 12 Val av justerare Dnr KS 2024/12|1. Avgiften är 1 250 kronor.|"
    "2. Beslutet gäller bl.a. från den 1 januari 2025|- Ärendet bordläggs.|a) Ja|Kommunen har två bad. Det ena är stängt|"
    "och det andra är öppet. Åtgärder krävs.|Sida 3 (7)|Protokoll|Kommunstyrelsen 2024-05-13|Anna Ek (S)|Ordförande|"
    "Reservation|Yttrande|Bilaga 1|Motion|Till: kommun@exempel.se|Från: A Ek <a@b.se>|...... 12|## Rubrik|**fet**|| a | b ||"
    "Omröstning Ja Nej Avstår|x\u0301\u0301å\u00ad\u200b|\ufeff|\u2028|\t|\f|\x1c|\x85|ord ord ord ord ord ord ord ord ord ord"
).split("|")
PIECES = st.one_of(st.sampled_from(PHRASES), st.text(max_size=30))
LINES = st.lists(st.one_of(PIECES, st.lists(PIECES, max_size=4).map(" ".join), st.just("")), max_size=20)
XML = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\ufffe\uffff")
PLAIN = st.lists(st.one_of(st.sampled_from(PHRASES), st.text(XML, max_size=30)), max_size=12).map(
    lambda lines: ["".join(sign for sign in line if sign.isprintable()) for line in lines]
)


def page(lines: list[str]) -> bytes:
    kinds = ("p", "h2", "li", "td", "div", "b", "blockquote", "pre")
    parts = (f"<{kinds[len(line) % 8]}>{html.escape(line)}</{kinds[len(line) % 8]}>" for line in lines)
    return f"<html><body><main>{''.join(parts)}</main></body></html>".encode()


def mail(lines: list[str]) -> bytes:
    return f"From: a@b.se\nSubject: {' '.join(lines[:1])}\n\n".encode() + "\n".join(lines).encode("utf-8", "replace")


def word(lines: list[str]) -> bytes:
    cells = wd.table(*(wd.row(line, line) for line in lines[:2])) if len(lines) > 4 else ""
    return wd.word("".join(wd.paragraph(line, "R1" if len(line) % 5 == 0 else None) for line in lines) + cells)


def open_document(lines: list[str]) -> bytes:
    return od.odt(
        "".join(od.h(html.escape(line), 1) if len(line) % 5 == 0 else od.p(html.escape(line)) for line in lines)
    )


def pdf(lines: list[str]) -> bytes:
    sheets = Sheets()
    for number, line in enumerate(lines):
        size = 16 if len(line) % 5 == 0 else 10
        sheets.write(70, 60 + 18 * (number % 30), line.encode("cp1252", "ignore").decode("cp1252"), size)
        if number % 30 == 29:
            sheets.next()
    return sheets.pdf()


@pytest.mark.parametrize("ending", [".txt", ".md"])
@settings(deadline=None, max_examples=1000)
@given(
    lines=LINES,
    encoding=st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-16-le"]),
    end=st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_any_text(ending: str, lines: list[str], encoding: str, end: str) -> None:
    check_content(end.join(lines).encode(encoding, "ignore"), ending)


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".eml", ".pdf", ".docx", ".odt"])
@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"Subject: a\n", b"\xff\xfe"]),
)
def test_any_bytes(ending: str, content: bytes, before: bytes) -> None:
    check_content(before + content, ending)


@pytest.mark.parametrize(
    ("ending", "write"), [(".html", page), (".eml", mail), (".docx", word), (".odt", open_document), (".pdf", pdf)]
)
@settings(deadline=None, max_examples=250)
@given(lines=PLAIN)
def test_any_words_in_a_sound_file(ending: str, write: Callable[[list[str]], bytes], lines: list[str]) -> None:
    check_content(write(lines), ending)


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".html", page(PHRASES)),
        (".eml", mail(PHRASES)),
        (".docx", word([line for line in PHRASES if line.isprintable()])),
        (".odt", open_document([line for line in PHRASES if line.isprintable()])),
        (".pdf", pdf([line for line in PHRASES if line.isprintable()])),
    ],
)
@settings(deadline=None, max_examples=400)
@given(data=st.data())
def test_any_damage(ending: str, content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        damaged[place] = data.draw(st.integers(0, 255))
    check_content(
        bytes(damaged[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else damaged), ending
    )
