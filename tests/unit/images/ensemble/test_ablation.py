"""The ablation: what each step adds, what its absence costs, what is left out."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.ensemble.ablation import ablation, read_ablation


def test_the_ablation_adds_up_and_scores_what_is_left_out(tmp_path: Path) -> None:
    labels = np.array([0, 0, 1, 1])
    groups = np.array(list("aabb"))

    def sure(share: float) -> np.ndarray:
        return np.array([[share, 1 - share]] * 2 + [[1 - share, share]] * 2)

    stages = [("linear", sure(0.5)), ("heads", sure(0.6)), ("weights", sure(0.8))]
    table = ablation(stages, {"weights": sure(0.6)}, {"clip": sure(0.7)}, labels, groups, 0)
    assert table["step"].tolist() == ["linear", "heads", "weights", "clip"]
    assert table["left_out"].tolist() == [0, 0, 0, 1]
    assert table["log_loss"].tolist() == pytest.approx(-np.log([0.5, 0.6, 0.8, 0.7]))
    assert table["gain"].tolist() == pytest.approx(
        [0, np.log(0.6 / 0.5), np.log(0.8 / 0.6), np.log(0.7 / 0.8)]
    )
    assert table["without"].tolist()[2] == pytest.approx(np.log(0.8 / 0.6))
    assert table["without"].isna().tolist() == [True, True, False, True]
    table.to_csv(tmp_path / "ablation.csv", index=False)
    pd.testing.assert_frame_equal(
        read_ablation(str(tmp_path / "ablation.csv")), table, check_dtype=False
    )
