"""Adapter: what was learned beyond the embedded weights, to be added to them when the encoder is prepared.

The file holds, in half precision, for each matrix of the encoder's layers two thin matrices whose product is the change
(low-rank adaptation), and what words are compared by (`ingest.interaction`). It was learned from the material in
`evals/training` by `radslag adapt`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from ingest.errors import EncoderError
from ingest.interaction import Interaction
from ingest.signs import PATTERNS

PARTS = ("q", "k", "v", "ao", "fi", "fo")  # matrices of a layer, as `ingest.weights` names them
Adapter = Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]]  # name -> (rows, rank), (rank, columns)

_INTERACTION = "interaction"
_PATTERNS = "patterns"  # what the signs were when their worth was learned

FILE = Path(__file__).with_name("adapter.npz")


def write_adapter(adapter: Adapter, path: Path, interaction: Interaction | None = None) -> None:
    """Write the file; what is the same gives the same bytes."""
    halves = {
        f"{name}.{half}": matrix
        for name, pair in adapter.items()
        for half, matrix in zip(("up", "down"), pair, strict=True)
    }
    if interaction:
        halves |= {f"{_INTERACTION}.{name}": matrix for name, matrix in vars(interaction).items()}
    held: dict[str, NDArray[Any]] = {name: matrix.astype(np.float16) for name, matrix in halves.items()}
    with path.open("wb") as file:
        np.savez_compressed(
            file, allow_pickle=False, **held, **({_PATTERNS: np.uint32(PATTERNS)} if interaction else {})
        )


def read_adapter(path: Path) -> Adapter:
    """The changes to the layers in a file.

    Raises:
        EncoderError: the file is missing or damaged.
    """
    matrices = _matrices(path)
    names = sorted({name.rpartition(".")[0] for name in matrices} - {_INTERACTION, ""})
    try:
        return {name: (matrices[f"{name}.up"], matrices[f"{name}.down"]) for name in names}
    except KeyError as error:
        raise _unreadable(path, error) from error


def read_interaction(path: Path = FILE) -> Interaction | None:
    """What words are compared by, or None when the file says nothing of it.

    Raises:
        EncoderError: the file is missing or damaged.
    """
    before = f"{_INTERACTION}."
    held = {name.removeprefix(before): matrix for name, matrix in _matrices(path, before).items()}
    try:
        if held and _patterns(path) != PATTERNS:
            raise ValueError("the signs of `ingest.signs` are others than it was learned of")
        return Interaction(**held) if held else None
    except (TypeError, ValueError, BadZipFile) as error:
        raise _unreadable(path, error) from error


def _matrices(path: Path, before: str = "") -> dict[str, NDArray[np.float32]]:
    """The matrices in a file whose names begin so."""
    try:
        with np.load(path, allow_pickle=False) as halves:
            return {name: halves[name].astype(np.float32) for name in halves.files if name.startswith(before)}
    except (OSError, ValueError, BadZipFile) as error:
        raise _unreadable(path, error) from error


def _patterns(path: Path) -> int | None:
    with np.load(path, allow_pickle=False) as held:
        return int(held[_PATTERNS]) if _PATTERNS in held else None


def _unreadable(path: Path, error: Exception) -> EncoderError:
    return EncoderError(f"cannot read the encoder's adapter {path}: {error}; reinstall Rådslag")


@cache
def checksum(path: Path) -> str:
    """8 hexadecimal digits that change with the file.

    Raises:
        EncoderError: the file can't be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    except OSError as error:
        raise _unreadable(path, error) from error
