"""Training a network with several seeds: validation chooses the epoch, the test is asked once."""

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
from practical_dl.training import fit

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

    def add(self, model: "keras.Model", history: pd.DataFrame, data: ReviewData, seed: int) -> None:
        """Take in one training: its model answers for the validation and the test reviews."""
        import keras

        if self.model is None:
            self.model = keras.models.clone_model(model)
            self.model.set_weights(model.get_weights())
        self.histories.append(history.assign(seed=seed))
        for role, found in self.positive.items():
            found.append(positive_probabilities(model, data.part(role)[0]))


def train(
    model: "keras.Model", data: ReviewData, recipe: Recipe, seed: int, log: Log
) -> pd.DataFrame:
    """Fit, keep the weights of the best epoch on the validation films, return the history."""
    return fit(
        model,
        batches_for(model, *data.part("train"), recipe.batch_size, seed),
        recipe.schedule,
        LOSS,
        log,
        ["accuracy"],
        inner=batches_for(model, *data.part("valid"), recipe.batch_size, seed),
        optimizer=recipe.optimizer,
    )


def train_seeds(
    build: Callable[[], "keras.Model"],
    data: ReviewData,
    recipe: Recipe,
    seeds: Sequence[int],
    log: Log,
) -> Outcome:
    """Build and train a network once for each seed."""
    outcome = Outcome()
    for seed in log.track(seeds, len(seeds), "trainings"):
        log.info(f"seed {seed}")
        configure_tensorflow(seed)
        model = build()
        outcome.add(model, train(model, data, recipe, seed, log.without_progress()), data, seed)
    return outcome


def write_outcome(outcome: Outcome, data: ReviewData, paths: Sequence[str]) -> None:
    """Write model.keras, history.csv, runs_valid.csv and runs_test.csv, in this order."""
    model_path, history_path, *run_paths = paths
    save_model(model_path, outcome.model)
    write_csv(history_path, pd.concat(outcome.histories))
    first_seed = int(outcome.histories[0]["seed"].iloc[0])
    for role, path in zip(SCORED, run_paths, strict=True):
        write_csv(path, runs_frame(data.table(role), outcome.positive[role], first_seed))
