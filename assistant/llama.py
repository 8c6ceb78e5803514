"""Our parts in the shapes of llama-index, for programs built on it. Importing this module imports llama-index."""

from __future__ import annotations

import asyncio
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

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
