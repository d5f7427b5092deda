import numpy as np
import pandas as pd

from practical_dl.images.pages.sample_plots import (
    curves_figure,
    interval_figure,
    panels,
    question_page,
)
from practical_dl.report.wording import percent
from practical_dl.scoring.interval import Interval


def test_panels_beyond_the_count_are_hidden() -> None:
    figure, axes = panels(3, "x", "y")
    assert len(axes) == 3
    assert [axis.get_visible() for axis in figure.axes] == [True, True, True, False]
    assert [axis.get_ylabel() for axis in axes] == ["y", "", "y"]


def test_each_model_has_a_row_of_marks_with_intervals() -> None:
    scores = {"a": {"one": Interval(0.5, 0.4, 0.7)}, "b": {"one": Interval(0.2, 0.1, 0.3)}}
    [axes] = interval_figure(scores, "accuracy").axes
    assert [text.get_text() for text in axes.get_yticklabels()] == ["a", "b"]
    assert list(np.asarray(axes.lines[0].get_xdata())) == [0.5, 0.2]


def test_a_page_of_a_question_has_answer_figure_table_and_note() -> None:
    curve = pd.Series([0.1, 0.9], index=[1, 2])
    figure = curves_figure({"training": curve}, "accuracy", {"unseen": 0.5})
    table = pd.DataFrame({"a": ["b"]})
    html = question_page("Why?", "So.", figure, "A curve", table, ["A note", ""], percent)
    for text in ("<h1>Why?</h1>", "So.", "A curve", "<td>b</td>", "<p>A note</p>"):
        assert text in html
    order = [html.index(text) for text in ("So.", "<img", "<table", "A note", "def percent(")]
    assert order == sorted(order)
    assert "<p></p>" not in html
    assert "The code: percent in practical_dl/report/wording.py" in html
