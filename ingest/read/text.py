"""Plain text and Markdown, in whatever encoding they were saved."""

from __future__ import annotations

import codecs
import re

from ingest.read.ballots import with_ballots
from ingest.read.extract import Extract, normalise
from ingest.read.text_tables import tables_in

# The first bytes of files that are often found under a false name.
SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive (DOCX, ODT, XLSX …)",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Single-byte encodings Swedish files come in, in order of preference when they read equally well.
LEGACY_ENCODINGS = ("cp1252", "iso8859-15", "mac_roman", "cp850")
SWEDISH_SIGNS = frozenset("åäöÅÄÖéÉüÜèà§–—”“’»«…•·½°€ \u00a0\u00ad")
_HEADING_MARK = re.compile(r"^#{1,6} \S", re.MULTILINE)
ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x85")


def read_text(content: bytes) -> Extract:
    """Plain text; form feeds separate pages. Markdown under this name (programs for OCR write it) is recognised, and so
    are tables, whose text stays as it is, and lists of votes written cell by cell, which are written row by row.

    Raises:
        ValueError: the bytes are not text.
    """
    text, ballots = with_ballots(normalise(decode(content)))
    feeds = [index + 1 for index, sign in enumerate(text) if sign == "\f"]
    markup = len(_HEADING_MARK.findall(text)) >= 2
    return Extract(text, pages=(0, *feeds) if feeds else (), markup=markup, tables=tables_in(text, ballots))


def read_markdown(content: bytes) -> Extract:
    """Markdown, kept as written: its marks are understood later, so that positions hold."""
    text = normalise(decode(content))
    return Extract(text, markup=True, tables=tables_in(text))


def decode(content: bytes) -> str:
    """The text of `content`: by byte order mark, as UTF-8, as UTF-16, else in the legacy encoding that reads best.

    Raises:
        ValueError: the bytes are not text, with what they seem to be.
    """
    for signature, what in SIGNATURES.items():
        if content.startswith(signature):
            raise ValueError(f"the file is named as text but is {what}")
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding)
    if wide := _utf16_without_mark(content):
        return _strictly(content, wide)
    if b"\x00" in content:
        raise ValueError("the file is named as text but holds binary data")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _legacy(content)
    controls = sum(1 for sign in text if ord(sign) < 32 and sign not in ALLOWED_CONTROLS)
    if controls > len(text) // 100:
        raise ValueError("the file is named as text but holds binary data")
    return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"the file says it is {encoding} but byte {error.start} is not") from error


def _utf16_without_mark(content: bytes) -> str | None:
    """Western text in UTF-16 has a zero in nearly every second byte."""
    even, odd = content[0::2].count(0), content[1::2].count(0)
    half = len(content) // 2
    if len(content) % 2 or half < 2:
        return None
    if odd > 0.8 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.8 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _legacy(content: bytes) -> str:
    """The reading with most signs of Swedish prose and fewest of anything else among the non-ASCII ones."""
    readings = [content.decode(encoding, errors="replace") for encoding in LEGACY_ENCODINGS]
    return max(readings, key=_swedishness)


def _swedishness(text: str) -> int:
    """Signs that belong in Swedish text minus three times those that don't; ASCII counts nothing."""
    foreign = [sign for sign in text if ord(sign) > 127]
    good = sum(sign in SWEDISH_SIGNS for sign in foreign)
    return good - 3 * (len(foreign) - good)
