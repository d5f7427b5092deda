"""The grid of heads: its points, how a point is named, and what its fields mean.

A point is a text for each of AXES; its name is a pattern of file names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

AXES = (
    "backbone",
    "head",
    "pool",
    "depth",
    "width",
    "dropout",
    "features",
    "halves",
    "share",
)


@dataclass(frozen=True)
class Point:
    """One head of the grid.

    backbone: whose features. head: dense (half of the dropout before the hidden layers: the
    lesson's), dropped (all of it before every layer: the lesson's for augmented features) or
    convolution. pool: max (2x2), average (of all locations) or none. features: plain, centred
    (without look-alikes) or augmented (plain and the augmented passes). halves: share of the
    training rows made of two halves. share: of the training rows that are used at all; below 1 is
    the lesson's sample.
    """

    backbone: str
    head: str
    pool: str
    depth: int
    width: int
    dropout: float
    features: str
    halves: float
    share: float


def grid_points(
    products: Sequence[Mapping[str, Sequence[Any]]], backbone: str
) -> list[dict[str, str]]:
    """Every combination of each of the `products`' values, each point once: a text for each axis.

    A product that names no backbones is of `backbone`.
    """
    rows = [
        tuple(f"{value:g}" if isinstance(value, float) else str(value) for value in values)
        for axes in products
        for values in product(*({"backbone": [backbone], **axes}[axis] for axis in AXES))
    ]
    return [dict(zip(AXES, row, strict=True)) for row in dict.fromkeys(rows)]


def name_of(point: Mapping[Any, Any]) -> str:
    """The name of a point, one of `grid_points`."""
    return "_".join(f"{axis}-{point[axis]}" for axis in AXES)


PATTERN = name_of({axis: f"{{{axis}}}" for axis in AXES})
"""The name of any point, with a wildcard for each axis."""


def read_point(values: Mapping[Any, Any]) -> Point:
    """The point of the texts (or wildcards) `values`."""
    texts = {axis: values[axis] for axis in AXES}
    numbers = {axis: float(texts[axis]) for axis in ("dropout", "halves", "share")}
    counts = {axis: int(texts[axis]) for axis in ("depth", "width")}
    return Point(**{**texts, **numbers, **counts})


def point_of_name(name: str) -> Point:
    """The point whose name is `name_of` it."""
    parts = dict(part.split("-", 1) for part in name.split("_") if "-" in part)
    return read_point({**parts, "backbone": name.split("_head-")[0].removeprefix("backbone-")})


def describe(point: Point) -> str:
    """A point in a few words, for people."""
    size = f"{point.depth} x {point.width}" if point.depth else "no hidden layer"
    parts = [point.head, size, f"pool {point.pool}", f"dropout {point.dropout:g}", point.features]
    parts += [f"halves {point.halves:g}"] if point.halves else []
    parts += [f"{100 * point.share:.0f} % of the rows"] if point.share < 1 else []
    return f"{point.backbone}: {', '.join(parts)}"


def matched_pairs(names: Sequence[str], points: Sequence[Point]) -> "pd.DataFrame":
    """Pairs of points that differ in one axis only: axis, lower, higher, low_name, high_name."""
    import pandas as pd

    described = [asdict(point) for point in points]
    rows = []
    for one, first in enumerate(described):
        for other in range(one + 1, len(described)):
            differing = [axis for axis in AXES if first[axis] != described[other][axis]]
            if len(differing) == 1:
                pair = (names[one], first), (names[other], described[other])
                rows.append(_pair(differing[0], *pair))
    return pd.DataFrame(rows, columns=["axis", "lower", "higher", "low_name", "high_name"])


def _pair(axis: str, one: tuple[str, Any], other: tuple[str, Any]) -> dict[str, Any]:
    low, high = sorted((one, other), key=lambda named: _rank(axis, named[1][axis]))
    return {
        "axis": axis,
        "lower": low[1][axis],
        "higher": high[1][axis],
        "low_name": low[0],
        "high_name": high[0],
    }


def _rank(axis: str, value: Any) -> Any:
    orders = {
        "features": ("plain", "centred", "augmented"),
        "head": ("dense", "dropped", "convolution"),
        "pool": ("none", "max", "average"),
    }
    return orders[axis].index(value) if axis in orders else value
