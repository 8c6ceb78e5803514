"""Reading plain text in the encodings and disguises it arrives in."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import DocumentError
from ingest.read import read
from ingest.read.text import decode, read_text
from ingest.settings import Settings

SENTENCE = "Kommunfullmäktige beslutar att höja avgiften till 1 250 kr från och med år 2024. Ärendet avslås – § 23."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman", "cp850"]
)
def test_swedish_text_reads_the_same_in_every_encoding(encoding: str) -> None:
    # cp850 has no dash, which is replaced by a hyphen there
    sentence = SENTENCE.replace("–", "-") if encoding == "cp850" else SENTENCE
    assert read_text(sentence.encode(encoding)).text == sentence


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"abc\x00\x01\x02def", "binary data"),
        (b"\xff\xfea", "utf-16"),
        (bytes(range(1, 9)) * 10, "binary data"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_seems_to_be(content: bytes, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        decode(content)


@given(st.text())
def test_text_is_kept_but_for_line_ends_normal_form_and_mark(text: str) -> None:
    try:
        extract = read_text(text.encode("utf-8", errors="ignore"))
    except ValueError:
        return  # Hypothesis made something that isn't text
    kept = text.encode("utf-8", errors="ignore").decode("utf-8").removeprefix("\ufeff")
    assert extract.text == unicodedata.normalize("NFC", kept.replace("\r\n", "\n").replace("\r", "\n"))


def test_form_feeds_begin_pages() -> None:
    extract = read_text("Sida ett.\n\fSida två.\n\fSida tre.".encode())
    assert [extract.text[start : start + 9] for start in extract.pages] == ["Sida ett.", "Sida två.", "Sida tre."]
    assert read_text(b"En enda.").pages == ()


def test_markdown_under_the_name_of_text_is_recognised() -> None:
    assert read_text(b"## Rubrik\n\ntext\n\n### Beslut\n").markup
    assert not read_text(b"Vi har # 1 och\n# 2").markup


@pytest.mark.parametrize(
    ("name", "content", "reason", "remedy"),
    [
        ("brev.doc", b"x", "old Word files (.doc)", "save it as .docx"),
        ("tom.txt", b" \n\n", "no text", "remove"),
        ("falsk.txt", b"%PDF-1.4", "is a PDF", "open it"),
        ("stor.txt", b"x" * 2000, "2000 bytes", "max_file_bytes"),
    ],
)
def test_a_bad_file_is_named_with_reason_and_remedy(
    tmp_path: Path, name: str, content: bytes, reason: str, remedy: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read(path, name, Settings(max_file_bytes=1000))
    assert caught.value.document == name
    assert reason in caught.value.reason
    assert remedy in caught.value.remedy


def test_a_vanished_file_is_a_document_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="has vanished"):
        read(tmp_path / "borta.txt", "borta.txt", Settings())
