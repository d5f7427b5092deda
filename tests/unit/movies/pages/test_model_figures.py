import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection

from practical_dl.movies.pages.model_figures import (
    lesson_figure,
    popularity_figure,
    rmse_figure,
    stars_figure,
)


def test_the_best_model_is_on_top_and_right_is_better() -> None:
    models = pd.DataFrame(
        {
            "model": ["bias", "bayes"],
            "rmse": [0.9, 0.8],
            "rmse_low": [0.85, 0.75],
            "rmse_high": [0.95, 0.85],
        }
    )
    [axes] = rmse_figure(models).axes
    assert [label.get_text() for label in axes.get_yticklabels()][-1].startswith("Bayesian")
    left, right = axes.get_xlim()
    assert left > right


def test_each_true_rating_has_a_box_at_its_place() -> None:
    found = pd.DataFrame(
        {"true": [0.5, 0.5, 0.5, 4.0, 5.0], "prediction": [1.0, 2.0, 3.0, 3.5, 4.5]}
    )
    axes, _ = stars_figure({"bias": found, "other": found}).axes
    boxes = [box.get_window_extent().transformed(axes.transData.inverted()) for box in axes.patches]
    assert [(box.x0 + box.x1) / 2 for box in boxes] == pytest.approx([0.5, 4.0, 5.0])
    medians = [line for line in axes.lines if line.get_color() == "#000000"]
    assert [np.asarray(line.get_ydata())[0] for line in medians] == [2.0, 3.5, 4.5]
    assert axes.get_ylabel() == "predicted rating (stars)"
    assert axes.get_title(loc="left") == "shrunk biases"


def test_the_rmse_of_each_range_has_its_interval_and_count() -> None:
    table = pd.DataFrame(
        {
            "least": [0, 2, 128],
            "most": [0, 3, 1_265],
            "n": [843, 1_999, 7],
            "value": [0.95, 0.91, 0.83],
            "ci_low": [0.87, 0.86, 0.78],
            "ci_high": [1.05, 0.97, 0.89],
        }
    )
    [axes] = popularity_figure({"bias": table, "bayes": table}).axes
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        "0\n843",
        "2\N{EN DASH}3\n1,999",
        "128\N{EN DASH}1,265\n7",
    ]
    [points] = [line for line in axes.lines if line.get_marker() == "o"]
    assert np.asarray(points.get_ydata()).tolist() == [0.95, 0.91, 0.83]
    bars, _ = axes.collections
    assert isinstance(bars, LineCollection)
    ends = [np.asarray(segment)[:, 1].round(2).tolist() for segment in bars.get_segments()]
    assert ends == [[0.87, 1.05], [0.86, 0.97], [0.78, 0.89]]


def test_the_ring_marks_the_epoch_whose_weights_were_kept() -> None:
    history = pd.DataFrame({"epoch": [1, 2, 3], "inner_plain_loss": [1.0, 0.64, 0.81]})
    [axes] = lesson_figure({"net": history}).axes
    curve, ring, _ = axes.lines
    assert np.asarray(curve.get_ydata()).tolist() == pytest.approx([1.0, 0.8, 0.9])
    assert (ring.get_xdata(), ring.get_ydata()) == ([2], [pytest.approx(0.8)])
    assert axes.get_legend_handles_labels()[1][-1] == "the epoch kept"
    low, high = axes.get_ylim()
    ticks = [tick for tick in axes.get_yticks() if low <= tick <= high]
    assert ticks == pytest.approx([0.8, 0.9, 1.0])
