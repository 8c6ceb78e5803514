"""Read: a file becomes its extracted text. One module a format; this one knows which reads what."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import DocumentError
from ingest.read.extract import Extract, UnreadableError
from ingest.read.refused import REFUSED
from ingest.read.text import read_markdown, read_text

if TYPE_CHECKING:
    from ingest.settings import Settings  # importing it doubles the time `ingest.parse_worker` takes to start

__all__ = ["READERS", "Extract", "check", "content_of", "read"]

Reader = Callable[[bytes, "Settings"], Extract]


def _pdf(content: bytes, settings: Settings) -> Extract:
    from ingest.read.pdf import read_pdf

    return read_pdf(content, settings)


def _docx(content: bytes, _: Settings) -> Extract:
    from ingest.read.docx import read_docx

    return read_docx(content)


def _odt(content: bytes, _: Settings) -> Extract:
    from ingest.read.odt import read_odt

    return read_odt(content)


def _html(content: bytes, _: Settings) -> Extract:
    from ingest.read.html import read_html

    return read_html(content)


def _mail(content: bytes, _: Settings) -> Extract:
    from ingest.read.mail import read_mail

    return read_mail(content)


# A reader is imported when a file needs it.
READERS: dict[str, Reader] = {
    ".txt": lambda content, _: read_text(content),
    ".text": lambda content, _: read_text(content),
    ".md": lambda content, _: read_markdown(content),
    ".markdown": lambda content, _: read_markdown(content),
    ".pdf": _pdf,
    ".docx": _docx,
    ".docm": _docx,
    ".odt": _odt,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".eml": _mail,
}


def read(path: Path, document: str, settings: Settings) -> Extract:
    """Extract the text of the file at `path`; `document` is its id, used in messages.

    Raises:
        DocumentError: the file can't be read, is of a kind that isn't supported, too large, or not what it is named.
    """
    reader = check(path, document)
    content = content_of(path, document, settings)
    try:
        extract = reader(content, settings)
    except UnreadableError as error:
        raise DocumentError(document, error.reason, error.remedy) from error
    except ValueError as error:
        raise DocumentError(document, str(error), "open it in the program it came from and save it anew") from error
    if not extract.text.strip():
        raise DocumentError(document, "the file holds no text", "remove it, or replace it with one that does")
    return extract


def check(path: Path, document: str) -> Reader:
    """What reads the file at `path`, by its name; `document` is its id, used in messages.

    Raises:
        DocumentError: files of that kind are not read.
    """
    ending = path.suffix.lower()
    if reader := READERS.get(ending):
        return reader
    if ending in REFUSED:
        what, remedy = REFUSED[ending]
        raise DocumentError(document, f"{what} ({ending}) are not read", remedy)
    known = ", ".join(READERS)
    raise DocumentError(document, f"files named {ending or 'without an ending'} are not read", f"save it as {known}")


def content_of(path: Path, document: str, settings: Settings) -> bytes:
    """The bytes of a file; never more than the settings allow are read, and nothing but a file is.

    Raises:
        DocumentError: it can't be opened, is a pipe, device or the like, or too large.
    """
    most = settings.max_file_bytes
    try:
        if not path.is_file():
            path.stat()  # tells of what is missing
            raise DocumentError(document, "it is no file but a folder, a pipe or a device", "rename or remove it")
        with open(path, "rb", opener=_open_without_waiting) as file:
            content = file.read(most + 1)
            size = max(len(content), os.fstat(file.fileno()).st_size)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise DocumentError(document, "the link leads nowhere", "remove it, or mend it") from error
        raise DocumentError(
            document, "the file has vanished", "run `radslag ingest` again to have it forgotten"
        ) from error
    except OSError as error:
        raise DocumentError(
            document, f"the file cannot be opened ({error.strerror})", "check that it exists and may be read"
        ) from error
    if len(content) > most:
        raise DocumentError(
            document,
            f"the file has {size} bytes, more than the {most} allowed",
            "split it, or raise the setting max_file_bytes",
        )
    return content


def _open_without_waiting(path: str, flags: int) -> int:
    """Even a pipe that takes the file's place just now doesn't keep the program waiting."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
