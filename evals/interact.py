"""Interact: what questions and sentences are compared by, word by word and by signs, is learned from training material.

The encoder stays as it is. A sentence's logit as the answer to a question is a sum of three, each with a share that is learned too:
their cosine, how fully its words meet the question's, and what its signs are worth to the question (`ingest.interaction`). The
loss is the negative log of the share that the answers, or "none of these" where nothing answers, have of the softmax over the
sentences of the question's matter and "none of these"; sentences that only help are left out.

Material that the encoder itself learned from teaches too little here, for there it finds the answers by heart: most of it
should be new to it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.model import Language
from evals.adapt import SEED, divided, told_apart
from evals.learning import warming_up
from evals.material import Matter, written
from ingest.adapter import read_adapter, write_adapter
from ingest.encode import OnnxEncoder
from ingest.interaction import SIZE, Interaction, spoken
from ingest.model import Span
from ingest.pool import Vector, inside, mean_vector, normalised, span_vectors
from ingest.signs import SIGNS, signs_of
from ingest.weights import PASSAGE_PROMPT

EPOCHS = 5
PROJECTION_RATE, SIGNS_RATE, SHARES_RATE = 2e-3, 5e-3, 0.1
SIGNS_DECAY = 0.05
DROPOUT = 0.1  # of the numbers of token vectors
WARM_UP = 50  # matters
COSINE_SHARE, WORDS_SHARE, NONE = 30.0, 10.0, -30.0  # at first: of the two in a logit, and what is added to it
SPREAD = 2.5  # vectors of questions lie close together: their differences from the mean are learned from times this
EVERY = 20  # tokens: so manyth is looked at for the directions that the projection begins with


@dataclass(frozen=True)
class Heard:
    """A matter as the encoder gives it; tokens are padded to the longest sentence or question, and the masks say which count.

    Arrays may be tensors of torch.
    """

    questions: Any  # (questions, dimensions)
    question_tokens: Any  # (questions, tokens, dimensions)
    question_mask: Any  # (questions, tokens), bool
    sentence_tokens: Any  # (sentences, tokens, dimensions)
    sentence_mask: Any  # (sentences, tokens), bool
    cosines: Any  # (questions, sentences)
    signs: NDArray[np.bool_]  # (sentences, SIGNS)
    answers: NDArray[np.bool_]  # (questions, sentences)
    helps: NDArray[np.bool_]  # (questions, sentences)
    languages: tuple[Language, ...]  # (questions,)


@dataclass(frozen=True)
class Progress:
    """How well the answers are found in matters held out, after an epoch."""

    epoch: int
    first: Mapping[Language, float]  # share of the questions with an answer whose best sentence is one
    told_apart: float  # area under the ROC curve: questions with and without an answer, by their best sentence


def interact(
    encoder: OnnxEncoder,
    adapter: Path,
    matters: Sequence[Matter],
    out: Path,
    report: Callable[[str], None],
    epochs: int = EPOCHS,
) -> tuple[Progress, ...]:
    """Learn from `matters` and write what was learned to `out`, beside the changes to the layers that `adapter` holds.

    Args:
        encoder: the one whose tokens are compared; with the same changes to its layers.
        adapter: a file that `radslag adapt` wrote.
        matters: training material; of it a part is not learned from but measured on.
        out: file to write; replaced.
        report: is told of the progress in whole lines.
        epochs: how often all material is gone through.

    Raises:
        EncoderError: `adapter` can't be read.
    """
    import torch

    torch.manual_seed(SEED)
    layers = read_adapter(adapter)
    order = random.Random(SEED)
    learned, held_out = (_heard(encoder, several, report) for several in divided(matters))
    learner = Comparison(*beginning(learned))
    steps = epochs * len(learned)
    optimiser = torch.optim.AdamW(
        [
            {"params": learner.projection, "lr": PROJECTION_RATE},
            {"params": learner.signs, "lr": SIGNS_RATE, "weight_decay": SIGNS_DECAY},
            {"params": [learner.shares], "lr": SHARES_RATE},
        ],
        weight_decay=0.0,
    )
    schedule = warming_up(optimiser, WARM_UP, steps)
    history = []
    for epoch in range(1, epochs + 1):
        order.shuffle(learned)
        losses = []
        for matter in learned:
            optimiser.zero_grad()
            loss = learner.loss(matter)
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        history.append(measured(learner, held_out, epoch))
        report(f"epoch {epoch}: loss {np.mean(losses):.3f}; {line(history[-1])}")
    write_adapter(layers, out, learner.interaction())
    return tuple(history)


class Comparison:
    """What is learned, and the logits it gives; `begun` is where it begins, `middle` the mean vector of questions."""

    def __init__(self, begun: Interaction, middle: Vector) -> None:
        import torch

        def learned(numbers: Any) -> Any:
            return torch.nn.Parameter(torch.as_tensor(numbers, dtype=torch.float32).clone())

        self._centre, self._middle = torch.from_numpy(begun.centre), torch.from_numpy(middle)
        self._question, self._sentence = learned(begun.question), learned(begun.sentence)
        self._worth, self._bias = learned(begun.worth), learned(begun.bias)
        self._signs = learned(begun.signs / SPREAD)
        self._sign_bias = learned(begun.sign_bias + middle @ begun.signs)
        self.shares = learned([COSINE_SHARE, WORDS_SHARE, NONE])
        self.projection = [self._question, self._sentence, self._worth, self._bias]
        self.signs = [self._signs, self._sign_bias]

    def interaction(self) -> Interaction:
        """What has been learned so far."""
        signs = SPREAD * self._signs
        learned = (self._centre, self._question, self._sentence, self._worth, self._bias)
        return Interaction(
            *(each.detach().numpy() for each in (*learned, signs, self._sign_bias - self._middle @ signs))
        )

    def logits(self, matter: Heard, dropout: float = 0.0) -> Any:
        """Of each sentence as the answer, against "none of these", (questions, sentences)."""
        import torch

        cosine, words, none = self.shares
        asked = SPREAD * (torch.as_tensor(matter.questions) - self._middle) @ self._signs + self._sign_bias
        suited = asked @ torch.as_tensor(matter.signs).float().T
        return cosine * torch.as_tensor(matter.cosines) + words * self.met(matter, dropout) + suited + none

    def met(self, matter: Heard, dropout: float = 0.0) -> Any:
        """How fully each sentence answers to a question's tokens, (questions, sentences); see `Asked.met_by`."""
        import torch
        from torch.nn import functional

        asked = functional.dropout(torch.as_tensor(matter.question_tokens).float(), dropout) - self._centre
        told = functional.dropout(torch.as_tensor(matter.sentence_tokens).float(), dropout) - self._centre
        counted, filled = torch.as_tensor(matter.question_mask), torch.as_tensor(matter.sentence_mask)
        likenesses = torch.einsum(
            "qkd,sld->qksl",
            functional.normalize(asked @ self._question, dim=-1),
            functional.normalize(told @ self._sentence, dim=-1),
        )
        nearest = likenesses.masked_fill(~filled, -math.inf).amax(-1).masked_fill(~filled.any(-1), -1.0)
        worth = torch.sigmoid(asked @ self._worth + self._bias) * counted
        return torch.einsum("qk,qks->qs", worth / worth.sum(-1, keepdim=True).clamp(min=1e-6), nearest)

    def loss(self, matter: Heard) -> Any:
        import torch

        answers = torch.as_tensor(matter.answers)
        told = self.logits(matter, DROPOUT).masked_fill(torch.as_tensor(matter.helps), -math.inf)
        logits = torch.cat([torch.zeros(len(told), 1), told], 1)
        right = torch.cat([~answers.any(1, keepdim=True), answers], 1)
        return (torch.logsumexp(logits, 1) - torch.logsumexp(logits.masked_fill(~right, -math.inf), 1)).mean()


