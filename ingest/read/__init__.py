"""Read: a file becomes its extracted text. One module a format; this one knows which reads what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.errors import DocumentError
from ingest.read.extract import Extract, UnreadableError
from ingest.read.text import read_markdown, read_text
from ingest.settings import Settings

__all__ = ["READERS", "Extract", "check", "read"]

Reader = Callable[[bytes, Settings], Extract]


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
    ".md": lambda content, _: read_markdown(content),
    ".markdown": lambda content, _: read_markdown(content),
    ".pdf": _pdf,
    ".docx": _docx,
    ".odt": _odt,
    ".html": _html,
    ".htm": _html,
    ".eml": _mail,
}


def check(path: Path, document: str, settings: Settings) -> Reader:
    """What reads the file at `path`, by its name; `document` is its id, used in messages.

    Raises:
        DocumentError: the file is of a kind that isn't supported, too large, or not there.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise DocumentError(
            document, f"files named {path.suffix or 'without an ending'} are not read", f"convert it to one of {known}"
        )
    try:
        size = path.stat().st_size
        if size > settings.max_file_bytes:
            raise DocumentError(
                document,
                f"the file has {size} bytes, more than the {settings.max_file_bytes} allowed",
                "split it, or raise the setting max_file_bytes",
            )
    except OSError as error:
        raise _unopened(document, error) from error
    return reader


def read(path: Path, document: str, settings: Settings) -> Extract:
    """Extract the text of the file at `path`; `document` is its id, used in messages.

    Raises:
        DocumentError: as `check`, or the file can't be read or is not what it is named.
    """
    reader = check(path, document, settings)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unopened(document, error) from error
    try:
        extract = reader(content, settings)
    except UnreadableError as error:
        raise DocumentError(document, error.reason, error.remedy) from error
    except ValueError as error:
        raise DocumentError(document, str(error), "open it in the program it came from and save it anew") from error
    if not extract.text.strip():
        raise DocumentError(document, "the file holds no text", "remove it, or replace it with one that does")
    return extract


def _unopened(document: str, error: OSError) -> DocumentError:
    return DocumentError(
        document, f"the file cannot be opened ({error.strerror})", "check that it exists and may be read"
    )
