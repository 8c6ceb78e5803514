"""Sources: which files are to be read, and what they are called in the index."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from ingest.errors import UsageError
from ingest.model import Failure
from ingest.read import READERS
from ingest.read.refused import REFUSED

MAX_NAMED = 5  # of those left out, in a note
# Controls, line separators, marks that turn the direction of writing, and bytes that are no UTF-8: a name that holds
# them can pretend to be another, break a report's lines or not be written out at all.
_ODD_SIGNS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


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
    failed: tuple[Failure, ...] = ()  # files that can't be named
    notes: tuple[Failure, ...] = ()  # what was left out, a note for each kind and path

    def covers(self, root: str, document: str) -> bool:
        """Whether a document of that root and id would have been found if its file existed."""
        path = Path(root, document)
        return any(
            root == str(scope_root) and (not prefix or document == prefix or document.startswith(prefix + "/"))
            for scope_root, prefix in self.scopes
        ) and not any(path.is_relative_to(folder.document) for folder in self.unlisted)


def find_sources(paths: Sequence[Path], known_roots: Iterable[str], ignore: Sequence[str]) -> Sources:
    """The files below `paths` that are read, or refused by name.

    A path inside a folder ingested before (`known_roots`) keeps that folder as its root, so that ids don't change with
    the way a file is reached. Names that fit a pattern of `ignore` are left out without a word; files of other kinds, and
    links to folders or out of the root, with a note.

    Raises:
        UsageError: a path doesn't exist.
    """
    roots = [Path(root) for root in known_roots]
    found: dict[Path, Path] = {}  # the root of each file
    scopes = []
    unlisted: list[Failure] = []
    notes: list[Failure] = []

    def report(error: OSError) -> None:
        reason = f"the folder cannot be looked through ({error.strerror}); nothing in it was read or forgotten"
        unlisted.append(Failure(shown(str(error.filename)), reason, "check that it may be read"))

    for path in paths:
        if not path.exists():
            raise UsageError(f"no file or folder {path}: name what is to be ingested")
        resolved = path.resolve()
        own = resolved if resolved.is_dir() else resolved.parent
        root = min(
            (known for known in roots if resolved.is_relative_to(known)), key=lambda r: len(r.parts), default=own
        )
        scopes.append((root, _identifier(resolved, root)))
        if resolved.is_dir():
            below = list(files_below(resolved, ignore, report))
            links = [file for file in below if file.is_symlink() and _leads_away(file, root)]
            others = [file for file in below if file.suffix.lower() not in READERS.keys() | REFUSED.keys()]
            notes += _notes(str(path), [_identifier(link, root) for link in links], others)
            left_out = {*links, *others}
            found |= {file: root for file in below if file not in left_out}
        else:
            found[resolved] = root
    files, failed = _named(found)
    return Sources(tuple(files), tuple(scopes), tuple(unlisted), tuple(failed), tuple(notes))


def files_below(folder: Path, ignore: Sequence[str], report: Callable[[OSError], None]) -> Iterable[Path]:
    """Whatever is in the folder and those below it; links to folders are not followed and count as files."""

    def wanted(name: str) -> bool:
        return not any(fnmatch(name, pattern) for pattern in ignore)

    for parent, folders, names in os.walk(folder, onerror=report):
        folders[:] = sorted(filter(wanted, folders))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (Path(parent, name) for name in sorted([*filter(wanted, names), *links]))


def shown(name: str) -> str:
    """The name on one line, its odd signs as escapes: `a\\nb.txt`."""
    return _ODD_SIGNS.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), name)


def _leads_away(link: Path, root: Path) -> bool:
    """Whether a link leads to a folder or out of the root; not when it leads nowhere, which shows when it is opened."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # broken or in a circle, the latter in Python before 3.13
        return False
    return target.is_dir() or not target.is_relative_to(root)


def _notes(where: str, links: Sequence[str], others: Sequence[Path]) -> Iterator[Failure]:
    """What is told of links that are not followed, by their ids, and of files of other kinds."""
    if links:
        named = ", ".join(map(shown, links[:MAX_NAMED])) + (", …" if len(links) > MAX_NAMED else "")
        reason = f"links to folders or out of the ingested folder are not followed: {named}"
        yield Failure(where, reason, "name what they lead to, or put a copy there")
    endings = Counter(shown(other.suffix.lower()) or "without an ending" for other in others if not other.is_symlink())
    if endings:
        counts = ", ".join(f"{count} named {ending}" for ending, count in endings.most_common(MAX_NAMED))
        total = endings.total()
        what = "1 file of another kind is" if total == 1 else f"{total} files of other kinds are"
        reason = f"{what} not read ({counts})"
        yield Failure(where, reason, f"save those that matter as {', '.join(READERS)}")


def _named(found: Mapping[Path, Path]) -> tuple[list[Source], list[Failure]]:
    """The files by their ids, in order, and those whose names won't do; `found` has the root of each."""
    files: dict[str, Source] = {}
    failed = []
    for file in sorted(found):
        source = Source(_identifier(file, found[file]), file, found[file])
        if _ODD_SIGNS.search(source.id):
            failed.append(Failure(shown(source.id), "its name holds signs that cannot be shown", "rename it"))
        elif source.id in files:
            twin = shown(str(files[source.id].path))
            failed.append(Failure(source.id, f"{twin} would have the same name in the index", "rename one of them"))
        else:
            files[source.id] = source
    return list(files.values()), failed


def _identifier(path: Path, root: Path) -> str:
    relative = path.relative_to(root).as_posix()
    return unicodedata.normalize("NFC", "" if relative == "." else relative)
