"""The archive: what the documents of an index are, their words, and the matters they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ingest.filters import Listed
from ingest.matters import Matter
from ingest.model import Metadata
from ingest.overview import Overview, overview_of
from ingest.runs import Runs, runs_of
from ingest.store import Index

Filters = Mapping[str, str] | None


class Archive:
    """The documents of one open index. Every answer is of one moment, whatever is ingested meanwhile."""

    def __init__(self, index: Index, folder: Path) -> None:
        self._index = index
        self._folder = folder

    def counts(self) -> tuple[int, int]:
        """Documents and passages held."""
        with self._index.reading():
            return self._index.registry.counts()

    def documents(self, filters: Filters = None, words: str = "") -> list[Listed]:
        """The documents that `filters` let through and whose title, dnr or id holds all of `words`, the latest first.

        Raises:
            UsageError: a filter is unknown.
        """
        with self._index.reading():
            return self._index.registry.holdings.documents(filters, words)

    def values(self, key: str, filters: Filters = None) -> dict[str, int]:
        """How many documents have which value of a filter's key (of `ingest.filters.FILTERS`), the commonest first.

        Raises:
            UsageError: a filter is unknown.
        """
        with self._index.reading():
            return self._index.registry.holdings.values(key, filters)

    def about(self, document: str) -> Metadata | None:
        """What is known of a document, or None when the index doesn't hold it."""
        with self._index.reading():
            return self._index.registry.about(document)

    def text(self, document: str) -> str | None:
        """The extracted text of a document, or None when the index doesn't hold it."""
        with self._index.reading():
            return self._index.registry.text(document)

    def pages(self, document: str) -> tuple[int, ...]:
        """The offset in the text at which each page of a document begins; empty for a file without pages."""
        with self._index.reading():
            return self._index.registry.pages(document)

    def matters(self, filters: Filters = None, words: str = "") -> list[Matter]:
        """The matters, latest first, narrowed to `filters` (of `ingest.matter_store.FILTERS`) and titles that hold all `words`.

        Raises:
            UsageError: a filter is unknown.
        """
        with self._index.reading():
            return self._index.registry.matters.all(filters, words)

    def matters_of(self, document: str) -> list[Matter]:
        """The matters that a document has steps of, in the order of its §§."""
        with self._index.reading():
            return self._index.registry.matters.of_document(document)

    def matters_of_dnr(self, dnr: str) -> list[Matter]:
        """The matters that bear a diarienummer, however it is written."""
        with self._index.reading():
            return self._index.registry.matters.of_dnr(dnr)

    def overview(self, filters: Filters = None) -> Overview:
        """What the documents that `filters` let through cover, and what is missing.

        Raises:
            UsageError: a filter is unknown.
        """
        with self._index.reading():
            return overview_of(self._index.registry.holdings, filters)

    def runs(self) -> Runs:
        """What the last ingests did, and the one that goes on, as it is now."""
        return runs_of(self._index.registry, self._folder)
