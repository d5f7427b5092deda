import numpy as np
import pandas as pd

from practical_dl.movies.models.side_information import (
    content_values,
    decompose,
    rated_table,
    shuffled_content,
)
from practical_dl.movies.ratings.demo import make_demo


def test_features_are_what_their_decomposition_says() -> None:
    table = np.array([[1.0, 0, 1], [0, 1, 1], [1, 1, 0], [0, 0, 0]])
    whole = decompose(table, 10)
    np.testing.assert_allclose(whole.left * whole.singular @ whole.right, table, atol=1e-12)
    assert len(decompose(table, 2).singular) == 2
    assert decompose(np.zeros((4, 0)), 5).left.shape == (4, 0)


def test_equal_singular_values_are_cut_alike_each_time() -> None:
    years = np.eye(30)[np.arange(60) % 30]
    first, again = (decompose(years, 10) for _ in range(2))
    assert len(first.singular) == 10
    assert (first.left == again.left).all()


def test_who_rated_what_has_rows_of_length_one() -> None:
    table = rated_table(np.array([0, 0, 2]), np.array([1, 3, 0]), (3, 4)).toarray()
    half = np.sqrt(0.5)
    np.testing.assert_allclose(table, [[0, half, 0, half], [0, 0, 0, 0], [1, 0, 0, 0]])


def test_shuffled_content_gives_whole_rows_to_other_movies() -> None:
    movies = make_demo(5, 30, 40, 0).movies
    shuffled = shuffled_content(movies, 0)
    assert (shuffled["movie_id"] == movies["movie_id"]).all()
    rows = [
        sorted(zip(table["genres"], table["year"], strict=True)) for table in (movies, shuffled)
    ]
    assert rows[0] == rows[1]
    assert (shuffled["genres"] != movies["genres"]).sum() > 15


def test_content_values_are_one_genres_and_decade() -> None:
    movies = pd.DataFrame({"genres": ["War|Drama", "", "Drama"], "year": [1994, None, 1987]})
    movies["year"] = movies["year"].astype("Int64")
    # one; Drama, War; unknown year, 1980s, 1990s
    assert content_values(movies, 10).tolist() == [
        [1, 1, 1, 0, 0, 1],
        [1, 0, 0, 1, 0, 0],
        [1, 1, 0, 0, 1, 0],
    ]
