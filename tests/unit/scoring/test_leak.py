import numpy as np
import pandas as pd

from practical_dl.files.predictions import ClassPredictions
from practical_dl.scoring.leak import leak_of_rows, leak_scores


def predictions(chances: list[float]) -> ClassPredictions:
    ids = np.array([str(row) for row in range(len(chances))], dtype=object)
    groups = np.array(["g", "h"] * (len(chances) // 2), dtype=object)
    true = np.array(["a"] * len(chances), dtype=object)
    probabilities = np.array([[chance, 1 - chance] for chance in chances])
    return ClassPredictions(ids, groups, true, ("a", "b"), probabilities)


def test_the_leak_is_the_random_split_s_score_minus_the_grouped_one_s() -> None:
    """All four right against one of two: 50 points."""
    leak = leak_scores(predictions([0.8] * 4), predictions([0.4, 0.8]), seed=1)
    assert leak["accuracy"].value == 0.5
    grouped = (np.log(1 / 0.4) + np.log(1 / 0.8)) / 2
    assert np.isclose(leak["log_loss"].value, np.log(1 / 0.8) - grouped)
    assert leak["accuracy"].low <= 0.5 <= leak["accuracy"].high


def test_scores_of_rows_give_the_same() -> None:
    rows = pd.DataFrame({"group": list("gghh"), "accuracy": 1.0, "log_loss": 0.1})
    leak = leak_of_rows(rows, rows.assign(accuracy=0.25), seed=1)
    assert (leak["accuracy"].value, leak["log_loss"].value) == (0.75, 0.0)
