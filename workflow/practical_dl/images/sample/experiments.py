"""The experiments on the sample: which models are trained on which rows, with which seeds.

Each training starts from its own seed; models alike are traced once (`fit_in_turn`). All return
tables; those of `trainings.run_frame` hold predictions, the histories also setting and seed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pandas as pd

from practical_dl.images.pictures.splits import rows_by_role, rows_of_roles
from practical_dl.images.sample.fitting import (
    LOSS,
    Compiled,
    fit_in_turn,
    new_model,
    predict_sample,
    training_batches,
)
from practical_dl.images.sample.statistics_study import score_both_statistics
from practical_dl.images.sample.store import SamplePictures
from practical_dl.images.sample.trainings import run_frame
from practical_dl.job.runtime import Log
from practical_dl.training.collapse import collapse_check, describe_collapse
from practical_dl.training.learning_rate_range import range_test, rate_ladder
from practical_dl.training.recipe import Recipe
from practical_dl.training.schedules import Schedule

SPLITS = ("grouped", "random")


@dataclass(frozen=True)
class Trained:
    """Predictions and histories of all trainings of a question; parameters of the last model."""

    runs: pd.DataFrame
    history: pd.DataFrame
    parameters: int


def fit_baseline(
    sample: SamplePictures,
    network: str,
    recipe: Recipe,
    inner_share: float,
    seeds: Sequence[int],
    compiled: Compiled,
    log: Log,
) -> Trained:
    """A simple network by both splits with all seeds; inner rows, cut with the first, choose the
    epoch."""
    runs, histories, quiet = [], [], log.without_progress()
    for split, seed in log.track(list(product(SPLITS, seeds)), 2 * len(seeds), "trainings"):
        log.info(f"{network}, {split} split, seed {seed}")
        by_group = split == "grouped"
        rows = rows_by_role(sample.rows, sample.split(split), inner_share, by_group, seeds[0])
        model, history = fit_in_turn(compiled, sample, rows, network, recipe, {}, seed, quiet)
        predicted = predict_sample(model, sample, rows["valid"], recipe.batch_size)
        runs.append(run_frame(split, seed, sample, rows["valid"], predicted))
        histories.append(history.assign(setting=split, seed=seed))
    return Trained(pd.concat(runs), pd.concat(histories), model.count_params())


def fit_rate_lesson(
    sample: SamplePictures,
    schedules: Mapping[str, Schedule],
    batch_size: int,
    seeds: Sequence[int],
    compiled: Compiled,
    log: Log,
) -> Trained:
    """The linear model by each of the `schedules` with all seeds; the last epoch is kept."""
    rows = rows_of_roles(sample.split("grouped"))
    train, valid = {"train": rows["train"]}, rows["valid"]
    runs, histories, quiet = [], [], log.without_progress()
    trainings = list(product(schedules, seeds))
    for setting, seed in log.track(trainings, len(trainings), "trainings"):
        recipe = Recipe(schedules[setting], batch_size)
        model, history = fit_in_turn(compiled, sample, train, "linear", recipe, {}, seed, quiet)
        predicted = predict_sample(model, sample, valid, batch_size)
        check = collapse_check(predicted, sample.labels()[valid])
        log.info(f"{setting}, seed {seed}: {describe_collapse(check)}")
        runs.append(run_frame(setting, seed, sample, valid, predicted))
        histories.append(history.assign(setting=setting, seed=seed))
    return Trained(pd.concat(runs), pd.concat(histories), model.count_params())


def rising_rates(
    sample: SamplePictures,
    networks: Sequence[str],
    low: float,
    high: float,
    steps: int,
    batch_size: int,
    seed: int,
    log: Log,
) -> pd.DataFrame:
    """Loss of each network while its learning rate rises: columns model, rate, loss."""
    train = rows_of_roles(sample.split("grouped"))["train"]
    rates = rate_ladder(low, high, steps)
    tables = []
    for name in log.track(networks, len(networks), "models"):
        model = new_model(sample, name, seed)
        batches = training_batches(sample, train, batch_size, {}, seed)
        tables.append(range_test(model, batches, LOSS, rates).assign(model=name))
    return pd.concat(tables)[["model", "rate", "loss"]]


def compare_statistics(
    sample: SamplePictures, network: str, recipe: Recipe, seeds: Sequence[int], log: Log
) -> pd.DataFrame:
    """Scores of a network after each epoch by both batch-norm statistics, with all seeds."""
    rows = rows_of_roles(sample.split("grouped"))
    quiet = log.without_progress()
    tables = [
        score_both_statistics(sample, rows, network, recipe, seed, quiet)
        for seed in log.track(seeds, len(seeds), "trainings")
    ]
    return pd.concat(tables)
