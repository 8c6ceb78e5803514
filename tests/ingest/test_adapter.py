"""The adapter is read as it was written, names the model, and is refused by name when it is broken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.adapter import PARTS, checksum, read_adapter, write_adapter
from ingest.errors import EncoderError
from ingest.weights import embedded_weights, identity_of, open_weights
from tests.ingest.tiny_weights import SIZES, write_tiny_weights

ONE = {"l0.q": (np.full((SIZES.hidden, 2), 0.5, dtype=np.float32), np.full((2, SIZES.hidden), 0.25, dtype=np.float32))}


def test_is_read_as_written_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    write_adapter(ONE, tmp_path / "one.npz")
    write_adapter(ONE, tmp_path / "again.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "again.npz").read_bytes()
    up, down = read_adapter(tmp_path / "one.npz")["l0.q"]
    assert np.array_equal(up, ONE["l0.q"][0])
    assert np.array_equal(down, ONE["l0.q"][1])


def test_changes_the_matrices_it_names_and_no_others(tmp_path: Path) -> None:
    plain = write_tiny_weights(tmp_path)
    write_adapter(ONE, tmp_path / "one.npz")
    before, after = open_weights(plain), open_weights(replace(plain, adapter=tmp_path / "one.npz"))
    change = after.matrix("l0.q", SIZES.hidden) - before.matrix("l0.q", SIZES.hidden)
    assert np.allclose(change, 2 * 0.5 * 0.25, atol=1e-6)
    assert np.array_equal(after.matrix("l0.k", SIZES.hidden), before.matrix("l0.k", SIZES.hidden))


def test_another_adapter_is_another_model(tmp_path: Path) -> None:
    write_adapter(ONE, tmp_path / "one.npz")
    write_adapter({"l0.k": ONE["l0.q"]}, tmp_path / "other.npz")
    names = {identity_of("a" * 64, path) for path in (None, tmp_path / "one.npz", tmp_path / "other.npz")}
    assert len(names) == 3


@pytest.mark.parametrize("content", [None, b"no archive", b"PK\x03\x04 cut short"])
def test_a_missing_or_broken_file_is_named_with_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EncoderError, match=r"broken\.npz.*reinstall"):
        read_adapter(path)


@pytest.mark.slow
def test_the_one_that_comes_with_the_program_fits_the_embedded_model() -> None:
    file = embedded_weights()
    assert file.adapter is not None
    adapter = read_adapter(file.adapter)
    sizes = open_weights(replace(file, adapter=None)).architecture
    assert set(adapter) == {f"l{layer}.{part}" for layer in range(sizes.layers) for part in PARTS}
    wide, hidden = sizes.feed_forward, sizes.hidden
    shapes = {name: (up.shape[0], down.shape[1]) for name, (up, down) in adapter.items()}
    assert shapes["l0.q"] == (hidden, hidden)
    assert shapes["l11.fi"] == (wide, hidden)
    assert shapes["l11.fo"] == (hidden, wide)
    assert len(checksum(file.adapter)) == 8
