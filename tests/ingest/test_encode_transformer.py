"""Models through sentence-transformers, shown on a tiny one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest.encode import OnnxEncoder, SentenceTransformersEncoder, load_encoder
from ingest.errors import EncoderError
from ingest.model import Span
from ingest.prepare import prepared_folder
from ingest.prompts import Prompts
from ingest.settings import load_settings
from tests.ingest.tiny_weights import SIZES, write_tiny_weights

pytestmark = pytest.mark.slow  # importing the library takes seconds

TEXTS = ["kommun en två.", "", "en kommun", "två tre en kommun"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tiny model for ONNX Runtime and for sentence-transformers."""
    place = tmp_path_factory.mktemp("tiny")
    source = write_tiny_weights(place)
    return prepared_folder(place, "int8", print, source), prepared_folder(place, "float32", print, source)


@pytest.fixture(scope="module")
def encoder(folders: tuple[Path, Path]) -> SentenceTransformersEncoder:
    return SentenceTransformersEncoder.load(load_settings(model=str(folders[1])), print)


def test_both_encoders_agree(folders: tuple[Path, Path], encoder: SentenceTransformersEncoder) -> None:
    light = OnnxEncoder(folders[0], Prompts("query: ", "passage: "), "light", threads=1)
    assert encoder.dimensions == light.dimensions
    assert (encoder.encode_passages(TEXTS) * light.encode_passages(TEXTS)).sum(axis=1).min() > 0.99
    assert encoder.encode_query("en") @ light.encode_query("en") > 0.99  # the prompts saved in the folder are used
    spans = [Span(0, 7), Span(8, 17), Span(90, 95)]
    ours, theirs = light.encode_spans(TEXTS[3], spans), encoder.encode_spans(TEXTS[3], spans)
    assert ours.passage @ theirs.passage > 0.99
    assert (ours.spans * theirs.spans).sum(axis=1).min() > 0.99
    assert encoder.encode_passages([]).shape == (0, light.dimensions)
    assert np.isfinite(encoder.encode_query("en \ud83d")).all()


def test_prompts_of_the_settings_come_before_the_models_own(folders: tuple[Path, Path]) -> None:
    settings = load_settings(model=str(folders[1]), query_prompt="", passage_prompt="en ")
    encoder = SentenceTransformersEncoder.load(settings, print)
    assert np.allclose(encoder.encode_query("en två"), encoder.encode_passages(["två"])[0], atol=1e-6)


def test_a_model_that_does_not_pool_its_tokens_encodes_spans_alone(folders: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "cls"
    shutil.copytree(folders[1], folder)
    pooling = {"word_embedding_dimension": SIZES.hidden, "pooling_mode": "cls"}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    encoder = SentenceTransformersEncoder.load(load_settings(model=str(folder)), print)
    seen = encoder.encode_spans("en två", [Span(0, 2), Span(3, 6)])
    assert np.allclose(seen.passage, encoder.encode_passages(["en två"])[0], atol=1e-6)
    assert np.allclose(seen.spans, encoder.encode_passages(["en", "två"]), atol=1e-6)
    assert seen.words is None
    assert encoder.encode_questions(["en"])[0][1] is None


@pytest.mark.parametrize(
    ("file", "content"), [("config.json", "{"), ("model.safetensors", "nonsense"), ("modules.json", "[]")]
)
def test_a_folder_that_cannot_be_loaded_is_refused_with_what_to_do(
    folders: tuple[Path, Path], tmp_path: Path, file: str, content: str
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(folders[1], folder)
    (folder / file).write_text(content)
    with pytest.raises(EncoderError, match=r"cannot load the model .*broken: .+; name a model made for sentence"):
        load_encoder(load_settings(model=str(folder)))
