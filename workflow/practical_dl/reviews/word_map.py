"""A map of word vectors: words that are near each other in many dimensions are so on paper."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from practical_dl.plotting import COLOURS

KINDS = {"text": "vectors made from the reviews alone", "glove": "GloVe's vectors"}
PERPLEXITY = 20.0
MOST_PERPLEXITY_SHARE = 0.25


def place_words(vectors: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Places (n, 2) of `vectors` (n, width) by t-SNE (van der Maaten and Hinton 2008, JMLR).

    Vectors are brought to length one first, so that a word's frequency, which is in the length,
    does not rule the map.
    """
    from sklearn.manifold import TSNE

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    directions = vectors / np.where(lengths > 0, lengths, 1)
    perplexity = min(PERPLEXITY, MOST_PERPLEXITY_SHARE * len(vectors))
    places: NDArray[np.float32] = TSNE(
        perplexity=perplexity, init="pca", random_state=seed
    ).fit_transform(directions)
    return places


def map_figure(words: Sequence[str], places: NDArray[np.float32], title: str) -> Figure:
    """Every word at its place (n, 2), on a sheet that is large enough to read them."""
    figure = Figure(figsize=(16, 13), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=16)
    axes.scatter(places[:, 0], places[:, 1], s=5, color=COLOURS[5])
    for word, (x, y) in zip(words, places, strict=True):
        axes.annotate(word, (x, y), fontsize=9, ha="center", va="bottom")
    axes.set_axis_off()
    return figure
