"""ZIP-based documents, opened without trusting them: nothing is written to disk, every part is bounded."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from ingest.read.disguise import ZIP_SIGNATURES, encrypted, refusal

_ENTRY_SIGNATURE = b"PK\x01\x02"
_ENCRYPTED_FLAG = 0x1
# What the standard library raises on archives that are cut off, overwritten or made to mislead.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class ArchiveLimits:
    """What a document may cost to unpack; bytes are counted as they come out, whatever the archive declares."""

    entries: int = 5_000  # files in the archive; a report with a picture on every page has some hundreds
    part_bytes: int = 40_000_000  # one part; 1 000 pages of Word are about 10 MB
    total_bytes: int = 80_000_000  # all parts that are read (pictures are not)
    ratio: int = 200  # unpacked to packed, for parts above `ratio_from_bytes`; honest XML stays below 60
    ratio_from_bytes: int = 4_000_000


class Archive:
    """The parts of a ZIP-based document by name; only parts that are asked for are unpacked, in memory.

    Raises:
        ValueError: from the constructor and from `read`: the bytes are no such archive, are encrypted or broken,
            or unpack to more than the limits allow.
    """

    def __init__(self, content: bytes, kind: str, limits: ArchiveLimits | None = None) -> None:
        """`kind` is what the file is named as ("a Word file"), used in messages."""
        self.kind = kind
        self.limits = limits or ArchiveLimits()
        self._unpacked_bytes = 0
        if not content.startswith(ZIP_SIGNATURES):
            raise refusal(content, kind)
        # Counted before the directory is read: reading a million entries is the cost that is refused.
        if content.count(_ENTRY_SIGNATURE) > 2 * self.limits.entries:
            raise ValueError(self._too_many())
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise ValueError(f"the file is cut off or damaged: its ZIP directory cannot be read ({error})") from error
        infos = self._zip.infolist()
        if len(infos) > self.limits.entries:
            raise ValueError(self._too_many())
        self._infos = {name: info for info in infos if (name := safe_name(info.filename))}

    def _too_many(self) -> str:
        return f"the archive holds more than the {self.limits.entries} files allowed"

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """The bytes of one part; a part that isn't there raises ValueError."""
        info = self._infos.get(name)
        if info is None:
            raise ValueError(f"the file is damaged: {name} is missing")
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise encrypted()
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ValueError(f"{name} is packed in a way that documents of this kind never are")
        room = min(self.limits.part_bytes, self.limits.total_bytes - self._unpacked_bytes)
        try:
            with self._zip.open(info) as part:
                content = part.read(room + 1)
        except _BROKEN as error:
            raise ValueError(f"the file is damaged: {name} cannot be unpacked ({error})") from error
        self._unpacked_bytes += len(content)
        if len(content) > room:
            raise ValueError(f"{name} unpacks to more than the {room} bytes allowed")
        if len(content) > max(self.limits.ratio_from_bytes, self.limits.ratio * info.compress_size):
            raise ValueError(f"{name} unpacks to more than {self.limits.ratio} times its size, as no document does")
        return content

    def read_xml(self, name: str) -> etree._Element:
        """The root element of one part that is XML."""
        return parse_xml(self.read(name), name)


def safe_name(name: str) -> str | None:
    """The name of a part as looked up, or None when it would lead out of the archive ("../x", "/x", "C:\\x")."""
    forward = name.replace("\\", "/")
    plain = posixpath.normpath(forward)
    if forward.startswith("/") or plain.startswith("..") or ":" in plain or "\x00" in plain:
        return None
    return plain


def parse_xml(content: bytes, name: str) -> etree._Element:
    """The root of an XML part; entities, document types and anything outside the part are refused, depth is bounded.

    Raises:
        ValueError: the XML is broken, nested more than 256 deep, or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    if b"<!DOCTYPE" in content:
        raise ValueError(f"{name} declares a document type or entities, as documents of this kind never do")
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise ValueError(f"{name} is nested too deep") from error
        raise ValueError(f"the file is damaged: {name} is not well-formed ({error.msg[:100]})") from error
    if root.getroottree().docinfo.doctype:  # written in another encoding than ASCII's
        raise ValueError(f"{name} declares a document type or entities, as documents of this kind never do")
    return root
