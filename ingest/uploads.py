"""Uploads: documents that came through the web app, in a folder of their own that is ingested as a root.

They are the program's own copies. A file comes in under a name made safe, never in the place of another, and is seen by an
ingest only when it is whole.
"""

from __future__ import annotations

import filecmp
import re
import tempfile
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from fnmatch import fnmatch
from itertools import count
from pathlib import Path
from types import TracebackType

from ingest.errors import RadslagError
from ingest.read import READERS
from ingest.read.refused import REFUSED
from ingest.settings import Settings

FOLDER = "uppladdat"  # what the ids of uploaded documents begin with, so that they can't be those of others
STEM_BYTES = 160  # longest name of a file in UTF-8, without its ending; file systems take 255
NAMELESS = "handling"  # what a file is called whose name holds nothing that can be kept
_NOT_KEPT = re.compile(r"[^\w .,()&+-]|[\x00-\x1f\x7f-\x9f]")


class Reason(StrEnum):
    """Why a file isn't taken."""

    KIND = "kind"  # files of that kind aren't read
    CONVERT = "convert"  # nor are those, but what they hold can be saved in a form that is
    SIZE = "size"
    EMPTY = "empty"
    COUNT = "count"  # too many wait to be read already
    SAME = "same"  # the same file is there under the same name
    DISK = "disk"  # it can't be written


class UploadRefused(RadslagError):
    """A file isn't taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"the file isn't taken ({reason}): upload another")
        self.reason = reason


def uploads_folder(settings: Settings) -> Path:
    """The folder that uploads are put into, the root of their ids; it may not exist yet."""
    index = settings.index.resolve()
    return settings.uploads or index.with_name(f"{index.name}-uploads")


def is_upload(document: str) -> bool:
    """Whether a document with that id was uploaded."""
    return document.startswith(f"{FOLDER}/")


def waiting(settings: Settings, known: Collection[str]) -> tuple[str, ...]:
    """Ids of the uploads that aren't among the `known` documents: an ingest has yet to read them."""
    root = uploads_folder(settings)
    files = (path for path in (root / FOLDER).rglob("*") if path.is_file() and not path.name.startswith("."))
    ids = (path.relative_to(root).as_posix() for path in files)
    return tuple(sorted(each for each in ids if each not in known))


def safe_name(name: str, settings: Settings) -> str:
    """A file's name without folders and without signs that could deceive or have it ignored; its ending in lower case."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, ending = _NOT_KEPT.sub("-", plain).rpartition(".")
    stem, ending = (stem, f".{ending.lower()}") if dot else (ending, "")
    stem = " ".join(stem.split()).lstrip("._-~ ").encode()[:STEM_BYTES].decode(errors="ignore").rstrip(". ")
    if not re.search(r"\w", stem):
        stem = NAMELESS
    if any(fnmatch(stem + ending, pattern) for pattern in settings.ignore):
        stem = f"{NAMELESS} {stem}"
    return stem + ending


def safe_folder(municipality: str) -> str:
    """A municipality as a folder is named: "Köpings kommun" in "kopings"."""
    decomposed = unicodedata.normalize("NFD", municipality.casefold())
    words = re.findall(r"[a-z0-9]+", "".join(sign for sign in decomposed if not unicodedata.combining(sign)))
    named = [word for word in words if word not in {"kommun", "stad"}]
    return "-".join(named or words)[:STEM_BYTES] or NAMELESS


class Incoming:
    """A file on its way in. What isn't kept is gone when the block ends.

    Raises:
        UploadRefused: from the constructor and every method: the file can't be taken.
    """

    def __init__(self, name: str, municipality: str, settings: Settings, known: Collection[str]) -> None:
        ending = Path(name).suffix.lower()
        if ending not in READERS:
            raise UploadRefused(Reason.CONVERT if ending in REFUSED else Reason.KIND)
        if len(waiting(settings, known)) >= settings.upload_files:
            raise UploadRefused(Reason.COUNT)
        self._known = known
        self._root = uploads_folder(settings)
        self._target = self._root / FOLDER / safe_folder(municipality) / safe_name(name, settings)
        self._most = min(settings.upload_megabytes * 1_000_000, settings.max_file_bytes)
        self._taken = 0
        try:
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._file = tempfile.NamedTemporaryFile(dir=self._root, prefix=".", delete=False)  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise UploadRefused(Reason.DISK) from error

    def __enter__(self) -> Incoming:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._file.close()
        Path(self._file.name).unlink(missing_ok=True)

    def write(self, content: bytes) -> None:
        """Add to the file."""
        self._taken += len(content)
        if self._taken > self._most:
            raise UploadRefused(Reason.SIZE)
        try:
            self._file.write(content)
        except OSError as error:
            raise UploadRefused(Reason.DISK) from error

    def keep(self) -> str:
        """Put the whole file in its place, beside others of its name; the id it will have."""
        if not self._taken:
            raise UploadRefused(Reason.EMPTY)
        try:
            self._file.close()
            Path(self._file.name).chmod(0o644)
            place = self._place()
            Path(self._file.name).replace(place)
        except OSError as error:
            raise UploadRefused(Reason.DISK) from error
        return place.relative_to(self._root).as_posix()

    def _place(self) -> Path:
        """A name that no file has, made ours by an empty file."""
        for number in count(1):
            suffix = "" if number == 1 else f"-{number}"
            place = self._target.with_name(f"{self._target.stem}{suffix}{self._target.suffix}")
            try:
                place.open("xb").close()
            except FileExistsError:
                if filecmp.cmp(place, self._file.name, shallow=False):
                    raise UploadRefused(Reason.SAME) from None
                continue
            if (
                place.relative_to(self._root).as_posix() in self._known
            ):  # of a file that has vanished: not to be mixed up
                place.unlink()
                continue
            return place
        raise AssertionError("unreachable")


def remove(document: str, settings: Settings) -> None:
    """Delete the file of an uploaded document, where it is still there.

    Raises:
        ValueError: the id is no upload's.
    """
    root = (uploads_folder(settings) / FOLDER).resolve()
    path = (uploads_folder(settings) / document).resolve()
    if not is_upload(document) or not path.is_relative_to(root):
        raise ValueError(f"{document} is no uploaded document")
    path.unlink(missing_ok=True)
