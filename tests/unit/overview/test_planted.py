from pathlib import Path

import pandas as pd
import pytest

from practical_dl.overview.effects import ABOVE, BELOW, NOISE, Effect, effects_table
from practical_dl.overview.planted import review_losses
from practical_dl.overview.planted_pictures import loss_difference
from practical_dl.scoring.interval import Interval


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(0.1, 0.3, {ABOVE}), (-0.3, -0.1, {BELOW}), (-0.1, 0.1, {NOISE}), (0.0, 0.2, {NOISE})],
)
def test_an_effect_shows_only_where_its_whole_interval_lies(
    low: float, high: float, shown: set[str]
) -> None:
    found = Interval((low + high) / 2, low, high)
    for expected in (ABOVE, BELOW, NOISE):
        assert Effect("a", "b", found, expected).shown == (expected in shown)


def test_the_table_names_what_does_not_show() -> None:
    effects = [
        Effect("leak", "random minus grouped", Interval(0.2, 0.1, 0.3), ABOVE),
        Effect("clip", "fall", Interval(0.0, -0.1, 0.1), ABOVE),
    ]
    first, second = effects_table(effects).splitlines()
    assert first == "| leak | random minus grouped | +0.200 | +0.100 to +0.300 | above | yes |"
    assert second.endswith("| above | **no** |")


def write_predictions(path: Path, right: list[float]) -> Path:
    rows = {"id": ["a", "b", "c", "d"], "group": ["p", "p", "q", "q"], "true": ["x", "x", "y", "y"]}
    of_x = [*right[:2], *(1 - chance for chance in right[2:])]
    table = pd.DataFrame({**rows, "x": of_x, "y": [1 - chance for chance in of_x]})
    table.to_csv(path, index=False)
    return path


def test_predictions_are_compared_on_the_pictures_that_both_have(tmp_path: Path) -> None:
    one = write_predictions(tmp_path / "one.csv", [0.8, 0.8, 0.8, 0.8])
    other = write_predictions(tmp_path / "other.csv", [0.4, 0.4, 0.4, 0.4])
    found = loss_difference(one, other)
    assert found.value == pytest.approx(-0.6931472, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((-0.6931472, -0.6931472), abs=1e-6)


def test_the_loss_of_a_review_is_of_the_mean_of_its_trainings(tmp_path: Path) -> None:
    table = {"id": ["r1", "r2"], "group": ["f", "g"], "true": ["pos", "neg"]}
    runs = pd.DataFrame({**table, "seed_42": [0.2, 0.5], "seed_43": [0.6, 0.1]})
    runs.to_csv(tmp_path / "runs.csv", index=False)
    losses = review_losses(tmp_path / "runs.csv")["loss"].tolist()
    assert losses == pytest.approx([0.9162907, 0.3566749], abs=1e-6)
