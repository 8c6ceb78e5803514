"""The embedded model as an ONNX graph in 8 bits: `token ids (texts, tokens) -> contextual vectors (texts, tokens, hidden)`.

Texts that go through together have the same number of tokens: nothing is padded, so that no attention mask is needed. The graph is written in ONNX Runtime's fused
operators and is quantised as it is built, straight from the 4-bit weights and what the adapter changes in them:

- The word embedding keeps its 4 bits.
- Every matrix product runs in integers. A weight column has one scale; its codes stay within ±64, because the sum of two
  products with 8-bit activations then fits the 16 bits that processors without VNNI instructions add up in.
- Activations are quantised as they come, one scale a tensor. The first and last token carry values 10 to 30 times larger
  than all others into the feed-forward products, which would leave 3 bits for the rest: there each token's row is divided
  by its largest value before and multiplied by it after. That takes the mean cosine to float32 from .997 to .999.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.weights import BLOCK, BlockMatrix, Weights

FILE_NAME = "model.onnx"
INPUT, OUTPUT = "ids", "tokens"

MICROSOFT = "com.microsoft"  # domain of ONNX Runtime's fused operators
OPSET, IR_VERSION = 21, 10  # the first with 4-bit tensors
WEIGHT_LIMIT = 64
SMALLEST_ROW = 0.05  # rows whose largest value is below this are not scaled up further


def write_onnx(weights: Weights, folder: Path) -> None:
    """Write the graph into the folder as `model.onnx`."""
    _Graph(weights).write(folder / FILE_NAME)


class _Graph:
    """The graph as far as it is built; methods add operators and return the name of their result."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._sizes = weights.architecture
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def write(self, path: Path) -> None:
        import onnx
        from onnx import TensorProto, helper

        tokens = self._embed(INPUT)
        for layer in range(self._sizes.layers):
            tokens = self._feed_forward(self._attend(tokens, f"l{layer}"), f"l{layer}")
        self._nodes[-1].output[0] = OUTPUT
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["texts", "n"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["texts", "n", self._sizes.hidden])],
            list(self._constants.values()),
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION), path)

    def _embed(self, ids: str) -> str:
        """Words, positions and the one token type in use, summed and normed."""
        sizes = self._sizes
        words = self._words("emb.word", ids)
        types = self._weights.floats("emb.type").reshape(sizes.token_types, sizes.hidden)
        positions = self._weights.floats("emb.pos").reshape(1, sizes.positions, sizes.hidden) + types[0]
        length = self._add("Shape", ids, start=1)
        one, zero = self._constant("one", np.array([1])), self._constant("zero", np.array([0]))
        seen = self._add("Slice", self._constant("emb.pos", positions), zero, length, one)
        return self._norm(words, seen, "emb.ln")

    def _attend(self, tokens: str, layer: str) -> str:
        """Every token takes from the others: self-attention, added to what it was and normed."""
        names = [f"{layer}.{part}" for part in "qkv"]
        mixed = self._product(tokens, names, self._sizes.hidden, self._bias(*names))
        query, key, value = self._add_many("Split", 3, mixed, axis=2, num_outputs=3)
        seen = self._add("MultiHeadAttention", query, key, value, domain=MICROSOFT, num_heads=self._sizes.heads)
        out = self._product(seen, [f"{layer}.ao"], self._sizes.hidden)
        return self._norm(tokens, out, f"{layer}.aln", self._bias(f"{layer}.ao"))

    def _feed_forward(self, tokens: str, layer: str) -> str:
        """The two-layer network every token goes through, added to what it was and normed."""
        largest = self._largest(self._add("Abs", tokens))
        wide = self._scaled_product(tokens, largest, f"{layer}.fi", self._sizes.hidden)
        active = self._add("BiasGelu", wide, self._bias(f"{layer}.fi"), domain=MICROSOFT)
        largest = self._largest(active)  # GELU is never below -0.17: large values are positive
        out = self._scaled_product(active, largest, f"{layer}.fo", self._sizes.feed_forward)
        return self._norm(tokens, out, f"{layer}.oln", self._bias(f"{layer}.fo"))

    def _largest(self, rows: str) -> str:
        """The largest value of each token's row, but not below `SMALLEST_ROW`."""
        axis = self._constant("last axis", np.array([-1]))
        floor = self._constant("smallest row", np.array([SMALLEST_ROW], dtype=np.float32))
        return self._add("Max", self._add("ReduceMax", rows, axis, keepdims=1), floor)

    def _scaled_product(self, rows: str, largest: str, name: str, columns: int) -> str:
        return self._add("Mul", self._product(self._add("Div", rows, largest), [name], columns), largest)

    def _product(self, rows: str, names: list[str], columns: int, bias: str | None = None) -> str:
        """Rows times the transposed matrices, side by side, in 8-bit integers."""
        matrices = [self._weights.matrix(name, columns) for name in names]
        codes, scales = _quantised(np.concatenate(matrices).T)
        key = "+".join(names)
        inputs = [
            rows,
            self._constant(f"{key}.w", codes),
            self._constant(f"{key}.scale", scales),
            self._constant(f"{key}.zero", np.zeros(len(scales), dtype=np.int8)),
        ]
        return self._add("DynamicQuantizeMatMul", *inputs, *([bias] if bias else []), domain=MICROSOFT)

    def _bias(self, *names: str) -> str:
        return self._constant("+".join(names) + ".b", np.concatenate([self._weights.floats(f"{n}.b") for n in names]))

    def _norm(self, tokens: str, change: str, name: str, bias: str | None = None) -> str:
        """Layer norm of the sum of both and the bias."""
        gain = self._constant(f"{name}.w", self._weights.floats(f"{name}.w"))
        shift = self._constant(f"{name}.b", self._weights.floats(f"{name}.b"))
        inputs = [tokens, change, gain, shift, *([bias] if bias else [])]
        return self._add("SkipLayerNormalization", *inputs, domain=MICROSOFT, epsilon=self._sizes.epsilon)

    def _words(self, name: str, ids: str) -> str:
        """Rows of the word embedding, taken out of its 4-bit form."""
        from onnx import TensorProto, helper

        matrix = self._weights.blocks(name, self._sizes.hidden)
        shape = list(matrix.codes.shape)
        self._constants[name] = helper.make_tensor(name, TensorProto.INT4, shape, _packed(matrix).tobytes(), raw=True)
        scales = self._constant(f"{name}.scale", matrix.scales)
        layout = {"gather_axis": 0, "quantize_axis": 1, "block_size": BLOCK}
        rows = self._add("GatherBlockQuantized", name, ids, scales, domain=MICROSOFT, **layout)
        return self._add("Cast", rows, to=TensorProto.FLOAT)

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def _add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        return self._add_many(operator, 1, *inputs, domain=domain, **attributes)[0]

    def _add_many(self, operator: str, outputs: int, *inputs: str, domain: str = "", **attributes: Any) -> list[str]:
        from onnx import helper

        names = [f"{operator}{len(self._nodes)}.{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operator, inputs, names, domain=domain, **attributes))
        return names


def _quantised(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Codes within ±WEIGHT_LIMIT, and the scale of each column."""
    scales = np.abs(matrix).max(axis=0) / WEIGHT_LIMIT
    scales[scales == 0] = 1
    return np.rint(matrix / scales).astype(np.int8), scales.astype(np.float32)


def _packed(matrix: BlockMatrix) -> NDArray[np.uint8]:
    """Signed 4-bit codes, two neighbours a byte, the first in the low half, as ONNX stores them."""
    signed = matrix.codes ^ 8  # in 4 bits, the same as subtracting 8
    return (signed[:, 0::2] | (signed[:, 1::2] << 4)).astype(np.uint8)
