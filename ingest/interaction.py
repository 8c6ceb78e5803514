"""Late interaction: a question and a sentence compared word by word, after each was encoded by itself.

The means of two texts' token vectors say what both are about; whether the one thing asked for stands in the sentence is often
lost in them. Here each token of the question looks for its likest token of the sentence (the MaxSim of Khattab and Zaharia 2020,
"ColBERT: Efficient and Effective Passage Search via Contextualized Late Interaction over BERT"), and the question as a whole tells
what sorts of things (`ingest.signs`) its answer will hold. What tokens and signs are worth, and the projection to `SIZE`
dimensions, was learned from the material in `evals/training` by `radslag interact`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.model import Span
from ingest.pool import Vector, inside, mean_vector, normalised, span_vectors
from ingest.signs import SIGNS, signs_of

SIZE = 64  # of a token's vector; a byte each is stored
STEPS = 127  # of a byte for 1.0
SIGN_BYTES = -(-len(SIGNS) // 8)


@dataclass(frozen=True)
class Words:
    """The words of a passage's sentences as vectors, sentence by sentence, and what signs each sentence holds."""

    lengths: NDArray[np.int64]  # (sentences,): how many tokens each has
    vectors: NDArray[np.int8]  # (tokens, SIZE), in steps of 1/127
    signs: NDArray[np.bool_]  # (sentences, SIGNS)


@dataclass(frozen=True)
class Seen:
    """A passage as an encoder sees it: its vector, (dimensions,), those of spans within it, (spans, dimensions), and their words.

    All vectors have length 1. `words` is None where the encoder has not learned to compare them.
    """

    passage: Vector
    spans: Vector
    words: Words | None = None


@dataclass(frozen=True)
class Interaction:
    """What was learned for one encoder: token vectors, less their `centre`, times a projection, at length 1.

    Raises:
        ValueError: the shapes don't fit each other.
    """

    centre: Vector  # (dimensions,)
    question: Vector  # (dimensions, SIZE), or another size
    sentence: Vector  # the same shape
    worth: Vector  # (dimensions,): of a question's token, with `bias` through the logistic function
    bias: Vector  # ()
    signs: Vector  # (dimensions, SIGNS): what the vector of a question makes of each sign in its answer, with the next
    sign_bias: Vector  # (SIGNS,)

    def __post_init__(self) -> None:
        wide = (len(self.centre), self.question.shape[1])
        if (self.question.shape, self.sentence.shape, self.worth.shape) != (wide, wide, self.centre.shape):
            raise ValueError("its projections and its centre don't fit each other")
        if (self.signs.shape, self.sign_bias.shape) != ((len(self.centre), len(SIGNS)), (len(SIGNS),)):
            raise ValueError(f"it was not learned of the {len(SIGNS)} signs there are")

    def of_sentences(self, text: str, tokens: Vector, offsets: NDArray[np.int64], spans: Sequence[Span]) -> Words:
        """The words of a passage's sentences; what is given is as `seen` has it. One cut off by the model's limit gets all that was seen."""
        steps = np.rint(STEPS * normalised((tokens - self.centre) @ self.sentence)).astype(np.int8)
        heard_of = np.flatnonzero(spoken(offsets))
        its = [np.flatnonzero(each) if each.any() else heard_of for each in inside(offsets, spans)]
        return Words(
            np.array([len(each) for each in its], dtype=np.int64),
            steps[[place for each in its for place in each]],
            signs_of([span.of(text) for span in spans]),
        )

    def of_question(self, vector: Vector, tokens: Vector) -> Asked:
        """A question made ready: its vector, (dimensions,), and the contextual vectors of its words, (tokens, dimensions)."""
        centred = tokens - self.centre
        worth = 1 / (1 + np.exp(-(centred @ self.worth + self.bias)))
        shares = (worth / worth.sum()).astype(np.float32)
        return Asked(normalised(centred @ self.question), shares, vector @ self.signs + self.sign_bias)


