import numpy as np
import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.pages.model_table import table_of_models, verdict
from practical_dl.movies.pages.rating_pages import content_finding, models_page, protocols_page


def predictions(values: list[float]) -> pd.DataFrame:
    rows = len(values)
    return pd.DataFrame(
        {
            "id": [f"{row % 6}:{row}" for row in range(rows)],
            "group": [str(row % 6) for row in range(rows)],
            "true": [3.0] * rows,
            "prediction": values,
        }
    )


@pytest.fixture
def models() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 1, 600)
    found = {
        "bias": predictions(list(3 + noise)),
        "bayes_shuffled": predictions(list(3 + 0.9 * noise)),
        "bayes": predictions(list(3 + 0.8 * noise)),
        "bayes_time": predictions(list(3 + 0.7 * noise)),
        "surprise_svd": predictions(list(3 + 0.95 * noise)),
        "myfm": predictions(list(3 + 0.85 * noise)),
        "myfm_time": predictions(list(3 + 0.6 * noise)),
    }
    return table_of_models(found, ("bias", "bayes", "bayes_time"), seed=0)


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


def test_a_difference_inside_the_noise_is_called_that() -> None:
    assert [verdict(0.1, 0.2), verdict(-0.2, -0.1), verdict(-0.1, 0.1)] == [
        "worse",
        "better",
        "within the noise",
    ]


def test_the_page_states_the_finding_and_the_lesson_s_two_units(models: pd.DataFrame) -> None:
    page = models_page("stars", models)
    bayes = models.to_dict("records")[2]
    assert f"an RMSE of {bayes['rmse']:.4f} stars" in page
    assert f"{-bayes['minus_bias']:.4f} less than shrunk biases" in page
    assert "dot product with biases 0.798" in page
    assert "dot product with biases 0.893" in page


def test_the_best_peers_are_held_against_the_model_that_knows_as_much(
    models: pd.DataFrame,
) -> None:
    page = models_page("stars", models, absent=["lenskit_mf"])
    rmse = dict(zip(models["model"], models["rmse"], strict=True))
    gap = rmse["myfm"] - rmse["bayes"]
    assert f"myFM with content is best: {rmse['myfm']:.4f}, against ours {gap:+.4f}" in page
    lead = rmse["myfm_time"] - rmse["bayes_time"]
    assert f"is best: {rmse['myfm_time']:.4f}, against ours {lead:+.4f}" in page
    assert "Not installed, so not in the table: LensKit BiasedMF." in page
    assert "Surprise SVD, tuned is best" not in page


def test_the_content_finding_speaks_of_both_ends() -> None:
    rows = [
        (10, "bayes", -0.05, -0.09, -0.01),
        (10, "bayes_shuffled", 0.001, -0.1, 0.1),
        (10, "content", -0.02, -0.03, -0.01),
        (900, "bayes", -0.002, -0.01, 0.006),
        (900, "bayes_shuffled", 0.01, 0.005, 0.02),
        (900, "content", 0.2, 0.1, 0.3),
    ]
    names = ["ratings", "model"] + [f"minus_bayes_ratings{end}" for end in ("", "_low", "_high")]
    text = content_finding(pd.DataFrame(rows, columns=names))
    assert "by -0.050 (better) at 10 training ratings" in text
    assert "by -0.002 (within the noise) at 900" in text
    assert "shuffled content by +0.001 (within the noise) and +0.010 (worse)" in text


def test_the_mean_over_draws_is_that_of_the_random_splits_alone() -> None:
    rows = [
        (protocol, model, "all", 10, rmse, rmse, rmse, rmse, *[rmse - scores[0]] * 3)
        for protocol, scores in {
            "random_0": (0.9, 0.8, 0.7),
            "random_1": (0.9, 0.9, 0.8),
            "u1": (0.95, 0.96, 0.9),
        }.items()
        for model, rmse in zip(("bias", "bayes", "bayes_time"), scores, strict=True)
    ]
    columns = ["protocol", "model", "part", "n", "rmse", "rmse_low", "rmse_high", "mae"]
    columns += ["minus_bias", "minus_bias_low", "minus_bias_high"]
    page = protocols_page("stars", pd.DataFrame(rows, columns=columns))
    assert "better than shrunk biases on 1, worse on 1, within the noise on 1" in page
    assert "Over 2 random draws its RMSE is 0.8500 ± 0.0707" in page
    assert "RMSE of u1 0.9600 (mean 0.9600; shrunk biases 0.9500)" in page
    assert "GLocal-K 0.889 (u1)" in page
