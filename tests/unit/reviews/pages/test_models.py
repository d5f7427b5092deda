"""The page of all models: its findings come from the numbers."""

import re

from tests.told import untold
from tests.unit.reviews.pages.invented import RUNS, models

from practical_dl.reviews.corpus.about import FILMS, About
from practical_dl.reviews.pages.model_table import Gains, gains
from practical_dl.reviews.pages.models import models_page

STATISTICS = {"unlabelled": 2000, "unlabelled_copies_of_test": 7}


def test_the_page_says_what_the_table_says() -> None:
    weights = {
        "weights": {"bag_of_words": 0.0, "convolution": 1.25},
        "valid_log_loss": 0.21,
        "equal_valid_log_loss": 0.25,
    }
    copies = {
        "within_train": {"exact": 1, "near": 2},
        "within_test": {"exact": 0, "near": 0},
        "test_in_train": {"exact": 3, "near": 1},
    }
    task = {"accuracy": 0.8, "valid_windows": 1000}
    of_all = gains(RUNS, 1)
    text = models_page(
        "demo", FILMS, models(), task, weights, copies, of_all, True, STATISTICS
    ).replace("&nbsp;", " ")
    [finding] = re.findall(r'<p class="finding">(.*?)</p>', text)
    assert finding.startswith("Best of 12: ensemble, weights")
    assert "beside a bag of words: better by 40.0 points" in finding
    assert untold(text) == []
    assert re.search(r"<td>convolution \(lesson\)</td>\s*<td>1.25</td>", text)
    assert "<td>0.00</td>" not in text
    assert (
        "4 test reviews have a duplicate in the training reviews, 3 of them word for word" in text
    )
    assert "89.47 %" in text
    assert "95.00 % instead of 85.00 %: within the noise: +10.0 points" in text
    assert "comes to 85.00 % right, from random weights to 65.00 %: better by 20.0 points" in text
    assert "random vectors 75.00 % frozen, 80.00 % trained;" in text
    frozen = "vectors of these reviews, frozen beside random vectors, frozen (control)"
    assert f"{frozen}: worse by 50.0 points" in text
    assert "beside random vectors, trained (control): no change" in text
    none = {name: {"exact": 0, "near": 0} for name in copies}
    unread = Gains(of_all.transductive, {}, None, of_all.vectors)
    other = models_page("demo", FILMS, models(), task, weights, none, unread, False, {}).replace(
        "&nbsp;", " "
    )
    assert "89.47 %" not in other
    assert "There are none." in other
    assert "has 2,000 further texts whose labels nobody has; 7 of them are copies" in text
    assert "82.50 % right instead of 75.00 %: within the noise: +7.5 points" in text
    assert "has 80.00 % right instead of 75.00 %: within the noise: +5.0 points" in text
    assert "further texts" not in other
    assert "What is pre-training as a language model worth?" not in other
    assert "Word for word" not in other


def test_own_tables_are_told_and_their_units_named() -> None:
    weights = {"weights": {}, "valid_log_loss": 0.2, "equal_valid_log_loss": 0.2}
    none = {name: {"exact": 0, "near": 0} for name in ("within_train", "within_test")}
    task = {"accuracy": 0.8, "valid_windows": 10}
    own = About(("<a>", "b"), ("<a>", "b"), "", "text", ("not grouped: ...", "classes: <a>, b"))
    text = models_page(
        "mine", own, models(), task, weights, none, gains(RUNS, 1), False, STATISTICS
    )
    assert "<pre>not grouped: ...\nclasses: &lt;a&gt;, b</pre>" in text
    assert "Intervals resample whole reviews" in text
    assert "film" not in text
    films = models_page(
        "demo", FILMS, models(), task, weights, none, gains(RUNS, 1), False, STATISTICS
    )
    assert "How were the tables read?" not in films
