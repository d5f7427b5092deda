import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection

from practical_dl.movies.plots import popularity_figure, stars_figure


def test_each_true_rating_has_a_box_at_its_place_with_its_count() -> None:
    predictions = pd.DataFrame(
        {"true": [0.5, 0.5, 0.5, 4.0, 5.0], "prediction": [1.0, 2.0, 3.0, 3.5, 4.5]}
    )
    [axes] = stars_figure(predictions, "biases").axes
    boxes = [box.get_window_extent().transformed(axes.transData.inverted()) for box in axes.patches]
    assert [(box.x0 + box.x1) / 2 for box in boxes] == pytest.approx([0.5, 4.0, 5.0])
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0.5\n3", "4\n1", "5\n1"]
    medians = [line for line in axes.lines if line.get_color() == "#000000"]
    assert [np.asarray(line.get_ydata())[0] for line in medians] == [2.0, 3.5, 4.5]
    assert axes.get_ylabel() == "predicted rating (stars)"
    assert axes.get_title(loc="left") == "biases"


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
    [axes] = popularity_figure(table).axes
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        "0\n843",
        "2\N{EN DASH}3\n1,999",
        "128\N{EN DASH}1,265\n7",
    ]
    [points] = [line for line in axes.lines if line.get_marker() == "o"]
    assert np.asarray(points.get_ydata()).tolist() == [0.95, 0.91, 0.83]
    [bars] = axes.collections
    assert isinstance(bars, LineCollection)
    ends = [np.asarray(segment)[:, 1].round(2).tolist() for segment in bars.get_segments()]
    assert ends == [[0.87, 1.05], [0.86, 0.97], [0.78, 0.89]]
    assert "RMSE (stars)" in axes.get_ylabel()
