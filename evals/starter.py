"""Starters: what a question gets from plain retrieval, its first passage as the answer. The yardstick of the evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from uuid import uuid4

from assistant.model import Answer, Citation, Hit, Precedents, Timings, Turn
from assistant.question import language_of
from ingest.encode import Encoder
from ingest.errors import UsageError
from ingest.registry import Found
from ingest.store import Index

CHUNK_TOKENS, OVERLAP_TOKENS, TOP = 1024, 20, 5  # llama-index's starter
LISTED = 10  # passages listed in `Answer.retrieved`, where the index is ours

Find = Callable[[str, Mapping[str, str] | None], Sequence[Hit]]  # passages for a question, best first


@dataclass(frozen=True)
class FirstPassage:
    """A product that answers with the first passage found, whole, and abstains only where nothing is found.

    It knows no history, no standing of the words and no doubt: `confidence` is 1. A passage may be longer than an answer
    of ours may be, which makes facts easy to hold and hard to find.
    """

    find: Find

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Mapping[str, str] | None = None) -> Answer:  # noqa: ARG002 - starters know no history
        began = perf_counter()
        hits = self.find(question, filters)
        first = hits[0] if hits else None
        took_ms = round((perf_counter() - began) * 1000, 3)
        return Answer(
            question=question,
            language=language_of(question) or "sv",
            answer=f"{first.text} [1]" if first else "",
            abstained=first is None,
            confidence=1.0 if first else 0.0,
            engine="extractive",
            statements=(),
            citations=(Citation.bare(first.document, first.start, first.text, "okänd"),) if first else (),
            retrieved=tuple(hits),
            timings_ms=Timings(embed=0.0, retrieve=took_ms, answer=0.0, total=took_ms),
        )

    def precedents(self, text: str | None = None, document: str | None = None, k: int = 10) -> Precedents:
        """Not known to a starter.

        Raises:
            UsageError: always.
        """
        raise UsageError(f"a starter finds no precedents of {text or document} (k = {k}): leave such cases out")


def by_words(index: Index) -> FirstPassage:
    """BM25 over the character 5-grams of our passages, alone."""

    def find(question: str, filters: Mapping[str, str] | None) -> Sequence[Hit]:
        return _hits(index, index.registry.matching(question, LISTED, filters))

    return FirstPassage(find)


def by_meaning(index: Index, encoder: Encoder) -> FirstPassage:
    """Cosine likeness of our passages, alone."""

    def find(question: str, filters: Mapping[str, str] | None) -> Sequence[Hit]:
        return _hits(index, index.nearest(encoder.encode_query(question), LISTED, filters))

    return FirstPassage(find)


@contextmanager
def llama_starter(texts: Mapping[str, str], encoder: Encoder) -> Iterator[FirstPassage]:
    """llama-index as its tutorial puts it together: SentenceSplitter, Chroma, the `TOP` nearest chunks. Knows no filters.

    Args:
        texts: the extracted text of each document, by id; embedded with the id as file path, as the tutorial's reader does.
    """
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from assistant.llama import RadslagEmbedding

    client = chromadb.EphemeralClient(ChromaSettings(anonymized_telemetry=False))
    collection = client.create_collection(f"starter-{uuid4().hex}", embedding_function=None)
    try:
        index = VectorStoreIndex.from_documents(
            [Document(id_=name, text=text, metadata={"file_path": name}) for name, text in texts.items()],
            storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
            embed_model=RadslagEmbedding(encoder),
            transformations=[SentenceSplitter(chunk_size=CHUNK_TOKENS, chunk_overlap=OVERLAP_TOKENS)],
        )
        retriever = index.as_retriever(similarity_top_k=TOP)

        def find(question: str, _: Mapping[str, str] | None) -> Sequence[Hit]:
            hits = []
            for each in retriever.retrieve(question):
                name, words = each.node.metadata["file_path"], each.node.text
                start = each.node.start_char_idx
                start = start if start is not None else texts[name].find(words)
                hits.append(Hit(name, start, start + len(words), float(each.score), words))
            return hits

        yield FirstPassage(find)
    finally:
        client.delete_collection(collection.name)


def _hits(index: Index, scored: Sequence[tuple[str, float]]) -> list[Hit]:
    found: Mapping[str, Found] = index.registry.passages([passage for passage, _ in scored])
    hits = []
    for name, score in scored:
        if name in found:
            passage = found[name].passage
            words = passage.span.of(index.registry.text(passage.document) or "")
            hits.append(Hit(passage.document, passage.span.start, passage.span.end, score, words))
    return hits
