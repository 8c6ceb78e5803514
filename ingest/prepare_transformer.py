"""The embedded model as a sentence-transformers folder in single precision.

The folder is written file by file, in the layout that sentence-transformers publishes its models in: that takes seconds
and needs neither torch nor the model in memory twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.prepare_tokenizer import write_tokenizer
from ingest.weights import PASSAGE_PROMPT, QUERY_PROMPT, Weights

PARTS = {  # our names of a layer's tensors -> those of transformers
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_NORMS = {"aln", "oln"}


def write_transformer(weights: Weights, folder: Path) -> None:
    """Write modules (BERT, mean pooling, normalisation), tokenizer and prompts into the folder."""
    from safetensors.numpy import save_file

    save_file(dict(_tensors(weights)), folder / "model.safetensors", metadata={"format": "pt"})
    write_tokenizer(weights, folder)
    for name, content in _descriptions(weights).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    (folder / "2_Normalize").mkdir()


def _tensors(weights: Weights) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The tensors under the names that transformers gives them."""
    sizes = weights.architecture
    yield "embeddings.word_embeddings.weight", weights.blocks("emb.word", sizes.hidden).dequantised()
    yield "embeddings.position_embeddings.weight", weights.floats("emb.pos").reshape(-1, sizes.hidden)
    yield "embeddings.token_type_embeddings.weight", weights.floats("emb.type").reshape(-1, sizes.hidden)
    yield "embeddings.LayerNorm.weight", weights.floats("emb.ln.w")
    yield "embeddings.LayerNorm.bias", weights.floats("emb.ln.b")
    for layer in range(sizes.layers):
        for part, theirs in PARTS.items():
            ours, name = f"l{layer}.{part}", f"encoder.layer.{layer}.{theirs}"
            columns = sizes.feed_forward if part == "fo" else sizes.hidden
            norm = part in _NORMS
            weight = weights.floats(f"{ours}.w") if norm else weights.matrix(ours, columns)
            yield f"{name}.weight", weight
            yield f"{name}.bias", weights.floats(f"{ours}.b")
    # Nobody looks at the output of BERT's pooler, but transformers complains where it is missing.
    yield "pooler.dense.weight", np.zeros((sizes.hidden, sizes.hidden), dtype=np.float32)
    yield "pooler.dense.bias", np.zeros(sizes.hidden, dtype=np.float32)


def _descriptions(weights: Weights) -> dict[str, Any]:
    """The JSON files of the folder and what they hold."""
    sizes, pieces = weights.architecture, weights.pieces
    names = {key: pieces.scores[getattr(pieces, key)][0] for key in ("begin", "end", "padding", "unknown")}
    module = "sentence_transformers.models."
    return {
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True},
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT, "document": PASSAGE_PROMPT},
            "similarity_fn_name": "cosine",
        },
        "config.json": {
            "model_type": "bert",
            "architectures": ["BertModel"],
            "vocab_size": sizes.vocabulary,
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.feed_forward,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.token_types,
            "layer_norm_eps": sizes.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": pieces.padding,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": names["begin"],
            "cls_token": names["begin"],
            "eos_token": names["end"],
            "sep_token": names["end"],
            "pad_token": names["padding"],
            "unk_token": names["unknown"],
            "model_max_length": sizes.positions,
        },
    }