def beginning(matters: Sequence[Heard]) -> tuple[Interaction, Vector]:
    """Where learning begins: tokens compared in the directions that they differ most in, signs worth nothing; and questions' mean vector."""
    tokens = np.concatenate([each.sentence_tokens[each.sentence_mask] for each in matters])
    centre = tokens.mean(axis=0, dtype=np.float32)
    components = np.linalg.svd(normalised(tokens[::EVERY] - centre), full_matrices=False)[2][:SIZE].T
    wide, nothing = len(centre), np.zeros((), dtype=np.float32)
    begun = Interaction(
        centre,
        components,
        components,
        np.zeros(wide, dtype=np.float32),
        nothing,
        np.zeros((wide, len(SIGNS)), dtype=np.float32),
        np.zeros(len(SIGNS), dtype=np.float32),
    )
    return begun, np.concatenate([each.questions for each in matters]).mean(axis=0)


def _heard(encoder: OnnxEncoder, matters: Sequence[Matter], report: Callable[[str], None]) -> list[Heard]:
    """The matters as the encoder gives them."""
    heard = []
    with ThreadPoolExecutor(encoder.workers) as threads:
        for number, each in enumerate(threads.map(lambda matter: hear(encoder, matter), matters), 1):
            heard.append(each)
            if number % 50 == 0 or number == len(matters):
                report(f"{number} of {len(matters)} matters encoded")
    return heard


