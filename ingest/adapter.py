"""Adapter: what was learned beyond the embedded weights, to be added to them when the encoder is prepared.

The file holds, for each matrix of the encoder's layers, two thin matrices in half precision whose product is the change
(low-rank adaptation). It was learned from the material in `evals/training` by `radslag adapt`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from ingest.errors import EncoderError

PARTS = ("q", "k", "v", "ao", "fi", "fo")  # matrices of a layer, as `ingest.weights` names them
Adapter = Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]]  # name -> (rows, rank), (rank, columns)


FILE = Path(__file__).with_name("adapter.npz")


def write_adapter(adapter: Adapter, path: Path) -> None:
    """Write the file; the same adapter gives the same bytes."""
    halves = {
        f"{name}.{half}": matrix.astype(np.float16)
        for name, pair in adapter.items()
        for half, matrix in zip(("up", "down"), pair, strict=True)
    }
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **halves)


def read_adapter(path: Path) -> Adapter:
    """The adapter in a file.

    Raises:
        EncoderError: the file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as halves:
            names = sorted({name.rpartition(".")[0] for name in halves.files})
            return {
                name: (halves[f"{name}.up"].astype(np.float32), halves[f"{name}.down"].astype(np.float32))
                for name in names
            }
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise EncoderError(f"cannot read the encoder's adapter {path}: {error}; reinstall Rådslag") from error


@cache
def checksum(path: Path) -> str:
    """8 hexadecimal digits that change with the file.

    Raises:
        EncoderError: the file can't be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    except OSError as error:
        raise EncoderError(f"cannot read the encoder's adapter {path}: {error}; reinstall Rådslag") from error
