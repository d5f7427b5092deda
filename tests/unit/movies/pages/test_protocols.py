import pandas as pd

from practical_dl.movies.pages.protocols import protocols_page
from practical_dl.movies.studies.scores import score_protocols


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
    assert "better than shrunk biases on 1, worse on 1, within the noise on 0" in page
    assert "<td>no change</td>" in page
    assert "Over 2 random draws its RMSE is 0.8500 ± 0.0707" in page
    assert "RMSE of u1 0.9600 (mean 0.9600; shrunk biases 0.9500)" in page
    assert "GLocal-K 0.889 (u1)" in page


def test_without_other_splits_the_page_says_so() -> None:
    page = protocols_page("stars", score_protocols([], 0))
    assert "No other splits were asked for: `movies.stars.protocols` is empty." in page
