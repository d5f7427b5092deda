import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import root_mean_squared_error

from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.movies.models.bias import fit_bias, predict_bias
from practical_dl.movies.models.lesson import (
    DESIGNS,
    LessonSettings,
    dot_bias_model,
    dot_model,
    fit_lesson_model,
    net_model,
    predict_ratings,
    rating_batches,
)
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.ratings.splits import assign_roles, ratings_of
from practical_dl.training.fit import fit

MEAN = 3.25
SIDES = ("user", "movie")


def pairs(*rows: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["user_id", "movie_id"]).assign(rating=MEAN)


def model_of(ratings: pd.DataFrame, l2: float = 1e-4, seed: int = 0) -> Any:
    return dot_bias_model(ratings, factors=4, l2=l2, seed=seed)


def train(model: Any, ratings: pd.DataFrame, schedule: list[list[float]]) -> pd.DataFrame:
    log = Log("test", io.StringIO(), io.StringIO())
    return fit(model, rating_batches(ratings, 64, seed=0), schedule, "mse", log)


@pytest.fixture(autouse=True)
def _configured() -> None:
    configure_tensorflow(0)


def test_a_rating_is_mean_plus_biases_plus_the_dot_product() -> None:
    model = model_of(pairs((7, 100), (9, 200)))
    of_users = np.array([[0, 0, 0, 0], [1, 2, 3, 4], [0.5, 0, 0, 0]])
    of_movies = np.array([[0, 0, 0, 0], [0, 1, 0, -1], [2, 2, 2, 2]])
    model.get_layer("user_factors").set_weights([of_users])
    model.get_layer("movie_factors").set_weights([of_movies])
    model.get_layer("user_bias").set_weights([np.array([[0], [0.25], [-0.5]])])
    model.get_layer("movie_bias").set_weights([np.array([[0], [1], [0.125]])])
    rows = pairs((7, 100), (7, 200), (9, 200), (8, 100), (7, 300), (8, 300), (-5, 10**12))
    expected = [MEAN + 0.25 + 1 - 2, MEAN + 0.25 + 0.125 + 20, MEAN - 0.5 + 0.125 + 1]
    unknown = [MEAN + 1, MEAN + 0.25, MEAN, MEAN]
    assert predict_ratings(model, rows).tolist() == [*expected, *unknown]


def test_training_repeats_itself_and_leaves_the_row_of_unknown_ids_at_zero() -> None:
    ratings = make_demo(20, 20, 200, 0).ratings
    trained = []
    for _ in range(2):
        configure_tensorflow(0)
        model = model_of(ratings)
        start = model.get_weights()
        train(model, ratings, [[2, 0.01]])
        trained.append(model.get_weights())
    for before, after, again in zip(start, *trained, strict=True):
        assert (after == again).all()
        assert not after[0].any()
        assert (after[1:] != before[1:]).all()


def test_the_penalty_is_on_the_factors_alone() -> None:
    model = model_of(pairs((7, 100), (9, 200)), l2=0.5)
    for layer in ("user_bias", "movie_bias"):
        model.get_layer(layer).set_weights([np.ones((3, 1))])
    model.get_layer("user_factors").set_weights([np.full((3, 4), 2.0)])
    model.get_layer("movie_factors").set_weights([np.full((3, 4), 1.0)])
    assert float(sum(model.losses)) == pytest.approx(0.5 * (12 * 4 + 12 * 1))


