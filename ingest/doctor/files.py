"""Files: is what the index holds still what stands in the files?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.chain import recipe_of
from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity
from ingest.errors import DocumentError
from ingest.plan import SUSPECT_DOCUMENTS, SUSPECT_SHARE, version_of
from ingest.read import content_of

NAME = "files"


_MOUNT = "see whether a disk or a share isn't mounted"


def check_files(examined: Examined) -> Iterator[Finding]:
    """Folders that are gone, documents whose files are gone or have changed, and a changed way of reading."""
    by_root: dict[str, list[str]] = {}
    for document in examined.documents:
        by_root.setdefault(examined.roots[document], []).append(document)
    for root, documents in sorted(by_root.items()):
        forget = examined.command("ingest", "--forget", root)
        if not Path(root).exists():
            before = "put the folder back, or ingest it from where it is now; if its documents are to be forgotten"
            found = f"the folder {root} is gone, with the files of {len(documents)} documents"
            yield Finding(NAME, Severity.WARNING, "folder-gone", found, forget, before)
            continue
        present = [document for document in documents if examined.file_of(document).exists()]
        if present:
            yield from _gone(examined, root, documents, present)
            yield from _changed(examined, root, present)
        else:
            found = f"the files of all {len(documents)} documents from {root} are gone"
            yield Finding(NAME, Severity.WARNING, "all-gone", found, forget, _MOUNT)


def _gone(examined: Examined, root: str, documents: list[str], present: list[str]) -> Iterator[Finding]:
    """Documents without their files. `ingest` forgets them, unless there are so many of them that it asks to be told."""
    gone = sorted(set(documents) - set(present))
    many = len(documents) >= SUSPECT_DOCUMENTS and len(gone) > SUSPECT_SHARE * len(documents)
    for document in gone:
        remedy = examined.command("ingest", "--forget", document) if many else examined.command("ingest", root)
        before = _MOUNT if many else None
        yield Finding(NAME, Severity.WARNING, "gone", "its file is gone", remedy, before, document)


def _changed(examined: Examined, root: str, documents: list[str]) -> Iterator[Finding]:
    """Documents whose files are not those that were read, or would be read in another way now."""
    versions, recipe = examined.registry.versions(), recipe_of(examined.settings)
    again = examined.command("ingest", root)
    changed = []
    for document in examined.progress(documents):
        try:
            content = content_of(examined.file_of(document), document, examined.settings)
        except DocumentError as error:
            yield Finding(NAME, Severity.WARNING, "unreadable", error.reason, again, error.remedy, document)
            continue
        if version_of(content, recipe) != versions[document]:
            changed.append(document)
    if len(changed) == len(documents) > 1:
        found = (
            f"all {len(documents)} documents from {root} were read by another version of the program, with other settings, "
            "or from other files"
        )
        yield Finding(NAME, Severity.WARNING, "other-reading", found, again)
        return
    for document in changed:
        yield Finding(NAME, Severity.WARNING, "changed", "its file has changed since", again, document=document)
