from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import root_mean_squared_error

from practical_dl.job.errors import UserError
from practical_dl.movies.models.bias import fit_bias, predict_bias
from practical_dl.movies.ratings.demo import NOISE_SD, WORDS, Demo, make_demo, write_demo
from practical_dl.movies.ratings.sources import read_release
from practical_dl.movies.ratings.splits import assign_roles, ratings_of

SIZE = (300, 400, 12_000)


@pytest.fixture(scope="module")
def demo() -> Demo:
    return make_demo(*SIZE, seed=42)


def test_the_table_is_as_large_as_asked_and_has_no_pair_twice(demo: Demo) -> None:
    users, movies, ratings = SIZE
    assert len(demo.ratings) == len(demo.expected) == ratings
    assert not demo.ratings.duplicated(["user_id", "movie_id"]).any()
    assert demo.ratings["user_id"].between(1, users).all()
    assert demo.movies["movie_id"].tolist() == list(range(1, movies + 1))
    assert demo.movies["title"].is_unique
    assert set(demo.ratings["rating"]) == set(np.arange(1, 11) / 2)
    genres = demo.movies["genres"].str.count(r"\|") + 1
    assert set(genres) == {1, 2, 3}


def test_the_seed_decides_everything(demo: Demo) -> None:
    again, other = make_demo(*SIZE, seed=42), make_demo(*SIZE, seed=43)
    pd.testing.assert_frame_equal(again.ratings, demo.ratings)
    pd.testing.assert_frame_equal(again.movies, demo.movies)
    assert not other.ratings["rating"].equals(demo.ratings["rating"])


def test_what_is_written_is_read_as_a_release(demo: Demo, tmp_path: Path) -> None:
    write_demo(tmp_path, *SIZE, seed=42)
    ratings, movies, note = read_release(tmp_path)
    pd.testing.assert_frame_equal(ratings, demo.ratings)
    pd.testing.assert_frame_equal(movies, demo.movies)
    assert note.endswith("ratings, movies, users as README.txt states")


def test_titles_beyond_the_words_are_sequels(tmp_path: Path) -> None:
    write_demo(tmp_path, 20, 2000, 500, seed=0)
    movies = read_release(tmp_path).movies
    assert movies["title"].is_unique
    of_each = movies["genres"].str.split("|").str[0].value_counts()
    for number in (2, 3):
        sequels = movies["title"].str.contains(rf" {number}, The \(\d{{4}}\)$").sum()
        assert sequels == (of_each - 100 * (number - 1)).clip(0, 100).sum() > 0


def test_a_title_is_of_words_of_the_first_genre(demo: Demo) -> None:
    for title, genres in zip(demo.movies["title"], demo.movies["genres"], strict=True):
        adjective, noun = title.split(",")[0].split()[:2]
        adjectives, nouns = WORDS[genres.split("|")[0]]
        assert adjective in adjectives.split()
        assert noun in nouns.split()


def test_the_noise_floor_is_the_documented_noise_and_rounding(demo: Demo) -> None:
    stars = demo.ratings["rating"]
    inside = (demo.expected > 2) & (demo.expected < 3.5)
    floor = np.sqrt(NOISE_SD**2 + 0.5**2 / 12)
    errors = (stars - demo.expected)[inside]
    assert errors.std() == pytest.approx(floor, abs=0.02)
    assert errors.mean() == pytest.approx(0, abs=0.03)
    assert root_mean_squared_error(stars, demo.expected) == pytest.approx(0.49, abs=0.01)


def test_biases_beat_the_mean_and_leave_something_to_find(demo: Demo) -> None:
    split = assign_roles(demo.ratings, 0.8, 42)
    train, valid = (ratings_of(role, demo.ratings, split) for role in ("train", "valid"))
    of_mean = root_mean_squared_error(valid["rating"], [train["rating"].mean()] * len(valid))
    of_biases = root_mean_squared_error(valid["rating"], predict_bias(fit_bias(train, 3, 3), valid))
    of_truth = root_mean_squared_error(valid["rating"], demo.expected[split["role"] == "valid"])
    assert of_mean - of_biases > 0.1
    assert of_biases - of_truth > 0.1


def test_few_movies_have_most_ratings_and_are_better(demo: Demo) -> None:
    by_movie = demo.ratings.groupby("movie_id")["rating"].agg(["size", "mean"])
    busiest = by_movie.sort_values("size").tail(len(by_movie) // 10)
    assert busiest["size"].sum() > 0.25 * SIZE[2]
    assert busiest["mean"].mean() > by_movie["mean"].mean()


def test_genres_and_year_explain_part_of_the_mean_rating(demo: Demo) -> None:
    means = demo.ratings.groupby("movie_id")["rating"].agg(["size", "mean"])
    known = demo.movies.merge(means[means["size"] >= 20], left_on="movie_id", right_index=True)
    design = known["genres"].str.get_dummies("|").assign(year=known["year"].astype(float), one=1.0)
    fitted, *_ = np.linalg.lstsq(design.to_numpy(float), known["mean"].to_numpy())
    explained = np.var(design.to_numpy(float) @ fitted) / np.var(known["mean"])
    assert explained > 0.3
    assert fitted[design.columns.get_loc("year")] < 0


def test_a_user_rates_in_sittings(demo: Demo) -> None:
    times = demo.ratings.sort_values(["user_id", "timestamp"])
    gaps = times.groupby("user_id")["timestamp"].diff().dropna()
    assert (gaps == 30).mean() > 0.8
    assert (gaps > 86_400).mean() > 0.04
    assert demo.ratings["timestamp"].between(828_000_000, 1_650_000_000).all()


@pytest.mark.parametrize("ratings", [0, 13])
def test_more_ratings_than_pairs_are_refused(ratings: int) -> None:
    with pytest.raises(UserError, match=rf"demo: {ratings} ratings of 3 users x 4 movies"):
        make_demo(3, 4, ratings, seed=0)
