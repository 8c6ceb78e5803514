"""Read: a file becomes its extracted text. One module a format; this one knows which reads what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.errors import DocumentError
from ingest.read.extract import Extract
from ingest.read.text import read_markdown, read_text
from ingest.settings import Settings

__all__ = ["READERS", "Extract", "read"]

READERS: dict[str, Callable[[bytes], Extract]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def read(path: Path, document: str, settings: Settings) -> Extract:
    """Extract the text of the file at `path`; `document` is its id, used in messages.

    Raises:
        DocumentError: the file can't be read, is of a kind that isn't supported, too large, or not what it is named.
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
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            document, f"the file cannot be opened ({error.strerror})", "check that it exists and may be read"
        ) from error
    try:
        extract = reader(content)
    except ValueError as error:
        raise DocumentError(document, str(error), "open it in the program it came from and save it anew") from error
    if not extract.text.strip():
        raise DocumentError(document, "the file holds no text", "remove it, or replace it with one that does")
    return extract
