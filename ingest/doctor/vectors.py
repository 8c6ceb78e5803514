"""Vectors: are those in the registry usable, does the vector store hold the same, and can it be searched?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity
from ingest.errors import VectorError
from ingest.interaction import STEPS
from ingest.registry import Found
from ingest.store import VECTORS_FOLDER, in_step, vectors_alone
from ingest.vectors import Stored, Vectors, filterable

NAME = "vectors"
LENGTH_TOLERANCE = 0.01  # 16-bit numbers and 8-bit weights keep a length of 1 well within this
WORD_TOLERANCE = 0.05  # of a length of 1, in steps of 1/127 in 64 dimensions
SAME = (
    0.999  # cosine of a passage's vector in the registry with the one in the store, or with what a search finds for it
)
SOUGHT = 50  # vectors that are looked for by a search


def check_vectors(examined: Examined) -> Iterator[Finding]:
    """Vectors in the registry that are none, and a vector store that isn't what it is made from."""
    faulty: dict[str, str] = {}
    dimensions = 0
    for document in examined.progress(examined.documents):
        passages = examined.passages_of(document)
        vectors = examined.vectors_of(passages)
        dimensions = dimensions or next((len(vector) for vector in vectors.values()), 0)
        if fault := fault_of_document(passages, vectors, dimensions):
            faulty[document] = fault
    anew = examined.read_anew(list(faulty))
    for document, fault in faulty.items():
        yield Finding(NAME, Severity.ERROR, "unusable", fault, anew[document], document=document)
    yield from check_store(examined)


def fault_of_document(
    passages: Sequence[Found], vectors: dict[str, NDArray[np.float32]], dimensions: int
) -> str | None:
    """What is wrong with the vectors of one document's passages, sentences and words, or None."""
    if len({found.words is None for found in passages}) > 1:
        return "the words of some passages are missing"
    for found in passages:
        own = vectors.get(found.passage.id)
        if own is None:
            return "the vector of a passage cannot be read back"
        if fault := fault_of(own[None], dimensions):
            return f"the vector of a passage {fault}"
        if fault := fault_of(found.sentence_vectors, dimensions):
            return f"the vector of a sentence {fault}"
        words = found.words.vectors / np.float32(STEPS) if found.words else None
        if words is not None and (fault := fault_of(words, words.shape[1], WORD_TOLERANCE)):
            return f"the vector of a word {fault}"
    return None


def fault_of(vectors: NDArray[np.floating[Any]], dimensions: int, tolerance: float = LENGTH_TOLERANCE) -> str | None:
    """What is wrong with these vectors, (n, dimensions), each of which should have length 1, or None."""
    if vectors.shape[1] != dimensions:
        return f"has {vectors.shape[1]} dimensions, not {dimensions}"
    if not np.isfinite(vectors).all():
        return "holds something that is no number"
    lengths = np.linalg.norm(vectors, axis=1)
    if (np.abs(lengths - 1) > tolerance).any():
        return f"has the length {lengths[np.abs(lengths - 1).argmax()]:.2f}, not 1"
    return None


def check_store(examined: Examined) -> Iterator[Finding]:
    """A vector store that isn't what it is made from."""
    registry, settings = examined.registry, examined.settings
    mend = examined.command("doctor", "--mend")
    if in_step(registry, settings) is None:
        yield Finding(
            NAME,
            Severity.WARNING,
            "unfinished",
            "a run of ingest ended before the vector store was brought in step, so that questions are answered without it",
            examined.command("ingest", *sorted(set(examined.roots.values()))) if examined.roots else mend,
        )
        return
    if settings.chroma_url is None and not (settings.index / VECTORS_FOLDER).exists():
        yield Finding(NAME, Severity.ERROR, "gone", "the vector store is gone", mend)
        return
    try:
        with vectors_alone(settings) as opened:
            stored = {each.passage: each for each in opened.stored()}
            vectors, filters = _expected(examined)
            faults = [*_differences(stored, registry.passage_ids(), vectors, filters), *_lost(opened, vectors)]
    except VectorError as error:
        before = "see that the Chroma server runs" if settings.chroma_url else None
        yield Finding(NAME, Severity.ERROR, "unopenable", str(error), mend, before)
        return
    for sort, fault in faults:
        yield Finding(NAME, Severity.ERROR, sort, fault, mend)


def _expected(examined: Examined) -> tuple[dict[str, NDArray[np.float32]], dict[str, object]]:
    """By passage, the vector that the store should hold and what it should filter it by."""
    vectors: dict[str, NDArray[np.float32]] = {}
    filters: dict[str, object] = {}
    for document in examined.progress(examined.documents):
        passages = examined.passages_of(document)
        vectors |= examined.vectors_of(passages)
        filters |= {found.passage.id: filterable(found.passage, found.about) for found in passages}
    return vectors, filters


def _differences(
    stored: dict[str, Stored], ids: set[str], vectors: dict[str, NDArray[np.float32]], filters: dict[str, object]
) -> Iterator[tuple[str, str]]:
    """Sorts of difference between the store and the registry, each with a description."""
    if missing := len(ids - stored.keys()):
        yield "missing", f"the vector store lacks {missing} of {len(ids)} passages"
    if strays := len(stored.keys() - ids):
        yield "stray", f"the vector store holds {strays} passages that are gone"
    both = stored.keys() & vectors.keys() & filters.keys()
    if others := sum(not _same(stored[passage].vector, vectors[passage]) for passage in both):
        yield "other", f"the vector store holds other vectors than the registry for {others} passages"
    if others := sum(stored[passage].filterable != filters[passage] for passage in both):
        yield "filters", f"the vector store would filter {others} passages by other particulars than the registry"


def _same(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, atol=1e-5, equal_nan=True))


def _lost(opened: Vectors, vectors: dict[str, NDArray[np.float32]]) -> Iterator[tuple[str, str]]:
    """Whether a search finds what it should, for a sample of `SOUGHT` spread over all."""
    usable = [vectors[key] for key in sorted(vectors) if fault_of(vectors[key][None], len(vectors[key])) is None]
    sample = usable[:: max(1, len(usable) // SOUGHT)][:SOUGHT]
    found = [opened.nearest(vector, 1) for vector in sample]
    if lost := sum(not hits or hits[0][1] < SAME for hits in found):
        yield "search", f"the vector store's own search does not find {lost} of {len(sample)} vectors looked for"
