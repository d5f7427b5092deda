"""Each failure that the page shows really happens."""

import numpy as np
import pandas as pd
import pytest

from practical_dl.small.optimizers import lecture
from practical_dl.small.optimizers.failures import (
    COLUMNS,
    descend_saddle,
    failures,
    saddle_gradient,
    saddle_height,
)
from practical_dl.small.optimizers.line import SLOPE, finite_differences


@pytest.fixture(scope="module")
def runs() -> dict[tuple[str, str], pd.DataFrame]:
    table = failures()
    assert tuple(table.columns) == COLUMNS
    return {(str(a), str(b)): run for (a, b), run in table.groupby(["picture", "run"])}


def test_a_high_rate_diverges_and_a_low_one_does_not(runs: dict) -> None:
    low, high = (runs["diverging rate", f"rate {rate}"]["loss"] for rate in ("0.0001", "0.001"))
    assert low.iloc[-1] < low.iloc[0]
    assert high.iloc[-1] > 1e20


def test_momentum_crosses_the_saddle_and_descent_does_not(runs: dict) -> None:
    descent, momentum = runs["saddle", "descent"], runs["saddle", "momentum"]
    assert (descent["first"] > 0).all()
    assert momentum["first"].iloc[-1] == pytest.approx(-1, abs=0.01)
    assert momentum["loss"].iloc[-1] < descent["loss"].iloc[-1]


def test_descent_would_not_cross_in_ten_times_the_steps() -> None:
    assert (descend_saddle(lecture.Descent(0.1), 1200)["first"] > 0).all()


def test_the_saddle_s_derivatives_are_the_measured_ones() -> None:
    place = np.array([0.7, -0.4])
    measured = finite_differences(lambda p: float(saddle_height(*p)), place, 1e-6)
    np.testing.assert_allclose(saddle_gradient(place), measured, rtol=1e-4)


def test_adagrad_explodes_in_the_lecture_and_stalls_in_the_paper(runs: dict) -> None:
    assert runs["Adagrad", "lecture, rate 0.001"]["loss"].iloc[-1] > 1e10
    stalled = runs["Adagrad", "paper, rate 0.1"]["loss"].to_numpy()
    half = len(stalled) // 2
    assert stalled[-1] > 0.9 * stalled[half] > 50


def test_rmsprop_keeps_circling_at_a_distance_of_its_rate(runs: dict) -> None:
    for rate in (0.2, 0.05):
        last_epoch = runs["RMSProp", f"rate {rate}"].tail(29)
        assert rate < np.abs(last_epoch["first"] - SLOPE).max() < 3 * rate


def test_eve_jumps_away_from_the_minimum(runs: dict) -> None:
    loss = runs["Eve", "rate 1, as in the lecture"]["loss"].to_numpy()
    least = int(loss.argmin())
    assert loss[least] < 1e-3
    assert loss[least:].max() > 100
