"""Networks as the lesson draws them: activations as shapes, layers as arrows.

Arrows of one layer that is used several times share its colour: they are one set of weights.
The graphs are those of `keras_graphs.graph_of`, which reads them off Keras models.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Polygon

from practical_dl.report.plotting import COLOURS, GREY

Graph = dict[str, list[dict[str, Any]]]
SIZE = 0.3
WIDE, HIGH = 1.9, 1.5
ABOVE, BELOW = 1.0, 0.7


def graphs_figure(graphs: Mapping[str, Graph]) -> Figure:
    """Graphs by title, one below the other, all at one scale."""
    places = [_places(graph) for graph in graphs.values()]
    width = max(x for place in places for x, _ in place.values())
    heights = [ABOVE + BELOW - min(y for _, y in place.values()) for place in places]
    scale = 14 / (width + 2)
    figure = Figure(figsize=(15, sum(heights) * scale), layout="constrained")
    panels = figure.subplots(len(graphs), 1, height_ratios=heights, squeeze=False)
    for axes, (title, graph), place, height in zip(
        panels.flat, graphs.items(), places, heights, strict=True
    ):
        _draw_graph(axes, graph, place, title)
        axes.set_xlim(-1, width + 1)
        axes.set_ylim(ABOVE - height, ABOVE)
        axes.set_aspect("equal", anchor="W")
        axes.axis("off")
    return figure


def _draw_graph(
    axes: Axes, graph: Graph, places: dict[str, tuple[float, float]], title: str
) -> None:
    """Inputs as boxes, hidden activations as circles, outputs as triangles; arrows are layers."""
    colours = _layer_colours(graph)
    for arrow in graph["arrows"]:
        colour = colours[arrow["layer"]]
        _draw_arrow(axes, places[arrow["source"]], places[arrow["target"]], colour)
        if arrow["loop"]:
            _draw_loop(axes, places[arrow["target"]], colour)
    for layer, colour in colours.items():
        same = [arrow for arrow in graph["arrows"] if arrow["layer"] == layer]
        highest = max(same, key=lambda arrow: places[arrow["source"]][1])
        _name_arrow(axes, highest, sum(arrow["parameters"] for arrow in same), places, colour)
    for node in graph["nodes"]:
        _draw_node(axes, node, places[node["id"]])
    total = sum(arrow["parameters"] for arrow in graph["arrows"])
    axes.set_title(f"{title}: {total:,} parameters", loc="left", fontsize=14)


def _places(graph: Graph) -> dict[str, tuple[float, float]]:
    """Depth runs to the right; an input is one step before its first reader."""
    readers: defaultdict[str, list[str]] = defaultdict(list)
    depths = {node["id"]: node["depth"] for node in graph["nodes"]}
    for arrow in graph["arrows"]:
        readers[arrow["source"]].append(arrow["target"])
    for node in reversed(graph["nodes"]):
        if readers[node["id"]]:
            depths[node["id"]] = min(depths[reader] for reader in readers[node["id"]]) - 1
    rows: dict[str, int] = {}
    for node in graph["nodes"]:
        sources = [arrow["source"] for arrow in graph["arrows"] if arrow["target"] == node["id"]]
        taken = {rows[other] for other in rows if depths[other] == depths[node["id"]]}
        wanted = min((rows[source] for source in sources), default=0)
        if not sources:
            wanted = sum(other["role"] == "input" for other in graph["nodes"][: len(rows)])
        while wanted in taken:
            wanted += 1
        rows[node["id"]] = wanted
    return {name: (depths[name] * WIDE, -rows[name] * HIGH) for name in rows}


def _layer_colours(graph: Graph) -> dict[str, str]:
    layers = list(dict.fromkeys(arrow["layer"] for arrow in graph["arrows"]))
    weighty = [
        layer
        for layer in layers
        if any(arrow["parameters"] for arrow in graph["arrows"] if arrow["layer"] == layer)
    ]
    palette = dict(zip(weighty, COLOURS, strict=False))
    return {layer: palette.get(layer, GREY) for layer in layers}


def _draw_arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str
) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=18,
            linewidth=2.2,
            color=colour,
            shrinkA=26,
            shrinkB=26,
        )
    )


def _name_arrow(
    axes: Axes,
    arrow: dict[str, Any],
    parameters: int,
    places: dict[str, tuple[float, float]],
    colour: str,
) -> None:
    start, end = np.array(places[arrow["source"]]), np.array(places[arrow["target"]])
    layer = arrow["layer"].replace("_", " ")
    text = f"{layer}\n{parameters:,}" if parameters else arrow["kind"]
    x, y = (start + end) / 2
    axes.text(x, y + 0.12, text, ha="center", va="bottom", fontsize=10, color=colour)


def _draw_loop(axes: Axes, place: tuple[float, float], colour: str) -> None:
    x, y = place
    axes.add_patch(
        FancyArrowPatch(
            (x - 0.2, y + 0.28),
            (x + 0.2, y + 0.28),
            connectionstyle="arc3,rad=-1.8",
            arrowstyle="-|>",
            mutation_scale=16,
            linewidth=2.2,
            color=colour,
        )
    )


def _draw_node(axes: Axes, node: dict[str, Any], place: tuple[float, float]) -> None:
    x, y = place
    style: dict[str, Any] = {
        "facecolor": "white",
        "edgecolor": "black",
        "linewidth": 1.6,
        "zorder": 3,
    }
    match node["role"]:
        case "input":
            axes.add_patch(
                FancyBboxPatch(
                    (x - SIZE, y - SIZE * 0.7),
                    2 * SIZE,
                    1.4 * SIZE,
                    boxstyle="round,pad=0.02,rounding_size=0.05",
                    **style,
                )
            )
        case "output":
            corners = [(x - SIZE, y - SIZE), (x - SIZE, y + SIZE), (x + SIZE * 1.1, y)]
            axes.add_patch(Polygon(corners, **style))
        case _:
            axes.add_patch(Circle(place, SIZE, **style))
    axes.text(x, y - SIZE - 0.1, node["shape"], ha="center", va="top", fontsize=10, zorder=4)
    if node["name"]:
        axes.text(x, y + SIZE * 0.9, node["name"], ha="center", va="bottom", fontsize=10)
