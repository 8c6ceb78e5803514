"""Sources: which files are to be read, and what they are called in the index."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from ingest.errors import UsageError
from ingest.model import Failure


@dataclass(frozen=True)
class Source:
    """One file to ingest: its id is its path below `root`, with "/"."""

    id: str
    path: Path
    root: Path


@dataclass(frozen=True)
class Sources:
    """The files found, and the folders (or files) that were looked through to find them."""

    files: tuple[Source, ...]
    scopes: tuple[tuple[Path, str], ...]  # root and id prefix: what is gone below it has been deleted
    unlisted: tuple[Failure, ...] = ()  # folders that could not be looked through

    def covers(self, root: str, document: str) -> bool:
        """Whether a document of that root and id would have been found if its file existed."""
        path = Path(root, document)
        return any(
            root == str(scope_root) and (not prefix or document == prefix or document.startswith(prefix + "/"))
            for scope_root, prefix in self.scopes
        ) and not any(path.is_relative_to(folder.document) for folder in self.unlisted)


def find_sources(paths: Sequence[Path], known_roots: Iterable[str], ignore: Sequence[str]) -> Sources:
    """The files below `paths`.

    A path inside a folder ingested before (`known_roots`) keeps that folder as its root, so that ids don't change with
    the way a file is reached. Names that fit a pattern of `ignore`, and links that lead out of the root, are left out.

    Raises:
        UsageError: a path doesn't exist.
    """
    roots = [Path(root) for root in known_roots]
    files: dict[Path, Source] = {}
    scopes = []
    unlisted: list[Failure] = []

    def report(error: OSError) -> None:
        reason = f"the folder cannot be looked through ({error.strerror}); nothing in it was read or forgotten"
        unlisted.append(Failure(str(error.filename), reason, "check that it may be read"))

    for path in paths:
        if not path.exists():
            raise UsageError(f"no file or folder {path}: name what is to be ingested")
        resolved = path.resolve()
        own = resolved if resolved.is_dir() else resolved.parent
        root = min(
            (known for known in roots if resolved.is_relative_to(known)), key=lambda r: len(r.parts), default=own
        )
        scopes.append((root, _identifier(resolved, root)))
        for file in [resolved] if resolved.is_file() else files_below(resolved, ignore, report):
            if file.resolve().is_relative_to(root):
                files.setdefault(file, Source(_identifier(file, root), file, root))
    return Sources(tuple(files[file] for file in sorted(files)), tuple(scopes), tuple(unlisted))


def files_below(folder: Path, ignore: Sequence[str], report: Callable[[OSError], None]) -> Iterable[Path]:
    def wanted(name: str) -> bool:
        return not any(fnmatch(name, pattern) for pattern in ignore)

    for parent, folders, names in os.walk(folder, onerror=report):
        folders[:] = sorted(filter(wanted, folders))
        yield from (Path(parent, name) for name in sorted(names) if wanted(name))


def _identifier(path: Path, root: Path) -> str:
    relative = path.relative_to(root).as_posix()
    return unicodedata.normalize("NFC", "" if relative == "." else relative)
