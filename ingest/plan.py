"""Plan: what an ingest has to do, found by comparing the files with the index; nothing is read or written yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from ingest.errors import DocumentError, UsageError
from ingest.model import Failure, IngestReport
from ingest.read import check, content_of
from ingest.read.ocr import ocr_fingerprint
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.sources import Source, Sources

# Files are lost one by one and folders by an unplugged disk or a share that isn't mounted, so that everything in them seems
# deleted. When most of a folder has gone at once, nothing is forgotten before the user says so.
SUSPECT_SHARE = 0.5
SUSPECT_DOCUMENTS = 20  # of fewer, only all of them going is suspect
RECIPE_DIGITS = 16  # of the recipe's digest in a version


@dataclass(frozen=True)
class Plan:
    """What is to be read (each file with its version), what is as it was, what is to be forgotten, and what can't be done."""

    added: Mapping[Source, str]
    updated: Mapping[Source, str]
    unchanged: int
    gone: tuple[str, ...]
    failed: tuple[Failure, ...]
    notes: tuple[Failure, ...] = ()  # what was left out, and what the index holds that nobody looks after any more

    def report(self) -> IngestReport:
        """The counts of a run that would do all of this and meet no further failure."""
        return IngestReport(
            added=len(self.added),
            updated=len(self.updated),
            unchanged=self.unchanged,
            removed=len(self.gone),
            failed=self.failed,
            notes=self.notes,
        )

    @cached_property
    def changed(self) -> Mapping[Source, str]:
        """What is to be read, in the order of the files."""
        both = {**self.added, **self.updated}
        return {source: both[source] for source in sorted(both, key=lambda source: source.path)}


def plan(
    paths: Sequence[Path], sources: Sources, registry: Registry, recipe: bytes, settings: Settings, anew: bool = False
) -> Plan:
    """Compare the `sources` found below `paths` with the registry; `recipe` is a digest of the program that reads them.

    With `anew`, every file counts as changed.

    Raises:
        UsageError: there is nothing to ingest and nothing to forget.
    """
    gone, withheld = _gone(sources, registry)
    if not (sources.files or gone or withheld or sources.unlisted or sources.failed):
        where = ", ".join(str(path) for path in paths)
        why = "".join(f"; {note.reason}" for note in sources.notes)
        raise UsageError(f"no documents in {where}{why}: put files there, or name another folder")
    added: dict[Source, str] = {}
    updated: dict[Source, str] = {}
    failed = [*sources.unlisted, *sources.failed, *withheld]
    unchanged = 0
    versions, roots, scanners = registry.versions(), registry.roots(), registry.scanners()
    scanner = ocr_name(settings) if scanners else None
    for source in sources.files:
        other = roots.get(source.id, str(source.root))
        if other != str(source.root) and Path(other).exists():
            reason = f"the index holds a document of this name from {other}"
            failed.append(Failure(source.id, reason, "use another --index for it"))
            continue
        known = source.id in versions
        try:
            check(source.path, source.id)
            version = version_of(content_of(source.path, source.id, settings), recipe)
        except DocumentError as error:
            failed.append(failure(error, known))
            continue
        same = not anew and versions.get(source.id) == version and other == str(source.root)
        if same and scanners.get(source.id, scanner) == scanner:
            unchanged += 1
            continue
        (updated if known else added)[source] = version
    notes = (*sources.notes, *_orphans({**roots, **_ids(updated)}))
    return Plan(added, updated, unchanged, tuple(gone), tuple(failed), notes)


def version_of(content: bytes, recipe: bytes) -> str:
    """What the registry records of a file with this content, read by `recipe`: others give another version."""
    return f"{content_hash(content)}-{recipe.hex()[:RECIPE_DIGITS]}"


def content_hash(content: bytes) -> str:
    """What the version of a file with this content begins with, whatever read it."""
    return sha256(content).hexdigest()


def failure(error: DocumentError, known: bool) -> Failure:
    """What is told of a document that can't be ingested, whose earlier version is `known` to the index or not."""
    kept = "; until then its earlier version answers" if known else ""
    return Failure(error.document, error.reason, error.remedy + kept)


def ocr_name(settings: Settings) -> str:
    """What reads scanned pages; when it changes, the documents that have some are read again."""
    return ocr_fingerprint(settings) if settings.ocr else "off"


def _ids(sources: Iterable[Source]) -> dict[str, str]:
    return {source.id: str(source.root) for source in sources}


def _orphans(roots: Mapping[str, str]) -> tuple[Failure, ...]:
    """A note for each folder that is gone with all its documents, which still answer."""
    held = Counter(roots.values())
    return tuple(
        Failure(
            root,
            f"the folder is gone; {held[root]} documents of it still answer",
            f"to have them forgotten, run `radslag ingest --forget {root}`",
        )
        for root in sorted(held)
        if not Path(root).exists()
    )


def _gone(sources: Sources, registry: Registry) -> tuple[list[str], list[Failure]]:
    """Documents whose files were where we looked and are no more; and folders of which suspiciously much has gone."""
    found = {source.id for source in sources.files}
    gone: list[str] = []
    withheld: list[Failure] = []
    roots = registry.roots()
    for root, prefix in dict.fromkeys((str(root), prefix) for root, prefix in sources.scopes):
        held = [
            document
            for document, own in roots.items()
            if own == root and (not prefix or document == prefix or document.startswith(prefix + "/"))
        ]
        missing = [document for document in held if document not in found and sources.covers(root, document)]
        left = len(held) - len(missing)
        most = len(held) >= SUSPECT_DOCUMENTS and len(missing) > SUSPECT_SHARE * len(held)
        if missing and (most or (not left and not any(str(source.root) == root for source in sources.files))):
            where = str(Path(root, prefix))
            reason = f"{len(missing)} of the {len(held)} documents the index holds from here have vanished; nothing was forgotten"
            remedy = (
                "if a disk or a share isn't mounted, mount it; if they are meant to be gone, "
                f"run `radslag ingest --forget {where}` and ingest again"
            )
            withheld.append(Failure(where, reason, remedy))
        else:
            gone += missing
    return list(dict.fromkeys(gone)), withheld
