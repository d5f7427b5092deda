import numpy as np
import pandas as pd
import pytest

from practical_dl.movies.pages.errors_by import covered_share, error_by_spread, rmse_by_popularity


def test_the_rmse_is_parted_by_the_training_ratings_of_the_movie() -> None:
    train = pd.DataFrame({"movie_id": [10] + [20] * 3 + [30] * 200})
    predictions = pd.DataFrame(
        {
            "id": ["1:99", "1:10", "2:20", "3:20", "1:30"],
            "group": ["1", "1", "2", "3", "1"],
            "true": [3.0, 3.0, 4.0, 2.0, 1.0],
            "prediction": [3.5, 3.0, 3.0, 4.0, 5.0],
        }
    )
    table = rmse_by_popularity(predictions, train, seed=0)
    assert table[["least", "most", "n"]].to_numpy().tolist() == [
        [0, 0, 1],
        [1, 1, 1],
        [2, 3, 2],
        [128, 200, 1],
    ]
    # Movie 20 was rated three times; its two errors are -1 and 2.
    assert table["value"].tolist() == pytest.approx([0.5, 0.0, np.sqrt(2.5), 4.0])
    assert table[["ci_low", "ci_high"]].to_numpy()[2].tolist() == pytest.approx([1.0, 2.0])


def test_stated_and_found_errors_meet_tenth_by_tenth() -> None:
    spread = np.repeat(np.arange(1.0, 11.0) / 10, 20)
    signs = np.tile([1.0, -1.0], 100)
    predictions = pd.DataFrame(
        {"true": 3.0, "prediction": 3.0 + signs * spread, "group": ["1", "2"] * 100}
    )
    table = error_by_spread(predictions, spread, seed=0)
    assert table["spread"].tolist() == pytest.approx((np.arange(1, 11) / 10).tolist())
    assert table["value"].tolist() == pytest.approx(table["spread"].tolist())
    assert table["n"].tolist() == [20] * 10


def test_the_share_covered_counts_ratings_within_the_interval() -> None:
    predictions = pd.DataFrame({"true": [3.0] * 4, "prediction": [3.0, 3.9, 5.0, 1.1]})
    # Errors 0, 0.9, 2 and 1.9 against reaches of 0.98, 0.784, 1.96 and 1.96 stars.
    assert covered_share(predictions, np.array([0.5, 0.4, 1.0, 1.0])) == 0.5
