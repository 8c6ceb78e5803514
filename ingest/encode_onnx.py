"""The embedded model in 8 bits, run by ONNX Runtime: the light encoder, which needs no torch."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.adapter import read_interaction
from ingest.interaction import Asked, Interaction, Seen, heard, seen
from ingest.model import Span
from ingest.pool import Vector, encodable, normalised
from ingest.prepare import model_identity, prepared_folder
from ingest.prepare_onnx import FILE_NAME as MODEL_FILE
from ingest.prepare_onnx import INPUT, OUTPUT
from ingest.prepare_tokenizer import FILE_NAME as TOKENIZER_FILE
from ingest.prompts import Prompts, chosen_prompts, with_prompts
from ingest.settings import Settings
from ingest.weights import PASSAGE_PROMPT, QUERY_PROMPT

BATCH_TEXTS, BATCH_TOKENS = 8, 512  # together twice as fast as alone for texts of 10 tokens; larger batches lose again


def onnx_fingerprint(settings: Settings) -> str:
    """Fingerprint of the encoder that `OnnxEncoder.load` gives."""
    return with_prompts(model_identity("int8"), settings)


class OnnxEncoder:
    """multilingual-e5-small over an ONNX session; see the protocol `Encoder` for what its methods promise.

    Short texts of the same number of tokens go through together, the rest one at a time: nothing is padded. An activation's
    scale is shared by a batch, so that a vector may differ by a cosine of .001 from that of the text alone.
    """

    def __init__(
        self, folder: Path, prompts: Prompts, fingerprint: str, threads: int, interaction: Interaction | None = None
    ) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # two texts on a thread each are done sooner than one after the other on two
        options.log_severity_level = 3  # errors; a warning is nothing a user can act on
        self._session = onnxruntime.InferenceSession(folder / MODEL_FILE, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._prompts = prompts
        self._interaction = interaction
        self.fingerprint = fingerprint
        self._threads = ThreadPoolExecutor(threads)
        self._asking = ThreadPoolExecutor(threads)  # a question doesn't queue behind the passages of a document
        self.workers = threads
        self.dimensions: int = self._session.get_outputs()[0].shape[-1]

    @classmethod
    def load(cls, settings: Settings, report: Callable[[str], None]) -> OnnxEncoder:
        """Prepare the model where that hasn't been done, and load it.

        Raises:
            EncoderError: it can't be prepared.
        """
        folder = prepared_folder(settings.cache, "int8", report)
        prompts = chosen_prompts(settings, Prompts(QUERY_PROMPT, PASSAGE_PROMPT))
        return cls(folder, prompts, onnx_fingerprint(settings), settings.threads or cores(), read_interaction())

    def encode_query(self, text: str) -> Vector:
        return self._question(text)[0]

    def encode_questions(self, texts: Sequence[str]) -> list[tuple[Vector, Asked | None]]:
        return list(self._asking.map(self._question, texts))

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        alike: dict[int, list[tuple[int, list[int]]]] = {}
        for row, text in enumerate(texts):
            ids = self._tokenizer.encode(encodable(self._prompts.passage + text)).ids
            alike.setdefault(len(ids), []).append((row, ids))
        batches = []
        for length, several in sorted(
            alike.items(), reverse=True
        ):  # the longest first: no thread ends up with one alone
            size = max(1, min(BATCH_TEXTS, BATCH_TOKENS // length))
            batches += [several[first : first + size] for first in range(0, len(several), size)]

        def encode(batch: list[tuple[int, list[int]]]) -> None:
            vectors[[row for row, _ in batch]] = normalised(self._run([ids for _, ids in batch]).mean(axis=1))

        list(self._threads.map(encode, batches))
        return vectors

    def encode_spans(self, text: str, spans: Sequence[Span]) -> Seen:
        return seen(text, *self.passage_tokens(text), spans, self._interaction)

    def count_tokens(self, texts: Sequence[str]) -> int:
        return sum(len(self._tokenizer.encode(self._prompts.passage + text).ids) for text in texts)

    def question_tokens(self, text: str) -> tuple[Vector, NDArray[np.int64]]:
        """The contextual vectors of a question's tokens, (tokens, dimensions), and where in it each stands, (tokens, 2); prompts before 0."""
        return self._tokens(self._prompts.query, text)

    def passage_tokens(self, text: str) -> tuple[Vector, NDArray[np.int64]]:
        """The same of a passage's tokens."""
        return self._tokens(self._prompts.passage, text)

    def _question(self, text: str) -> tuple[Vector, Asked | None]:
        return heard(*self.question_tokens(text), self._interaction)

    def _tokens(self, prompt: str, text: str) -> tuple[Vector, NDArray[np.int64]]:
        encoding = self._tokenizer.encode(encodable(prompt + text))
        return self._run([encoding.ids])[0], np.array(encoding.offsets, dtype=np.int64) - len(prompt)

    def _run(self, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Contextual vectors, (texts, tokens, dimensions), of texts with the same number of tokens."""
        tokens: NDArray[np.float32] = self._session.run([OUTPUT], {INPUT: np.array(ids, dtype=np.int64)})[0]
        return tokens


def cores() -> int:
    """Processors that this process may use; ONNX Runtime's own default counts only half of those that share a core."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
