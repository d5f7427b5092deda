import numpy as np
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.job.errors import UserError
from practical_dl.scoring.gain import gain_scores


def predictions(chances: list[float], first: int = 0) -> ClassPredictions:
    """Chances of the true class `a` of rows in two groups."""
    ids = np.array([str(first + row) for row in range(len(chances))], dtype=object)
    groups = np.array(["g", "h"] * (len(chances) // 2), dtype=object)
    true = np.array(["a"] * len(chances), dtype=object)
    values = np.array([[chance, 1 - chance] for chance in chances])
    return ClassPredictions(ids, groups, true, ("a", "b"), values)


def test_the_gain_is_the_technique_minus_its_control_row_by_row() -> None:
    scores = gain_scores(predictions([0.9, 0.8]), predictions([0.6, 0.4]), seed=0)
    assert scores["accuracy"]["value"] == pytest.approx(0.5)
    expected = -(np.log(0.9) + np.log(0.8)) / 2 + (np.log(0.6) + np.log(0.4)) / 2
    assert scores["log_loss"]["value"] == pytest.approx(expected)
    assert scores["log_loss"]["ci_low"] < expected < scores["log_loss"]["ci_high"]


def test_other_rows_are_refused() -> None:
    with pytest.raises(UserError, match="same rows"):
        gain_scores(predictions([0.9, 0.8]), predictions([0.9, 0.8], first=1), seed=0)
