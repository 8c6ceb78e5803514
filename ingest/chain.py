"""The chain: files are read, understood, split, embedded and stored, one document at a time."""

from __future__ import annotations

import inspect
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import numpy as np

from ingest import (
    bodies,
    clean,
    dates,
    dnr,
    elements,
    genres,
    head,
    kind,
    lines,
    metadata,
    municipality,
    parts,
    people,
    sentences,
    standing,
    structure,
    terms,
    title,
    vocabulary,
)
from ingest import split as splitting
from ingest.encode import Encoder, Vector, encoder_fingerprint, load_encoder
from ingest.errors import DocumentError, UsageError
from ingest.model import Document, Failure, IngestReport, Passage
from ingest.registry import Registry
from ingest.settings import Settings
from ingest.sources import Source, Sources, find_sources
from ingest.store import ENCODER, check_encoder, check_server, sync, writing
from ingest.workers import Workers

AHEAD = 2  # documents read and embedded while another is stored; short ones alone would not keep the cores busy
Progress = Callable[[Iterable[Source]], Iterable[Source]]
_Embedded = tuple[Document, tuple[Passage, ...], Vector, list[Vector]]

_UNDERSTANDING: tuple[ModuleType, ...] = (
    bodies,
    clean,
    dates,
    dnr,
    elements,
    genres,
    head,
    kind,
    lines,
    metadata,
    municipality,
    parts,
    people,
    sentences,
    splitting,
    standing,
    structure,
    terms,
    title,
    vocabulary,
)


def ingest(
    paths: Sequence[Path], settings: Settings, encoder: Encoder | None = None, progress: Progress | None = None
) -> IngestReport:
    """Bring the index at `settings.index` up to date with the files below `paths`.

    Unchanged files cost a look at their content; a file that can't be read is reported and its earlier version kept; a
    file that is gone is forgotten. `encoder` defaults to the one the settings name, loaded when it is needed.

    Raises:
        UsageError: a path doesn't exist, there is nothing to ingest, or the index can't be written.
    """
    began = time.perf_counter()
    with writing(settings.index) as registry:
        fingerprint = encoder.fingerprint if encoder else encoder_fingerprint(settings)
        check_encoder(registry, settings, fingerprint)
        sources = find_sources(paths, set(registry.roots().values()), settings.ignore)
        changed, unchanged, failed = _compare(sources.files, registry, settings)
        gone = _gone(sources, registry)
        if not (sources.files or gone):
            where = ", ".join(str(path) for path in paths)
            raise UsageError(f"no documents in {where}: put files there, or name another folder")
        added = updated = written = 0
        notes: tuple[Failure, ...] = ()
        with Workers(settings, ready=min(AHEAD, len(changed))) as workers:
            for document in gone:
                with registry.transaction():
                    registry.remove(document)
            if changed:
                check_server(settings)  # before hours of work
                encoder = encoder or load_encoder(settings)
                registry.set_meta(ENCODER, fingerprint)
            for source, ready in _ahead(progress(changed) if progress else changed, changed, encoder, workers):
                known = registry.about(source.id) is not None
                try:
                    read_document, passages, of_passages, of_sentences = ready()
                except DocumentError as error:
                    kept = "; until then its earlier version answers" if known else ""
                    failed.append(Failure(error.document, error.reason, error.remedy + kept))
                    continue
                with registry.transaction():
                    registry.put(read_document, str(source.root), changed[source], passages, of_passages, of_sentences)
                written += len(passages)
                notes += read_document.notes
                added, updated = added + (not known), updated + known
        if not registry.matters.is_current():
            with registry.transaction():
                registry.matters.link()
        sync(registry, settings)
    return IngestReport(
        added=added,
        updated=updated,
        unchanged=unchanged,
        removed=len(gone),
        failed=tuple(failed),
        notes=notes,
        passages=written,
        seconds=round(time.perf_counter() - began, 3),
    )


def _ahead(
    sources: Iterable[Source], versions: Mapping[Source, str], encoder: Encoder | None, workers: Workers
) -> Iterator[tuple[Source, Callable[[], _Embedded]]]:
    """Each source with what gives its document, embedded; while one is being stored, the next ones are read and embedded."""

    def embed(source: Source) -> _Embedded:
        assert encoder is not None  # loaded before the first changed file
        document, passages = workers.parse(source, versions[source])
        return document, passages, *_embed(passages, encoder)

    with ThreadPoolExecutor(AHEAD) as threads:
        waiting: deque[tuple[Source, Callable[[], _Embedded]]] = deque()
        for source in sources:
            waiting.append((source, threads.submit(embed, source).result))
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        yield from waiting


def _embed(passages: Sequence[Passage], encoder: Encoder) -> tuple[Vector, list[Vector]]:
    """The vectors of a document's passages, (passages, dimensions), and of the sentences of each, (sentences, dimensions).

    A sentence's vector is a mean of two views of it: in the context of its passage (late chunking), counted twice, and on its
    own. Over 114 questions to Swedish council papers it put the right sentence first more often than either view.
    """
    with ThreadPoolExecutor(encoder.workers) as pool:
        views = list(pool.map(lambda each: encoder.encode_spans(each.embedded_text, each.embedded_spans()), passages))
    alone = encoder.encode_passages([span.of(each.text) for each in passages for span in each.sentence_spans()])
    sums = 2 * np.concatenate([in_context for _, in_context in views]) + alone
    means = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    ends = np.cumsum([len(passage.sentences) for passage in passages])
    return np.stack([vector for vector, _ in views]), np.split(means, ends[:-1])


def _compare(
    sources: Sequence[Source], registry: Registry, settings: Settings
) -> tuple[dict[Source, str], int, list[Failure]]:
    """Which files are new or changed (with their version), how many are not, and which can't be looked at."""
    versions, roots = registry.versions(), registry.roots()
    recipe = _recipe(settings)
    changed: dict[Source, str] = {}
    failed: list[Failure] = []
    unchanged = 0
    for source in sources:
        other = roots.get(source.id, str(source.root))
        if other != str(source.root) and Path(other).exists():
            failed.append(
                Failure(
                    source.id, f"the index holds a document of this name from {other}", "use another --index for it"
                )
            )
            continue
        try:
            version = sha256(recipe + source.path.read_bytes()).hexdigest()
        except OSError as error:
            failed.append(
                Failure(source.id, f"the file cannot be opened ({error.strerror})", "check that it may be read")
            )
            continue
        if versions.get(source.id) == version and other == str(source.root):
            unchanged += 1
        else:
            changed[source] = version
    return changed, unchanged, failed


def _gone(sources: Sources, registry: Registry) -> list[str]:
    """Documents whose files were where we looked, and are no more."""
    found = {source.id for source in sources.files}
    return [
        document
        for document, root in registry.roots().items()
        if sources.covers(root, document) and document not in found
    ]


def _recipe(settings: Settings) -> bytes:
    """A digest of everything but the file that decides what its passages are, so that a new program reads anew."""
    code = "".join(map(inspect.getsource, _UNDERSTANDING)) + inspect.getsource(_embed)
    return sha256(f"{settings.passage_chars}\0{code}".encode()).digest()