@dataclass(frozen=True)
class Met:
    """How fully the sentences of a passage answer to a question's tokens, -1..1."""

    by_each: Vector  # each sentence to all tokens together, (sentences,)
    one_by_one: Vector  # all sentences together to each token, (tokens,)


@dataclass(frozen=True)
class Asked:
    """What a question asks for, to be held against sentences."""

    tokens: Vector  # at length 1, (tokens, SIZE)
    worth: Vector  # the share of each in what they are worth together, (tokens,)
    signs: Vector  # what each sign is worth in an answer, (SIGNS,)

    def met_by(self, words: Words) -> Met:
        """How fully sentences answer to the question's tokens; one without words gets -1, a question without tokens is answered to by 0."""
        by_each = np.full(len(words.lengths), -1.0, dtype=np.float32)
        one_by_one = np.full(len(self.tokens), -1.0, dtype=np.float32)
        filled = np.flatnonzero(words.lengths)
        if len(filled):
            likenesses = self.tokens @ words.vectors.astype(np.float32).T
            starts = (np.cumsum(words.lengths) - words.lengths)[filled]
            likest = np.maximum.reduceat(likenesses, starts, axis=1) / STEPS
            by_each[filled] = self.worth @ likest
            one_by_one = likest.max(axis=1)
        return Met(by_each, one_by_one)

    def suited_by(self, words: Words) -> Vector:
        """How much better than others each sentence suits by the sorts of things it holds, (sentences,)."""
        suited: Vector = words.signs @ self.signs
        return suited


def seen(
    text: str, tokens: Vector, offsets: NDArray[np.int64], spans: Sequence[Span], interaction: Interaction | None
) -> Seen:
    """The passage `text`, of which an encoder gives `tokens`.

    Args:
        tokens: contextual vectors, (tokens, dimensions).
        offsets: where each token stands in the text, half open, (tokens, 2); empty for a special token.
        spans: stretches of the text, its sentences.
        interaction: how words are compared, where that is known.
    """
    passage = mean_vector(tokens)
    of_spans = interaction.of_sentences(text, tokens, offsets, spans) if interaction else None
    return Seen(passage, span_vectors(tokens, offsets, spans, passage), of_spans)


def heard(tokens: Vector, offsets: NDArray[np.int64], interaction: Interaction | None) -> tuple[Vector, Asked | None]:
    """The vector of a question, (dimensions,), and its words; what is given is as `seen` has it, prompts before 0."""
    vector = mean_vector(tokens)
    return vector, interaction.of_question(vector, tokens[spoken(offsets)]) if interaction else None


def spoken(offsets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which tokens are words of the text, (tokens,): neither special ones nor the prompt's."""
    return offsets[:, 1] > np.maximum(offsets[:, 0], 0)


def packed(words: Words | None) -> bytes:
    """Words as they are stored: the size of a vector, how many each sentence has, its signs as bits, the vectors."""
    if words is None:
        return b""
    sizes = np.array([words.vectors.shape[1], *words.lengths], dtype="<u2")
    return sizes.tobytes() + np.packbits(words.signs, axis=1).tobytes() + words.vectors.tobytes()


def unpacked(stored: bytes, sentences: int) -> Words | None:
    """The reverse of `packed`, of a passage with so many sentences.

    Raises:
        ValueError: the bytes are damaged.
    """
    if not stored:
        return None
    numbers = np.frombuffer(stored, dtype="<u2", count=1 + sentences)
    bits = np.frombuffer(stored, dtype=np.uint8, count=sentences * SIGN_BYTES, offset=numbers.nbytes)
    words = Words(
        numbers[1:].astype(np.int64),
        np.frombuffer(stored, dtype=np.int8, offset=numbers.nbytes + bits.nbytes).reshape(-1, numbers[0]),
        np.unpackbits(bits.reshape(sentences, SIGN_BYTES), axis=1, count=len(SIGNS)).astype(np.bool_),
    )
    if words.lengths.sum() != len(words.vectors):
        raise ValueError(f"{len(words.vectors)} words are stored, not {words.lengths.sum()}")
    return words
