"""Parse: a file becomes a document and its passages; everything that comes before embedding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import DocumentError
from ingest.model import Document, Passage
from ingest.read import read
from ingest.sources import Source
from ingest.split import split
from ingest.structure import understand

if TYPE_CHECKING:
    from ingest.settings import Settings  # importing it doubles the time `ingest.parse_worker` takes to start

Parsed = tuple[Document, tuple[Passage, ...]]


def parse(source: Source, settings: Settings, version: str) -> Parsed:
    """The document in a file and its passages, in this process; `ingest.workers` does it in another, within limits.

    Raises:
        DocumentError: the file can't be read or holds nothing to find.
    """
    document = understand(source.id, read(source.path, source.id, settings))
    passages = split(document, version, settings.passage_chars)
    if not passages:
        raise DocumentError(source.id, "the file holds no sentences", "remove it, or replace it with one that does")
    return document, passages
