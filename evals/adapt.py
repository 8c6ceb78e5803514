"""Adapt: the encoder learns from training material to put the sentence that answers next to its question.

The loss of a batch of matters adds up, each with its worth:
- every question to all sentences of the batch, and to all units: softmax over the cosines, the answers against the rest
  (InfoNCE with several positives);
- what helps against what doesn't, among the sentences that are no answers;
- within the question's own matter, each sentence by itself: answers above a level that is learned, all others below, so that
  a question which nothing answers comes near to nothing.
Sentences get their vectors as `ingest` gives them: means of token vectors of the unit seen whole (late chunking).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.model import Language
from evals.learning import MATTERS, go_through, warming_up
from evals.lora import Learner
from evals.material import Matter
from ingest.adapter import write_adapter
from ingest.errors import UsageError

HELD_OUT = 8  # one matter of so many is kept back to measure on
LEARNING_RATE, LEVEL_RATE, WEIGHT_DECAY = 3e-4, 1e-3, 0.01
WARM_UP = 15  # batches
TEMPERATURE = 0.02  # of the softmax: cosines of this encoder lie close together
LEVEL, LEVEL_WIDTH = 0.86, 0.03  # first level between answers and others; the cosines over which certainty grows
UNITS_WORTH, HELPS_WORTH, LEVEL_WORTH = 0.4, 0.2, 0.4
ANSWER_WORTH = 8.0  # of an answer beside each of the others in its matter, of which there are many more
SEED = 1


@dataclass(frozen=True)
class Measured:
    """How well a held-out matter's sentences are found by the questions in one language that they answer."""

    questions: int
    first: float  # share whose nearest sentence of the matter answers
    first_three: float
    unit: float  # share whose nearest unit, of all units held out, holds an answer


@dataclass(frozen=True)
class Progress:
    """After an epoch; before the first, `epoch` is 0."""

    epoch: int
    by_language: Mapping[Language, Measured]
    told_apart: (
        float  # area under the ROC curve: questions with and without an answer, by their nearest sentence's cosine
    )


def adapt(
    folder: Path, matters: Sequence[Matter], out: Path, epochs: int, report: Callable[[str], None]
) -> tuple[Progress, ...]:
    """Learn from `matters` and write the adapter to `out` after every epoch.

    Args:
        folder: the embedded model as a sentence-transformers folder, without any adapter.
        matters: training material; one of `HELD_OUT` is not learned from.
        out: file to write; replaced.
        epochs: how often all material is gone through.
        report: is told of the progress in whole lines.
    """
    import torch

    torch.manual_seed(SEED)
    order = random.Random(SEED)
    learned, held_out = divided(matters)
    learner = _Learner(folder)
    steps = epochs * math.ceil(len(learned) / MATTERS)
    optimiser = torch.optim.AdamW(
        [{"params": learner.parameters, "lr": LEARNING_RATE}, {"params": [learner.level], "lr": LEVEL_RATE}],
        weight_decay=WEIGHT_DECAY,
    )
    schedule = warming_up(optimiser, WARM_UP, steps)
    history = [_measured(learner, held_out, 0)]
    report(_line(history[-1]))
    for epoch in range(1, epochs + 1):
        order.shuffle(learned)
        go_through(learner, learned, optimiser, schedule, epoch, report)
        write_adapter(learner.adapter(), out)
        history.append(_measured(learner, held_out, epoch))
        report(_line(history[-1]))
    return tuple(history)


def divided(matters: Sequence[Matter]) -> tuple[list[Matter], list[Matter]]:
    """The matters to learn from, and one of `HELD_OUT`, to measure on: the same ones whatever others come to stand beside them.

    Raises:
        UsageError: one of the two has none.
    """
    held_out = [matter for matter in matters if _kept_back(matter)]
    learned = [matter for matter in matters if not _kept_back(matter)]
    if not held_out or not learned:
        raise UsageError(
            f"training material: {len(matters)} matters are too few to learn from some and measure on others"
        )
    return learned, held_out


def _kept_back(matter: Matter) -> bool:
    return blake2b(matter.id.encode()).digest()[0] % HELD_OUT == 0


