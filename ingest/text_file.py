"""Text files that a person names: read whole, or refused with what to do about it."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import UsageError


def read_text_file(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        UsageError: the file can't be read, or is in another encoding.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot read {path}: it is not UTF-8, so save it as that") from error
