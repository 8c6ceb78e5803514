"""A larger index for measuring speed: the documents of an index again and again, as another town's in other years.

Encoding tens of thousands of passages takes hours of work that tell nothing about the speed of a question. So the copies are
written straight into the registry, with what makes them differ: an id of their own, years moved back, the municipality
and the names that stand within sentences spelt with other vowels, vectors turned a little. Everything keeps its length, so that every
span still points at its words. How such an index answers means nothing; how long it takes to, does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.errors import UsageError
from ingest.interaction import Seen
from ingest.model import Document, Metadata, Passage, Row, Sentence
from ingest.pool import normalised
from ingest.registry import Found, Registry
from ingest.settings import Settings
from ingest.store import ENCODER, REGISTRY_FILE, sync, writing

PASSAGES = 20_000
SEED = 20261122
YEARS_BACK, PERIODS = 4, 25  # years between two copies, a multiple of four to keep 29 February; then they begin anew
TURNED = (
    0.25  # length of the noise beside a vector of length 1: cosine .97 to the original, near-copies as an archive has
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAME = re.compile(r"(?<=[a-zåäö,]\s)[A-ZÅÄÖ][a-zåäö]{2,}\b")
_CAPITALISED = re.compile(r"\b[A-ZÅÄÖ][a-zåäö]{2,}\b")
_VOWELS = "aeiouyåäö"


def write_scaled(source: Settings, target: Settings, passages: int = PASSAGES) -> int:
    """Fill the index of `target` with the documents of that of `source` and copies of them; return how many passages it holds.

    Whole documents are copied until there are at least `passages`.

    Raises:
        UsageError: `source` has no index or an empty one, or that of `target` can't be written.
    """
    with (
        Registry.open(source.index / REGISTRY_FILE) as registry,
        registry.snapshot(),
        writing(target.index) as scaled,
    ):
        if not registry.counts()[1]:
            raise UsageError(f"the index at {source.index} is empty: run `radslag ingest` first")
        scaled.set_meta(ENCODER, registry.meta(ENCODER) or "")
        with scaled.transaction():
            written = _write_copies(registry, scaled, passages)
        with scaled.transaction():
            scaled.matters.link()
        sync(scaled, target)
    return written


def _write_copies(registry: Registry, scaled: Registry, passages: int) -> int:
    chance = np.random.default_rng(SEED)
    originals = list(_originals(registry))
    written = number = 0
    while written < passages:
        for original in originals:
            document, found, vectors = _copy(original, number) if number else original
            seen = [
                Seen(vector, each.sentence_vectors, each.words) for vector, each in zip(vectors, found, strict=True)
            ]
            if number:
                seen = [_turned(each, chance) for each in seen]
            copies = [each.passage for each in found]
            scaled.put(document, f"/{number}", str(number), copies, seen)
            written += len(copies)
            if written >= passages:
                break
        number += 1
    return written


_Held = tuple[Document, list[Found], NDArray[np.float32]]


def _originals(registry: Registry) -> Iterator[_Held]:
    for document in registry.versions():
        found = registry.passages_of(document)
        about, text = registry.about(document), registry.text(document)
        if found and about is not None and text is not None:
            vectors = registry.vectors([each.passage.id for each in found])
            stored = Document(document, text, about, (), registry.pages(document))
            yield stored, found, np.stack([vectors[each.passage.id] for each in found])


@dataclass(frozen=True)
class _Change:
    """How words become those of the copy with this number, of a town with another name."""

    number: int
    names: frozenset[str]  # to be spelt otherwise, wherever they stand

    def of(self, text: str) -> str:
        text = _YEAR.sub(lambda match: str(int(match.group()) - YEARS_BACK * (self.number % PERIODS)), text)
        return _CAPITALISED.sub(lambda match: self._respelt(match.group()), text)

    def or_none(self, text: str | None) -> str | None:
        return None if text is None else self.of(text)

    def of_sentence(self, sentence: Sentence) -> Sentence:
        row = sentence.row
        if row is None:
            return sentence
        cells, names = tuple(map(self.of, row.cells)), tuple(map(self.of, row.names))
        return replace(sentence, row=Row(cells, names, row.head, self.or_none(row.caption)))

    def of_passage(self, passage: Passage) -> Passage:
        return replace(
            passage,
            id=f"{self.number}-{passage.id}",
            document=self.document(passage.document),
            text=self.of(passage.text),
            header=self.of(passage.header),
            section=self.or_none(passage.section),
            sentences=tuple(map(self.of_sentence, passage.sentences)),
            dnr=self.or_none(passage.dnr),
        )

    def of_metadata(self, about: Metadata) -> Metadata:
        return replace(
            about,
            title=self.or_none(about.title),
            municipality=self.or_none(about.municipality),
            date=self.or_none(about.date),
            dnr=self.or_none(about.dnr),
            meeting=self.or_none(about.meeting),
        )

    def document(self, identity: str) -> str:
        return f"{self.number}/{identity}"

    def _respelt(self, word: str) -> str:
        """A name with its vowels moved on in their row, as often as the copy's number says; any other word as it is."""
        moved = self.number % len(_VOWELS)
        others = str.maketrans(_VOWELS, _VOWELS[moved:] + _VOWELS[:moved])
        return word.translate(others) if word in self.names else word


def _copy(original: _Held, number: int) -> _Held:
    document, found, vectors = original
    municipality = (document.metadata.municipality or "").split()
    change = _Change(number, frozenset((*_NAME.findall(document.text), *municipality[:1])))
    about = change.of_metadata(document.metadata)
    copy = Document(change.document(document.id), change.of(document.text), about, (), document.pages)
    return copy, [replace(each, passage=change.of_passage(each.passage), about=about) for each in found], vectors


def _turned(seen: Seen, chance: np.random.Generator) -> Seen:
    """The vectors of a passage and its sentences, each turned into a direction of its own; the words as they are."""

    def turned(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return normalised(vectors + TURNED * normalised(chance.standard_normal(vectors.shape, dtype=np.float32)))

    return replace(seen, passage=turned(seen.passage), spans=turned(seen.spans))
