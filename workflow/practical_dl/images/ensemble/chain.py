"""The chain behind the models: from several models' probabilities to one answer.

Logarithms of probabilities are averaged (a geometric mean). The steps:

weights: over the models, instead of equal ones;
neighbours: each row with those of its nearest pictures, as the winner of State Farm did;
balance: a class that a whole part predicts too often is lowered, until each class's mean
    probability is its share of the training rows (Saerens, Latinne and Decaestecker 2002,
    Adjusting the outputs of a classifier to new a priori probabilities);
temperature: all logarithms divided by one number (Guo et al. 2017, On Calibration of Modern
    Neural Networks);
clip: no probability below a floor.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax

from practical_dl.scoring.metrics import clip_from_below

Logs = NDArray[np.float64]
Rows = NDArray[np.int64]

STEPS = ("neighbours", "weights", "balance", "temperature", "clip")
LEAST = 1e-6
BALANCING_ROUNDS = 50


@dataclass(frozen=True)
class Part:
    """Rows that are predicted together: a fold, or the test pictures.

    logs: (models, n, classes), `log_probabilities` of each model; neighbours: (n, k) nearest
    first, positions in this part.
    """

    logs: Logs
    neighbours: Rows


@dataclass(frozen=True)
class Tuned:
    """Numbers chosen on labelled rows; None where a step is left out.

    shares: of the classes among the labelled rows.
    """

    weights: tuple[float, ...]
    shares: tuple[float, ...]
    neighbours: int | None = None
    neighbour_weight: float | None = None
    balance: bool = False
    temperature: float | None = None
    floor: float | None = None


def limited(tuned: Tuned, steps: Collection[str]) -> Tuned:
    """The same chain with no other than these of its steps; the ensemble's mean stays."""
    models = len(tuned.weights)
    smoothed = "neighbours" in steps
    return Tuned(
        tuned.weights if "weights" in steps else (1 / models,) * models,
        tuned.shares,
        tuned.neighbours if smoothed else None,
        tuned.neighbour_weight if smoothed else None,
        tuned.balance and "balance" in steps,
        tuned.temperature if "temperature" in steps else None,
        tuned.floor if "clip" in steps else None,
    )


def log_probabilities(probabilities: NDArray[Any]) -> Logs:
    """Natural logarithms of (..., classes) probabilities, none below one in a million."""
    return np.log(np.maximum(probabilities, LEAST))


def apply_chain(part: Part, tuned: Tuned) -> NDArray[np.float64]:
    """Probabilities (n, classes) of a part's rows."""
    mixed = np.tensordot(np.asarray(tuned.weights), part.logs, axes=1)
    if tuned.neighbours is not None and tuned.neighbour_weight is not None:
        mixed = with_neighbours(mixed, part.neighbours, tuned.neighbours, tuned.neighbour_weight)
    mixed = log_softmax(mixed, axis=1)
    if tuned.balance:
        mixed = balanced(mixed, tuned.shares)
    if tuned.temperature is not None:
        mixed = log_softmax(mixed / tuned.temperature, axis=1)
    probabilities: NDArray[np.float64] = np.exp(mixed)
    if tuned.floor is not None:
        probabilities = np.asarray(clip_from_below(probabilities, tuned.floor), np.float64)
    return probabilities


def with_neighbours(logs: Logs, neighbours: Rows, count: int, weight: float) -> Logs:
    """`logs` (..., n, classes) averaged with those of each row's `count` nearest rows.

    The neighbours share `weight` (0 to 1), the row keeps the rest.
    """
    total = np.zeros_like(logs)
    for column in neighbours[:, :count].T:
        total += logs[..., column, :]
    return (1 - weight) * logs + weight * total / min(count, neighbours.shape[1])


def balanced(logs: Logs, shares: Sequence[float]) -> Logs:
    """`logs` (n, classes) shifted per class, so that the mean probabilities become `shares`."""
    wanted = np.log(np.maximum(shares, LEAST))
    shifted = logs
    for _ in range(BALANCING_ROUNDS):
        shifted = log_softmax(
            shifted + wanted - np.log(np.maximum(np.exp(shifted).mean(axis=0), LEAST)), axis=1
        )
    return shifted
