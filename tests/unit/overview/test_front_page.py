"""The front page of a few scores."""

import pandas as pd
import pytest

from practical_dl.overview.comparison import COLUMNS
from practical_dl.overview.front_page import best, best_figure, front_page, ladder
from practical_dl.overview.references import KEYS
from practical_dl.scoring.interval import Interval

ROWS = [
    ["images", "farm", "head", "valid (grouped split)", "log_loss", 0.9, 0.7, 1.6, 100, 42, 5],
    ["images", "farm", "chain", "out of fold", "log_loss", 0.5, 0.4, 0.6, 400, 42, 5],
    ["images", "farm", "linear", "out of fold", "log_loss", 0.8, 0.7, 0.9, 400, 42, 5],
    ["images", "farm", "head", "valid (random split)", "log_loss", 0.1, 0.0, 0.2, 100, 42, 5],
    ["reviews", "imdb", "nb_svm", "test", "accuracy", 0.92, 0.91, 0.93, 500, 42, 5],
    ["reviews", "imdb", "lstm", "test", "accuracy", 0.88, 0.87, 0.89, 500, 42, 5],
    ["movies", "demo", "bias", "valid", "rmse", 0.7, 0.6, 0.8, 500, 42, 5],
]
TABLE = pd.DataFrame(ROWS, columns=COLUMNS)
OTHERS = pd.DataFrame(
    [
        ["imdb", "lstm", "test", "accuracy", "0.8776 (a)", ""],
        ["imdb", "multi", "test", "accuracy", "0.9036 (b)", "0.926 (c)"],
    ],
    columns=[*KEYS, "original", "peer"],
)
RAN = {"images": ["farm"], "reviews": ["imdb"], "movies": ["demo"], "characters": []}


def test_the_ladder_takes_the_rows_that_count_and_the_right_end() -> None:
    assert ladder(TABLE, "images", "farm")["model"].tolist() == ["chain", "linear"]
    assert ladder(TABLE, "reviews", "imdb")["model"].tolist() == [
        "n-grams of 1-3 words, by naive Bayes (NB-SVM)",
        "LSTM (lesson)",
    ]
    without_folds = TABLE[TABLE["part"] != "out of fold"]
    assert ladder(without_folds, "images", "farm")["model"].tolist() == ["head"]


def test_the_best_stands_beside_the_best_of_others() -> None:
    found = best(ladder(TABLE, "reviews", "imdb"), OTHERS)
    assert found.score == Interval(0.92, 0.91, 0.93)
    assert (found.original, found.peer) == ("0.9036 (b)", "0.926 (c)")
    assert best(ladder(TABLE, "images", "farm"), OTHERS).peer == ""


def test_a_control_is_never_called_the_best() -> None:
    control = [["reviews", "imdb", "ensemble_equal", "test", "accuracy", 0.99, 0.98, 1, 500, 42, 5]]
    rows = ladder(pd.DataFrame(ROWS + control, columns=COLUMNS), "reviews", "imdb")
    assert rows["model"].iloc[0] == "ensemble, equal weights (control)"
    found = best(rows, OTHERS)
    assert (found.score.value, found.models) == (0.92, 2)
    shuffled = [["movies", "demo", "bayes_shuffled", "valid", "rmse", 0.1, 0.1, 0.1, 500, 42, 5]]
    movies = ladder(pd.DataFrame(ROWS + shuffled, columns=COLUMNS), "movies", "demo")
    assert best(movies, OTHERS).model == "shrunk biases"


@pytest.mark.parametrize(("higher", "text"), [(True, "0.9 (b)"), (False, "0.2 (a)")])
def test_thebest_figure_depends_on_the_metric(higher: bool, text: str) -> None:
    assert best_figure(pd.Series(["0.2 (a)", "", "0.9 (b)"]), higher) == text


def test_the_page_says_what_ran_and_what_is_generated() -> None:
    page = front_page(TABLE, OTHERS, RAN, {("movies", "demo")}, {})
    assert "It ran images: farm; movies: demo; reviews: imdb." in page
    assert "images (farm): 0.500 log loss by chain" in page
    assert page.index("<td>images: farm") < page.index("<td>movies: demo")
    assert "The data sets named demo here are generated" in page
    assert "generated data: none" in page
    assert page.count("data:image/png;base64,") == 1
    assert "0.9036 (b)" in page


def test_a_run_without_scores_says_so() -> None:
    assert "No model was scored" in front_page(TABLE.iloc[:0], OTHERS, {}, set(), {})


def test_dropped_pictures_are_counted_where_there_are_any() -> None:
    page = front_page(TABLE, OTHERS, RAN, set(), {"pets": 1200, "birds": 0})
    assert "unusable and dropped (dropped_pictures.csv names them): pets: 1,200.<" in page
    assert "dropped" not in front_page(TABLE, OTHERS, RAN, set(), {"pets": 0})
