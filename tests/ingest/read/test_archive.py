"""ZIP-based documents that are broken, or made to harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.read.archive import Archive, ArchiveLimits, parse_xml, safe_name
from ingest.read.extract import UnreadableError
from tests.ingest.read.word import archive

KIND = "a Word file"


def test_a_part_is_read_by_name_and_xml_is_parsed() -> None:
    opened = Archive(archive({"word/a.xml": "<a><b>å</b></a>", "x": b"\x00"}), KIND)
    assert "word/a.xml" in opened
    assert "word/b.xml" not in opened
    assert opened.read("x") == b"\x00"
    assert opened.read_xml("word/a.xml").findtext("b") == "å"
    with pytest.raises(ValueError, match=r"nothing\.xml is missing"):
        opened.read("nothing.xml")


def test_names_that_lead_out_are_not_there() -> None:
    names = ["../up.xml", "/etc/passwd", "C:\\x.xml", "a/../../b.xml", "..\\up.xml", "plain/./x.xml"]
    opened = Archive(archive(dict.fromkeys(names, "x")), KIND)
    assert [name for name in names if name in opened] == []
    assert "plain/x.xml" in opened
    assert [safe_name(name) for name in names] == [None] * 5 + ["plain/x.xml"]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (ArchiveLimits(part_bytes=999), "more than the 999 bytes"),
        (ArchiveLimits(total_bytes=1500), "more than the 500 bytes"),
        (ArchiveLimits(ratio=10, ratio_from_bytes=500), "more than 10 times its size"),
        (ArchiveLimits(entries=1), "more than the 1 files"),
    ],
)
def test_what_unpacks_to_more_than_a_document_does_is_refused(limits: ArchiveLimits, reason: str) -> None:
    content = archive({"a": b"x" * 1000, "b": b"x" * 1000})
    with pytest.raises(ValueError, match=reason):
        read_all(content, limits)
    read_all(content, ArchiveLimits())


def read_all(content: bytes, limits: ArchiveLimits) -> None:
    opened = Archive(content, KIND, limits)
    opened.read("a")
    opened.read("b")


def test_a_size_declared_falsely_doesn_t_lift_the_limit() -> None:
    content = archive({"a": b"x" * 100_000})
    lying = content.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(ValueError, match=r"cannot be unpacked|more than the"):
        Archive(lying, KIND, ArchiveLimits(part_bytes=1000)).read("a")


def test_a_directory_without_end_is_refused_before_it_is_read() -> None:
    content = archive({"a": b"x"})
    with pytest.raises(ValueError, match="more than the 5000 files"):
        Archive(content + b"PK\x01\x02" * 20_000, KIND)


def test_a_broken_archive_says_so() -> None:
    content = archive({"a": b"x" * 1000})
    with pytest.raises(ValueError, match="directory cannot be read"):
        Archive(content[:-30], KIND)
    spoilt = bytearray(content)
    spoilt[35] ^= 0xFF
    with pytest.raises(ValueError, match="a cannot be unpacked"):
        Archive(bytes(spoilt), KIND).read("a")


def test_an_encrypted_part_and_an_uncommon_packing_are_refused() -> None:
    content = bytearray(archive({"a": b"x" * 1000}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableError, match="encrypted"):
        Archive(bytes(content), KIND).read("a")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("a", "x")
    with pytest.raises(ValueError, match="packed in a way"):
        Archive(target.getvalue(), KIND).read("a")


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a b="&b;"/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused(xml: str, encoding: str) -> None:
    with pytest.raises(ValueError, match=r"document type|not well-formed"):
        parse_xml(xml.encode(encoding), "part.xml")


def test_xml_that_is_broken_or_nested_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match=r"part\.xml is not well-formed"):
        parse_xml(b"<a><b></a>", "part.xml")
    with pytest.raises(ValueError, match="nested too deep"):
        parse_xml(b"<a>" * 10_000 + b"</a>" * 10_000, "part.xml")
    with pytest.raises(ValueError, match=r"part\.xml is not well-formed"):
        parse_xml(b"", "part.xml")
