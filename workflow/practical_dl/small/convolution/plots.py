"""The numbers of a convolution as annotated grids."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch, Rectangle

from practical_dl.report.plotting import COLOURS
from practical_dl.small.convolution.arithmetic import Array
from practical_dl.small.convolution.network import FILTER, FILTERS, Variant, Weights

MARK = COLOURS[1]
DARK = 0.6


def _draw_grid(axes: Axes, numbers: Array, title: str, font: float, decimals: int = 1) -> None:
    """A grid (height, width) of numbers: dark is large, orange is negative."""
    largest = float(np.abs(numbers).max()) or 1.0
    axes.imshow(np.abs(numbers), cmap="Greys", vmin=0, vmax=largest / DARK)
    for row, column in np.ndindex(numbers.shape):
        value = round(float(numbers[row, column]), decimals)
        if value < 0:
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, color="#F6C9A8"))
        colour = "#999999" if value == 0 else "black"
        axes.text(column, row, _short(value), ha="center", va="center", fontsize=font, color=colour)
    axes.set_title(title, loc="left", fontsize=13)
    _draw_lines(axes, numbers.shape)


def _draw_map(axes: Axes, numbers: Array, title: str) -> None:
    """A grid without its numbers."""
    axes.imshow(numbers, cmap="Greys", vmin=0, vmax=(float(numbers.max()) or 1.0) / 0.8)
    axes.set_title(title, loc="left", fontsize=12)
    axes.set_xticks([])
    axes.set_yticks([])


def mark(axes: Axes, top: int, left: int, height: int, width: int) -> None:
    """A frame around some cells."""
    frame = Rectangle(
        (left - 0.5, top - 0.5), width, height, fill=False, edgecolor=MARK, linewidth=2.5
    )
    axes.add_patch(frame)


def main_figure(layers: Mapping[str, Array], weights: Weights, place: tuple[int, int]) -> Figure:
    """The picture in numbers, one place followed through the first filter, and all layers.

    `place` (row, column) is the place in the first layer that is followed.
    """
    figure = Figure(figsize=(15, 14))
    picture_axes = figure.add_axes((0.01, 0.36, 0.66, 0.62))
    work = figure.add_axes((0.7, 0.36, 0.29, 0.62))
    picture = layers["input"][:, :, 0]
    _draw_grid(picture_axes, picture, "1. The picture: 28 x 28 numbers", 7.5)
    mark(picture_axes, *place, FILTER, FILTER)
    _draw_work(figure, work, picture_axes, picture, weights.first[:, :, 0, 0], place)
    _draw_flow(figure, layers, place)
    return figure


def layer_figure(name: str, layer: Array) -> Figure:
    """Both channels of a layer in numbers, side by side."""
    figure = Figure(figsize=(15, 7.8))
    margins = {"left": 0.005, "right": 0.995, "bottom": 0.005, "top": 0.96, "wspace": 0.02}
    font = 6.5 if layer.shape[0] > 20 else 10
    for number, axes in enumerate(figure.subplots(1, FILTERS, gridspec_kw=margins)):
        _draw_grid(axes, layer[:, :, number], f"{name}, map {number + 1}", font)
    return figure


def filters_figure(weights: Weights) -> Figure:
    """The two 3x3 filters, and the two 3x3x2 filters of the second layer."""
    figure = Figure(figsize=(15, 3.4), layout="constrained")
    panels = figure.subplots(1, 3 * FILTERS)
    for number in range(FILTERS):
        _draw_grid(
            panels[number], weights.first[:, :, 0, number], f"layer 1, filter {number + 1}", 13
        )
        for channel in range(FILTERS):
            _draw_grid(
                panels[FILTERS * (number + 1) + channel],
                weights.second[:, :, channel, number],
                f"layer 2, filter {number + 1},\nreads map {channel + 1}",
                13,
            )
    return figure


def variants_figure(variants: Mapping[Variant, Mapping[str, Array]]) -> Figure:
    """The first layer's first map, and the map that the dense weights read, in every variant."""
    figure = Figure(figsize=(15, 7.6), layout="constrained")
    grid = figure.subplots(2, len(variants))
    for column, (variant, layers) in zip(grid.T, variants.items(), strict=True):
        last = list(layers)[-2]
        for axes, name in zip(column, ("conv1", last), strict=True):
            numbers = layers[name][:, :, 0]
            _draw_map(axes, numbers, f"{name}: {' x '.join(map(str, layers[name].shape))}")
        column[0].set_title(
            f"{variant.title}\n{column[0].get_title(loc='left')}", loc="left", fontsize=12
        )
        column[1].set_xlabel(f"dense output {layers['dense'][0]:.4g}", fontsize=12)
    return figure


def _draw_work(
    figure: Figure,
    axes: Axes,
    picture_axes: Axes,
    picture: Array,
    kernel: Array,
    place: tuple[int, int],
) -> None:
    """Patch times filter, cell by cell, and the sum."""
    row, column = place
    patch = picture[row : row + FILTER, column : column + FILTER]
    products = patch * kernel
    axes.axis("off")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    grids = (
        (0.70, patch, f"2. The framed cells (row {row + 1}, column {column + 1})"),
        (0.40, kernel, "3. times the first filter, cell by cell"),
        (0.10, products, "4. are these products"),
    )
    insets = []
    for bottom, numbers, title in grids:
        inset = axes.inset_axes((0.12, bottom, 0.6, 0.23))
        _draw_grid(inset, numbers, title, 13)
        insets.append(inset)
    total = round(float(products.sum()), 6)
    axes.text(
        0.12,
        0.0,
        f"5. which add up to {_short(total)}.\n    Negative sums become 0:\n"
        f"    {_short(max(total, 0.0))} stands in the first map.",
        fontsize=13,
        va="bottom",
    )
    figure.add_artist(
        ConnectionPatch(
            (column + FILTER - 0.5, row + 1),
            (-0.5, 1),
            "data",
            "data",
            axesA=picture_axes,
            axesB=insets[0],
            color=MARK,
            linewidth=1.5,
        )
    )


def _draw_flow(figure: Figure, layers: Mapping[str, Array], place: tuple[int, int]) -> None:
    """All layers as small maps from left to right, the followed place framed."""
    names = [name for name in layers if name != "dense"]
    frame = {"left": 0.01, "right": 0.99, "bottom": 0.01, "top": 0.31, "hspace": 0.08}
    panels = figure.subplots(FILTERS, len(names) + 1, gridspec_kw=frame)
    for column, name in enumerate(names):
        layer = layers[name]
        for number in range(FILTERS):
            axes = panels[number, column]
            if number >= layer.shape[-1]:
                axes.axis("off")
                continue
            shape = " x ".join(map(str, layer.shape))
            _draw_map(axes, layer[:, :, number], f"{name}: {shape}" if number == 0 else "")
    mark(panels[0, 0], *place, FILTER, FILTER)
    mark(panels[0, 1], *place, 1, 1)
    for axes in panels[:, -1]:
        axes.axis("off")
    panels[0, -1].text(
        0.5, 0.5, f"dense:\n{layers['dense'][0]:.4g}", fontsize=18, ha="center", va="center"
    )


def _draw_lines(axes: Axes, shape: tuple[int, ...]) -> None:
    height, width = shape
    axes.set_xticks(np.arange(width + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(height + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="#DDDDDD", linewidth=0.5)
    axes.tick_params(which="both", length=0, labelbottom=False, labelleft=False)


def _short(value: float) -> str:
    """A number without a leading or a needless zero: .5, 1, -2.1."""
    text = f"{value + 0.0:.4g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
