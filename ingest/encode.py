"""Encode: texts become vectors. What an encoder is, and which one the settings name."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from ingest.encode_onnx import OnnxEncoder, onnx_fingerprint
from ingest.encode_transformer import SentenceTransformersEncoder, transformer_fingerprint
from ingest.interaction import Asked, Seen
from ingest.model import Span
from ingest.pool import Vector
from ingest.settings import EMBEDDED_MODEL, Settings

__all__ = [
    "Asked",
    "Encoder",
    "OnnxEncoder",
    "Seen",
    "SentenceTransformersEncoder",
    "Vector",
    "encoder_fingerprint",
    "load_encoder",
]

_LOGGER = logging.getLogger("radslag")


class Encoder(Protocol):
    """Turns texts into vectors of length 1, so that a dot product is a cosine.

    A question and a passage are encoded differently; only a question's vector against the others makes sense.
    Text beyond the model's limit (512 tokens for the embedded model) is not seen.
    """

    @property
    def fingerprint(self) -> str:
        """What an index records: vectors of two encoders may be compared only when their fingerprints are equal."""
        ...

    @property
    def dimensions(self) -> int: ...

    @property
    def workers(self) -> int:
        """How many threads may use it at once and gain by it."""
        ...

    def encode_query(self, text: str) -> Vector:
        """The vector of a question, (dimensions,)."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> list[tuple[Vector, Asked | None]]:
        """Of each question its vector, (dimensions,), as `encode_query` gives it, and its words; None where words can't be compared."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        """The vectors of passages in their order, (len(texts), dimensions)."""
        ...

    def encode_spans(self, text: str, spans: Sequence[Span]) -> Seen:
        """Late chunking: one look at a whole passage gives its vector and those of the stretches `spans` within it.

        A span's vector is the normalised mean of the vectors that its tokens have in the context of the passage. A span cut
        off by the model's limit gets the vector of whatever of it was seen, or the passage's when nothing was; so do its words.
        """
        ...

    def count_tokens(self, texts: Sequence[str]) -> int:
        """How many tokens the model looks at in these passages, prompt and special tokens included."""
        ...


def load_encoder(settings: Settings, report: Callable[[str], None] = _LOGGER.info) -> Encoder:
    """The encoder that the settings name; the embedded one is prepared in `settings.cache` the first time.

    `precision` concerns the embedded model only: any other goes through sentence-transformers. `report` is told, in
    whole sentences, of work that takes seconds.

    Raises:
        UsageError: there is no such model.
        EncoderError: the model can't be prepared or loaded.
    """
    if _runs_in_onnx(settings):
        return OnnxEncoder.load(settings, report)
    return SentenceTransformersEncoder.load(settings, report)


def encoder_fingerprint(settings: Settings) -> str:
    """The fingerprint of the encoder that `load_encoder` would give, without loading it.

    Raises:
        UsageError: there is no such model.
    """
    return onnx_fingerprint(settings) if _runs_in_onnx(settings) else transformer_fingerprint(settings)


def _runs_in_onnx(settings: Settings) -> bool:
    return settings.model == EMBEDDED_MODEL and settings.precision == "int8"
