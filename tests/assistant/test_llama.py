"""The encoder and the retrieval in the shapes of llama-index."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import TextNode

from assistant.llama import HybridRetriever, RadslagEmbedding
from assistant.service import Assistant
from tests.encoders import ToyEncoder

TEXTS = ["Samordningsförbundet likvideras.", "", "Kommunen betalar 375 000 kronor."]


@pytest.fixture
def encoder() -> ToyEncoder:
    return ToyEncoder("toy/1")


@pytest.fixture
def embedding(encoder: ToyEncoder) -> RadslagEmbedding:
    return RadslagEmbedding(encoder, embed_batch_size=2)


def test_names_itself_by_the_fingerprint(embedding: RadslagEmbedding) -> None:
    assert embedding.model_name == "toy/1"
    assert embedding.class_name() == "RadslagEmbedding"


def test_gives_the_encoders_vectors_in_order(embedding: RadslagEmbedding, encoder: ToyEncoder) -> None:
    vectors = embedding.get_text_embedding_batch(TEXTS)
    assert np.allclose(vectors, ToyEncoder().encode_passages(TEXTS))
    assert encoder.encoded == len(TEXTS)
    assert np.allclose(embedding.get_text_embedding(TEXTS[0]), vectors[0])


def test_encodes_questions_as_questions(embedding: RadslagEmbedding, encoder: ToyEncoder) -> None:
    vector = embedding.get_query_embedding(TEXTS[0])
    assert np.allclose(vector, ToyEncoder().encode_query(TEXTS[0]))
    assert (encoder.queries, encoder.encoded) == (1, 0)


def test_answers_asynchronously_as_it_does_otherwise(embedding: RadslagEmbedding) -> None:
    async def both() -> tuple[list[float], list[float]]:
        return await embedding.aget_query_embedding("fråga"), await embedding.aget_text_embedding("fråga")

    query, text = asyncio.run(both())
    assert query == embedding.get_query_embedding("fråga")
    assert text == embedding.get_text_embedding("fråga")


def test_embeds_nodes_of_a_pipeline(embedding: RadslagEmbedding) -> None:
    nodes = [TextNode(text=text) for text in TEXTS[::2]]
    assert [len(node.embedding) for node in embedding(nodes)] == [256, 256]


def test_the_hybrid_retriever_answers_in_a_query_engine(assistant: Assistant) -> None:
    nodes = HybridRetriever(assistant, k=3).retrieve("Vilken avgift för sophämtning fastställs?")
    assert len(nodes) == 3
    assert nodes[0].score >= nodes[1].score >= nodes[2].score
    assert nodes[0].node.metadata["status"] == "förslag"
    assert nodes[0].node.metadata["point"] == 1
    text = assistant.text_of(nodes[0].node.metadata["document"])
    assert text is not None
    assert "1 250 kronor" in text[nodes[0].node.start_char_idx : nodes[0].node.end_char_idx]
    engine = RetrieverQueryEngine.from_args(HybridRetriever(assistant, filters={"kind": "protokoll"}), llm=MockLLM())
    sources = engine.query("avgift").source_nodes
    assert {source.node.metadata["document"] for source in sources} == {"norrby/protokoll.txt"}
