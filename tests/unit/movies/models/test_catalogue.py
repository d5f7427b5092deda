import numpy as np
import pandas as pd

from practical_dl.movies.models.catalogue import make_catalogue, number_periods, number_sittings


def test_a_sitting_is_a_user_s_day_and_periods_are_equally_full() -> None:
    day = 86_400
    ratings = pd.DataFrame({"user_id": [1, 1, 2, 1], "timestamp": [5, day - 1, 5, day]})
    assert number_sittings(ratings).tolist() == [0, 0, 1, 2]
    times = np.arange(100)
    assert np.bincount(number_periods(times, times, 4)).tolist() == [25, 25, 25, 25]
    assert number_periods(np.array([-5, 1000]), times, 4).tolist() == [0, 3]


def test_the_catalogue_numbers_users_and_all_movies_by_id() -> None:
    ratings = pd.DataFrame({"user_id": [9, 4, 9], "movie_id": [30, 10, 10]})
    movies = pd.DataFrame({"movie_id": [30, 20, 10]})
    catalogue = make_catalogue(ratings, movies)
    assert catalogue.users_of(ratings).tolist() == [1, 0, 1]
    assert catalogue.movies_of(ratings).tolist() == [2, 0, 0]
    assert catalogue.movie_ids.tolist() == [10, 20, 30]
