"""Training a network: validation chooses the epoch, then one training a seed answers for the test.

The epoch is chosen by one training without the validation reviews; it also answers for them, and
the ensemble is weighed on what it says. What answers for the test is trained anew with each seed
for that many epochs and then at the lower rates of the schedule, on the validation reviews too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.reviews.models.data import ReviewData
from practical_dl.reviews.models.feeding import LOSS, batches_for, positive_probabilities
from practical_dl.reviews.models.runs import runs_frame
from practical_dl.training.fit import fit_next, schedule_past_best
from practical_dl.training.optimizers import OptimizerSetting
from practical_dl.training.schedules import Schedule, changes_the_step

if TYPE_CHECKING:
    import keras

SCORED = ("valid", "test")


@dataclass(frozen=True)
class Recipe:
    """How a network is trained."""

    schedule: Schedule
    optimizer: OptimizerSetting
    batch_size: int


@dataclass
class Outcome:
    """What a network gave: how its epochs were chosen, and what it says of validation and test.

    Of the test reviews it says one thing a training; `model` is the first of these.
    """

    history: pd.DataFrame
    positive: dict[str, list[NDArray[np.float64]]]
    model: "keras.Model | None" = None

    def add(self, final: "keras.Model", data: ReviewData) -> None:
        """Take in a training on all reviews but the test."""
        import keras

        if self.model is None:
            self.model = keras.models.clone_model(final)
            self.model.set_weights(final.get_weights())
        self.positive["test"].append(positive_probabilities(final, data.part("test")[0]))


def choose_epochs(
    untrained: "keras.Model", data: ReviewData, recipe: Recipe, seed: int, log: Log
) -> tuple["keras.Model", Outcome]:
    """Train without the validation reviews; the model of the best epoch, and an outcome so far."""
    chosen, history = train(untrained, data, recipe, seed, log)
    valid = positive_probabilities(chosen, data.part("valid")[0])
    return chosen, Outcome(history.assign(seed=seed), {"valid": [valid], "test": []})


def train(
    untrained: "keras.Model",
    data: ReviewData,
    recipe: Recipe,
    seed: int,
    log: Log,
    compiled: "keras.Model | None" = None,
) -> tuple["keras.Model", pd.DataFrame]:
    """Fit with the weights of the best epoch on the validation films; the model and its history.

    `compiled`: as in `training.fit_next`.
    """
    return fit_next(
        compiled,
        untrained,
        batches_for(untrained, *data.part("train"), recipe.batch_size, seed),
        recipe.schedule,
        LOSS,
        log,
        ["accuracy"],
        inner=batches_for(untrained, *data.part("valid"), recipe.batch_size, seed),
        optimizer=recipe.optimizer,
    )


def train_on_all(
    untrained: "keras.Model",
    data: ReviewData,
    recipe: Recipe,
    history: pd.DataFrame,
    seed: int,
    log: Log,
    compiled: "keras.Model | None" = None,
) -> "keras.Model":
    """Fit on training and validation reviews, as long as `history` chose, then at lower rates.

    `compiled`: as in `training.fit_next`; one that `choose_epochs` returned will do.
    """
    trained, _ = fit_next(
        None if changes_the_step(recipe.schedule) else compiled,
        untrained,
        batches_for(untrained, *data.part("train", "valid"), recipe.batch_size, seed),
        schedule_past_best(history),
        LOSS,
        log,
        optimizer=recipe.optimizer,
    )
    return trained


def train_seeds(
    build: Callable[[], "keras.Model"],
    data: ReviewData,
    recipe: Recipe,
    seeds: Sequence[int],
    log: Log,
) -> Outcome:
    """Choose the epochs with the first seed, then train on all but the test with each of them."""
    configure_tensorflow(seeds[0])
    model, outcome = choose_epochs(build(), data, recipe, seeds[0], log)
    for seed in log.track(seeds, len(seeds), "seeds"):
        log.info(f"seed {seed}")
        configure_tensorflow(seed)
        model = train_on_all(
            build(), data, recipe, outcome.history, seed, log.without_progress(), model
        )
        outcome.add(model, data)
    return outcome


def train_and_write(
    build: Callable[[], "keras.Model"],
    data: ReviewData,
    params: Any,
    paths: Sequence[str],
    log: Log,
) -> None:
    """`train_seeds` by a rule's `params`, and what it gave as files: see `write_outcome`.

    Args:
        params: has `schedule`, `optimizer`, `batch_size`, `seed` and `seeds`.
    """
    recipe = Recipe(params.schedule, params.optimizer, params.batch_size)
    seeds = range(params.seed, params.seed + params.seeds)
    write_outcome(train_seeds(build, data, recipe, seeds, log), data, paths)


def write_outcome(outcome: Outcome, data: ReviewData, paths: Sequence[str]) -> None:
    """Write model.keras, history.csv, runs_valid.csv and runs_test.csv, in this order."""
    model_path, history_path, *run_paths = paths
    save_model(model_path, outcome.model)
    write_csv(history_path, outcome.history)
    first_seed = int(outcome.history["seed"].iloc[0])
    for role, path in zip(SCORED, run_paths, strict=True):
        write_csv(path, runs_frame(data.table(role), outcome.positive[role], first_seed))
