"""The real model: what it finds, what 8 bits lose, how it cuts texts into tokens."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from ingest.encode import Encoder, load_encoder
from ingest.model import Span
from ingest.prepare import prepared_folder
from ingest.settings import Settings, load_settings

pytestmark = pytest.mark.slow

KÖPING = Path(__file__).parents[2] / "corpus" / "koping" / "002_bb1c2f2fbae1ae61.txt"
HARD_TEXTS = [
    "å ä ö Å Ä Ö é",
    "§ 23 punkt 2",
    "1 234 567,50 kr den 2023-05-01",
    "mjukt binde\u00adstreck",
    "😀👍🏽",
    "“citat” – tankstreck",
    "",
]


@pytest.fixture(scope="module")
def real_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def real(real_settings: Settings) -> Encoder:
    return load_encoder(real_settings)


@pytest.fixture(scope="module")
def real_torch(real_settings: Settings) -> Encoder:
    return load_encoder(real_settings.model_copy(update={"precision": "float32"}))


def sentences() -> list[str]:
    """The sentences and list items of a real document."""
    blocks = [" ".join(block.split()) for block in KÖPING.read_text(encoding="utf-8").split("\n\n")]
    found = [sentence for block in blocks for sentence in block.replace(". ", ".\n").split("\n")]
    return [sentence for sentence in found if len(sentence) > 20]


def test_eight_bits_lose_next_to_nothing(real: Encoder, real_torch: Encoder) -> None:
    texts = sentences() + HARD_TEXTS
    cosines = (real.encode_passages(texts) * real_torch.encode_passages(texts)).sum(axis=1)
    assert cosines.mean() > 0.995
    assert cosines.min() > 0.985
    assert real.fingerprint != real_torch.fingerprint


@pytest.mark.parametrize("question", ["när likvideras Västra Mälardalen?", "when is Västra Mälardalen liquidated?"])
@pytest.mark.parametrize("name", ["real", "real_torch"])
def test_finds_the_sentence_that_answers(question: str, name: str, request: pytest.FixtureRequest) -> None:
    encoder: Encoder = request.getfixturevalue(name)
    scores = encoder.encode_passages(sentences()) @ encoder.encode_query(question)
    assert "Mälardalen likvideras när" in sentences()[int(scores.argmax())]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Vad betalar Köping?", 0),
        ("What does Köping pay?", 0),
        ("När börjar styrelsen?", 1),
        ("When does it start?", 1),
    ],
)
def test_finds_the_span_that_answers(question: str, answer: int, real: Encoder) -> None:
    first, second = "Köpings kommun betalar 375 000 kronor om året.", "Den interimistiska styrelsen börjar den 1 maj."
    both = [Span(0, len(first)), Span(len(first) + 1, len(first) + 1 + len(second))]
    seen = real.encode_spans(f"{first} {second}", both)
    vector, asked = real.encode_questions([question])[0]
    assert (seen.spans @ vector).argmax() == answer
    assert asked is not None
    assert seen.words is not None
    assert asked.met_by(seen.words).by_each.argmax() == answer


@pytest.fixture(scope="module")
def tokenizer(real_settings: Settings) -> Tokenizer:
    folder = prepared_folder(real_settings.cache, "int8", print)
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def test_tokens_are_those_of_xlm_roberta(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("Hello world!").ids == [0, 35378, 8999, 38, 2]
    assert tokenizer.encode("§ 23").tokens == ["<s>", "▁§", "▁23", "</s>"]
    assert tokenizer.encode("").ids == [0, 2]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("två  ord ", "två ord"),
        ("375\u00a0000", "375 000"),
        ("en\r\nrad\ttill", "en rad till"),
        (unicodedata.normalize("NFD", "Västra Mälardalen på Åland"), "Västra Mälardalen på Åland"),
        ("ﬁnansiering ½ ＡＢ", "finansiering 1⁄2 AB"),
        ("bom\ufeff och \u200b tecken\x07", "bom och tecken"),
    ],
)
def test_texts_that_look_alike_are_alike(tokenizer: Tokenizer, text: str, same: str) -> None:
    assert tokenizer.encode(text).ids == tokenizer.encode(same).ids


@pytest.mark.parametrize("text", [text for text in HARD_TEXTS if text])
def test_no_character_gets_lost(tokenizer: Tokenizer, text: str) -> None:
    encoding = tokenizer.encode(text)
    covered = {place for start, end in encoding.offsets for place in range(start, end)}
    assert {place for place, character in enumerate(text) if not character.isspace()} <= covered


def test_long_texts_are_cut_off_at_512_tokens(tokenizer: Tokenizer, real: Encoder) -> None:
    text = "kommunfullmäktige " * 2_000
    assert len(tokenizer.encode(text).ids) == 512
    assert np.array_equal(*real.encode_passages([text, text + "slut"]))
