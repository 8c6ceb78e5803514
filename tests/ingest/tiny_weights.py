"""A file of weights in the format of the real one, small enough to build and run in milliseconds."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.weights import BLOCK, FLOAT, MAGIC, Q4_0, VERSION, Architecture, WeightsFile

SIZES = Architecture(
    hidden=32, layers=2, heads=4, feed_forward=64, vocabulary=64, positions=24, token_types=2, epsilon=1e-12
)
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
WORDS = ["▁", "▁passage", "▁query", ":", "▁kommun", "kommun", "▁en", "en", "▁två", "▁tre", "."]
PIECES = SPECIAL + WORDS + [chr(code) for code in range(ord("a"), ord("z") + 1)] + list("åäö")


def write_tiny_weights(folder: Path) -> WeightsFile:
    """Write the file; its numbers are drawn at random with a fixed seed."""
    data = tiny_weights()
    path = folder / "tiny.bin"
    path.write_bytes(data)
    return WeightsFile(path, hashlib.sha256(data).hexdigest())


def tiny_weights() -> bytes:
    head = struct.pack("<4sI", MAGIC, VERSION)
    sizes = (SIZES.hidden, SIZES.layers, SIZES.heads, SIZES.feed_forward, SIZES.vocabulary, SIZES.positions)
    head += struct.pack("<7ifi", *sizes, SIZES.token_types, SIZES.epsilon, BLOCK)
    words = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, words)])
    scores = [0.0 if piece in SPECIAL else -8.0 + len(piece) for piece in PIECES]
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    head += offsets.astype("<u4").tobytes() + np.array(scores, "<f4").tobytes() + b"".join(words)
    head += struct.pack("<iI", 1, 9) + b"skip this"
    tensors = _tensors()
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, (type_, count, raw) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", type_, count, start + len(body), len(raw))
        body += raw
    return head + directory + body


def _tensors() -> dict[str, tuple[int, int, bytes]]:
    random = np.random.default_rng(7)

    def floats(count: int, middle: float = 0.0) -> tuple[int, int, bytes]:
        return FLOAT, count, random.normal(middle, 0.1, count).astype("<f4").tobytes()

    def matrix(rows: int, columns: int) -> tuple[int, int, bytes]:
        blocks = rows * columns // BLOCK
        return (
            Q4_0,
            rows * columns,
            pack_blocks(random.integers(0, 16, (blocks, BLOCK)), random.uniform(0.01, 0.05, blocks)),
        )

    hidden, wide = SIZES.hidden, SIZES.feed_forward
    tensors = {
        "emb.word": matrix(SIZES.vocabulary, hidden),
        "emb.pos": floats(SIZES.positions * hidden),
        "emb.type": floats(SIZES.token_types * hidden),
        "emb.ln.w": floats(hidden, 1.0),
        "emb.ln.b": floats(hidden),
    }
    for layer in range(SIZES.layers):
        for part, (rows, columns) in {
            **dict.fromkeys(("q", "k", "v", "ao"), (hidden, hidden)),
            "fi": (wide, hidden),
            "fo": (hidden, wide),
        }.items():
            tensors[f"l{layer}.{part}.w"] = matrix(rows, columns)
            tensors[f"l{layer}.{part}.b"] = floats(rows)
        for norm in ("aln", "oln"):
            tensors[f"l{layer}.{norm}.w"] = floats(hidden, 1.0)
            tensors[f"l{layer}.{norm}.b"] = floats(hidden)
    return tensors


def pack_blocks(codes: NDArray[np.int64], scales: NDArray[np.float64]) -> bytes:
    """Blocks of 4-bit codes (blocks, 32) with their scales, as the file holds them."""
    low, high = codes[:, : BLOCK // 2], codes[:, BLOCK // 2 :]
    packed = (low | (high << 4)).astype(np.uint8)
    return b"".join(np.float16(scale).tobytes() + row.tobytes() for scale, row in zip(scales, packed, strict=True))
