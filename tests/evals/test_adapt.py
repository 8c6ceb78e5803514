"""Adapting: on a tiny encoder, what is learned helps, is written, and is what preparing then adds to the weights."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals.adapt import HELD_OUT, Gold, adapt, divided, softmax_loss
from ingest.adapter import read_adapter
from ingest.errors import UsageError
from ingest.prepare import prepared_folder
from ingest.weights import open_weights
from tests.evals.matters import matter
from tests.ingest.tiny_weights import SIZES, write_tiny_weights


@pytest.mark.slow
def test_what_is_learned_is_what_is_prepared(tmp_path: Path) -> None:
    source = write_tiny_weights(tmp_path)
    plain = prepared_folder(tmp_path / "cache", "float32", lambda _: None, source)
    out = tmp_path / "adapter.npz"
    said: list[str] = []
    history = adapt(plain, [matter(number) for number in range(9)], out, 2, said.append)
    assert [each.epoch for each in history] == [0, 1, 2]
    assert history[0].by_language["sv"].questions == history[0].by_language["en"].questions == 1
    losses = [float(line.rpartition(" ")[2]) for line in said if "loss" in line]
    assert losses[-1] < losses[0]
    adapter = read_adapter(out)
    assert len(adapter) == 6 * SIZES.layers
    changed, before = open_weights(replace(source, adapter=out)), open_weights(source)
    up, down = adapter["l1.fo"]
    difference = changed.matrix("l1.fo", SIZES.feed_forward) - before.matrix("l1.fo", SIZES.feed_forward)
    assert np.abs(difference).max() > 0
    assert np.allclose(difference, up @ down, atol=1e-6)
    other = prepared_folder(tmp_path / "cache", "float32", lambda _: None, replace(source, adapter=out))
    assert other.parent != plain.parent


def test_what_is_kept_back_stays_so_when_matters_are_added() -> None:
    matters = [matter(number) for number in range(400)]
    learned, held_out = divided(matters)
    assert sorted(learned + held_out, key=matters.index) == matters
    assert len(held_out) == pytest.approx(400 / HELD_OUT, rel=0.4)
    assert divided(matters[:100])[1] == [each for each in held_out if each in matters[:100]]
    with pytest.raises(UsageError, match="1 matters are too few"):
        divided(matters[:1])


def test_gold_tells_matters_apart() -> None:
    gold = Gold([matter(0), matter(1)])
    assert gold.answers.sum(1).tolist() == [1, 1, 0, 1, 1, 0]
    assert gold.answers[3].tolist() == [False] * 4 + [True] + [False] * 3
    assert gold.helps[0].tolist() == [False] * 3 + [True] + [False] * 4
    assert gold.own[0].tolist() == [True] * 4 + [False] * 4
    assert gold.units[4].tolist() == [False, False, True, False]


def test_the_loss_is_the_negative_log_of_the_right_ones_share() -> None:
    import torch

    logits = torch.log(torch.tensor([[1.0, 2.0, 5.0], [1.0, 1.0, 1.0]]))
    right = torch.tensor([[True, True, False], [False, False, False]])
    assert float(softmax_loss(logits, right)) == pytest.approx(-math.log(3 / 8))
    assert float(softmax_loss(logits[1:], right[1:])) == 0.0  # nothing is right: nothing to learn
