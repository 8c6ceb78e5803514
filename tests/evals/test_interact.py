"""Interacting: what is learned helps, is written beside the layers, and compares in learning as in use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from evals.interact import Comparison, _heard, beginning, hear, interact
from evals.material import Unit, written
from ingest.adapter import read_adapter, read_interaction, write_adapter
from ingest.encode import OnnxEncoder
from ingest.model import Span
from ingest.prepare import prepared_folder
from ingest.prompts import Prompts
from ingest.weights import PASSAGE_PROMPT, QUERY_PROMPT
from tests.evals.matters import matter
from tests.ingest.tiny_weights import write_tiny_weights


@pytest.fixture
def encoder(tmp_path: Path) -> OnnxEncoder:
    folder = prepared_folder(tmp_path / "cache", "int8", lambda _: None, write_tiny_weights(tmp_path))
    return OnnxEncoder(folder, Prompts(QUERY_PROMPT, PASSAGE_PROMPT), "tiny", threads=1)


def test_what_is_learned_is_written_beside_the_layers(tmp_path: Path, encoder: OnnxEncoder) -> None:
    change = (np.ones((2, 1), dtype=np.float32), np.ones((1, 2), dtype=np.float32))
    before, out = tmp_path / "before.npz", tmp_path / "after.npz"
    write_adapter({"l0.q": change}, before)
    said: list[str] = []
    history = interact(encoder, before, [matter(number) for number in range(9)], out, said.append, epochs=30)
    assert [each.epoch for each in history] == list(range(1, 31))
    losses = [float(line.partition("loss ")[2].partition(";")[0]) for line in said if "loss" in line]
    assert losses[-1] < losses[0] / 2
    assert history[-1].first == {"sv": 1.0, "en": 1.0}
    assert np.array_equal(read_adapter(out)["l0.q"][0], change[0])
    assert read_interaction(out) is not None


def test_words_and_signs_are_compared_in_learning_as_they_are_in_use(encoder: OnnxEncoder) -> None:
    heard = hear(encoder, matter(0))
    learner = Comparison(*beginning([heard]))
    with torch.no_grad():
        for each in learner.signs:
            each.normal_()
        met, logits = learner.met(heard).numpy(), learner.logits(heard).numpy()
    cosine, words, none = (float(each) for each in learner.shares.detach())
    encoder._interaction = learner.interaction()
    for row, ask in enumerate(matter(0).asks):
        asked = encoder.encode_questions([ask.text])[0][1]
        assert asked is not None
        of_units = [encoder.encode_spans(*_spelt(unit)).words for unit in matter(0).units]
        known = [each for each in of_units if each is not None]
        assert np.concatenate([asked.met_by(each).by_each for each in known]) == pytest.approx(met[row], abs=0.02)
        suited = logits[row] - cosine * heard.cosines[row] - words * met[row] - none
        assert np.concatenate([asked.suited_by(each) for each in known]) == pytest.approx(suited, abs=0.01)


def test_what_only_helps_is_left_out_of_the_loss(encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.interact.DROPOUT", 0.0)
    heard = hear(encoder, matter(0))
    learner = Comparison(*beginning([heard]))
    assert heard.helps.tolist() == [[False, False, False, True], [False] * 4, [False] * 4]
    with torch.no_grad():
        logits = learner.logits(heard)
        loss = learner.loss(heard).item()
    shares = torch.softmax(
        torch.cat([torch.zeros(3, 1), logits.masked_fill(torch.from_numpy(heard.helps), -torch.inf)], 1), 1
    )
    assert loss == pytest.approx(-(shares[0, 1].log() + shares[1, 2].log() + shares[2, 0].log()).item() / 3, rel=1e-4)


def test_longer_texts_do_not_change_what_shorter_ones_give(encoder: OnnxEncoder) -> None:
    alone = hear(encoder, matter(0))
    longer = replace(matter(0), units=(*matter(0).units, Unit("c", ("kommun två en tre två",))))
    padded = hear(encoder, longer)
    learner = Comparison(*beginning([alone]))
    with torch.no_grad():
        assert np.allclose(learner.met(padded)[:, :4].numpy(), learner.met(alone).numpy(), atol=1e-3)


def test_progress_is_told(encoder: OnnxEncoder) -> None:
    said: list[str] = []
    assert len(_heard(encoder, [matter(1), matter(2)], said.append)) == 2
    assert said == ["2 of 2 matters encoded"]


def _spelt(unit: Unit) -> tuple[str, list[Span]]:
    text, spans = written(unit)
    before = len(PASSAGE_PROMPT)
    return text[before:], [Span(start - before, end - before) for start, end in spans]
