"""The front page of a few scores."""

import re

import pandas as pd
import pytest

from practical_dl.overview.comparison import COLUMNS
from practical_dl.overview.front_page import best, best_figure, front_page, ladder
from practical_dl.overview.references import KEYS
from practical_dl.overview.techniques import Technique
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


GAINED = {
    "images: farm": [
        Technique("dropout", "left out", "none", Interval(0.2, 0.1, 0.3), "log loss", "a/b.html"),
        Technique("zoom", "closer", "none", Interval(-0.2, -0.3, -0.1), "log loss", "a/c.html"),
        Technique("flip", "mirrored", "none", Interval(0.1, -0.3, 0.5), "log loss", "a/d.html"),
    ]
}
LOOKS = [("convolution/page.html", "A convolution by hand")]


def shown(table: pd.DataFrame = TABLE, dropped: dict[str, int] | None = None) -> str:
    return front_page(table, OTHERS, RAN, {("movies", "demo")}, dropped or {}, GAINED, LOOKS)


def test_the_page_says_what_ran_and_what_is_made_up() -> None:
    page = shown()
    assert "It ran images: farm; movies: demo; reviews: imdb." in page
    assert page.index("<td>images: farm") < page.index("<td>movies: demo")
    assert page.count("made up") == 1
    assert page.count("data:image/png;base64,") == 1
    assert "0.9036 (b)" in page


def test_what_to_look_at_comes_first_and_every_technique_has_its_page() -> None:
    page = shown()
    places = [page.index(text) for text in ("A convolution by hand", "dropout", "All models")]
    assert places == sorted(places)
    assert re.findall(r'href="([^"]+)"', page) == [
        "convolution/page.html",
        "a/b.html",
        "a/c.html",
        "a/d.html",
    ]


def test_the_first_sentence_counts_what_the_table_marks() -> None:
    page = shown()
    assert "Of 3 techniques held against a control, 1 helped, 1 did not, and of 1 nothing" in page
    marks = re.findall(r"<td>(helped|did not help|not proven)</td>", page)
    assert marks == ["helped", "did not help", "not proven"]


def test_columns_of_others_stand_only_where_there_are_any() -> None:
    assert "<th>Original</th>" in shown()
    alone = front_page(TABLE, OTHERS.iloc[:0], RAN, set(), {}, {}, [])
    assert "<th>Original</th>" not in alone
    assert "made up" not in alone


def test_a_run_without_scores_says_so() -> None:
    assert "No model was scored" in shown(TABLE.iloc[:0])


def test_dropped_pictures_are_counted_where_there_are_any() -> None:
    page = shown(dropped={"pets": 1200, "birds": 0})
    assert "unusable and dropped (dropped_pictures.csv names them): pets: 1,200.<" in page
    assert "dropped" not in shown(dropped={"pets": 0})
