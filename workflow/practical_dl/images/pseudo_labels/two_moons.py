"""Why pseudo-labels can work: two labelled points among many unlabelled ones, round by round.

The picture of fast.ai Practical Deep Learning, lesson 4. A boundary drawn from the two labelled
points alone cuts through both moons. Those unlabelled points that the model is sure of are labelled
by it and trained on; so the labels walk along the moons, and the boundary follows the gap.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import make_moons
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.gaussian_process.kernels import RBF, ConstantKernel
from threadpoolctl import threadpool_limits

Points = NDArray[np.float64]

COUNT = 200
NOISE = 0.06
ROUNDS = 8
ADDED = 1 / ROUNDS
"""Share of the points that a round labels: the surest, those near what is labelled already."""
GRID = 80
MARGIN = 0.4


@dataclass(frozen=True)
class Step:
    """After a round: the labels (n,) that were trained on (-1: none yet), the map, the accuracy.

    surface (GRID, GRID): probability of class 1 over the plane, from `axes_of` its points.
    accuracy: of the model on all points, in the end unlabelled ones too.
    """

    labels: NDArray[np.int64]
    surface: Points
    accuracy: float


def moons(seed: int) -> tuple[Points, NDArray[np.int64]]:
    """Points (n, 2) of two moons and the moon (n,) that each belongs to."""
    points, true = make_moons(COUNT, noise=NOISE, random_state=seed)
    return points, true.astype(np.int64)


def two_labelled(points: Points, true: NDArray[np.int64]) -> NDArray[np.int64]:
    """The labels: one point of each moon, where its arc is highest or lowest; -1 elsewhere."""
    labels = np.full(len(points), -1)
    height = np.where(true == 0, points[:, 1], -points[:, 1])
    for moon in (0, 1):
        members = np.flatnonzero(true == moon)
        labels[members[height[members].argmax()]] = moon
    return labels


def axes_of(points: Points) -> tuple[Points, Points]:
    """Where the plane is looked at: GRID values of each coordinate."""
    low, high = points.min(axis=0) - MARGIN, points.max(axis=0) + MARGIN
    return np.linspace(low[0], high[0], GRID), np.linspace(low[1], high[1], GRID)


def self_training(points: Points, true: NDArray[np.int64], rounds: int = ROUNDS) -> list[Step]:
    """The steps before the first round and after each of `rounds`.

    In a round the model labels the points it is surest of, a share ADDED of all, and is fitted anew
    to the two true labels and to all that it labelled so far.
    """
    with threadpool_limits(1):
        return _steps(points, true, rounds)


def _steps(points: Points, true: NDArray[np.int64], rounds: int) -> list[Step]:
    labels = two_labelled(points, true)
    plane = np.stack(np.meshgrid(*axes_of(points)), axis=-1).reshape(-1, 2)
    steps = []
    for _ in range(rounds + 1):
        known = labels >= 0
        model = _model().fit(points[known], labels[known])
        predicted = model.predict_proba(points)[:, 1]
        surface = model.predict_proba(plane)[:, 1].reshape(GRID, GRID)
        accuracy = float(((predicted > 0.5) == true).mean())
        steps.append(Step(labels.copy(), surface, accuracy))
        labels = _with_sure_ones(labels, predicted)
    return steps


def _model() -> GaussianProcessClassifier:
    """A Gaussian process of a fixed width: sure only near what it was shown."""
    return GaussianProcessClassifier(ConstantKernel(10.0) * RBF(0.25), optimizer=None)


def _with_sure_ones(labels: NDArray[np.int64], predicted: Points) -> NDArray[np.int64]:
    sureness = np.where(labels < 0, np.maximum(predicted, 1 - predicted), 0)
    surest = np.argsort(-sureness, kind="stable")[: round(ADDED * len(labels))]
    new = surest[sureness[surest] > 0]
    found = labels.copy()
    found[new] = (predicted[new] > 0.5).astype(np.int64)
    return found
