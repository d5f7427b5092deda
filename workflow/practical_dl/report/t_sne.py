"""Points of many dimensions on a map."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def on_plane(points: NDArray[Any], perplexity: float, seed: int) -> NDArray[np.float32]:
    """Places (n, 2) of `points` (n, dimensions) by t-SNE (van der Maaten and Hinton 2008, JMLR).

    On one thread: the map has the same bytes at any number of them, and few points keep threads
    waiting for each other.
    """
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        places: NDArray[np.float32] = TSNE(
            perplexity=perplexity, init="pca", random_state=seed
        ).fit_transform(points)
    return places
