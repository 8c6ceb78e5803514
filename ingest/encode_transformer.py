"""Any model through sentence-transformers: the embedded one in single precision, or the one the settings name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.adapter import read_interaction
from ingest.errors import EncoderError, UsageError
from ingest.interaction import Asked, Interaction, Seen, heard, seen
from ingest.model import Span
from ingest.pool import Vector, encodable, normalised
from ingest.prepare import model_identity, prepared_folder
from ingest.prompts import Prompts, chosen_prompts, with_prompts
from ingest.settings import EMBEDDED_MODEL, Settings

BATCH = 16  # texts; sorted by length, so that little is padded
MODEL_FILES = {".json", ".safetensors", ".bin", ".txt", ".model"}  # what a model is made of, beside words for people
SAMPLE = 65_536  # bytes looked at in three places of a large file


def transformer_fingerprint(settings: Settings) -> str:
    """Fingerprint of the encoder that `SentenceTransformersEncoder.load` gives.

    Another model than the embedded one goes by its name and a checksum of its files, large ones by their size and samples
    (a model trained further differs everywhere), so that a copy of the folder is the same model and a new version isn't.

    Raises:
        UsageError: there is no such model.
    """
    if settings.model == EMBEDDED_MODEL:
        return with_prompts(model_identity("float32"), settings)
    folder = _model_folder(settings)
    name = folder.name if _is_folder(settings.model) else settings.model
    return with_prompts(f"{name}@{_checksum(folder)}/float32", settings)


class SentenceTransformersEncoder:
    """A sentence-transformers model; see the protocol `Encoder` for what its methods promise.

    `encode_spans` looks once at a passage when the model is a transformer with mean pooling and nothing but a
    normalisation behind it. With any other the tokens' vectors don't share the space of the passages', and each span is
    encoded on its own.
    """

    def __init__(self, model: Any, prompts: Prompts, fingerprint: str, interaction: Interaction | None = None) -> None:
        self._model = model
        self._prompts = prompts
        self._interaction = interaction
        self._pools_tokens = _pools_tokens(model)
        self.fingerprint = fingerprint
        self.dimensions: int = model.get_embedding_dimension()

    @classmethod
    def load(cls, settings: Settings, report: Callable[[str], None]) -> SentenceTransformersEncoder:
        """Load the model; nothing is fetched from anywhere unless the settings allow it.

        Raises:
            UsageError: there is no such model.
            EncoderError: it can't be loaded, or the embedded one can't be prepared.
        """
        embedded = settings.model == EMBEDDED_MODEL
        folder = prepared_folder(settings.cache, "float32", report) if embedded else _model_folder(settings)
        model = _load(str(folder), settings, fetch=False)
        prompts = chosen_prompts(settings, _own_prompts(model))
        return cls(model, prompts, transformer_fingerprint(settings), read_interaction() if embedded else None)

    @property
    def workers(self) -> int:
        return 1  # torch spreads each text over the processors itself

    def encode_query(self, text: str) -> Vector:
        vector: Vector = self._encode([text], self._prompts.query)[0]
        return vector

    def encode_questions(self, texts: Sequence[str]) -> list[tuple[Vector, Asked | None]]:
        if self._interaction is None:
            return [(self.encode_query(text), None) for text in texts]
        return [heard(*self._tokens(self._prompts.query, text), self._interaction) for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        return self._encode(texts, self._prompts.passage)

    def encode_spans(self, text: str, spans: Sequence[Span]) -> Seen:
        if not self._pools_tokens:
            return Seen(self.encode_passages([text])[0], self.encode_passages([span.of(text) for span in spans]))
        return seen(text, *self._tokens(self._prompts.passage, text), spans, self._interaction)

    def count_tokens(self, texts: Sequence[str]) -> int:
        read = (self._model.preprocess([self._prompts.passage + text]) for text in texts)
        return sum(int(each["input_ids"].numel()) for each in read)

    def _tokens(self, prompt: str, text: str) -> tuple[Vector, NDArray[np.int64]]:
        """The contextual vectors of the tokens, (tokens, dimensions), and where in the text each stands, (tokens, 2)."""
        import torch

        read = self._model.tokenizer(
            prompt + encodable(text),
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = read.pop("offset_mapping")[0].numpy()
        with torch.inference_mode():
            tokens = self._model[0](read.to(self._model.device))["token_embeddings"][0].float().cpu().numpy()
        return tokens, offsets - len(prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vector:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        vectors = self._model.encode(
            [encodable(text) for text in texts], prompt=prompt, batch_size=BATCH, show_progress_bar=False
        )
        return normalised(np.asarray(vectors, dtype=np.float32))


def _load(name: str, settings: Settings, fetch: bool) -> Any:
    """The model in a folder, or, to `fetch` it, of a name.

    Raises:
        EncoderError: it can't be loaded.
    """
    _hush(settings.allow_download)
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.set_verbosity_error()
    if not fetch:
        logging.disable_progress_bar()
    if settings.threads:
        torch.set_num_threads(settings.threads)
    try:
        return SentenceTransformer(name, local_files_only=not fetch)
    except (OSError, ValueError, RuntimeError, KeyError, ImportError, SafetensorError) as error:
        reason = " ".join(str(error).split())[:300]
        raise EncoderError(
            f"cannot load the model {settings.model}: {reason}; name a model made for sentence-transformers, or remove "
            f"the setting `model` to use {EMBEDDED_MODEL}"
        ) from error


def _own_prompts(model: Any) -> Prompts:
    """The prompts saved with the model, under the names in use for them."""
    saved = model.prompts
    return Prompts(saved.get("query") or "", saved.get("passage") or saved.get("document") or "")


def _pools_tokens(model: Any) -> bool:
    """Whether a text's vector is the mean of its tokens' vectors, and the tokens can be placed in the text."""
    from sentence_transformers.models import Normalize, Pooling, Transformer

    first, *rest = model
    if not isinstance(first, Transformer) or not getattr(model.tokenizer, "is_fast", False):
        return False
    poolings = [module for module in rest if isinstance(module, Pooling)]
    others = [module for module in rest if not isinstance(module, Pooling | Normalize)]
    return not others and [pooling.pooling_mode for pooling in poolings] == ["mean"] and poolings[0].include_prompt


def _model_folder(settings: Settings) -> Path:
    """The folder on this machine that holds the model named in the settings, fetched if need be and allowed.

    Raises:
        UsageError: there is none.
        EncoderError: it can't be fetched.
    """
    if _is_folder(settings.model):
        return Path(settings.model).expanduser().resolve()
    folder = _fetched(settings)
    if folder is None and settings.allow_download:
        _load(settings.model, settings, fetch=True)
        folder = _fetched(settings)
    if folder is None:
        raise UsageError(
            f"no model {settings.model}: it is neither {EMBEDDED_MODEL}, nor a folder, nor a model fetched earlier; "
            "give the folder of a sentence-transformers model, or set `allow_download = true` to fetch it by name"
        )
    return folder


def _fetched(settings: Settings) -> Path | None:
    """Where the libraries keep the model of this name, if they have it."""
    _hush(settings.allow_download)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for name in (settings.model, f"sentence-transformers/{settings.model}"):  # a bare name is one of theirs
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    return None


def _is_folder(model: str) -> bool:
    return Path(model).expanduser().is_dir()


def _hush(allow_download: bool) -> None:
    """Tell the libraries to send no telemetry and, unless downloads are allowed, to ask no server.

    To be called before they are imported, for that is when they read it.
    """
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    if not allow_download:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TRANSFORMERS_OFFLINE"] = "1"


def _checksum(folder: Path) -> str:
    """12 hexadecimal digits that change with the model's files, in a fraction of a second whatever their size."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in MODEL_FILES and path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as file:
            for start in (0, size // 2, max(0, size - SAMPLE)):
                file.seek(start)
                digest.update(file.read(SAMPLE))
    return digest.hexdigest()[:12]
