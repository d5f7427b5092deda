"""Accuracy by length, calibration and learning curves: the numbers behind the pictures."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from sklearn import calibration

from practical_dl.reviews.corpus import about
from practical_dl.reviews.models.runs import Runs
from practical_dl.reviews.pages.plots import (
    accuracy_by_length,
    accuracy_by_length_figure,
    calibration_curve,
    calibration_figure,
    learning_curves_figure,
    pictures_of,
)
from practical_dl.scoring.by_class import of_both

LENGTHS = np.array([40, 10, 20, 30, 10, 60, 50, 80])
HITS = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0])
FILMS = np.array(["a", "a", "b", "c", "b", "d", "e", "d"])


def test_accuracy_by_length_of_two_bins() -> None:
    table = accuracy_by_length(HITS, LENGTHS, FILMS, 2, seed=1)
    assert table["shortest"].tolist() == [10, 40]
    assert table["longest"].tolist() == [30, 80]
    assert table["count"].tolist() == [4, 4]
    assert table["value"].tolist() == [0.5, 0.75]
    assert (table["ci_low"] < table["value"]).all()
    assert (table["ci_high"] > table["value"]).all()


def test_reviews_of_one_length_share_a_bin() -> None:
    table = accuracy_by_length(np.ones(8), np.full(8, 5), FILMS, 4, seed=1)
    of_five_films = 0.025 ** (1 / 5)
    assert table.to_numpy().tolist() == [[5, 5, 8, 1, pytest.approx(of_five_films), 1]]


def test_the_figure_shows_the_table() -> None:
    table = pd.DataFrame(
        {
            "shortest": [10, 40],
            "longest": [30, 2314],
            "count": [4, 3000],
            "value": [0.5, 0.75],
            "ci_low": [0.4, 0.7],
            "ci_high": [0.6, 0.9],
        }
    )
    axes = accuracy_by_length_figure(table, "the model", about.FILMS).axes[0]
    assert axes.get_title(loc="left").startswith("the model: ")
    assert list(np.asarray(axes.lines[0].get_ydata())) == [0.5, 0.75]
    (intervals,) = axes.collections
    assert isinstance(intervals, LineCollection)
    bars = [np.asarray(segment)[:, 1].tolist() for segment in intervals.get_segments()]
    assert bars == [[0.4, 0.6], [0.7, 0.9]]
    names = [label.get_text() for label in axes.get_xticklabels()]
    assert names == ["10-30\nn = 4", "40-2314\nn = 3,000"]


def said(labels: NDArray[np.int64], positive: NDArray[np.float64]) -> Runs:
    ids = np.arange(len(labels)).astype(str).astype(object)
    return Runs(ids, ids, labels, ("seed_1",), of_both(positive[:, None]))


def test_the_calibration_of_more_classes_is_that_of_the_class_given() -> None:
    ids = np.array(["a", "b", "c", "d"], object)
    probabilities = np.array([[0.7, 0.2, 0.1], [0.1, 0.7, 0.2], [0.7, 0.1, 0.2], [0.2, 0.1, 0.7]])
    classes = ("x", "y", "z")
    runs = Runs(ids, ids, np.array([0, 1, 1, 0]), ("seed_1",), probabilities[:, None], classes)
    own = about.About(classes, classes, "", "text")
    curve, counts = calibration_figure(runs, "the model", own).axes
    assert list(np.asarray(curve.lines[1].get_xdata())) == pytest.approx([0.7])
    assert list(np.asarray(curve.lines[1].get_ydata())) == [0.5]
    assert counts.get_xlabel() == "predicted probability of the class given"


def test_calibration_of_two_certainties() -> None:
    probabilities = np.array([0.25] * 4 + [0.75] * 4)
    labels = np.array([0, 0, 0, 1, 1, 1, 1, 1])
    curve, counts = calibration_figure(said(labels, probabilities), "the model", about.FILMS).axes
    assert [line.get_label() for line in curve.lines] == ["perfect calibration", "the model"]
    assert list(np.asarray(curve.lines[1].get_xdata())) == [0.25, 0.75]
    assert list(np.asarray(curve.lines[1].get_ydata())) == [0.25, 1.0]
    heights = [bar.get_height() for bar in counts.patches if isinstance(bar, Rectangle)]
    assert heights == [0, 0, 4, 0, 0, 0, 0, 4, 0, 0]


def test_the_calibration_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    probabilities = np.concatenate([rng.random(200), [0, 0.1, 0.5, 1], 0.3 * np.ones(3)])
    labels = rng.integers(0, 2, len(probabilities))
    for bins in (3, 10, 400):
        expected = calibration.calibration_curve(labels, probabilities, n_bins=bins)
        for own, other in zip(
            calibration_curve(labels, probabilities, bins), expected, strict=True
        ):
            np.testing.assert_array_equal(own, other)


def test_lengths_are_joined_by_review_and_not_by_place() -> None:
    ids = np.array([f"test/{place}" for place in range(8)], object)
    runs = Runs(ids, FILMS, HITS.astype(int), ("seed_1",), of_both(np.full((8, 1), 0.9)))
    lengths = pd.Series([*LENGTHS[::-1], 999], index=[*ids[::-1], "train/0"])
    by_length, calibrated = pictures_of("nb_svm", runs, lengths, about.FILMS, 1)
    table = accuracy_by_length(HITS, LENGTHS, FILMS, 8, 1)
    assert list(np.asarray(by_length.axes[0].lines[0].get_ydata())) == table["value"].tolist()
    assert "NB-SVM" in by_length.axes[0].get_title(loc="left")
    assert "NB-SVM" in str(calibrated.axes[0].lines[1].get_label())


def test_every_network_has_a_panel_with_two_lines() -> None:
    history = pd.DataFrame(
        {
            "epoch": [1, 2],
            "plain_loss": [0.5, 0.4],
            "inner_plain_loss": [0.6, 0.5],
            "seed": [1, 1],
        }
    )
    figure = learning_curves_figure({"hidden": history, "glove_tuned": history}, about.FILMS)
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "one hidden layer (lesson)",
        "GloVe, trained (lesson)",
    ]
    assert [len(axes.lines) for axes in figure.axes] == [2, 2]


def test_own_classes_and_groups_stand_on_the_axes_as_they_are() -> None:
    own = about.About(("free", "costs $5 or $6"), ("free", "costs $5 or $6"), "shop", "text")
    labels, probabilities = np.array([0, 1]), np.array([0.2, 0.7])
    curve, counts = calibration_figure(said(labels, probabilities), "the model", own).axes
    assert counts.get_xlabel() == r"predicted probability of a 'costs \$5 or \$6' review"
    assert curve.get_ylabel() == r"share of 'costs \$5 or \$6' reviews"
    history = pd.DataFrame({"epoch": [1], "plain_loss": [0.5], "inner_plain_loss": [0.6]})
    [legend] = learning_curves_figure({"hidden": history}, own).legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "training reviews",
        "validation groups",
    ]
