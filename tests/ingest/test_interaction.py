"""Late interaction: each word of a question looks for its likest word of a sentence; what is stored comes back as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.adapter import read_adapter, read_interaction, write_adapter
from ingest.encode import OnnxEncoder
from ingest.errors import EncoderError
from ingest.interaction import STEPS, Asked, Interaction, Words, packed, seen, unpacked
from ingest.model import Span
from ingest.pool import normalised
from ingest.prepare import prepared_folder
from ingest.prompts import Prompts
from ingest.signs import PATTERNS, SIGNS
from tests.ingest.tiny_weights import SIZES, write_tiny_weights

CHANCE = np.random.default_rng(1)
LEARNED = Interaction(
    centre=CHANCE.standard_normal(SIZES.hidden).astype(np.float32),
    question=CHANCE.standard_normal((SIZES.hidden, 4)).astype(np.float32),
    sentence=CHANCE.standard_normal((SIZES.hidden, 4)).astype(np.float32),
    worth=np.zeros(SIZES.hidden, dtype=np.float32),
    bias=np.zeros((), dtype=np.float32),
    signs=CHANCE.standard_normal((SIZES.hidden, len(SIGNS))).astype(np.float32),
    sign_bias=CHANCE.standard_normal(len(SIGNS)).astype(np.float32),
)
NO_SIGNS = np.zeros(len(SIGNS), dtype=np.float32)


def words(*sentences: list[tuple[int, int]]) -> Words:
    vectors = [word for sentence in sentences for word in sentence]
    return Words(
        np.array([len(each) for each in sentences], dtype=np.int64),
        np.array(vectors, dtype=np.int8).reshape(-1, 2),
        CHANCE.integers(0, 2, (len(sentences), len(SIGNS))).astype(np.bool_),
    )


def test_each_word_of_the_question_counts_its_likest_word_of_the_sentence_for_what_it_is_worth() -> None:
    asked = Asked(np.eye(2, dtype=np.float32), np.array([0.75, 0.25], dtype=np.float32), NO_SIGNS)
    met = asked.met_by(words([], [(127, 0), (0, 127)], [(127, 0)], [(-127, 0)], [])).by_each
    assert met == pytest.approx([-1, 1, 0.75, -0.75, -1])
    assert asked.met_by(words([])).by_each == pytest.approx([-1])
    assert asked.met_by(words()).by_each.shape == (0,)


def test_only_words_are_compared_neither_prompts_nor_special_tokens(tmp_path: Path) -> None:
    folder = prepared_folder(tmp_path, "int8", lambda _: None, write_tiny_weights(tmp_path))
    encoder = OnnxEncoder(folder, Prompts("kommun ", "kommun två "), "tiny", threads=1, interaction=LEARNED)
    vector, asked = encoder.encode_questions(["en två"])[0]
    assert asked is not None
    assert asked.tokens.shape == (2, 4)
    assert asked.worth.sum() == pytest.approx(1)
    assert np.array_equal(vector, encoder.encode_query("en två"))
    of_spans = encoder.encode_spans("en två tre", [Span(0, 2), Span(3, 10)]).words
    assert of_spans is not None
    assert of_spans.lengths.tolist() == [1, 2]
    nothing = encoder.encode_questions([""])[0][1]
    assert nothing is not None
    assert nothing.met_by(of_spans).by_each == pytest.approx([0, 0])


def test_a_sentence_beyond_the_limit_gets_the_words_that_were_seen(tmp_path: Path) -> None:
    folder = prepared_folder(tmp_path, "int8", lambda _: None, write_tiny_weights(tmp_path))
    encoder = OnnxEncoder(folder, Prompts("", "kommun "), "tiny", threads=1, interaction=LEARNED)
    text = "en två tre kommun " * 20
    of_spans = encoder.encode_spans(text, [Span(0, 6), Span(300, 317)]).words
    assert of_spans is not None
    first, unseen = of_spans.lengths.tolist()
    assert first == 2
    assert 2 < unseen < SIZES.positions


def test_a_sentence_suits_by_its_signs_as_the_question_has_it(tmp_path: Path) -> None:
    folder = prepared_folder(tmp_path, "int8", lambda _: None, write_tiny_weights(tmp_path))
    encoder = OnnxEncoder(folder, Prompts("", ""), "tiny", threads=1, interaction=LEARNED)
    vector, asked = encoder.encode_questions(["en två"])[0]
    text = "en två 5 kronor. tre"
    of_spans = encoder.encode_spans(text, [Span(0, 16), Span(17, 20)]).words
    assert asked is not None
    assert of_spans is not None
    held = np.array([name in ("count", "digit", "money", "prose") for name in SIGNS])
    assert of_spans.signs.tolist() == [held.tolist(), [False] * len(SIGNS)]
    worth = vector @ LEARNED.signs + LEARNED.sign_bias
    assert asked.suited_by(of_spans) == pytest.approx([worth[held].sum(), 0], abs=1e-4)
    assert asked.suited_by(words()).shape == (0,)


def test_a_stored_word_is_the_learned_projection_in_steps() -> None:
    vectors = CHANCE.standard_normal((3, SIZES.hidden)).astype(np.float32)
    offsets = np.array([[0, 2], [3, 6], [0, 0]])
    stored = seen("en två", vectors, offsets, [Span(0, 6)], LEARNED).words
    expected = normalised((vectors[:2] - LEARNED.centre) @ LEARNED.sentence)
    assert stored is not None
    assert np.abs(stored.vectors / STEPS - expected).max() <= 0.5 / STEPS + 1e-6
    assert seen("en två", vectors, offsets, [Span(0, 6)], None).words is None


def test_what_is_stored_comes_back() -> None:
    stored = words([(1, -2), (3, 4)], [], [(5, 6)])
    back = unpacked(packed(stored), 3)
    assert back is not None
    assert back.lengths.tolist() == [2, 0, 1]
    assert np.array_equal(back.vectors, stored.vectors)
    assert np.array_equal(back.signs, stored.signs)
    assert unpacked(packed(None), 3) is None


@pytest.mark.parametrize("cut", [1, 2, 5, 7, 9])
def test_damage_is_noticed(cut: int) -> None:
    stored = packed(words([(1, 2), (3, 4)]))
    with pytest.raises(ValueError, match=r"."):
        unpacked(stored[: len(stored) - cut] if cut < 8 else stored + b"\0\0", 1)


def test_is_kept_in_the_adapter(tmp_path: Path) -> None:
    path = tmp_path / "one.npz"
    change = (np.ones((2, 1), dtype=np.float32), np.ones((1, 2), dtype=np.float32))
    write_adapter({"l0.q": change}, path)
    assert read_interaction(path) is None
    write_adapter({"l0.q": change}, path, LEARNED)
    assert set(read_adapter(path)) == {"l0.q"}
    back = read_interaction(path)
    assert back is not None
    for name, matrix in vars(LEARNED).items():
        assert np.allclose(getattr(back, name), matrix, atol=2e-3), name


def test_a_file_without_one_of_its_parts_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "one.npz").open("wb") as file:
        np.savez(file, allow_pickle=False, patterns=np.uint32(PATTERNS), **{"interaction.centre": np.zeros(2)})
    with pytest.raises(EncoderError, match=r"one\.npz.*reinstall"):
        read_interaction(tmp_path / "one.npz")


@pytest.mark.parametrize("patterns", [{}, {"patterns": np.array(PATTERNS ^ 1, dtype=np.uint32)}])
def test_what_was_learned_of_other_signs_is_refused(tmp_path: Path, patterns: dict[str, NDArray[Any]]) -> None:
    parts: dict[str, Any] = {f"interaction.{name}": matrix for name, matrix in vars(LEARNED).items()}
    with (tmp_path / "one.npz").open("wb") as file:
        np.savez(file, allow_pickle=False, **parts | patterns)
    with pytest.raises(EncoderError, match="signs"):
        read_interaction(tmp_path / "one.npz")


@pytest.mark.parametrize(("part", "reason"), [("centre", "fit each other"), ("sign_bias", "32 signs")])
def test_parts_that_do_not_fit_each_other_are_refused(tmp_path: Path, part: str, reason: str) -> None:
    parts = {f"interaction.{name}": matrix for name, matrix in vars(LEARNED).items()}
    parts[f"interaction.{part}"] = parts[f"interaction.{part}"][:-1]
    with (tmp_path / "one.npz").open("wb") as file:
        np.savez(file, allow_pickle=False, patterns=np.uint32(PATTERNS), **parts)
    with pytest.raises(EncoderError, match=reason):
        read_interaction(tmp_path / "one.npz")


def test_the_one_that_comes_with_the_program_can_be_read() -> None:
    interaction = read_interaction()
    assert interaction is not None
    assert interaction.question.shape == interaction.sentence.shape
    assert len(interaction.centre) == len(interaction.worth) == len(interaction.question)