def test_the_seed_decides_the_start_and_users_differ_from_movies() -> None:
    ratings = pairs((7, 100), (9, 200))
    first, again, other = (model_of(ratings, seed=seed).get_weights() for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert any((a != b).any() for a, b in zip(first, other, strict=True))
    model = model_of(ratings)
    user, movie = (
        model.get_layer(f"{side}_factors").get_weights()[0] for side in ("user", "movie")
    )
    assert (user[1:] != movie[1:]).all()


def test_a_saved_model_predicts_the_same_from_ids(tmp_path: Path) -> None:
    import keras

    rows = pairs((7, 100), (9, 200), (1, 1))
    model = model_of(rows[:2])
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    assert predict_ratings(loaded, rows).tolist() == predict_ratings(model, rows).tolist()


def test_each_epoch_takes_every_rating_once_in_another_order() -> None:
    ratings = make_demo(20, 20, 100, 0).ratings
    batches = rating_batches(ratings, 32, seed=3)
    epochs = []
    for _ in range(2):
        parts = [
            (ids["user_id"].numpy(), ids["movie_id"].numpy(), stars.numpy()[:, 0])
            for ids, stars in batches
        ]
        assert [len(part[0]) for part in parts] == [32, 32, 32, 4]
        epochs.append(np.concatenate([np.stack(part, axis=1) for part in parts]))
    rows = ratings[["user_id", "movie_id", "rating"]].to_numpy()
    for epoch in epochs:
        assert sorted(epoch.tolist()) == sorted(rows.tolist())
    assert epochs[0].tolist() != epochs[1].tolist()


def test_the_dot_product_finds_what_the_biases_leave() -> None:
    ratings = make_demo(100, 100, 4_000, 0).ratings
    split = assign_roles(ratings, 0.8, 42)
    known, valid = (ratings_of(role, ratings, split) for role in ("train", "valid"))
    model = model_of(known, l2=1e-3)
    history = train(model, known, [[6, 0.02], [2, 0.002]])
    assert history["plain_loss"].iloc[-1] < history["plain_loss"].iloc[0]
    of_factors = root_mean_squared_error(valid["rating"], predict_ratings(model, valid))
    of_biases = root_mean_squared_error(valid["rating"], predict_bias(fit_bias(known, 3, 3), valid))
    assert of_factors < of_biases - 0.02


def test_the_dot_product_alone_has_neither_mean_nor_bias() -> None:
    rows = pairs((7, 100), (9, 200))
    model = dot_model(rows, factors=2, l2=0, seed=0)
    model.get_layer("user_factors").set_weights([np.array([[0, 0], [1, 2], [3, 0]])])
    model.get_layer("movie_factors").set_weights([np.array([[0, 0], [1, 1], [2, 5]])])
    asked = pairs((7, 100), (9, 200), (9, 100), (8, 100))
    assert predict_ratings(model, asked).tolist() == [3.0, 6.0, 3.0, 0.0]


def test_the_net_starts_from_the_mean_and_learns() -> None:
    ratings = make_demo(60, 60, 2_000, 0).ratings
    model = net_model(ratings, factors=4, l2=0, seed=0)
    start = predict_ratings(model, ratings)
    assert start.mean() == pytest.approx(ratings["rating"].mean(), abs=0.1)
    train(model, ratings, [[6, 0.01]])
    before, after = (
        root_mean_squared_error(ratings["rating"], stars)
        for stars in (start, predict_ratings(model, ratings))
    )
    assert after < before - 0.1


def test_an_embedding_is_a_one_hot_row_times_the_matrix() -> None:
    rows = pairs((7, 100), (9, 200), (11, 300))
    model = model_of(rows)
    matrix = model.get_layer("user_factors").get_weights()[0]
    index = model.get_layer("user_index")(np.array([9, 7, 8])).numpy()
    looked_up = model.get_layer("user_factors")(index).numpy()
    assert (np.eye(len(matrix))[index] @ matrix == looked_up).all()
    assert index.tolist() == [2, 1, 0]


def settings_of(schedule: list[list[float]]) -> LessonSettings:
    return LessonSettings(
        factors=4,
        l2=1e-4,
        net_l2=1e-5,
        dot_schedule=schedule,
        schedule=schedule,
        net_schedule=schedule,
        optimizer={"adam": {}},
        batch_size=64,
        inner_share=0.2,
    )


@pytest.mark.parametrize("name", DESIGNS)
def test_the_epoch_is_chosen_on_inner_rows_and_the_model_knows_all_rows(name: str) -> None:
    ratings = make_demo(20, 20, 100, 0).ratings
    log = Log("test", io.StringIO(), io.StringIO())
    model, history = fit_lesson_model(name, ratings, settings_of([[2, 0.01]]), 0, log)
    assert history["inner_plain_loss"].notna().tolist() == [True, True]
    known = model.get_layer("movie_factors").get_weights()[0]
    assert len(known) == 1 + ratings["movie_id"].nunique()


def test_the_model_is_trained_on_all_rows_up_to_the_epoch_chosen() -> None:
    ratings = make_demo(20, 20, 300, 0).ratings
    log = Log("test", io.StringIO(), io.StringIO())
    model, history = fit_lesson_model("dot_bias", ratings, settings_of([[3, 0.05]]), 0, log)
    chosen = int(history["inner_plain_loss"].argmin()) + 1
    configure_tensorflow(0)
    again = model_of(ratings)
    train(again, ratings, [[1, 0.05]] * chosen)
    assert predict_ratings(again, ratings).tolist() == predict_ratings(model, ratings).tolist()
