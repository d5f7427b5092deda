"""A map of word vectors: words near each other in many dimensions are near on paper too."""

from collections.abc import Sequence

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from numpy.typing import NDArray

from practical_dl.report.plotting import COLOURS
from practical_dl.report.t_sne import on_plane

KINDS = {"text": "vectors made from the reviews alone", "glove": "GloVe's vectors"}
SHOWN = 350
"""Words of the map, the most frequent ones."""

PERPLEXITY = 20.0
MOST_PERPLEXITY_SHARE = 0.25
FEWEST = 5

Side = tuple[str, str, int, int]
SIDES: tuple[Side, ...] = (
    ("center", "bottom", 0, 2),
    ("center", "top", 0, -2),
    ("left", "center", 3, 0),
    ("right", "center", -3, 0),
)
"""Where a label may stand about its point: alignment across and upright, offset in points."""


def word_map(words: Sequence[str], vectors: NDArray[np.float32], kind: str, seed: int) -> Figure:
    """The map of the most frequent words.

    Args:
        words: of the indices from 1 on; '' is none.
        vectors: (vocabulary, width).
        kind: a key of `KINDS`.
    """
    shown = [word for word in words if word][:SHOWN]
    places = place_words(vectors[1 : len(shown) + 1], seed)
    return map_figure(shown, places, f"The {len(shown)} most frequent words by {KINDS[kind]}")


def place_words(vectors: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Places (n, 2) of `vectors` (n, width) by t-SNE.

    Vectors are brought to length one first, so that a word's frequency, which is in the length,
    does not rule the map. Fewer than `FEWEST` stand where their first two numbers say.
    """
    if len(vectors) < FEWEST:
        return vectors[:, :2]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    directions = vectors / np.where(lengths > 0, lengths, 1)
    perplexity = min(PERPLEXITY, MOST_PERPLEXITY_SHARE * len(vectors))
    return on_plane(directions, perplexity, seed)


def map_figure(words: Sequence[str], places: NDArray[np.float32], title: str) -> Figure:
    """Every word at its place (n, 2), on the side where it covers least of the words before it.

    One renderer measures all labels: each that Matplotlib makes for itself holds a whole picture.
    """
    figure = Figure(figsize=(16, 13), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=16)
    axes.scatter(places[:, 0], places[:, 1], s=5, color=COLOURS[5])
    axes.set_axis_off()
    figure.draw_without_rendering()
    renderer = FigureCanvasAgg(figure).get_renderer()
    taken = np.empty((len(words), 4))
    for place, (word, (x, y)) in enumerate(zip(words, places, strict=True)):
        label = axes.annotate(word, (x, y), (0, 0), textcoords="offset points", fontsize=9)
        covered = [_covered(_put(label, side, renderer), taken[:place]) for side in SIDES]
        taken[place] = _put(label, SIDES[int(np.argmin(covered))], renderer)
    return figure


def _put(label: Annotation, side: Side, renderer: RendererAgg) -> NDArray[np.float64]:
    """Move a label to a side of its point; its left, lower, right and upper edge, in pixels."""
    across, upright, *offset = side
    label.set(ha=across, va=upright, position=offset)
    return np.array(label.get_window_extent(renderer).extents)


def _covered(box: NDArray[np.float64], taken: NDArray[np.float64]) -> float:
    """Area of the `box` (4,) that others (n, 4) cover."""
    sides = np.minimum(box[2:], taken[:, 2:]) - np.maximum(box[:2], taken[:, :2])
    return float(np.maximum(sides, 0).prod(axis=1).sum())
