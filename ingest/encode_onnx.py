"""The embedded model in 8 bits, run by ONNX Runtime: the light encoder, which needs no torch."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.model import Span
from ingest.pool import Vector, encodable, mean_vector, span_vectors
from ingest.prepare import model_identity, prepared_folder
from ingest.prepare_onnx import FILE_NAME as MODEL_FILE
from ingest.prepare_onnx import INPUT, OUTPUT
from ingest.prepare_tokenizer import FILE_NAME as TOKENIZER_FILE
from ingest.prompts import Prompts, chosen_prompts, with_prompts
from ingest.settings import Settings
from ingest.weights import PASSAGE_PROMPT, QUERY_PROMPT


def onnx_fingerprint(settings: Settings) -> str:
    """Fingerprint of the encoder that `OnnxEncoder.load` gives."""
    return with_prompts(model_identity("int8"), settings)


class OnnxEncoder:
    """multilingual-e5-small over an ONNX session; see the protocol `Encoder` for what its methods promise.

    Texts go through one at a time, each on all threads: with nothing padded that is faster than batches.
    """

    def __init__(self, folder: Path, prompts: Prompts, fingerprint: str, threads: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Threads that spin while they wait gain 10 % on an idle machine and lose half on a busy one.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3  # errors; a warning is nothing a user can act on
        self._session = onnxruntime.InferenceSession(folder / MODEL_FILE, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._prompts = prompts
        self.fingerprint = fingerprint
        self.dimensions: int = self._session.get_outputs()[0].shape[-1]

    @classmethod
    def load(cls, settings: Settings, report: Callable[[str], None]) -> OnnxEncoder:
        """Prepare the model where that hasn't been done, and load it.

        Raises:
            EncoderError: it can't be prepared.
        """
        folder = prepared_folder(settings.cache, "int8", report)
        prompts = chosen_prompts(settings, Prompts(QUERY_PROMPT, PASSAGE_PROMPT))
        return cls(folder, prompts, onnx_fingerprint(settings), settings.threads or _cores())

    def encode_query(self, text: str) -> Vector:
        return mean_vector(self._tokens(self._prompts.query + text)[0])

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = mean_vector(self._tokens(self._prompts.passage + text)[0])
        return vectors

    def encode_spans(self, text: str, spans: Sequence[Span]) -> tuple[Vector, Vector]:
        tokens, encoding = self._tokens(self._prompts.passage + text)
        offsets = np.array(encoding.offsets, dtype=np.int64)
        passage = mean_vector(tokens)
        return passage, span_vectors(tokens, offsets - len(self._prompts.passage), spans, passage)

    def count_tokens(self, texts: Sequence[str]) -> int:
        return sum(len(self._tokenizer.encode(self._prompts.passage + text).ids) for text in texts)

    def _tokens(self, text: str) -> tuple[NDArray[np.float32], Any]:
        """The contextual vectors of the tokens, (tokens, dimensions), and the tokenizer's account of them."""
        encoding = self._tokenizer.encode(encodable(text))
        ids = np.array([encoding.ids], dtype=np.int64)
        return self._session.run([OUTPUT], {INPUT: ids})[0][0], encoding


def _cores() -> int:
    """Processors that this process may use; ONNX Runtime's own default counts only half of those that share a core."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
