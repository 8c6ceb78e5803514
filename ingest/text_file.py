"""Text files that a person names: read whole, or refused with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.errors import UsageError


def read_text_file(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises:
        UsageError: the file can't be read, or is in another encoding.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot read {path}: it is not UTF-8, so save it as that") from error


def numbered_lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a file that aren't blank, each after its `file:line`; what divides them is a line feed and no other sign.

    Raises:
        UsageError: as `read_text_file`, or the file holds nothing.
    """
    lines = read_text_file(path).split("\n")
    if not any(line.strip() for line in lines):
        raise UsageError(f"{path}: holds nothing; write one JSON object a line")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield f"{path}:{number}", line
