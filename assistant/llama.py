"""Our parts in the shapes of llama-index, for programs built on it. Importing this module imports llama-index."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from assistant.service import Assistant
from ingest.encode import Encoder


class RadslagEmbedding(BaseEmbedding):  # type: ignore[misc]  # llama-index is not type-checked here
    """An encoder as a llama-index embedding; `model_name` is its fingerprint, vectors have length 1.

    The encoder puts its prompts before questions and passages itself: none are to be added.
    """

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder, **options: Any) -> None:
        super().__init__(model_name=encoder.fingerprint, **options)
        self._encoder = encoder

    @classmethod
    def class_name(cls) -> str:
        return "RadslagEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._encoder.encode_query(query).tolist()
        return vector

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.encode_passages(texts).tolist()
        return vectors

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


class HybridRetriever(BaseRetriever):  # type: ignore[misc]
    """The fused retrieval of an open assistant as a llama-index retriever.

    Gives the `k` nearest passages, best first; a node's text is the passage's, its metadata say where the words stand and
    what standing they have, its score is the fused one (comparable within one question only).
    """

    def __init__(self, assistant: Assistant, k: int = 10, filters: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._assistant = assistant
        self._k = k
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        nodes = []
        for ranked in self._assistant.passages(query_bundle.query_str, self._k, self._filters):
            passage, about = ranked.found.passage, ranked.found.about
            known = {
                "document": passage.document,
                "title": about.title,
                "municipality": about.municipality,
                "body": about.body,
                "date": about.date,
                "section": passage.section,
                "paragraph": passage.paragraph,
                "point": passage.point,
                "status": passage.status.value,
            }
            node = TextNode(
                id_=passage.id,
                text=passage.text,
                metadata={key: value for key, value in known.items() if value is not None},
                start_char_idx=passage.span.start,
                end_char_idx=passage.span.end,
            )
            nodes.append(NodeWithScore(node=node, score=ranked.score))
        return nodes
