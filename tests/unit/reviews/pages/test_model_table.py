"""The table of all models: by hand, and paired with the right controls."""

import numpy as np
import pandas as pd
import pytest
from tests.unit.reviews.pages.invented import COUNT, RUNS, models, runs_of

from practical_dl.job.errors import UserError
from practical_dl.reviews.pages.model_table import (
    WITHOUT_TEST_TEXTS,
    WITHOUT_UNLABELLED,
    gain_of_reading,
    gains,
    gains_of_vectors,
    gains_over,
    table_of_reviews,
    without_duplicates,
)


def test_models_are_paired_with_themselves_without_some_texts() -> None:
    found = gains_over(RUNS, WITHOUT_TEST_TEXTS, 1)
    assert found["documents_all"].value == pytest.approx(2 / COUNT)
    assert found["ensemble"].value == pytest.approx(4 / COUNT)
    found = gains_over(RUNS, WITHOUT_UNLABELLED, 1)
    assert found["documents_unlabelled"].value == pytest.approx(3 / COUNT)
    assert found["nb_svm_taught"].value == pytest.approx(2 / COUNT)
    assert found["ensemble"].value == pytest.approx(2 / COUNT)
    fewer = {name: of for name, of in RUNS.items() if name not in WITHOUT_UNLABELLED.values()}
    assert gains_over(fewer, WITHOUT_UNLABELLED, 1) == {}


def test_vectors_are_paired_with_random_ones_and_with_themselves_frozen() -> None:
    found = {pair: gain.value * COUNT for pair, gain in gains_of_vectors(RUNS, 1).items()}
    assert found == pytest.approx(
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


def test_the_page_gets_all_gains() -> None:
    found = gains(RUNS, 1)
    assert found.transductive == gains_over(RUNS, WITHOUT_TEST_TEXTS, 1)
    assert found.unlabelled == gains_over(RUNS, WITHOUT_UNLABELLED, 1)
    assert found.vectors == gains_of_vectors(RUNS, 1)
    assert found.reading == gain_of_reading(RUNS, 1)
    assert found.reading is not None
    assert found.reading.value == pytest.approx(8 / COUNT)
    assert gain_of_reading({"lstm": runs_of(20)}, 1) is None


def test_the_later_of_two_duplicates_is_left_out() -> None:
    pairs = pd.DataFrame({"review_id": ["b"], "other_id": ["a"]})
    ids = np.array(["a", "b", "c"], object)
    assert without_duplicates(ids, pairs).tolist() == [True, False, True]
