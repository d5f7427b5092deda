import numpy as np
import pandas as pd
import pytest

from practical_dl.movies.predictions import predictions_frame, rating_scale, rmse_by_popularity


def test_predictions_are_bounded_and_keep_the_order_of_the_rows() -> None:
    ratings = pd.DataFrame(
        {"user_id": [7, 3], "movie_id": [20, 10], "rating": [4.5, 0.5]}, index=[5, 9]
    )
    expected = pd.DataFrame(
        {
            "id": ["7:20", "3:10"],
            "group": ["7", "3"],
            "true": [4.5, 0.5],
            "prediction": [5.0, 1.25],
        }
    )
    for predicted in (np.array([5.3, 1.25]), np.array([[5.3], [1.25]])):
        found = predictions_frame(ratings, predicted, (0.5, 5.0))
        pd.testing.assert_frame_equal(found, expected)


def test_the_scale_is_that_of_the_ratings_given() -> None:
    assert rating_scale(pd.DataFrame({"rating": [3.0, 1.0, 5.0]})) == (1.0, 5.0)


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
