"""Low-rank adaptation (Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models") of the embedded encoder.

Every matrix W of the layers that learn stays as it is and gets a change B·A of rank `RANK` beside it, which alone is learned:
that is what `ingest.adapter` adds to the weights when the encoder is prepared.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.material import Matter, Unit, written
from ingest.adapter import PARTS, Adapter
from ingest.prepare_transformer import PARTS as MODULES
from ingest.weights import QUERY_PROMPT

RANK = 32
STRENGTH = 2.0  # the change is STRENGTH · B·A
TOKENS = 400  # longest text that is looked at
TOGETHER = 12  # texts that go through the encoder at once, alike in length


class Learner:
    """The encoder with a change beside each matrix of its layers: none at first, or that of `adapter`."""

    def __init__(self, folder: Path, adapter: Adapter | None = None) -> None:
        from transformers import BertModel, PreTrainedTokenizerFast

        self._model = BertModel.from_pretrained(folder, add_pooling_layer=False).eval().requires_grad_(False)
        self._tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
        self._changes: dict[str, Any] = {}
        for number, layer in enumerate(self._model.encoder.layer):
            for part in PARTS:
                *path, last = MODULES[part].split(".")
                parent = layer
                for step in path:
                    parent = getattr(parent, step)
                name = f"l{number}.{part}"
                change = _changed(getattr(parent, last), adapter[name] if adapter else None)
                setattr(parent, last, change)
                self._changes[name] = change
        self.parameters = [each for change in self._changes.values() for each in (change.down, change.up)]

    def adapter(self) -> Adapter:
        """What has been learned so far."""
        return {
            name: (STRENGTH * change.up.detach().numpy(), change.down.detach().numpy())
            for name, change in self._changes.items()
        }

    def tokens(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Any, Any, Any]]:
        """Places in `texts`, token vectors, attention mask and character offsets, a few texts of a length at a time."""
        import torch

        by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(texts), TOGETHER):
            places = by_length[start : start + TOGETHER]
            seen = self._tokenizer(
                [texts[place] for place in places],
                padding=True,
                truncation=True,
                max_length=TOKENS,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            with torch.autocast("cpu", dtype=torch.bfloat16):
                tokens = self._model(seen["input_ids"], seen["attention_mask"]).last_hidden_state
            yield places, tokens.float(), seen["attention_mask"], seen["offset_mapping"]

    def loss(self, matters: Sequence[Matter]) -> Any:
        """What is to become small: a batch's loss, as a way of learning counts it."""
        raise NotImplementedError

    def questions(self, texts: Sequence[str]) -> tuple[Any, list[Any]]:
        """Vectors, (texts, dimensions), and the tokens of each that aren't the prompt's or special, (tokens, dimensions)."""
        import torch

        vectors: list[Any] = [None] * len(texts)
        words: list[Any] = [None] * len(texts)
        for places, tokens, mask, offsets in self.tokens([QUERY_PROMPT + text for text in texts]):
            heard = (offsets[..., 1] > offsets[..., 0]) & (offsets[..., 1] > len(QUERY_PROMPT))
            for row, (place, vector) in enumerate(zip(places, mean(tokens, mask), strict=True)):
                vectors[place], words[place] = vector, tokens[row][heard[row]]
        return torch.stack(vectors), words

    def units(self, units: Sequence[Unit]) -> tuple[Any, Any, list[Any]]:
        """Vectors of the units, (units, dimensions), and of all their sentences in order, (sentences, dimensions), and the tokens of these."""
        import torch
        from torch.nn import functional

        whole: list[Any] = [None] * len(units)
        sentences: list[list[Any]] = [[] for _ in units]
        texts = [written(unit) for unit in units]
        for places, tokens, mask, offsets in self.tokens([text for text, _ in texts]):
            for row, (place, vector) in enumerate(zip(places, mean(tokens, mask), strict=True)):
                whole[place] = vector
                first, last = offsets[row].T
                for start, end in texts[place][1]:
                    within = (first < end) & (last > start) & (last > first)
                    sentences[place].append(tokens[row][within if within.any() else mask[row] > 0])
        every = [each for unit in sentences for each in unit]
        return torch.stack(whole), functional.normalize(torch.stack([each.mean(0) for each in every]), dim=-1), every


def _changed(matrix: Any, change: tuple[NDArray[np.float32], NDArray[np.float32]] | None) -> Any:
    """A linear layer with a change of low rank beside it."""
    import torch

    up, down = (
        (torch.from_numpy(half) for half in change)
        if change
        else (torch.empty(matrix.out_features, 0), torch.empty(0, matrix.in_features))
    )
    more = max(0, RANK - len(down))  # of a lower rank, it gets what it lacks, which changes nothing at first
    up = torch.cat((up / STRENGTH, torch.zeros(matrix.out_features, more)), 1)
    down = torch.cat((down, torch.randn(more, matrix.in_features) / math.sqrt(matrix.in_features)))

    class Changed(torch.nn.Module):  # type: ignore[misc]  # torch is not typed here
        def __init__(self) -> None:
            super().__init__()
            self.base = matrix
            self.down = torch.nn.Parameter(down)
            self.up = torch.nn.Parameter(up)

        def forward(self, rows: Any) -> Any:
            return self.base(rows) + STRENGTH * (rows @ self.down.T @ self.up.T)

    return Changed()


def mean(tokens: Any, mask: Any) -> Any:
    """Means over the tokens in the mask: (rows, tokens, dimensions), (rows, tokens) -> (rows, dimensions)."""
    from torch.nn import functional

    shares = mask.unsqueeze(-1).float()
    return functional.normalize((tokens * shares).sum(1) / shares.sum(1), dim=-1)
