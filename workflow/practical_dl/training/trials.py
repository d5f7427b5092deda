"""Five ways to choose the steps of one training, at equal budget and by several seeds.

Every way gets the same epochs, the same learning rates to choose among and the same seeds. The
learning rate is chosen by the loss on inner rows, as is each fit's epoch; other rows are scored.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_columns, read_csv
from practical_dl.job.runtime import Log
from practical_dl.scoring.metrics import log_losses
from practical_dl.training.fit import best_epoch
from practical_dl.training.optimizers import ADAM, OptimizerSetting
from practical_dl.training.schedules import Schedule, changes_the_step

if TYPE_CHECKING:
    import keras

CONTROL = "adam"
CONSTANT = "constant"
FIT_COLUMNS = ["method", "rate", "seed", "inner_loss", "epoch", "last_rate", "chosen"]
ROW_COLUMNS = ("method", "seed", "id", "group", "loss")


class Trial(NamedTuple):
    """A way of training: its name, first rate, schedule and optimizer."""

    method: str
    rate: float
    schedule: Schedule
    optimizer: OptimizerSetting

    @property
    def step(self) -> str:
        """Names the traced step: trials with equal steps can use one compiled model."""
        return f"{self.optimizer}, looks at gradients: {changes_the_step(self.schedule)}"


class Scored(NamedTuple):
    """The scored rows: `keys` with id and group, and the loss (n,) of a constant prediction."""

    keys: pd.DataFrame
    constant: NDArray[np.float64]


class Trained(NamedTuple):
    """The trained model, the history of its fit, and the loss (n,) of each scored row."""

    model: "keras.Model"
    history: pd.DataFrame
    losses: NDArray[np.float64]


# From a trial, a seed, and the compiled model of an earlier trial with the same step, if any.
FitOne = Callable[[Trial, int, "keras.Model | None"], Trained]


def trials(epochs: int, rate: float) -> Iterator[Trial]:
    """The five ways from one first rate."""
    fixed, last = [[epochs, rate]], max(1, epochs // 3)
    plateau = {"epochs": epochs, "rate": rate, "divide_by": 10, "patience": 1}
    annealing = {"epochs": epochs, "rate": rate, "divide_by": 4, "ratio": 2}
    by_hand = [[epochs - last, rate], [last, rate / 10]]
    yield Trial(CONTROL, rate, fixed, ADAM)
    yield Trial("hand", rate, by_hand, ADAM)
    yield Trial("plateau", rate, {"plateau": plateau}, ADAM)
    yield Trial("eve", rate, fixed, {"eve": {}})
    yield Trial("annealing", rate, {"annealing": annealing}, ADAM)


def run_trials(
    fit_one: FitOne,
    epochs: int,
    rates: Sequence[float],
    seeds: Sequence[int],
    scored: Scored,
    log: Log,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fit every way at every rate with every seed.

    `scored` has the rows in the order of the losses of `fit_one`.

    Returns:
        The fits (FIT_COLUMNS), and the rows (ROW_COLUMNS) of each way's chosen rate, those of the
        method CONSTANT behind them.
    """
    plan = [(trial, seed) for rate in rates for trial in trials(epochs, rate) for seed in seeds]
    fits, tables = [], {}
    left: dict[str, keras.Model] = {}
    for trial, seed in log.track(plan, len(plan), "fits"):
        trained = fit_one(trial, seed, left.get(trial.step))
        left[trial.step] = trained.model
        fits.append(_fit_row(trial, seed, trained.history))
        tables[trial.method, trial.rate, seed] = _row_table(
            scored, trial.method, seed, trained.losses
        )
        log.info(
            f"{trial.method}, rate {trial.rate:g}, seed {seed}: "
            f"inner loss {fits[-1]['inner_loss']:.4f} in epoch {fits[-1]['epoch']}"
        )
    frame = choose_rates(pd.DataFrame(fits))
    kept = frame[frame["chosen"]]
    keys = zip(kept["method"], kept["rate"], kept["seed"], strict=True)
    floor = _row_table(scored, CONSTANT, seeds[0], scored.constant)
    return frame, pd.concat([*(tables[key] for key in keys), floor], ignore_index=True)


def constant_losses(
    train_labels: NDArray[np.int64], labels: NDArray[np.int64], classes: int
) -> NDArray[np.float64]:
    """Log loss (n,) of `labels` where each class always gets its share of the training rows."""
    shares = np.bincount(train_labels, minlength=classes) / len(train_labels)
    return log_losses(labels, np.tile(shares, (len(labels), 1)))


def choose_rates(fits: pd.DataFrame) -> pd.DataFrame:
    """Mark the fits of each way's rate with the lowest mean inner loss over the seeds."""
    means = fits.groupby(["method", "rate"], as_index=False).agg(inner_loss=("inner_loss", "mean"))
    best = means.sort_values("inner_loss", kind="stable").drop_duplicates("method")
    rates = best.set_index("method")["rate"]
    return fits.assign(chosen=fits["rate"] == fits["method"].map(rates))


def read_fits(path: str | Path) -> pd.DataFrame:
    """Read the fits that `run_trials` returned."""
    numbers = ("rate", "inner_loss", "last_rate")
    types = {**dict.fromkeys(numbers, "float64"), "seed": "int64", "epoch": "int64"}
    fits = read_csv(path, FIT_COLUMNS, types)
    return fits.assign(chosen=fits["chosen"] == "True")


def read_rows(path: str | Path) -> pd.DataFrame:
    """Read the rows that `run_trials` returned."""
    return read_columns(path, ROW_COLUMNS)


def _row_table(scored: Scored, method: str, seed: int, losses: NDArray[np.float64]) -> pd.DataFrame:
    table = scored.keys[["id", "group"]].assign(method=method, seed=seed, loss=losses)
    return table[list(ROW_COLUMNS)]


def _fit_row(trial: Trial, seed: int, history: pd.DataFrame) -> dict[str, object]:
    return {
        "method": trial.method,
        "rate": trial.rate,
        "seed": seed,
        "inner_loss": history["inner_plain_loss"].min(),
        "epoch": best_epoch(history),
        "last_rate": history["learning_rate"].iloc[-1],
    }