class _Learner(Learner):
    """The encoder with the level between answers and others."""

    def __init__(self, folder: Path) -> None:
        import torch

        super().__init__(folder)
        self.level = torch.nn.Parameter(torch.tensor(LEVEL))

    def loss(self, matters: Sequence[Matter]) -> Any:
        import torch
        from torch.nn import functional

        gold = Gold(matters)
        units, sentences, _ = self.units([unit for matter in matters for unit in matter.units])
        questions, _ = self.questions([ask.text for matter in matters for ask in matter.asks])
        cosines = questions @ sentences.T
        helpful = softmax_loss((cosines / TEMPERATURE).masked_fill(gold.answers, -math.inf), gold.helps)
        alone = functional.binary_cross_entropy_with_logits(
            (cosines - self.level) / LEVEL_WIDTH, gold.answers.float(), reduction="none"
        )
        worth = (gold.own & ~gold.helps).float() * torch.where(gold.answers, 1 + ANSWER_WORTH, 1.0)
        level = (alone * worth).sum() / (gold.own & ~gold.helps).sum()
        return found_loss(gold, cosines, questions @ units.T) + HELPS_WORTH * helpful + LEVEL_WORTH * level


class Gold:
    """What is right for a batch of matters: matrices of (questions, sentences), and `units` of (questions, units)."""

    def __init__(self, matters: Sequence[Matter]) -> None:
        import torch

        columns = [(m, place) for m, matter in enumerate(matters) for place in matter.places]
        units = [(m, u) for m, matter in enumerate(matters) for u in range(len(matter.units))]
        asks = [(m, ask) for m, matter in enumerate(matters) for ask in matter.asks]
        self.own = torch.tensor([[m == other for other, _ in columns] for m, _ in asks])
        self.answers = torch.tensor(
            [[m == other and place in ask.answers for other, place in columns] for m, ask in asks]
        )
        self.helps = torch.tensor([[m == other and place in ask.helps for other, place in columns] for m, ask in asks])
        self.units = torch.tensor(
            [[m == other and u in {unit for unit, _ in ask.answers} for other, u in units] for m, ask in asks]
        )


def found_loss(gold: Gold, sentences: Any, units: Any) -> Any:
    """What questions lose by where their answers stand among all sentences and units, of the cosines to these."""
    found = softmax_loss((sentences / TEMPERATURE).masked_fill(gold.helps, -math.inf), gold.answers)
    return found + UNITS_WORTH * softmax_loss(units / TEMPERATURE, gold.units)


def softmax_loss(logits: Any, right: Any) -> Any:
    """Mean negative log of the share that the right ones have of a row's softmax; rows with none right don't count."""
    import torch

    counts = right.any(1)
    if not counts.any():
        return torch.zeros(())
    logits, right = logits[counts], right[counts]
    return (torch.logsumexp(logits, 1) - torch.logsumexp(logits.masked_fill(~right, -math.inf), 1)).mean()


def _measured(learner: _Learner, matters: Sequence[Matter], epoch: int) -> Progress:
    import torch

    gold = Gold(matters)
    with torch.no_grad():
        units, sentences, _ = learner.units([unit for matter in matters for unit in matter.units])
        questions, _ = learner.questions([ask.text for matter in matters for ask in matter.asks])
    own = np.where(gold.own.numpy(), (questions @ sentences.T).numpy(), -1.0)
    order, nearest_unit = np.argsort(-own, axis=1)[:, :3], (questions @ units.T).numpy().argmax(1)
    answers = np.take_along_axis(gold.answers.numpy(), order, axis=1)
    in_unit = gold.units.numpy()[np.arange(len(nearest_unit)), nearest_unit]
    asks = [ask for matter in matters for ask in matter.asks]
    by_language: dict[Language, Measured] = {}
    for language in ("sv", "en"):
        rows = [row for row, ask in enumerate(asks) if ask.language == language and ask.answers]
        by_language[language] = Measured(
            len(rows), float(answers[rows, 0].mean()), float(answers[rows].any(1).mean()), float(in_unit[rows].mean())
        )
    return Progress(epoch, by_language, told_apart(own.max(1), gold.answers.numpy().any(1)))


def told_apart(nearest: NDArray[np.float64], answered: NDArray[np.bool_]) -> float:
    """Area under the ROC curve of the nearest sentence's score, (questions,), as a sign that the question is answered."""
    from scipy.stats import rankdata

    ranks = rankdata(nearest)
    positives, negatives = int(answered.sum()), int((~answered).sum())
    return float((ranks[answered].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def _line(progress: Progress) -> str:
    parts = (
        f"{language}: own sentence first {each.first:.3f}, among three {each.first_three:.3f}, unit first {each.unit:.3f} (n {each.questions})"
        for language, each in progress.by_language.items()
    )
    return f"held out, epoch {progress.epoch}: {'; '.join(parts)}; answerable told apart {progress.told_apart:.3f}"
