import numpy as np
import pandas as pd
import pytest
from tests.unit.movies.conftest import predictions

from practical_dl.job.errors import UserError
from practical_dl.movies.models.scores import rating_report, table_of_models


def test_differences_are_paired_and_keep_their_units(models: pd.DataFrame) -> None:
    bias, _, bayes = models.to_dict("records")[:3]
    assert bayes["mse"] == pytest.approx(bayes["rmse"] ** 2)
    assert bayes["rmse"] == pytest.approx(0.8 * bias["rmse"])
    # Errors in a fixed ratio differ surely, however wide each interval is.
    assert bayes["minus_bias_low"] < bayes["minus_bias"] < bayes["minus_bias_high"] < 0
    assert [bias[f"minus_bias{end}"] for end in ("", "_low", "_high")] == [0, 0, 0]


def test_models_on_other_rows_are_refused() -> None:
    with pytest.raises(UserError, match="predictions of net: other rows"):
        table_of_models({"bias": predictions([3.0] * 6), "net": predictions([3.0] * 5)}, (), 0)


def test_the_report_of_a_model_and_its_row_in_the_table_agree(models: pd.DataFrame) -> None:
    noise = np.random.default_rng(0).normal(0, 1, 600)
    scores = rating_report("bias", predictions(list(3 + noise)), seed=0)["scores"]
    row = models.to_dict("records")[0]
    found = [scores["rmse"][key] for key in ("value", "ci_low", "ci_high")]
    assert found == [row["rmse"], row["rmse_low"], row["rmse_high"]]
    assert [scores[name]["value"] for name in ("mae", "mse")] == [row["mae"], row["mse"]]
