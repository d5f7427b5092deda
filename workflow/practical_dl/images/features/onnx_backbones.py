"""A network from an ONNX file as a backbone: its preprocessing inside, its features channels last.

As every backbone it reads RGB pictures (n, height, width, 3) of 0..255 as float32. It is written in
OpenVINO's own format. Steps are added to the graph before and behind the part of the network that
is used, so that nobody can forget them.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from practical_dl.images.features.onnx_features import Asked, placed, pooled
from practical_dl.images.features.onnx_files import OnnxFile
from practical_dl.images.features.onnx_graphs import (
    WORDS,
    candidates,
    cut_at,
    read_network,
    reason,
    shape_of,
    shape_words,
    with_input_size,
)
from practical_dl.job.errors import SettingError, UserError

GRAPH = "network.xml"
SAME = 1e-2
"""Of the largest feature: how far two batches may differ in the features of one picture."""


def description(
    asked: Asked, file: OnnxFile, found: Mapping[str, Any], precision: str
) -> dict[str, Any]:
    """The content of backbone.json; `found` is what `prepare` gave."""
    tokens = "" if asked.tokens is None else f" ({asked.tokens} of tokens)"
    return {
        "backbone": file.path.stem,
        "layer": f"{asked.output}{tokens}",
        "pool": asked.pool,
        "engine": "openvino",
        "precision": precision,
        "weights": file.path.name,
        "weights_sha256": file.sha256(),
        "input_size": list(asked.input_size),
        "feature_shape": found["feature_shape"],
        "parameters": found["parameters"],
        "pixels": dict(asked.pixels),
        "made_by": file.made_by,
    }


def describe(path: str) -> dict[str, Any]:
    """Inputs, outputs, parameters and candidates for `output` of the network at `path`."""
    network = read_network(Path(path))
    return {
        "inputs": [f"{one.get_any_name()} {one.partial_shape}" for one in network.inputs],
        "outputs": [f"{one.get_any_name()} {one.partial_shape}" for one in network.outputs],
        "parameters": _parameters(network),
        "candidates": candidates(network),
    }


def prepare(asked: Asked, threads: int, folder: Path) -> dict[str, Any]:
    """Write the backbone to GRAPH and its .bin in `folder`.

    Returns:
        layer_shape and feature_shape, before and behind pooling; parameters; and in `said`, how
        what can be read in several ways was taken.

    Raises:
        SettingError: a setting does not fit the network.
        UserError: the network cannot be used.
    """
    network = cut_at(read_network(Path(asked.path)), asked.output)
    import openvino  # behind `read_network`, which says so where it is absent

    network, layout = with_input_size(network, asked.input_size)
    batch = "any number" if shape_of(network.input(0))[0] is None else "one"
    said = [f"takes {batch} at once, {WORDS[layout]}, {_pixel_words(asked.pixels)}"]
    network = _with_preprocessing(network, layout, asked.pixels)
    features, how = placed(network.output(0).get_node().input_value(0), asked)
    said.append(f"stores {asked.output} {shape_words(shape_of(network.output(0)))}: {how}")
    layer_shape = shape_of(features)[1:]
    kept = pooled(features, asked.pool, asked.output)
    network = openvino.Model([kept], network.get_parameters(), Path(asked.path).stem)
    _check(network, asked.input_size, threads)
    openvino.save_model(network, folder / GRAPH, compress_to_fp16=False)
    return {
        "layer_shape": layer_shape,
        "feature_shape": shape_of(network.output(0))[1:],
        "parameters": _parameters(network),
        "said": said,
    }


def _parameters(network: Any) -> int:
    """Floating-point numbers among the constants."""
    constants = [node for node in network.get_ops() if node.get_type_name() == "Constant"]
    return sum(
        math.prod(node.get_output_shape(0))
        for node in constants
        if node.get_element_type().is_real()
    )


def _pixel_words(pixels: Mapping[str, Any]) -> str:
    return f"{pixels['order'].upper()} as (x - {pixels['mean']}) / {pixels['scale']}"


def _with_preprocessing(network: Any, layout: str, pixels: Mapping[str, Any]) -> Any:
    from openvino import Layout, Type
    from openvino.preprocess import PrePostProcessor

    steps = PrePostProcessor(network)
    steps.input().tensor().set_element_type(Type.f32).set_layout(Layout("NHWC"))
    steps.input().model().set_layout(Layout(layout))
    if pixels["order"] == "bgr":
        steps.input().preprocess().reverse_channels()
    mean, scale = (np.broadcast_to(pixels[name], 3).astype(float) for name in ("mean", "scale"))
    steps.input().preprocess().mean(mean.tolist()).scale(scale.tolist())
    steps.output().tensor().set_element_type(Type.f32)
    return steps.build()


def _check(network: Any, size: Sequence[int], threads: int) -> None:
    """Refuse features that are no numbers, or depend on chance or on others in the batch."""
    noise = np.random.default_rng(0).integers(0, 256, (2, *size, 3)).astype(np.float32)
    alone = np.concatenate([_computed(network, picture[None], threads) for picture in noise])
    if len(alone) != len(noise):
        raise SettingError("output: its first size is not that of the batch; name another tensor")
    if not np.isfinite(alone).all():
        raise UserError("the network gives features that are infinite or not numbers")
    free = shape_of(network.input(0))[0] is None
    batches = [noise] if free else [picture[None] for picture in noise]
    again = np.concatenate([_computed(network, batch, threads) for batch in batches])
    if again.shape != alone.shape or np.abs(again - alone).max() > SAME * np.abs(alone).max():
        raise UserError(
            "the features of a picture change with chance or with the others in its batch; export "
            "it as it is used (eval), with a batch of one"
        )


def _computed(network: Any, pictures: Any, threads: int) -> Any:
    import openvino

    one = network.clone()
    one.reshape(list(pictures.shape))
    settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": threads}
    try:
        return openvino.Core().compile_model(one, "CPU", settings)([pictures])[0]
    except RuntimeError as error:
        raise UserError(reason(error)) from error
