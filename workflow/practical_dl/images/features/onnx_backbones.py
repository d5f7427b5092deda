"""A network from an ONNX file as a backbone: its preprocessing inside, its features channels last.

As every backbone it reads RGB pictures (n, height, width, 3) of 0..255 as float32. It is written in
OpenVINO's own format. Steps are added to the graph before and behind the part of the network that
is used, so that nobody can forget them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from practical_dl.images.features.onnx_files import OnnxFile
from practical_dl.images.features.onnx_graphs import (
    LAYOUTS,
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
MOST_EXTRA = 8
"""Tokens before those of places: of the class, and registers (Darcet et al. 2024, ICLR)."""
SAME = 1e-2
"""Of the largest feature: how far two batches may differ in the features of one picture."""


@dataclass(frozen=True)
class Asked:
    """What the configuration says of an ONNX backbone (see workflow/schemas)."""

    path: str
    output: str | None
    input_size: Sequence[int]
    pixels: Mapping[str, Any]
    tokens: str | None
    channels: str | None
    pool: str

    @classmethod
    def of(cls, path: str, settings: Mapping[str, Any]) -> "Asked":
        """From the settings of a backbone, and where its file lies."""
        return cls(path, **{name: value for name, value in settings.items() if name != "onnx"})


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
    import openvino

    network = cut_at(read_network(Path(asked.path)), asked.output)
    network, layout = with_input_size(network, asked.input_size)
    batch = "any number" if shape_of(network.input(0))[0] is None else "one"
    said = [f"takes {batch} at once, {WORDS[layout]}, {_pixel_words(asked.pixels)}"]
    network = _with_preprocessing(network, layout, asked.pixels)
    features, how = _placed(network.output(0).get_node().input_value(0), asked)
    said.append(f"stores {asked.output} {shape_words(shape_of(network.output(0)))}: {how}")
    layer_shape = shape_of(features)[1:]
    pooled = _pooled(features, asked.pool, asked.output)
    network = openvino.Model([pooled], network.get_parameters(), Path(asked.path).stem)
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


def _placed(features: Any, asked: Asked) -> tuple[Any, str]:
    """Features as (n, height, width, channels) or (n, channels), and how they were read."""
    shape = shape_of(features)
    words = f"output: {asked.output} {shape_words(shape)}"
    if len(shape) not in (2, 3, 4) or None in shape[1:]:
        raise SettingError(f"{words} is neither a vector, nor tokens, nor a map of fixed size")
    for name, value, rank in (("tokens", asked.tokens, 3), ("channels", asked.channels, 4)):
        if value is not None and len(shape) != rank:
            raise SettingError(f"{name}: {value}, but {words.removeprefix('output: ')} has none")
    sizes = [int(size) for size in shape[1:] if size is not None]
    if len(shape) == 2:
        return features, f"a vector of {sizes[0]:,}"
    return (_of_tokens if len(shape) == 3 else _of_map)(features, sizes, asked)


def _of_map(features: Any, sizes: Sequence[int], asked: Asked) -> tuple[Any, str]:
    from openvino import opset13

    layout = _map_layout(sizes, asked)
    channels, height, width = (sizes[axis - 1] for axis in LAYOUTS[layout])
    if layout == "NCHW":
        features = opset13.transpose(features, [0, 2, 3, 1])
    if height == width == 1:
        vector = opset13.reshape(features, [0, channels], special_zero=True).output(0)
        return vector, f"a vector of {channels:,}"
    return features.output(0) if layout == "NCHW" else features, (
        f"a map of {height}x{width} places and {channels:,} channels, {WORDS[layout]}"
    )


def _map_layout(sizes: Sequence[int], asked: Asked) -> str:
    """The layout that the settings name, or the one whose places have the picture's proportions."""
    if asked.channels is not None:
        return {"first": "NCHW", "last": "NHWC"}[asked.channels]
    height, width = asked.input_size
    fitting = []
    for layout, (_, rows, columns) in LAYOUTS.items():
        askew = abs(sizes[rows - 1] * width - sizes[columns - 1] * height)
        if askew < max(height, width):
            fitting.append(layout)
    if len(fitting) != 1:
        raise SettingError(
            f"channels: say whether those of {asked.output} {['n', *sizes]} come first or last: "
            "its shape does not tell"
        )
    return fitting[0]


def _of_tokens(features: Any, sizes: Sequence[int], asked: Asked) -> tuple[Any, str]:
    from openvino import opset13

    count, channels = sizes
    height, width = _grid(count, asked.input_size)
    extra = count - height * width
    told = f"{count} tokens of {channels:,}: {height}x{width} places behind {extra} others"
    if asked.tokens is None:
        raise SettingError(
            f"tokens: {asked.output} has {told}; say map (the places), class (the first token) or "
            "mean (of the places)"
        )
    if asked.tokens == "class":
        if not extra:
            raise SettingError(f"tokens: class, but {asked.output} has {told}: none is the class's")
        return opset13.gather(features, 0, 1).output(0), f"{told}; the first token is taken"
    places = opset13.slice(features, [extra], [count], [1], [1])
    if asked.tokens == "mean":
        return opset13.reduce_mean(places, [1], False).output(
            0
        ), f"{told}; the places' mean is taken"
    shape = [0, height, width, channels]
    return opset13.reshape(places, shape, special_zero=True).output(
        0
    ), f"{told}; the places are taken"


def _grid(count: int, size: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of the finest even division of a picture with at most `count` places."""
    patches = range(1, max(size) + 1)
    grids = [(size[0] // patch, size[1] // patch) for patch in patches]
    fitting = [
        (rows, columns) for rows, columns in grids if 0 <= count - rows * columns <= MOST_EXTRA
    ]
    if not fitting or 0 in fitting[0]:
        raise SettingError(
            f"output: {count} tokens are no grid of a picture of {size[0]}x{size[1]} with at most "
            f"{MOST_EXTRA} tokens before it"
        )
    return fitting[0]


def _pooled(features: Any, pool: str, output: str | None) -> Any:
    from openvino import opset13

    if pool == "none":
        return features
    shape = shape_of(features)
    if len(shape) != 4:
        raise SettingError(f"pool: {pool}, but {output} gives no map to pool")
    if pool == "max2":
        first = opset13.transpose(features, [0, 3, 1, 2])
        halved = opset13.max_pool(first, [2, 2], [1, 1], [0, 0], [0, 0], [2, 2])
        return opset13.transpose(halved.output(0), [0, 2, 3, 1]).output(0)
    reduce = {"max": opset13.reduce_max, "average": opset13.reduce_mean}[pool]
    return reduce(features, [1, 2], False).output(0)


def _check(network: Any, size: Sequence[int], threads: int) -> None:
    """Refuse features that are no numbers, or that depend on the other pictures of a batch."""
    noise = np.random.default_rng(0).integers(0, 256, (2, *size, 3)).astype(np.float32)
    alone = np.concatenate([_computed(network, picture[None], threads) for picture in noise])
    if not np.isfinite(alone).all():
        raise UserError("the network gives features that are infinite or not numbers")
    if shape_of(network.input(0))[0] is not None:
        return
    together = _computed(network, noise, threads)
    if together.shape != alone.shape or np.abs(together - alone).max() > SAME * np.abs(alone).max():
        raise UserError(
            "the features of a picture depend on the others in its batch, which the graph says is "
            "free; export it with a batch of one"
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
