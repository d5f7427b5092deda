"""The comparison of optimizers: equal budgets, chosen rates, and what is outside the noise."""

import io
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest
from tests.told import untold

from practical_dl.job.runtime import Log
from practical_dl.scoring.interval import Interval
from practical_dl.small.optimizer_comparison.trial_page import (
    finding,
    trial_page,
    trial_table,
    verdict,
)
from practical_dl.training.schedules import policy_of
from practical_dl.training.trials import (
    CONSTANT,
    FIT_COLUMNS,
    Scored,
    Trained,
    Trial,
    constant_losses,
    run_trials,
    trials,
)

ROWS = pd.DataFrame(
    {"id": [f"r{n}" for n in range(12)], "group": [f"g{n // 2}" for n in range(12)]}
)
SHIFTS = {"adam": 0.0, "hand": -0.2, "plateau": 0.3, "eve": 0.0, "annealing": -0.1}


def fit_one(trial: Trial, seed: int, compiled: Any) -> Trained:
    """Losses that differ from Adam's by SHIFTS; Eve's also by seed, the annealing's by row."""
    assert compiled in (None, trial.step)
    losses = 1 + 0.01 * np.arange(12) + SHIFTS[trial.method]
    if trial.method == "eve":
        losses += 0.4 if seed % 2 else -0.2
    if trial.method == "annealing":
        losses += np.where(np.arange(12) < 6, 1.0, -1.0)
    inner = [2.0, 1.0 if trial.rate == 0.1 else 1.5, 3.0]
    history = pd.DataFrame(
        {"epoch": [1, 2, 3], "learning_rate": trial.rate, "inner_plain_loss": inner}
    )
    worse = 5 if trial.rate != 0.1 else 0
    return Trained(cast(Any, trial.step), history, np.asarray(losses + worse, np.float64))


@pytest.fixture(scope="module")
def run() -> tuple[pd.DataFrame, pd.DataFrame]:
    log = Log("test", io.StringIO(), io.StringIO())
    return run_trials(fit_one, 3, [0.01, 0.1], [1, 2], Scored(ROWS, np.full(12, 1.5)), log)


def test_every_way_has_the_same_epochs_and_first_rate() -> None:
    plan = list(trials(9, 0.01))
    assert [trial.method for trial in plan] == list(SHIFTS)
    assert {policy_of(trial.schedule).epochs for trial in plan} == {9}
    assert {policy_of(trial.schedule).rate for trial in plan} == {0.01}
    assert plan[1].schedule == [[6, 0.01], [3, 0.001]]


def test_a_compiled_model_goes_to_trials_of_its_step_alone() -> None:
    """The fits of `run` assert it; Eve and the annealing share no step with Adam."""
    plan = {trial.method: trial.step for trial in trials(9, 0.1)}
    assert plan["adam"] == plan["hand"] == plan["plateau"]
    assert len(set(plan.values())) == 3


def test_the_rate_is_chosen_on_inner_rows_and_only_its_rows_are_kept(
    run: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    fits, rows = run
    assert list(fits.columns) == FIT_COLUMNS
    assert len(fits) == 5 * 2 * 2
    assert set(fits.loc[fits["chosen"], "rate"]) == {0.1}
    assert (fits["epoch"] == 2).all()
    assert rows["method"].value_counts()[CONSTANT] == 12
    assert len(rows) == 5 * 2 * 12 + 12
    assert rows["loss"].max() < 4


def test_the_table_says_what_is_outside_the_noise(
    run: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    table = trial_table("images", "demo", *run, seed=1).set_index("method")
    assert table["verdict"].to_dict() == {
        "adam": "",
        "hand": "better",
        "plateau": "worse",
        "eve": "seeds disagree",
        "annealing": "within the noise",
    }
    assert table.loc["hand", "difference"] == pytest.approx(-0.2)
    assert table.loc["eve", "least_seed"] == pytest.approx(-0.2)
    assert table.loc["eve", "most_seed"] == pytest.approx(0.4)
    assert table.loc["adam", "value"] == pytest.approx(1.055)
    assert finding(table.reset_index()) == (
        "2 of 4 differences from Adam at a fixed learning rate are outside the noise: "
        "Adam, rate / 10 by hand on demo (images): better by 0.200 (95 % 0.200 to 0.200); "
        "Adam, rate / 10 on a plateau on demo (images): worse by 0.300 (95 % 0.300 to 0.300)."
    )
    assert untold(trial_page(table.reset_index())) == []
    page = trial_page(table.reset_index())
    assert page.count("data:image/png;base64,") == 1
    assert '<td class="better">better by 0.200 (95&nbsp;%&nbsp;0.200&nbsp;to&nbsp;0.200)' in page


def test_a_set_on_which_nothing_beats_a_constant_is_named(
    run: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    fits, rows = run
    learned = trial_table("images", "demo", fits, rows, seed=1)
    assert learned["over_constant"].tolist() == pytest.approx(
        [1.055 - 1.5, 0.855 - 1.5, 1.355 - 1.5, 1.155 - 1.5, 0.955 - 1.5]
    )
    assert "constant" not in finding(learned)
    at_chance = rows.assign(loss=rows["loss"].where(rows["method"] != CONSTANT, 0.8))
    table = trial_table("reviews", "demo", fits, at_chance, seed=1)
    both = pd.concat([learned, table], ignore_index=True)
    assert finding(both).endswith(
        "On 1 of 2 data sets no way beats a constant prediction, so differences there say nothing."
    )
    assert (
        "On demo (reviews) no way beats a constant prediction outside the noise: the best loss is "
        "0.855, the constant&#x27;s 0.800."
    ) in trial_page(both)


def test_a_constant_prediction_is_the_shares_of_the_training_rows() -> None:
    losses = constant_losses(np.array([0, 0, 0, 1]), np.array([0, 1]), 2)
    assert losses == pytest.approx([-np.log(0.75), -np.log(0.25)])


def test_a_seed_that_disagrees_is_named() -> None:
    outside = Interval(-0.1, -0.2, -0.01)
    assert verdict(outside, np.array([-0.2, -0.05])) == "better"
    assert verdict(outside, np.array([-0.3, 0.1])) == "seeds disagree"
    holds_zero = Interval(-0.1, -0.2, 0.01)
    assert verdict(holds_zero, np.array([-0.3, 0.1])) == "within the noise"
    same = Interval(0.0, 0.0, 0.0)
    assert verdict(same, np.zeros(2)) == "identical: no rate fell before the epoch kept"
