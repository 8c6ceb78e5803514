"""ZIP archives (DOCX, ODT) with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can name
PLAIN_FILE = 0o600 << 16


def pack(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive of `parts` in the order given, without clock; stored, since zlib differs between machines."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name, content in parts:
            entry = ZipInfo(name, FIRST_DAY)
            entry.create_system = 0
            entry.external_attr = PLAIN_FILE
            archive.writestr(entry, content)
    return stream.getvalue()


def repack(content: bytes) -> bytes:
    """The archive `content` packed anew, in the order it had."""
    with ZipFile(BytesIO(content)) as archive:
        return pack([(entry.filename, archive.read(entry)) for entry in archive.infolist()])
