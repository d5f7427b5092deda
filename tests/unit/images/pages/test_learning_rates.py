import numpy as np
import pandas as pd

from practical_dl.images.pages.learning_rates import first_rate_page, rate_range_page
from practical_dl.images.sample.trainings import Runs


def test_the_page_on_the_first_rate_says_which_schedule_collapsed() -> None:
    settings = ["at_once"] * 8 + ["low_first"] * 8
    rows = pd.DataFrame({"setting": settings, "seed": 1, "id": [*"abcdefgh"] * 2, "group": "g"})
    labels = np.array([0, 1] * 8)
    sure = np.array([[0.99, 0.01]] * 8 + [[0.7, 0.3], [0.3, 0.7]] * 4)
    runs = Runs(rows.assign(true="one"), ("one", "two"), sure, labels)
    history = pd.DataFrame(
        {"setting": ["at_once", "low_first"], "epoch": 1, "plain_loss": [9.0, 0.5]}
    )
    html = first_rate_page(runs, history, 0)
    assert "At the high rate from the first step the linear model collapsed" in html
    assert "<td>100.0&nbsp;%</td>" in html
    assert html.count("<td>yes</td>") == 1
    assert "data:image/png;base64," in html


def test_being_far_worse_than_guessing_without_one_class_is_told() -> None:
    settings = ["at_once"] * 8 + ["low_first"] * 8
    rows = pd.DataFrame({"setting": settings, "seed": 1, "id": [*"abcdefgh"] * 2, "group": "g"})
    labels = np.array([0, 1] * 8)
    wrong = np.array([[0.01, 0.99], [0.99, 0.01]] * 4 + [[0.7, 0.3], [0.3, 0.7]] * 4)
    runs = Runs(rows.assign(true="one"), ("one", "two"), wrong, labels)
    history = pd.DataFrame({"setting": ["at_once", "low_first"], "epoch": 1, "plain_loss": 1.0})
    html = first_rate_page(runs, history, 0)
    assert "linear model did worse than guessing, whose log loss is 0.693" in html


def test_the_page_on_the_range_names_a_rate_for_each_model() -> None:
    rates = np.geomspace(0.001, 1, 4)
    ranges = pd.concat(
        [
            pd.DataFrame({"model": model, "rate": rates, "loss": losses})
            for model, losses in (("linear", [3.0, 0.1, 9.0, 9.0]), ("conv1", [3.0, 2.0, 0.1, 9.0]))
        ]
    )
    html = rate_range_page(ranges)
    assert "span a factor of 10: linear 0.001, conv1 0.01" in html
