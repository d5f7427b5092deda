"""Training a network: validation chooses the epoch, then one training per seed scores the test.

The epoch is chosen by one training without the validation reviews; it also scores these, and the
ensemble is weighed on its predictions. The test is scored by trainings from scratch with each seed,
for that many epochs and then at the lower rates of the schedule, on the validation reviews too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.reviews.corpus.feeding import (
    batches_for,
    loss_of,
    passes_of_epoch,
    probabilities,
)
from practical_dl.reviews.models.data import ReviewData
from practical_dl.reviews.models.networks import thaw_vectors, vectors_model
from practical_dl.reviews.models.runs import write_runs
from practical_dl.reviews.vectors.tables import Vectors
from practical_dl.training.fit import copy_state, fit_next, schedule_past_best
from practical_dl.training.recipe import Recipe
from practical_dl.training.schedules import changes_the_step

if TYPE_CHECKING:
    import keras

SCORED = ("valid", "test")
FROZEN, TUNED = "frozen", "tuned"
Build = Callable[[], "keras.Model"]


@dataclass
class Outcome:
    """The result of a network: how its epochs were chosen, and its probabilities.

    `probabilities` holds one array (n, classes) for validation, and one per training for the test;
    `model` is the first of these trainings.
    """

    history: pd.DataFrame
    probabilities: dict[str, list[NDArray[np.float64]]]
    model: "keras.Model | None" = None

    def add(self, final: "keras.Model", data: ReviewData) -> None:
        """Take in a training on all reviews but the test."""
        import keras

        if self.model is None:
            self.model = keras.models.clone_model(final)
            self.model.set_weights(final.get_weights())
        self.probabilities["test"].append(probabilities(final, data.part("test")[0]))


def choose_epochs(
    untrained: "keras.Model",
    data: ReviewData,
    recipe: Recipe,
    seed: int,
    log: Log,
    compiled: "keras.Model | None" = None,
) -> tuple["keras.Model", Outcome]:
    """Train without the validation reviews; the model of the best epoch, and an outcome so far."""
    passes = passes_of_epoch(len(data.part("train")[0]), recipe.batch_size)
    if passes > 1:
        log.info(f"an epoch goes {passes} times over the training reviews, which are few")
    chosen, history = train(untrained, data, recipe, seed, log, compiled, passes)
    valid = probabilities(chosen, data.part("valid")[0])
    return chosen, Outcome(history.assign(seed=seed), {"valid": [valid], "test": []})


def train(
    untrained: "keras.Model",
    data: ReviewData,
    recipe: Recipe,
    seed: int,
    log: Log,
    compiled: "keras.Model | None" = None,
    passes: int = 1,
) -> tuple["keras.Model", pd.DataFrame]:
    """Fit with the weights of the best epoch on the validation films; the model and its history.

    `compiled`: as in `training.fit_next`. `passes`: of an epoch over the training reviews.
    """
    return fit_next(
        compiled,
        untrained,
        batches_for(untrained, *data.part("train"), recipe.batch_size, seed, passes),
        recipe.schedule,
        loss_of(untrained),
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
    rows = data.part("train", "valid")
    passes = passes_of_epoch(len(data.part("train")[0]), recipe.batch_size)
    trained, _ = fit_next(
        None if changes_the_step(recipe.schedule) else compiled,
        untrained,
        batches_for(untrained, *rows, recipe.batch_size, seed, passes),
        schedule_past_best(history),
        loss_of(untrained),
        log,
        optimizer=recipe.optimizer,
    )
    return trained


def train_seeds(
    build: Build,
    data: ReviewData,
    recipe: Recipe,
    seeds: Sequence[int],
    log: Log,
    compiled: "keras.Model | None" = None,
) -> tuple["keras.Model", Outcome]:
    """Choose the epochs with the first seed, then train on all but the test with each of them.

    `compiled`: as in `training.fit_next`; the model that is returned will do for the next network
    of the same build.
    """
    configure_tensorflow(seeds[0])
    model, outcome = choose_epochs(build(), data, recipe, seeds[0], log, compiled)
    for seed in log.track(seeds, len(seeds), "seeds"):
        log.info(f"seed {seed}")
        configure_tensorflow(seed)
        model = train_on_all(
            build(), data, recipe, outcome.history, seed, log.without_progress(), model
        )
        outcome.add(model, data)
    return model, outcome


def train_alike(
    builds: Mapping[str, Build],
    data: ReviewData,
    recipes: Mapping[str, Recipe],
    seeds: Sequence[int],
    log: Log,
) -> Iterator[tuple[str, Outcome]]:
    """`train_seeds` of networks of the same layers, optimizer and batch size, traced once."""
    compiled = None
    for name, build in builds.items():
        log.info(f"{name}: how many epochs")
        model, outcome = train_seeds(build, data, recipes[name], seeds, log, compiled)
        compiled = None if changes_the_step(recipes[name].schedule) else model
        yield name, outcome


def train_on_vectors(
    tables: Mapping[str, Vectors],
    data: ReviewData,
    recipes: Mapping[str, Recipe],
    seeds: Sequence[int],
    log: Log,
) -> Iterator[tuple[str, Outcome]]:
    """Train one network on each kind of vectors, frozen and from there tuned; traced once each.

    Args:
        tables: by kind, all of one shape.
        recipes: of `FROZEN` and of `TUNED`, in this order.

    Yields:
        The kind with the state, such as `text_tuned`, and its outcome.
    """
    compiled: dict[str, keras.Model] = {}
    quiet = log.without_progress()
    for kind, vectors in tables.items():
        configure_tensorflow(seeds[0])
        outcomes: dict[str, Outcome] = {}
        model = None
        for state, recipe in recipes.items():
            log.info(f"{kind} vectors {state}: how many epochs")
            untrained = _network_on(vectors, data.classes, model)
            model, outcomes[state] = choose_epochs(
                untrained, data, recipe, seeds[0], log, compiled.get(state)
            )
            compiled[state] = model
        for seed in log.track(seeds, len(seeds), "seeds"):
            configure_tensorflow(seed)
            model = None
            for state, recipe in recipes.items():
                log.info(f"seed {seed}, {kind} vectors {state}")
                untrained = _network_on(vectors, data.classes, model)
                history = outcomes[state].history
                model = train_on_all(untrained, data, recipe, history, seed, quiet, compiled[state])
                outcomes[state].add(model, data)
        yield from ((f"{kind}_{state}", outcome) for state, outcome in outcomes.items())


def _network_on(vectors: Vectors, classes: int, frozen: "keras.Model | None") -> "keras.Model":
    """An untrained network on frozen vectors, or one to tune that goes on from the `frozen` one."""
    model = vectors_model(vectors, classes)
    if frozen is not None:
        thaw_vectors(model)
        copy_state(frozen, model)
    return model


def write_outcome(outcome: Outcome, data: ReviewData, paths: Sequence[str]) -> None:
    """Write model.keras, history.csv, runs_valid.csv and runs_test.csv, in this order."""
    model_path, history_path, *run_paths = paths
    save_model(model_path, outcome.model)
    write_csv(history_path, outcome.history)
    first_seed = int(outcome.history["seed"].iloc[0])
    by_role = dict(zip(SCORED, run_paths, strict=True))
    write_runs(by_role, data.reviews, data.roles, outcome.probabilities, first_seed)


def write_outcomes(outcomes: Iterable[tuple[str, Outcome]], data: ReviewData, output: Any) -> None:
    """Write each outcome as soon as it is there.

    Args:
        output: has the lists of paths `models`, `histories`, `valid` and `test`.
    """
    for (_, outcome), paths in zip(outcomes, files_of_networks(output), strict=True):
        write_outcome(outcome, data, paths)


def files_of_networks(output: Any) -> Iterator[tuple[str, ...]]:
    """The paths that `write_outcome` takes, network by network, of a job's outputs."""
    return zip(output.models, output.histories, output.valid, output.test, strict=True)
