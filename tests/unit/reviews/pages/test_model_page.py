"""The pages of reviews: their findings come from the numbers, and words are shaded and escaped."""

import re

import numpy as np
import pandas as pd
import pytest
from practical_dl.reviews.pages.model_page import models_page

from practical_dl.job.errors import UserError
from practical_dl.reviews.models.linear import LinearModel
from practical_dl.reviews.models.runs import Runs
from practical_dl.reviews.pages.mistakes import confident_mistakes, mistakes_page
from practical_dl.reviews.pages.model_table import (
    gain_of_reading,
    gains_of_unlabelled,
    gains_of_vectors,
    table_of_reviews,
)
from practical_dl.reviews.pages.plots import learning_curves_figure
from practical_dl.reviews.pages.word_map import map_figure, place_words

COUNT = 40
LABELS = np.arange(COUNT) % 2


def runs_of(right: int, columns: int = 1) -> Runs:
    """Runs that are right about the first `right` reviews."""
    said = np.where(np.arange(COUNT) < right, LABELS, 1 - LABELS)
    ids = np.array([f"test/pos/{row}_9" for row in range(COUNT)], object)
    films = np.array([f"t{row // 2}" for row in range(COUNT)], object)
    positive = np.where(said == 1, 0.9, 0.1)
    seeds = tuple(f"seed_{place}" for place in range(columns))
    return Runs(ids, films, LABELS, seeds, np.column_stack([positive] * columns))


RUNS = {
    "bag_of_words": runs_of(20),
    "documents_train": runs_of(28),
    "documents_all": runs_of(30),
    "convolution": runs_of(36, 3),
    "lstm": runs_of(26),
    "lstm_pretrained": runs_of(34),
    "random_frozen": runs_of(30),
    "random_tuned": runs_of(32),
    "text_frozen": runs_of(10),
    "text_tuned": runs_of(32),
    "ensemble": runs_of(38),
    "ensemble_equal": runs_of(34),
    "ensemble_inductive": runs_of(34),
}


def models() -> pd.DataFrame:
    kept = np.arange(COUNT) >= 4
    seconds = [1.0, 2.0, 2.0, 90.0, 9.0, 9.0, 5.0, 5.0, 5.0, 5.0, 2.0, 2.0, 2.0]
    return table_of_reviews(RUNS, kept, seconds, "bag_of_words", 1)


def test_unlabelled_texts_are_paired_with_the_same_model_without_them() -> None:
    gains = gains_of_unlabelled(RUNS, 1)
    assert gains["documents_all"]["value"] == pytest.approx(2 / COUNT)
    assert gains["ensemble"]["value"] == pytest.approx(4 / COUNT)


def test_vectors_are_paired_with_random_ones_and_with_themselves_frozen() -> None:
    gains = {pair: gain["value"] * COUNT for pair, gain in gains_of_vectors(RUNS, 1).items()}
    assert gains == pytest.approx(
        {
            ("text_frozen", "random_frozen"): -20,
            ("text_tuned", "random_tuned"): 0,
            ("random_tuned", "random_frozen"): 2,
            ("text_tuned", "text_frozen"): 22,
        }
    )


def test_the_table_by_hand() -> None:
    table = models().set_index("model")
    assert table["accuracy"].to_dict()["convolution"] == pytest.approx(0.9)
    assert table.loc["convolution", "difference"] == pytest.approx(0.4)
    assert table["difference_low"].to_dict()["convolution"] > 0
    assert table.loc["convolution", "trainings"] == 3
    assert table.loc["convolution", "together"] == pytest.approx(0.9)
    assert table.loc["ensemble", "without_copies"] == pytest.approx(34 / 36)


