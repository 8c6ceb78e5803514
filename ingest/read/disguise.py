"""What a file is, whatever it is called: told from its first bytes, for the reason why it was refused."""

from __future__ import annotations

import re

from ingest.read.extract import UnreadableError
from ingest.read.text import SIGNATURES

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = "is encrypted with a password"
# Names of streams in an OLE container, as they are written there.
_OLE_STREAMS = {
    "EncryptedPackage": _ENCRYPTED,
    "WordDocument": "is an old Word file (.doc)",
    "Workbook": "is an old Excel file (.xls)",
    "PowerPoint Document": "is an old PowerPoint file (.ppt)",
    "__nameid_version1.0": "is an Outlook message (.msg)",
}
# A part that only one kind of ZIP-based document has.
_ZIP_PARTS = {
    "word/document.xml": "a Word file (DOCX)",
    "xl/workbook.xml": "an Excel workbook (XLSX)",
    "ppt/presentation.xml": "a PowerPoint presentation (PPTX)",
    "META-INF/container.xml": "an e-book (EPUB)",
}
_ODF_KINDS = {
    b"application/vnd.oasis.opendocument.text": "an OpenDocument text (ODT)",
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (ODS)",
    b"application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation (ODP)",
}
_WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_HEAD_BYTES = 2000


def refusal(content: bytes, kind: str) -> UnreadableError:
    """Why bytes under the name of `kind` ("a Word file") are not read as such, and what to do."""
    what = what_it_is(content)
    if what == _ENCRYPTED:
        return encrypted()
    if what is None:
        return UnreadableError(
            f"the file is named as {kind} but is none", "open it where it came from and save it anew"
        )
    if what.startswith(f"is {kind}"):
        return UnreadableError(
            f"the file is damaged: parts that {kind} always has are missing",
            "open it where it came from and save it anew",
        )
    return UnreadableError(f"the file is named as {kind} but {what}", "give it the ending of what it is, or convert it")


def encrypted() -> UnreadableError:
    return UnreadableError("the file is encrypted with a password", "save it without a password")


def what_it_is(content: bytes) -> str | None:
    """What the bytes are, as the end of "the file is named as X but …" ("is a PDF"), or None when nothing gives it away."""
    if content.startswith(OLE_SIGNATURE):
        return next(
            (what for name, what in _OLE_STREAMS.items() if name.encode("utf-16-le") in content),
            "is an old Office file",
        )
    if content.startswith(ZIP_SIGNATURES):
        return f"is {_kind_of_archive(content)}"
    head = content[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    for signature, what in SIGNATURES.items():
        if head.startswith(signature):
            return f"is {what}"
    if head.startswith(b"{\\rtf"):
        return "is a Rich Text file (RTF)"
    if _WEB_PAGE.match(head):
        return "is a web page"
    if head.lstrip().startswith(b"<?xml"):
        return "is an XML file"
    return None


def _kind_of_archive(content: bytes) -> str:
    """Told from the names in the raw bytes, so that a broken or hostile archive is never opened for it."""
    for part, what in _ZIP_PARTS.items():
        if part.encode() in content:
            return what
    for kind, what in _ODF_KINDS.items():
        if kind in content[:_HEAD_BYTES]:
            return what
    return "a ZIP archive"
