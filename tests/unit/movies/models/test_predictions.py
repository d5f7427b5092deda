import numpy as np
import pandas as pd

from practical_dl.movies.models.predictions import predictions_frame
from practical_dl.movies.ratings.rating_set import rating_scale


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