def test_models_on_other_rows_are_refused() -> None:
    other = runs_of(20)
    other.ids[0] = "test/pos/77_9"
    with pytest.raises(UserError, match="other reviews"):
        table_of_reviews(
            {"convolution": runs_of(30), "nb_svm": other},
            np.ones(COUNT, bool),
            [1, 1],
            "convolution",
            1,
        )


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
    gains, vectors = gains_of_unlabelled(RUNS, 1), gains_of_vectors(RUNS, 1)
    reading = gain_of_reading(RUNS, 1)
    text = models_page(
        "demo", models(), task, weights, copies, gains, reading, vectors, is_original=True
    ).replace("&nbsp;", " ")
    [finding] = re.findall(r'<p class="finding">(.*?)</p>', text)
    assert finding.startswith(
        "Best of 9 by these reviews, so a little flattered: ensemble, weights"
    )
    assert "beats a bag of words: +40.0 points" in finding
    assert re.search(r"<td>convolution \(lesson\)</td>\s*<td>1.25</td>", text)
    assert "<td>0.00</td>" not in text
    assert "4 test reviews stand in the training reviews as well, 3 of them word for word" in text
    assert "89.47 %" in text
    assert "95.00 % instead of 85.00 %: +10.0 points" in text
    assert "comes to 85.00 % right, from random weights to 65.00 %: +20.0 points" in text
    assert "random vectors 75.00 % frozen, 80.00 % trained;" in text
    frozen = "vectors from the text, frozen, worse than random vectors, frozen (control)"
    assert f"{frozen}: -50.0 points" in text
    assert "no different from random vectors, trained (control): no change" in text
    none = {name: {"exact": 0, "near": 0} for name in copies}
    other = models_page(
        "demo", models(), task, weights, none, gains, None, vectors, is_original=False
    ).replace("&nbsp;", " ")
    assert "89.47 %" not in other
    assert "There are none." in other
    assert "What is reading first worth?" not in other
    assert "Word for word" not in other


def test_mistakes_are_the_surest_and_their_words_are_shaded() -> None:
    labels = np.array([0, 0, 1, 1])
    positive = np.array([0.99, 0.6, 0.2, 0.9])
    ids = np.array(["test/neg/0_1", "test/neg/1_2", "test/pos/2_8", "test/pos/3_9"], object)
    runs = Runs(ids, ids, labels, ("seed_1",), positive[:, None])
    reviews = pd.DataFrame({"review_id": ids, "stars": [1, 2, 8, 9]})
    tokens = np.array([1, 2, 1, 2, 2, 1], np.int32), np.array([0, 2, 3, 5, 6])
    model = LinearModel(
        3, [np.array([1, 2])], np.ones(2, np.float32), np.array([2, -1], np.float32), 0.0
    )
    found = confident_mistakes(runs, reviews, tokens, model, 1)
    assert [mistake.review_id for mistake in found] == ["test/neg/0_1", "test/pos/2_8"]
    page = mistakes_page("demo", "the model's title", found, ["<good>", "bad"], runs)
    page = page.replace("&nbsp;", " ")
    assert "Of 4 test reviews 3 are called wrong. Among the 2 that the model was" in page
    assert "at least 90 % sure of: 1 (50.0 %)." in page
    assert "The model: the model&#x27;s title." in page
    assert "Negative reviews that were called positive" in page
    assert "&lt;good&gt;</span>" in page
    assert "rgba(0, 114, 178, 0.85)" in page
    assert "called positive with a probability of 99.0 %" in page
    assert "called negative with a probability of 80.0 %" in page


def test_every_network_has_a_panel_with_two_lines() -> None:
    history = pd.DataFrame(
        {
            "epoch": [1, 2],
            "plain_loss": [0.5, 0.4],
            "inner_plain_loss": [0.6, 0.5],
            "seed": [1, 1],
        }
    )
    figure = learning_curves_figure({"hidden": history, "glove_tuned": history})
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "one hidden layer (lesson)",
        "GloVe, trained (lesson)",
    ]
    assert [len(axes.lines) for axes in figure.axes] == [2, 2]


def test_like_words_lie_near_each_other_on_the_map() -> None:
    rng = np.random.default_rng(0)
    centres = rng.normal(0, 1, (3, 8))
    vectors = (np.repeat(centres, 12, axis=0) + rng.normal(0, 0.05, (36, 8))).astype(np.float32)
    places = place_words(vectors, 1)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    same = np.equal.outer(np.arange(36) // 12, np.arange(36) // 12)
    assert apart[same].mean() < 0.3 * apart[~same].mean()
    figure = map_figure([f"w{place}" for place in range(36)], places, "map")
    assert [text.get_text() for text in figure.axes[0].texts] == [f"w{n}" for n in range(36)]


def test_words_at_one_place_of_the_map_do_not_cover_each_other() -> None:
    places = np.array([[0, 0], [0, 0], [5, 5]], np.float32)
    figure = map_figure(["show", "shows", "far"], places, "map")
    first, second, _ = (text.get_window_extent() for text in figure.axes[0].texts)
    assert not first.overlaps(second)
