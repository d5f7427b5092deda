"""The leak: how much better a random split looks than unseen groups are."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.predictions import ClassPredictions
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import Values, hits, log_losses, resampled_means


def leak_scores(
    random: ClassPredictions, grouped: ClassPredictions, seed: int
) -> dict[str, Interval]:
    """Accuracy and log loss by the random split minus those by the grouped one, with intervals.

    The two are scores of the same model on different rows, so they are resampled apart.
    """
    return {
        "accuracy": _difference(_hits(random), random.groups, _hits(grouped), grouped.groups, seed),
        "log_loss": _difference(
            _losses(random), random.groups, _losses(grouped), grouped.groups, seed
        ),
    }


def leak_of_rows(random: pd.DataFrame, grouped: pd.DataFrame, seed: int) -> dict[str, Interval]:
    """The same of row scores: columns group, accuracy and log_loss."""
    return {
        metric: _difference(
            random[metric].to_numpy(),
            random["group"].to_numpy(),
            grouped[metric].to_numpy(),
            grouped["group"].to_numpy(),
            seed,
        )
        for metric in ("accuracy", "log_loss")
    }


def _hits(predicted: ClassPredictions) -> Values:
    return hits(predicted.labels(), predicted.probabilities)


def _losses(predicted: ClassPredictions) -> Values:
    return log_losses(predicted.labels(), predicted.probabilities)


def _difference(
    one: Values, one_groups: NDArray[Any], two: Values, two_groups: NDArray[Any], seed: int
) -> Interval:
    draws = resampled_means(one, one_groups, seed) - resampled_means(two, two_groups, seed + 1)
    low, high = np.percentile(draws, [2.5, 97.5])
    value = one.mean() - two.mean()
    return Interval(float(value), float(low), float(high))
