"""Tuning: the encoder and the comparison learn on together, from where they were left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals.adapt import adapt
from evals.interact import hear, interact
from evals.lora import Learner
from evals.tune import _Learner, tune
from ingest.adapter import read_adapter, read_interaction
from ingest.encode import OnnxEncoder
from ingest.errors import EncoderError
from ingest.prepare import prepared_folder
from ingest.prompts import Prompts
from ingest.weights import PASSAGE_PROMPT, QUERY_PROMPT
from tests.evals.matters import matter
from tests.ingest.tiny_weights import write_tiny_weights

MATTERS = [matter(number) for number in range(9)]


@pytest.mark.slow
def test_what_was_learned_before_is_learned_on_from(tmp_path: Path) -> None:
    source = write_tiny_weights(tmp_path)
    plain = prepared_folder(tmp_path / "cache", "float32", lambda _: None, source)
    layers, before, after = (tmp_path / name for name in ("layers.npz", "before.npz", "after.npz"))
    adapt(plain, MATTERS, layers, 1, lambda _: None)
    with pytest.raises(EncoderError, match="radslag interact"):
        tune(plain, layers, MATTERS, after, lambda _: None)
    prepared = prepared_folder(tmp_path / "cache", "int8", lambda _: None, replace(source, adapter=layers))
    encoder = OnnxEncoder(prepared, Prompts(QUERY_PROMPT, PASSAGE_PROMPT), "tiny", threads=1)
    interact(encoder, layers, MATTERS, before, lambda _: None, epochs=2)

    said: list[str] = []
    history = tune(plain, before, MATTERS, after, said.append, epochs=6)
    assert [each.epoch for each in history] == list(range(7))
    losses = [float(line.rpartition(" ")[2]) for line in said if "loss" in line]
    assert losses[-1] < losses[0]
    old, new = read_interaction(before), read_interaction(after)
    assert old is not None
    assert new is not None
    assert np.array_equal(old.centre, new.centre)
    assert not np.array_equal(old.sentence, new.sentence)
    assert not np.array_equal(read_adapter(before)["l0.q"][0], read_adapter(after)["l0.q"][0])


@pytest.mark.slow
def test_a_matter_is_seen_as_the_encoder_in_use_gives_it(tmp_path: Path) -> None:
    source = write_tiny_weights(tmp_path)
    plain = prepared_folder(tmp_path / "cache", "float32", lambda _: None, source)
    layers, compared = tmp_path / "layers.npz", tmp_path / "compared.npz"
    adapt(plain, MATTERS, layers, 1, lambda _: None)
    prepared = prepared_folder(tmp_path / "cache", "int8", lambda _: None, replace(source, adapter=layers))
    encoder = OnnxEncoder(prepared, Prompts(QUERY_PROMPT, PASSAGE_PROMPT), "tiny", threads=1)
    interact(encoder, layers, MATTERS, compared, lambda _: None, epochs=1)
    begun = read_interaction(compared)
    assert begun is not None

    units, vectors, (told,) = _Learner(plain, compared, begun)._heard([matter(0)])
    heard = hear(encoder, matter(0))
    assert len(units) == len(matter(0).units)
    assert vectors.shape == (len(list(matter(0).places)), units.shape[1])
    for tokens, mask in (("question_tokens", "question_mask"), ("sentence_tokens", "sentence_mask")):
        assert np.array_equal(getattr(told, mask).numpy(), getattr(heard, mask))
        mine, its = getattr(told, tokens).detach().numpy(), getattr(heard, tokens)
        assert np.mean(np.abs(mine - its)[getattr(heard, mask)]) < 0.1 * np.mean(np.abs(its[getattr(heard, mask)]))
    assert told.cosines.detach().numpy() == pytest.approx(heard.cosines, abs=0.05)


@pytest.mark.slow
def test_changes_of_a_lower_rank_grow_without_changing_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_tiny_weights(tmp_path)
    plain = prepared_folder(tmp_path / "cache", "float32", lambda _: None, source)
    layers = tmp_path / "layers.npz"
    monkeypatch.setattr("evals.lora.RANK", 2)
    adapt(plain, MATTERS, layers, 1, lambda _: None)
    small = Learner(plain, read_adapter(layers))
    monkeypatch.setattr("evals.lora.RANK", 5)
    large = Learner(plain, read_adapter(layers))
    assert small.adapter()["l0.q"][0].shape[1] == 2
    assert large.adapter()["l0.q"][0].shape[1] == 5
    assert np.allclose(
        small.questions(["en kommun"])[0].detach(), large.questions(["en kommun"])[0].detach(), atol=1e-5
    )
