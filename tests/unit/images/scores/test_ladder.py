"""Rungs: scores, and gains on the pictures that the control predicted too."""

from pathlib import Path

import numpy as np
import pytest
from tests.unit.images.conftest import predictions, runs

from practical_dl.images.plan.rungs import Rung, files_read, located
from practical_dl.images.scores.ladder import ladder_table, rank_guide


def test_a_rung_gains_on_the_pictures_that_its_control_predicted_too(tmp_path: Path) -> None:
    below = runs(tmp_path / "runs.csv", "xy", {"none": [0.4, 0.2], "augmented": [0.9, 0.9]})
    above = predictions(tmp_path / "above.csv", "wxyz", 0.8)
    table = ladder_table(
        [
            Rung("the sample", below, "none", original=(0.5, 1.5)),
            Rung("all", above, None, "the sample", below, "none"),
        ],
        seed=0,
    )
    sample_loss = -(np.log(0.4) + np.log(0.2)) / 2
    assert table["n"].tolist() == [2, 4]
    assert table["shared"].tolist() == [0, 2]
    assert table["log_loss"].tolist() == pytest.approx([sample_loss, -np.log(0.8)])
    assert table["gain_log_loss"][1] == pytest.approx(-np.log(0.8) - sample_loss)
    assert table["gain_accuracy"].isna().tolist() == [True, False]
    assert table["gain_accuracy"][1] == 1
    assert table["original_log_loss"][0] == 1.5


@pytest.mark.parametrize(
    ("loss", "place"),
    [(0.14, "top 1 %"), (0.25, "top 10 %"), (0.348, "top 16 %"), (1.3, "lower half")],
)
def test_places_are_those_that_such_losses_had(loss: float, place: str) -> None:
    assert rank_guide(loss) == place


def test_rungs_are_read_where_their_files_lie() -> None:
    rungs = [Rung("low", "a"), Rung("high", "b", None, "low", "a")]
    moved = located(rungs, [f"elsewhere/{path}" for path in files_read(rungs)])
    assert [rung.path for rung in moved] == ["elsewhere/a", "elsewhere/b"]
    assert [rung.control_path for rung in moved] == [None, "elsewhere/a"]
