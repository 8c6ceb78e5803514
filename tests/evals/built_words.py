"""The words of built documents, read back with nothing of the program's own readers."""

from __future__ import annotations

import email
import email.policy
import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

MARK = re.compile(r"<[^>]+>")
FURNITURE_LINE = re.compile(r"Sida \d+ \(\d+\)|^Justerandes sign.*$", re.MULTILINE)


def squeezed(words: str) -> str:
    """Without white space and hyphens, so that lines and divided words don't matter."""
    return re.sub(r"[\s\u00a0\u00ad\ufffe\ufeff*-]+", "", words)


def words_of(name: str, content: bytes, furniture: tuple[str, ...] = ()) -> str:
    """The squeezed words of the built file `name`; `furniture` are lines on each page of a PDF to leave out."""
    match name.rsplit(".", 1)[1]:
        case "pdf":
            return squeezed("".join(_without(page, furniture) for page in pdf_pages(content)))
        case "docx":
            return squeezed(xml_words(content, "word/document.xml"))
        case "odt":
            return squeezed(xml_words(content, "content.xml"))
        case "html":
            return squeezed(unescape(MARK.sub("", content.decode())))
        case "eml":
            message = email.message_from_bytes(content, policy=email.policy.default)
            body = message.get_body(("plain",))
            assert body is not None
            return squeezed(re.sub(r"(?m)^> ?", "", str(body.get_content())))
        case "txt":
            return squeezed(decoded(content))
        case _:
            return squeezed(content.decode().replace("\\\n", "\n"))


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def xml_words(content: bytes, part: str) -> str:
    """The character data of a part of a ZIP archive."""
    with ZipFile(BytesIO(content)) as archive:
        return unescape(MARK.sub("", archive.read(part).decode()))


def decoded(content: bytes) -> str:
    """Text by its byte order mark, as UTF-8, or as the older Windows wrote it."""
    if content.startswith(b"\xff\xfe"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _without(page: str, furniture: tuple[str, ...]) -> str:
    page = FURNITURE_LINE.sub("", page)
    for line in furniture:
        page = page.replace(line, "", 1)
    return page
