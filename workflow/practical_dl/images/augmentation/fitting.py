"""Trainings with the augmentation that the sweep chose: the test of it, and learning curves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.augmentation.cross_validated import NETWORK
from practical_dl.images.pictures.augmentation import NONE, Amounts
from practical_dl.images.pictures.splits import rows_by_role
from practical_dl.images.sample.curves import Point, point
from practical_dl.images.sample.fitting import Compiled, fit_in_turn, predict_sample
from practical_dl.images.sample.store import SamplePictures, shrunk_sample
from practical_dl.images.sample.trainings import run_frame
from practical_dl.job.runtime import Log
from practical_dl.training.recipe import Recipe
from practical_dl.training.schedules import FixedSchedule

AUGMENTED = "augmented"


def fit_with_and_without(
    sample: SamplePictures,
    amounts: Amounts,
    recipe: Recipe,
    inner_share: float,
    seeds: Sequence[int],
    compiled: Compiled,
    log: Log,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Predictions and histories of the network at one budget, without and with the `amounts`.

    Inner groups, drawn with the first seed, choose the epoch.
    """
    settings: dict[str, Amounts] = {NONE: {}, AUGMENTED: amounts}
    rows = rows_by_role(sample.rows, sample.split("grouped"), inner_share, True, seeds[0])
    runs, histories, quiet = [], [], log.without_progress()
    trainings = list(product(settings, seeds))
    for setting, seed in log.track(trainings, len(trainings), "trainings"):
        given = settings[setting]
        log.info(f"{setting}, seed {seed}: {given}")
        model, history = fit_in_turn(compiled, sample, rows, NETWORK, recipe, given, seed, quiet)
        predicted = predict_sample(model, sample, rows["valid"], recipe.batch_size)
        runs.append(run_frame(setting, seed, sample, rows["valid"], predicted))
        histories.append(history.assign(setting=setting, seed=seed))
    return pd.concat(runs), pd.concat(histories)


@dataclass(frozen=True)
class Base:
    """The values that a point of a curve has on the other axes, and the augmentation."""

    pictures: int
    shrink: int
    schedule: FixedSchedule
    batch_size: int
    amounts: Amounts


def fit_curves(
    sample: SamplePictures,
    axes: Mapping[str, Sequence[float]],
    base: Base,
    seeds: Sequence[int],
    compiled: Compiled,
    log: Log,
) -> dict[str, pd.DataFrame]:
    """For each of the `axes` the predictions of the validation rows at every value, all seeds."""
    reduced = cache(partial(shrunk_sample, sample))
    points = [
        (axis, value, seed)
        for axis, values in axes.items()
        for value, seed in _in_order(axis, values, seeds)
    ]
    runs: dict[str, list[pd.DataFrame]] = {axis: [] for axis in axes}
    for axis, value, seed in log.track(points, len(points), "trainings"):
        given = _point_of(sample, axis, value, base, seed)
        log.info(f"{axis} {value:g}, seed {seed}: {len(given.train)} pictures, {given.schedule}")
        predicted = _predict_point(reduced(given.shrink), given, base, seed, compiled, log)
        runs[axis].append(run_frame(value, seed, sample, _side(sample, "valid"), predicted))
    return {axis: pd.concat(frames) for axis, frames in runs.items()}


def _in_order(axis: str, values: Sequence[float], seeds: Sequence[int]) -> list[tuple[float, int]]:
    """Values from little to much; the most reduced pictures are the least."""
    order = [(value, seed) for value in sorted(values) for seed in seeds]
    return order[::-1] if axis == "shrink" else order


def _point_of(sample: SamplePictures, axis: str, value: float, base: Base, seed: int) -> Point:
    training = _side(sample, "train")
    groups = sample.rows["group"].to_numpy()[training]
    count = min(base.pictures, len(training))
    return point(axis, value, training, groups, count, base.schedule, base.shrink, seed)


def _predict_point(
    pictures: SamplePictures, given: Point, base: Base, seed: int, compiled: Compiled, log: Log
) -> NDArray[np.float64]:
    """Train at a point; return the probabilities of the validation rows."""
    recipe = Recipe(given.schedule, base.batch_size)
    rows, quiet = {"train": given.train}, log.without_progress()
    model, _ = fit_in_turn(compiled, pictures, rows, NETWORK, recipe, base.amounts, seed, quiet)
    return predict_sample(model, pictures, _side(pictures, "valid"), recipe.batch_size)


def _side(sample: SamplePictures, role: str) -> NDArray[np.int64]:
    return np.flatnonzero(sample.rows["grouped"] == role)
