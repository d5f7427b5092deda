"""The lesson's small network by hand, in four variants: padded or not, pooled or with strides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from practical_dl.small.convolution.arithmetic import Array, convolve, dense, max_pool, pad, relu
from practical_dl.small.convolution.digit import draw_seven

FILTER = 3
FILTERS = 2
CHECK_TYPES: dict[str, type] = {
    "variant": str,
    "layer": str,
    "numbers": int,
    "parameters": int,
    "largest_difference": float,
}
"""Columns of the check against Keras: one row per variant and layer."""


@dataclass(frozen=True)
class Variant:
    """Zero-padded or losing the edge; a 2x2 max-pool or a stride of two in the second layer."""

    padded: bool
    pooled: bool

    @property
    def name(self) -> str:
        edges = "padded" if self.padded else "unpadded"
        return f"{edges}_{'pool' if self.pooled else 'stride'}"

    @property
    def title(self) -> str:
        edges = "zero-padded" if self.padded else "unpadded"
        return f"{edges}, {'2x2 max-pool' if self.pooled else 'stride of two'}"


VARIANTS = tuple(Variant(padded, pooled) for padded in (False, True) for pooled in (True, False))


@dataclass(frozen=True)
class Weights:
    """Filters of both layers (3, 3, channels, 2) and the dense weights (rows, columns, 2)."""

    first: Array
    second: Array
    dense: Array

    def counts(self) -> dict[str, int]:
        return {"conv1": self.first.size, "conv2": self.second.size, "dense": self.dense.size}


@dataclass(frozen=True)
class Lesson:
    """The picture (28, 28); by variant its weights, and each layer's numbers by name."""

    picture: Array
    weights: Mapping[Variant, Weights]
    layers: Mapping[Variant, dict[str, Array]]


def by_hand(filters: Sequence[Sequence[Sequence[float]]], seed: int) -> Lesson:
    """All numbers of all variants, from the first layer's filters and the seed of the others."""
    seven = draw_seven()
    weights = weights_of_variants(filters, len(seven), seed)
    layers = {variant: activations(seven, own, variant) for variant, own in weights.items()}
    return Lesson(seven, weights, layers)


def _make_weights(filters: Sequence[Sequence[Sequence[float]]], places: int, seed: int) -> Weights:
    """The given first filters; second filters and dense weights drawn, in tenths and hundredths.

    Args:
        filters: two filters of 3 rows of 3 numbers.
        places: height and width of the maps that the dense weights read.
    """
    rng = np.random.default_rng(seed)
    first = np.moveaxis(np.array(filters, dtype=float), 0, -1)[:, :, None, :]
    second = np.round(rng.uniform(-1, 1, (FILTER, FILTER, FILTERS, FILTERS)), 1)
    return Weights(first, second, np.round(rng.uniform(-0.1, 0.1, (places, places, FILTERS)), 2))


def weights_of_variants(
    filters: Sequence[Sequence[Sequence[float]]], size: int, seed: int
) -> dict[Variant, Weights]:
    """Weights for a square picture of `size`; the filters of all variants are the same."""
    return {
        variant: _make_weights(filters, _places_left(variant, size), seed) for variant in VARIANTS
    }


def _places_left(variant: Variant, size: int) -> int:
    """Height and width of the maps that the dense weights read, of a square picture of `size`."""
    lost = 0 if variant.padded else FILTER - 1
    after_first = size - lost
    if variant.pooled:
        return (after_first - lost) // 2
    return -(-(after_first - lost) // 2)


def activations(picture: Array, weights: Weights, variant: Variant) -> dict[str, Array]:
    """Every layer's numbers by name, from the input (height, width) to the dense output (1,)."""
    layers = {"input": picture[:, :, None]}
    layers["conv1"] = relu(_convolved(layers["input"], weights.first, 1, variant.padded))
    stride = 1 if variant.pooled else 2
    layers["conv2"] = relu(_convolved(layers["conv1"], weights.second, stride, variant.padded))
    last = "conv2"
    if variant.pooled:
        last = "pool"
        layers[last] = max_pool(layers["conv2"])
    layers["dense"] = np.array([dense(layers[last], weights.dense)])
    return layers


def _convolved(picture: Array, filters: Array, stride: int, padded: bool) -> Array:
    return convolve(pad(picture, len(filters), stride) if padded else picture, filters, stride)


def parameter_table(variant: Variant, weights: Weights, layers: dict[str, Array]) -> pd.DataFrame:
    """One row per layer: its shape, its parameters, and those of a dense layer in its place."""
    counts = weights.counts()
    rows = [
        {
            "variant": variant.name,
            "layer": name,
            "shape": " x ".join(map(str, layers[name].shape)),
            "parameters": counts.get(name, 0),
            "if_dense": layers[before].size * layers[name].size if name in counts else 0,
        }
        for before, name in pairwise(layers)
    ]
    return pd.DataFrame(rows)
