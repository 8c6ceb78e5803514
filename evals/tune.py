"""Tune: the encoder and what questions and sentences are compared by learn on together, from where `adapt` and `interact` left them.

The loss of a batch of matters is that of `interact`, the mean over its matters, and a share of what `adapt` makes of the vectors: every
question to all sentences and all units of the batch. Each part so learns with what the other makes of it, from matters that may be
new to both.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.adapt import SEED, WARM_UP, WEIGHT_DECAY, Gold, divided, found_loss
from evals.interact import SIGNS_DECAY, Comparison, Heard, Progress, line, measured
from evals.learning import MATTERS, go_through, warming_up
from evals.lora import Learner
from evals.material import Matter
from ingest.adapter import read_adapter, read_interaction, write_adapter
from ingest.errors import EncoderError
from ingest.interaction import Interaction
from ingest.signs import signs_of

EPOCHS = 2
LAYERS_RATE, PROJECTION_RATE, SIGNS_RATE, SHARES_RATE = 2e-4, 1e-3, 1e-3, 5e-2
VECTORS_WORTH = 0.5  # of the loss of `adapt` beside that of `interact`


def tune(
    folder: Path,
    adapter: Path,
    matters: Sequence[Matter],
    out: Path,
    report: Callable[[str], None],
    epochs: int = EPOCHS,
) -> tuple[Progress, ...]:
    """Learn on from what `adapter` holds and write what was learned to `out` after every epoch.

    Args:
        folder: the embedded model as a sentence-transformers folder, without any adapter.
        adapter: a file that `radslag interact` wrote.
        matters: training material; of it a part is not learned from but measured on.
        out: file to write; replaced.
        report: is told of the progress in whole lines.
        epochs: how often all material is gone through.

    Raises:
        EncoderError: `adapter` can't be read, or knows nothing of comparing.
    """
    import torch

    torch.manual_seed(SEED)
    order = random.Random(SEED)
    begun = read_interaction(adapter)
    if begun is None:
        raise EncoderError(f"{adapter} has nothing that words are compared by: make it with `radslag interact`")
    learned, held_out = divided(matters)
    learner = _Learner(folder, adapter, begun)
    comparison = learner.comparison
    optimiser = torch.optim.AdamW(
        [
            {"params": learner.parameters, "lr": LAYERS_RATE, "weight_decay": WEIGHT_DECAY},
            {"params": comparison.projection, "lr": PROJECTION_RATE},
            {"params": comparison.signs, "lr": SIGNS_RATE, "weight_decay": SIGNS_DECAY},
            {"params": [comparison.shares], "lr": SHARES_RATE},
        ],
        weight_decay=0.0,
    )
    steps = epochs * math.ceil(len(learned) / MATTERS)
    schedule = warming_up(optimiser, WARM_UP, steps)
    history = [learner.measured(held_out, 0)]
    report(line(history[-1]))
    for epoch in range(1, epochs + 1):
        order.shuffle(learned)
        go_through(learner, learned, optimiser, schedule, epoch, report)
        write_adapter(learner.adapter(), out, comparison.interaction())
        history.append(learner.measured(held_out, epoch))
        report(f"epoch {epoch}: {line(history[-1])}")
    return tuple(history)


class _Learner(Learner):
    """The encoder with what its vectors are compared by."""

    def __init__(self, folder: Path, adapter: Path, begun: Interaction) -> None:
        super().__init__(folder, read_adapter(adapter))
        self.comparison = Comparison(begun, middle=np.zeros_like(begun.centre))

    def loss(self, matters: Sequence[Matter]) -> Any:
        import torch

        units, sentences, heard = self._heard(matters)
        questions = torch.cat([each.questions for each in heard])
        found = found_loss(Gold(matters), questions @ sentences.T, questions @ units.T)
        return sum(map(self.comparison.loss, heard)) / len(heard) + VECTORS_WORTH * found

    def measured(self, matters: Sequence[Matter], epoch: int) -> Progress:
        import torch

        with torch.no_grad():
            return measured(self.comparison, [heard for matter in matters for heard in self._heard([matter])[2]], epoch)

    def _heard(self, matters: Sequence[Matter]) -> tuple[Any, Any, list[Heard]]:
        """Vectors of units, (units, dimensions), and of sentences, (sentences, dimensions), and each matter as the encoder gives it."""
        units, vectors, tokens = self.units([unit for matter in matters for unit in matter.units])
        questions, words = self.questions([ask.text for matter in matters for ask in matter.asks])
        heard = []
        told = asked = 0  # so far
        for matter in matters:
            its = slice(told, told := told + sum(len(unit.sentences) for unit in matter.units))
            asks = slice(asked, asked := asked + len(matter.asks))
            heard.append(_of_matter(matter, questions[asks], words[asks], vectors[its], tokens[its]))
        return units, vectors, heard


def _of_matter(matter: Matter, questions: Any, words: Sequence[Any], vectors: Any, tokens: Sequence[Any]) -> Heard:
    question_tokens, question_mask = _padded(words)
    sentence_tokens, sentence_mask = _padded(tokens)
    return Heard(
        questions,
        question_tokens,
        question_mask,
        sentence_tokens,
        sentence_mask,
        cosines=questions @ vectors.T,
        signs=signs_of([sentence for unit in matter.units for sentence in unit.sentences]),
        answers=np.array([[place in ask.answers for place in matter.places] for ask in matter.asks]),
        helps=np.array([[place in ask.helps for place in matter.places] for ask in matter.asks]),
        languages=tuple(ask.language for ask in matter.asks),
    )


def _padded(texts: Sequence[Any]) -> tuple[Any, Any]:
    """The tokens of several texts, (texts, tokens, dimensions), and which of them are there, (texts, tokens)."""
    import torch
    from torch.nn.utils.rnn import pad_sequence

    counted = [torch.ones(len(text), dtype=torch.bool) for text in texts]
    return pad_sequence(list(texts), batch_first=True), pad_sequence(counted, batch_first=True)
