"""Tiny networks as ONNX files, made here; import it behind `pytest.importorskip("onnx")`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZE = 32
PATCH = 4
CHANNELS = 6
GRID = SIZE // PATCH
OUTPUTS = ("features", "pooled", "logits")


def maps(path: Path, batch: int | str = "n", layout: str = "first") -> Path:
    """Convolution and ReLU (features), their means (pooled), and a dense layer (logits)."""
    shape = [batch, 3, SIZE, SIZE] if layout == "first" else [batch, SIZE, SIZE, 3]
    turn = helper.make_node("Transpose", ["x"], ["turned"], perm=[0, 3, 1, 2])
    nodes = [
        *([turn] if layout == "last" else []),
        _patches("x" if layout == "first" else "turned", "convolved"),
        helper.make_node("Relu", ["convolved"], ["features"]),
        helper.make_node("ReduceMean", ["features"], ["pooled"], axes=[2, 3], keepdims=0),
        helper.make_node("MatMul", ["pooled", "dense"], ["logits"]),
    ]
    return save(path, nodes, shape, OUTPUTS, [*kernel(), _numbers("dense", (CHANNELS, 5))])


def tokens(path: Path, batch: int | str = "n", extra: int = 1, turned: bool = False) -> Path:
    """Patches as tokens behind `extra` copies of their maximum: (n, extra + 64, 6).

    turned: the tokens first, (extra + 64, n, 6).
    """
    joined = "joined" if turned else "tokens"
    nodes = [
        _patches("x", "convolved"),
        helper.make_node("Reshape", ["convolved", "flat"], ["rows"]),
        helper.make_node("Transpose", ["rows"], ["places"], perm=[0, 2, 1]),
        helper.make_node("ReduceMax", ["places"], ["first"], axes=[1], keepdims=1),
        helper.make_node("Concat", [*["first"] * extra, "places"], [joined], axis=1),
        *([helper.make_node("Transpose", [joined], ["tokens"], perm=[1, 0, 2])] if turned else []),
    ]
    flat = numpy_helper.from_array(np.array([0, CHANNELS, -1], np.int64), "flat")
    return save(path, nodes, [batch, 3, SIZE, SIZE], ["tokens"], [*kernel(), flat])


def in_halves(path: Path) -> Path:
    """The network at `path` with weights, input and outputs in float16."""
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32:
            tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), tensor.name))
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.elem_type = TensorProto.FLOAT16
    onnx.save(model, path)
    return path


def mixing(path: Path) -> Path:
    """Takes any number of pictures, and gives each what the mean of all adds to it."""
    nodes = [
        helper.make_node("ReduceMean", ["x"], ["mean"], axes=[0], keepdims=1),
        helper.make_node("Add", ["x", "mean"], ["mixed"]),
    ]
    return save(path, nodes, ["n", 3, SIZE, SIZE], ["mixed"], [])


def save(
    path: Path,
    nodes: Sequence[Any],
    shape: Sequence[int | str],
    outputs: Sequence[str],
    weights: Sequence[Any],
    domain: str = "",
) -> Path:
    """Write a graph with one input, x, of this shape."""
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)
    found = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
    graph = helper.make_graph(nodes, "graph", [given], found, weights)
    opsets = [helper.make_opsetid("", 17), *([helper.make_opsetid(domain, 1)] if domain else [])]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="a test", ir_version=8)
    onnx.save(model, path)
    return path


def reference(path: Path, output: str, pictures: np.ndarray) -> np.ndarray:
    """What ONNX's own reference computes as a tensor, from the network's own input."""
    from onnx.reference import ReferenceEvaluator

    model = onnx.load(path)
    model.graph.output.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, None))
    (given,) = ReferenceEvaluator(model).run([output], {"x": pictures})
    return given


def _patches(given: str, name: str) -> Any:
    side = [PATCH, PATCH]
    return helper.make_node("Conv", [given, "w", "b"], [name], kernel_shape=side, strides=side)


def kernel() -> list[Any]:
    """Weights w and bias b of the convolution."""
    return [_numbers("w", (CHANNELS, 3, PATCH, PATCH)), _numbers("b", (CHANNELS,))]


def _numbers(name: str, shape: tuple[int, ...]) -> Any:
    rng = np.random.default_rng(len(name) + sum(shape))
    return numpy_helper.from_array(rng.normal(0, 0.3, shape).astype(np.float32), name)
