"""Features of an ONNX network as the store keeps them: maps channels last, or vectors.

A tensor's shape says what it is: (n, channels) a vector, (n, tokens, channels) a transformer's
tokens, (n, channels, height, width) or (n, height, width, channels) a map. What it does not say is
asked for.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from practical_dl.images.features.onnx_graphs import LAYOUTS, WORDS, shape_of, shape_words
from practical_dl.job.errors import SettingError

MOST_EXTRA = 8
"""Tokens before those of places: of the class, and registers (Darcet et al. 2024, ICLR)."""


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


def placed(features: Any, asked: Asked) -> tuple[Any, str]:
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

    layout = map_layout(sizes, asked)
    channels, height, width = (sizes[axis - 1] for axis in LAYOUTS[layout])
    if layout == "NCHW":
        features = opset13.transpose(features, [0, 2, 3, 1])
    if height == width == 1:
        vector = opset13.reshape(features, [0, channels], special_zero=True).output(0)
        return vector, f"a vector of {channels:,}"
    return features.output(0) if layout == "NCHW" else features, (
        f"a map of {height}x{width} places and {channels:,} channels, {WORDS[layout]}"
    )


def map_layout(sizes: Sequence[int], asked: Asked) -> str:
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
    height, width = token_grid(count, asked.input_size)
    extra = count - height * width
    told = f"{count} tokens of {channels:,}: {extra}, then {height}x{width} places"
    if asked.tokens is None:
        raise SettingError(
            f"tokens: {asked.output} has {told}; say map (the places), class (the first token) or "
            "mean (of the places)"
        )
    if asked.tokens == "class":
        if not extra:
            raise SettingError(f"tokens: class, but {asked.output} has {told}: none is the class's")
        return opset13.gather(features, 0, 1).output(0), f"{told}, of which the first"
    places = opset13.slice(features, [extra], [count], [1], [1])
    if asked.tokens == "mean":
        mean = opset13.reduce_mean(places, [1], False).output(0)
        return mean, f"{told}, of which the mean of the places"
    grid = opset13.reshape(places, [0, height, width, channels], special_zero=True).output(0)
    return grid, f"{told}, of which the places"


def token_grid(count: int, size: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of the finest even division of a picture with at most `count` places."""
    patches = range(1, min(size) + 1)
    even = [patch for patch in patches if size[0] % patch == size[1] % patch == 0]
    grids = [(size[0] // patch, size[1] // patch) for patch in (*even, *patches)]
    fitting = [grid for grid in grids if 0 <= count - math.prod(grid) <= MOST_EXTRA]
    if not fitting:
        raise SettingError(
            f"output: {count} tokens are no grid of a picture of {size[0]}x{size[1]} with at most "
            f"{MOST_EXTRA} tokens before it"
        )
    return fitting[0]


def pooled(features: Any, pool: str, output: str | None) -> Any:
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
