"""Training a network with several seeds: validation chooses the epoch, the test is asked once.

What answers for the test is trained anew for that many epochs and then at the lower rates of the
schedule, on the validation reviews too; what answers for the validation reviews, on which the
ensemble is weighed, is not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.artefacts import save_model, write_csv
from practical_dl.optimizer_settings import OptimizerSetting
from practical_dl.reviews.data import ReviewData
from practical_dl.reviews.feeding import LOSS, batches_for, positive_probabilities
from practical_dl.reviews.runs import runs_frame
from practical_dl.runtime import Log, configure_tensorflow
from practical_dl.schedules import Schedule
from practical_dl.training import fit, fit_next, schedule_past_best

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
    """What trainings of one network gave: the first one's model, histories, probabilities."""

    model: "keras.Model | None" = None
    histories: list[pd.DataFrame] = field(default_factory=list)
    positive: dict[str, list[NDArray[np.float64]]] = field(
        default_factory=lambda: {role: [] for role in SCORED}
    )

    def add(
        self,
        chosen: "keras.Model",
        final: "keras.Model",
        history: pd.DataFrame,
        data: ReviewData,
        seed: int,
    ) -> None:
        """Take in a training: `chosen` answers for the validation reviews, `final` for the test."""
        import keras

        if self.model is None:
            self.model = keras.models.clone_model(final)
            self.model.set_weights(final.get_weights())
        self.histories.append(history.assign(seed=seed))
        for role, model in zip(SCORED, (chosen, final), strict=True):
            self.positive[role].append(positive_probabilities(model, data.part(role)[0]))


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
    model: "keras.Model",
    data: ReviewData,
    recipe: Recipe,
    history: pd.DataFrame,
    seed: int,
    log: Log,
) -> None:
    """Fit on training and validation reviews, as long as `history` chose, then at lower rates."""
    fit(
        model,
        batches_for(model, *data.part("train", "valid"), recipe.batch_size, seed),
        schedule_past_best(history),
        LOSS,
        log,
        optimizer=recipe.optimizer,
    )


def train_seeds(
    build: Callable[[], "keras.Model"],
    data: ReviewData,
    recipe: Recipe,
    seeds: Sequence[int],
    log: Log,
) -> Outcome:
    """Train a network twice for each seed: to choose the epoch, and on all but the test."""
    outcome, quiet = Outcome(), log.without_progress()
    for seed in log.track(seeds, len(seeds), "seeds"):
        log.info(f"seed {seed}")
        configure_tensorflow(seed)
        chosen, history = train(build(), data, recipe, seed, quiet)
        final = build()
        train_on_all(final, data, recipe, history, seed, quiet)
        outcome.add(chosen, final, history, data, seed)
    return outcome


def write_outcome(outcome: Outcome, data: ReviewData, paths: Sequence[str]) -> None:
    """Write model.keras, history.csv, runs_valid.csv and runs_test.csv, in this order."""
    model_path, history_path, *run_paths = paths
    save_model(model_path, outcome.model)
    write_csv(history_path, pd.concat(outcome.histories))
    first_seed = int(outcome.histories[0]["seed"].iloc[0])
    for role, path in zip(SCORED, run_paths, strict=True):
        write_csv(path, runs_frame(data.table(role), outcome.positive[role], first_seed))
