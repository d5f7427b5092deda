"""What a model that was trained by folds predicts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class FoldPredictions:
    """Probabilities by seed: out_of_fold and clean (seeds, n, classes), test (seeds, m, classes).

    `clean` are those of the clean pictures alone, where augmented passes of them are averaged in.
    Test predictions are means over the folds' models.
    """

    out_of_fold: Probabilities
    clean: Probabilities
    test: Probabilities
