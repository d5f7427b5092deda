import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.report.plotting import COLOURS, learning_curve_figure, new_axes, write_figure


def history(inner: list[float] | None = None) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "epoch": [1, 2, 3, 4],
            "learning_rate": [0.001, 0.01, 0.01, 0.001],
            "loss": [9.0, 9.0, 9.0, 9.0],
            "plain_loss": [1.0, 0.6, 0.4, 0.3],
        }
    )
    return table if inner is None else table.assign(inner_plain_loss=inner)


def test_axes_carry_their_labels() -> None:
    figure, axes = new_axes("epoch", "loss (nats)", "heads", size=(4, 3))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("epoch", "loss (nats)")
    assert axes.get_title(loc="left") == "heads"
    assert tuple(figure.get_size_inches()) == (4, 3)


def test_the_learning_curve_shows_both_losses_and_the_epoch_kept() -> None:
    figure = learning_curve_figure(history([1.1, 0.8, 0.7, 0.9]), "mean squared error (stars²)")
    [axes] = figure.axes
    lines = {line.get_label(): line for line in axes.lines}
    assert np.asarray(lines["training rows"].get_ydata()).tolist() == [1.0, 0.6, 0.4, 0.3]
    assert np.asarray(lines["inner rows"].get_ydata()).tolist() == [1.1, 0.8, 0.7, 0.9]
    assert np.asarray(lines["weights kept: epoch 3"].get_xdata()).tolist() == [3, 3]
    assert lines["training rows"].get_color() != lines["inner rows"].get_color()
    assert axes.get_ylabel() == "mean squared error (stars²)"
    shown = [text.get_text() for text in figure.legends[0].get_texts()]
    assert shown == ["training rows", "inner rows", "weights kept: epoch 3"]


def test_without_inner_rows_there_is_one_curve_and_no_epoch_kept() -> None:
    figure = learning_curve_figure(history(), "log loss (nats)")
    shown = [text.get_text() for text in figure.legends[0].get_texts()]
    assert shown == ["training rows"]


def test_each_rate_stands_above_the_middle_of_its_epochs() -> None:
    [axes] = learning_curve_figure(history(), "loss").axes
    [above] = axes.child_axes
    assert [label.get_text() for label in above.get_xticklabels()] == ["0.001", "0.01", "0.001"]
    assert list(above.get_xticks()) == [1.0, 2.5, 4.0]
    changes = [line for line in axes.lines if line.get_color() == "#BBBBBB"]
    assert [np.asarray(line.get_xdata())[0] for line in changes] == [1.5, 3.5]


def test_an_epoch_is_a_whole_number_on_the_axis() -> None:
    [axes] = learning_curve_figure(history()[:1], "loss").axes
    assert all(place == int(place) for place in axes.get_xticks())


def test_the_same_figure_gives_the_same_png(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_figure(tmp_path / f"{name}.png", learning_curve_figure(history(), "loss"))
    first, second = ((tmp_path / f"{name}.png").read_bytes() for name in ("first", "second"))
    assert first.startswith(b"\x89PNG")
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.png", "second.png"]


def test_the_colours_are_distinct() -> None:
    assert len(set(COLOURS)) == len(COLOURS) == 7