def hear(encoder: OnnxEncoder, matter: Matter) -> Heard:
    """One matter as the encoder gives it."""
    sentences: list[Vector] = []
    means: list[Vector] = []
    for unit in matter.units:
        text, places = written(unit)
        spans = [Span(start - len(PASSAGE_PROMPT), end - len(PASSAGE_PROMPT)) for start, end in places]
        tokens, offsets = encoder.passage_tokens(text.removeprefix(PASSAGE_PROMPT))
        means.append(span_vectors(tokens, offsets, spans, mean_vector(tokens)))
        sentences += [tokens[its] if its.any() else tokens[spoken(offsets)] for its in inside(offsets, spans)]
    encoded = [encoder.question_tokens(ask.text) for ask in matter.asks]
    questions = np.array([mean_vector(tokens) for tokens, _ in encoded])
    question_tokens, question_mask = _padded([tokens[spoken(offsets)] for tokens, offsets in encoded])
    sentence_tokens, sentence_mask = _padded(sentences)
    return Heard(
        questions,
        question_tokens,
        question_mask,
        sentence_tokens,
        sentence_mask,
        cosines=questions @ np.concatenate(means).T,
        signs=signs_of([sentence for unit in matter.units for sentence in unit.sentences]),
        answers=np.array([[place in ask.answers for place in matter.places] for ask in matter.asks]),
        helps=np.array([[place in ask.helps for place in matter.places] for ask in matter.asks]),
        languages=tuple(ask.language for ask in matter.asks),
    )


def _padded(texts: Sequence[Vector]) -> tuple[NDArray[np.float16], NDArray[np.bool_]]:
    """The tokens of several texts, (texts, tokens, dimensions), and which of them are there, (texts, tokens)."""
    lengths = np.array([len(text) for text in texts])
    mask = np.arange(max(1, lengths.max())) < lengths[:, None]
    tokens = np.zeros((*mask.shape, texts[0].shape[1]), dtype=np.float16)
    tokens[mask] = np.concatenate(texts)
    return tokens, mask


def measured(learner: Comparison, matters: Sequence[Heard], epoch: int) -> Progress:
    import torch

    with torch.no_grad():
        logits = [learner.logits(matter).numpy() for matter in matters]
    best = np.concatenate([each.max(axis=1) for each in logits])
    answered = np.concatenate([each.answers.any(axis=1) for each in matters])
    right = np.concatenate(
        [each.answers[np.arange(len(of)), of.argmax(axis=1)] for each, of in zip(matters, logits, strict=True)]
    )
    languages = np.concatenate([each.languages for each in matters])
    asked: tuple[Language, ...] = ("sv", "en")
    first = {language: float(right[answered & (languages == language)].mean()) for language in asked}
    return Progress(epoch, first, told_apart(best, answered))


def line(progress: Progress) -> str:
    first = ", ".join(f"{language} {share:.3f}" for language, share in progress.first.items())
    return f"held out: own sentence first {first}; answerable told apart {progress.told_apart:.3f}"
