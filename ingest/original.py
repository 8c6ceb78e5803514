"""Originals: the file a document was read from, as long as it is still that file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from ingest.errors import DocumentError
from ingest.plan import content_hash
from ingest.read import content_of
from ingest.settings import Settings


class Lost(StrEnum):
    """Why there is no original to show."""

    GONE = "gone"  # neither the file nor, perhaps, its folder is there
    CHANGED = "changed"  # another content than the one that was read
    OUTSIDE = "outside"  # its name leads out of the folder it was read from
    UNREADABLE = "unreadable"  # it may not be read, has become too large, or is no file any more


class OriginalError(DocumentError):
    """The original of a document can't be shown; what was read from it is still in the index."""

    def __init__(self, document: str, lost: Lost, reason: str, remedy: str) -> None:
        super().__init__(document, reason, remedy)
        self.lost = lost


@dataclass(frozen=True)
class Original:
    """The file of a document, whose content is the one that was read."""

    document: str
    version: str
    content: bytes

    @property
    def name(self) -> str:
        return PurePosixPath(self.document).name


_AGAIN = "run `radslag ingest` again"


def original(document: str, root: str, version: str, settings: Settings) -> Original:
    """The file that the document of this id and version was read from, below the `root` that the index has for it.

    Its content is compared with what was read, so that whatever takes the file's place is never handed out.

    Raises:
        OriginalError: it is gone, was changed, leads out of the root, or can't be read.
    """
    path = _path(document, root)
    if path is None:
        raise OriginalError(document, Lost.OUTSIDE, "the id leads out of the ingested folder", _AGAIN)
    try:
        within = path.resolve(strict=True).is_relative_to(Path(root).resolve())
    except (OSError, RuntimeError) as error:  # missing, or links in a circle, the latter in Python before 3.13
        raise OriginalError(document, Lost.GONE, "the file has vanished", _AGAIN) from error
    if not within:
        raise OriginalError(document, Lost.OUTSIDE, "the file has become a link out of the ingested folder", _AGAIN)
    try:
        content = content_of(path, document, settings)
    except DocumentError as error:
        raise OriginalError(document, Lost.UNREADABLE, error.reason, error.remedy) from error
    if not version.startswith(content_hash(content)):
        raise OriginalError(document, Lost.CHANGED, "the file is not the one that was read", _AGAIN)
    return Original(document, version, content)


def _path(document: str, root: str) -> Path | None:
    """Where the file of an id should be, however its name is composed on disk; None for an id that no ingest gives."""
    path = Path(root)
    parts = document.split("/")
    if any(part in {"", ".", ".."} or "\0" in part or "\\" in part for part in parts):
        return None
    for part in parts:
        here = path / part
        if not here.exists() and path.is_dir():
            here = next((each for each in path.iterdir() if unicodedata.normalize("NFC", each.name) == part), here)
        path = here
    return path
