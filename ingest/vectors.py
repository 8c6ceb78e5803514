"""Vectors: the one module that knows Chroma, reached through llama-index's `ChromaVectorStore`.

The same code serves a Chroma embedded in the index folder and a Chroma server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from ingest.errors import UsageError, VectorError
from ingest.model import Metadata, Passage
from ingest.registry import Found
from ingest.settings import Settings

os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")  # also for code that opens Chroma beside us

BATCH = 500  # ids sent to Chroma at once
MAX_RESULTS = 500  # more hits than this are never asked for
SPELLINGS = 100  # clients of one folder in one process that are kept apart
_OPENINGS = count()
# Denser than Chroma's own: over 773 questions and 7 484 passages the best hit was never lost, with hers 11 times at the same speed.
GRAPH = {"max_neighbors": 64, "ef_construction": 600}
FILTERABLE = ("document", "municipality", "body", "kind", "year", "status")


@dataclass(frozen=True)
class Stored:
    """What the collection holds of one passage: its vector, (dimensions,), and what it may be filtered by."""

    passage: str
    vector: NDArray[np.float32]
    filterable: Mapping[str, Any]


class Vectors:
    """The passage vectors of one index, found by cosine likeness."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    @cached_property
    def store(self) -> Any:
        """The collection as llama-index knows it; imported when something is written, since that takes a second."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        return ChromaVectorStore(chroma_collection=self._collection)

    @classmethod
    @contextmanager
    def open(cls, folder: Path, settings: Settings, anew: bool = False) -> Iterator[Vectors]:
        """Open the collection, made when it is missing: on the server at `settings.chroma_url`, else in `folder`.

        With `anew`, what the collection held before is dropped.

        Raises:
            UsageError: the setting `chroma_url` is no URL.
            VectorError: the server doesn't answer, or the folder holds something else.
        """
        from chromadb.config import Settings as ChromaSettings

        options = ChromaSettings(anonymized_telemetry=False)
        where = settings.chroma_url or str(folder)
        with _chroma_errors(f"cannot open the vectors at {where}"):
            client = _server(settings.chroma_url, options) if settings.chroma_url else _embedded(folder, options)
            name = settings.chroma_collection
            if anew and name in {collection.name for collection in client.list_collections()}:
                client.delete_collection(name)
            collection = _tuned(client, name, settings.ef_search)
        try:
            yield cls(client, collection)
        finally:
            close = getattr(client, "close", None)
            if close is not None:
                close()

    def __len__(self) -> int:
        with _chroma_errors("cannot count the vectors"):
            return int(self._collection.count())

    def add(self, passages: Sequence[Found], vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Store the vectors of `passages`, given by id; ids already there are written anew.

        Raises:
            VectorError: Chroma can't write them.
        """
        from llama_index.core.schema import TextNode

        nodes = [
            TextNode(
                id_=found.passage.id,
                text=found.passage.embedded_text,
                embedding=vectors[found.passage.id].tolist(),
                metadata=filterable(found.passage, found.about),
            )
            for found in passages
        ]
        with _chroma_errors("cannot write the vectors"):
            self._collection.delete(ids=[node.id_ for node in nodes])
            self.store.add(nodes)

    def remove(self, ids: Sequence[str]) -> None:
        """Forget the vectors with these ids; unknown ids are passed over.

        Raises:
            VectorError: Chroma can't write.
        """
        with _chroma_errors("cannot remove vectors"):
            for first in range(0, len(ids), BATCH):
                self.store.delete_nodes(list(ids[first : first + BATCH]))

    def all(self) -> dict[str, NDArray[np.float32]]:
        """Every stored vector by its id."""
        with _chroma_errors("cannot read the vectors"):
            stored = self._collection.get(include=["embeddings"])
        return dict(zip(stored["ids"], np.asarray(stored["embeddings"], dtype=np.float32), strict=True))

    def stored(self) -> Iterator[Stored]:
        """Everything that is stored, in no order.

        Raises:
            VectorError: Chroma can't be read.
        """
        for first in range(0, len(self), BATCH):
            with _chroma_errors("cannot read the vectors"):
                got = self._collection.get(limit=BATCH, offset=first, include=["embeddings", "metadatas"])
            rows = np.asarray(got["embeddings"], dtype=np.float32)
            for passage, vector, about in zip(got["ids"], rows, got["metadatas"], strict=True):
                yield Stored(passage, vector, {key: about[key] for key in FILTERABLE if key in (about or {})})

    def nearest(self, query: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Ids of the `k` nearest passages with their cosine likeness, best first.

        Raises:
            VectorError: Chroma can't search.
        """
        if not k:
            return []
        with _chroma_errors("cannot search the vectors"):
            found = self._collection.query(
                query_embeddings=[query], n_results=min(k, MAX_RESULTS), include=["distances"]
            )
        # Chroma's default distance is the squared Euclidean one: 2 - 2 cos for vectors of length 1.
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(passage, 1.0 - distance / 2.0) for passage, distance in pairs]


@contextmanager
def _chroma_errors(doing: str) -> Iterator[None]:
    """Inside, what Chroma and the way to it find wrong becomes a VectorError."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, OSError, RuntimeError) as error:
        raise VectorError(f"{doing} ({' '.join(str(error).split())})") from error


def _embedded(folder: Path, options: Any) -> Any:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    # Chroma gives two clients of one path one graph in memory, however old; so each opening spells its path in its own way.
    path = str(folder) + f"{os.sep}." * (next(_OPENINGS) % SPELLINGS)
    try:
        return chromadb.PersistentClient(path=path, settings=options)
    except BaseException:
        SharedSystemClient.clear_system_cache()  # or it would hand out what it left half made, once the folder is mended
        raise


def _server(url: str, options: Any) -> Any:
    import chromadb

    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"setting chroma_url: found {url!r}, needs http://HOST:PORT")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 8000)
    return chromadb.HttpClient(host=parts.hostname, port=port, ssl=secure, settings=options)


def _tuned(client: Any, name: str, ef_search: int) -> Any:
    """The collection, made when it is missing; as `GRAPH` where it is an HNSW graph: a distributed Chroma has another kind of index."""
    collection = client.get_or_create_collection(name, embedding_function=None)
    graph = collection.configuration.get("hnsw")
    if not graph:
        return collection
    if any(graph.get(key) != value for key, value in GRAPH.items()) and not collection.count():
        client.delete_collection(name)
        graph = GRAPH | {"ef_search": ef_search}
        return client.create_collection(name, embedding_function=None, configuration={"hnsw": graph})
    if graph.get("ef_search") != ef_search:
        collection.modify(configuration={"hnsw": {"ef_search": ef_search}})
    return collection


def filterable(passage: Passage, about: Metadata) -> dict[str, Any]:
    """What other programs may narrow a query of the collection by; Chroma knows no missing values, so they are left out."""
    known = {
        "document": passage.document,
        "municipality": about.municipality,
        "body": about.body,
        "kind": about.kind,
        "year": about.date[:4] if about.date else None,
        "status": passage.status.value,
    }
    return {key: value for key, value in known.items() if value is not None}
