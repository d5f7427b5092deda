from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.unit.movies.conftest import predictions

from practical_dl.files.artefacts import write_columns, write_csv
from practical_dl.movies.studies.scores import (
    read_content,
    read_protocols,
    score_content,
    score_parts,
    score_protocols,
)


def test_cold_movies_and_users_are_scored_apart() -> None:
    predictions = pd.DataFrame(
        {
            "id": ["1:10", "1:99", "7:10"],
            "group": ["1", "1", "7"],
            "true": [3.0, 3.0, 3.0],
            "prediction": [3.0, 5.0, 4.0],
        }
    )
    bias = predictions.assign(prediction=[3.0, 3.0, 5.0])
    train = pd.DataFrame({"user_id": [1], "movie_id": [10]})
    scores = score_parts(predictions, bias, train, 0).set_index("part")
    assert scores["n"].to_dict() == {
        "all": 3,
        "movie seen": 2,
        "movie never seen": 1,
        "user never seen": 1,
    }
    assert scores["rmse"].to_dict() == pytest.approx(
        {
            "all": np.sqrt(5 / 3),
            "movie seen": np.sqrt(0.5),
            "movie never seen": 2.0,
            "user never seen": 1.0,
        }
    )
    assert scores["minus_bias"].to_dict() == pytest.approx(
        {
            "all": np.sqrt(5 / 3) - np.sqrt(4 / 3),
            "movie seen": np.sqrt(0.5) - np.sqrt(2),
            "movie never seen": 2.0,
            "user never seen": -1.0,
        }
    )


def test_a_table_of_no_splits_has_the_columns_of_one() -> None:
    found = pd.DataFrame({"id": ["1:10"], "group": ["1"], "true": [3.0], "prediction": [3.5]})
    train = pd.DataFrame({"user_id": [1], "movie_id": [10]})
    one = score_protocols([("one", train, {"bias": found})], 0)
    none = score_protocols([], 0)
    assert none.empty
    assert list(none.columns) == list(one.columns)


def test_each_split_has_the_scores_of_its_models_against_its_own_biases() -> None:
    train = pd.DataFrame({"user_id": [1], "movie_id": [10]})
    near, far = (
        pd.DataFrame({"id": ["1:10"], "group": ["1"], "true": [3.0], "prediction": [stars]})
        for stars in (3.5, 5.0)
    )
    splits = [("one", train, {"bias": near, "net": far}), ("two", train, {"bias": far})]
    table = score_protocols(splits, seed=0)
    whole = table[table["part"] == "all"]
    assert whole[["protocol", "model", "rmse", "minus_bias"]].to_numpy().tolist() == [
        ["one", "bias", 0.5, 0.0],
        ["one", "net", 2.0, 1.5],
        ["two", "bias", 2.0, 0.0],
    ]


def test_files_are_read_split_by_split_and_share_by_share(tmp_path: Path) -> None:
    ratings = pd.DataFrame({"user_id": [1, 2], "movie_id": [10, 10], "rating": [3.0, 4.0]})
    split = ratings[["user_id", "movie_id"]].assign(role=["train", "valid"])
    write_columns(tmp_path / "split.h5", split)
    paths = [tmp_path / f"{stars}.csv" for stars in range(1, 5)]
    for stars, path in enumerate(paths, start=1):
        row = {"id": ["2:10"], "group": ["2"], "true": [4.0], "prediction": [float(stars)]}
        write_csv(path, pd.DataFrame(row))
    splits = [tmp_path / "split.h5"] * 2
    found = list(read_protocols(("a", "b"), ("bias", "net"), ratings, splits, paths))
    assert [name for name, _, _ in found] == ["a", "b"]
    assert found[0][1]["user_id"].tolist() == [1]
    assert [
        (model, table["prediction"].item())
        for _, _, predictions in found
        for model, table in predictions.items()
    ] == [("bias", 1.0), ("net", 2.0), ("bias", 3.0), ("net", 4.0)]
    counts = [count for count, _ in read_content((0.5,), ("bias", "net"), 100, paths, seed=0)]
    assert counts == [(np.random.default_rng(0).random(100) < 0.5).sum(), 100]


def test_content_is_scored_by_the_number_of_training_ratings() -> None:
    parts = [(10, {"bayes": predictions([3.5] * 6), "other": predictions([4.0] * 6)})]
    table = score_content(parts, "bayes", seed=0)
    assert table["ratings"].tolist() == [10, 10]
    assert table["minus_bayes"].tolist() == [0.0, 0.5]
