"""The second control: a random order, which any model must beat."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practical_dl.movies.ranking.models.interactions import Interactions


@dataclass
class RandomOrder:
    """Draws a score for each user and movie, another one at every call."""

    rng: np.random.Generator

    def scores(self, rows: Interactions) -> NDArray[np.float64]:
        return self.rng.random((rows.users, rows.movies))
