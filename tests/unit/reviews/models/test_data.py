"""The forms in which networks read reviews, and the networks that a job trains."""

import numpy as np
import pandas as pd
import pytest

from practical_dl.job.runtime import configure_tensorflow, limit_threads
from practical_dl.reviews.corpus.feeding import probabilities
from practical_dl.reviews.corpus.files import Corpus
from practical_dl.reviews.corpus.tokens import End
from practical_dl.reviews.models.data import (
    TokenSettings,
    empty_as_feature,
    network_tasks,
    padded_reviews,
    reviews_as_pairs,
)

SETTINGS = TokenSettings(vocabulary=4, length=3, padding="front", truncating="front")


def corpus() -> Corpus:
    """Three reviews of words 1 to 6: the first one trains."""
    tokens = np.array([1, 2, 1, 2, 6, 5, 1, 2], np.int32), np.array([0, 4, 5, 8])
    reviews = pd.DataFrame({"label": [1, 0, 1]})
    return reviews, np.array(["train", "valid", "test"], object), tokens


def test_reviews_are_cut_padded_and_capped() -> None:
    assert padded_reviews(corpus(), SETTINGS).tokens.tolist() == [[2, 1, 2], [0, 0, 3], [3, 1, 2]]


def test_only_words_and_pairs_of_training_reviews_are_features() -> None:
    data, features = reviews_as_pairs(corpus(), 3, "front", 1)
    assert features == 1 + 4
    assert data.tokens.shape == (3, 6)
    assert [sorted(row[row > 0].tolist()) for row in data.tokens] == [
        [1, 2, 2, 3, 4],
        [],
        [1, 2, 3],
    ]
    assert reviews_as_pairs(corpus(), 3, "front", 2)[1] == 1 + 1


def test_reviews_without_a_feature_have_one_in_common() -> None:
    data, features = empty_as_feature(*reviews_as_pairs(corpus(), 3, "front", 1))
    assert features == 1 + 4 + 1
    assert [sorted(row[row > 0].tolist()) for row in data.tokens] == [
        [1, 2, 2, 3, 4],
        [5],
        [1, 2, 3],
    ]
    again, same = empty_as_feature(data, features)
    assert (again is data, same) == (True, features)


@pytest.mark.parametrize(("padding", "empty"), [("front", [0, 0, 3]), ("end", [3, 0, 0])])
def test_a_review_without_a_word_is_one_rare_word(padding: End, empty: list[int]) -> None:
    reviews, roles, _ = corpus()
    tokens = np.array([1, 2, 1], np.int32), np.array([0, 2, 2, 3])
    settings = TokenSettings(4, 3, padding, "front")
    assert padded_reviews((reviews, roles, tokens), settings).tokens[1].tolist() == empty


def test_networks_that_average_words_are_finite_on_reviews_without_any() -> None:
    limit_threads(1)
    configure_tensorflow(1)
    reviews, roles, _ = corpus()
    tokens = np.array([1, 2], np.int32), np.array([0, 2, 2, 2])
    vectors = np.ones((4, 2), np.float32)
    names = ["bigram_average", "lstm", "multi_size"]
    for task in network_tasks(names, (reviews, roles, tokens), SETTINGS, 1, vectors):
        found = probabilities(task.build(), task.data.tokens)
        assert np.isfinite(found).all(), task.name


def test_each_network_gets_the_form_that_it_reads() -> None:
    limit_threads(1)
    configure_tensorflow(1)
    vectors = np.ones((4, 2), np.float32)
    names = ["bigram_average", "hidden", "multi_size"]
    tasks = list(network_tasks(names, corpus(), SETTINGS, 1, vectors))
    assert [task.name for task in tasks] == names
    assert [task.data.tokens.shape[1] for task in tasks] == [6, 3, 3]
    assert [task.build().name for task in tasks] == names
    assert tasks[1].describe() == "3 reviews of 3 places, 3 features"
