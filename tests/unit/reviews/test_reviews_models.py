"""The 1-D convolution: its shape, its batches and that it learns word order."""

import io

import numpy as np
import pandas as pd
import pytest

from practical_dl.reviews.models import (
    LOSS,
    convolution_model,
    ordered_batches,
    predict_probabilities,
    predictions_frame,
    training_batches,
)
from practical_dl.runtime import Log, configure_tensorflow, limit_threads
from practical_dl.training import fit

TOKENS = np.arange(1, 31, dtype=np.int32).reshape(10, 3)
LABELS = np.arange(10) % 2


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    limit_threads(1)
    configure_tensorflow(1)


def test_the_lesson_counts_its_weights() -> None:
    model = convolution_model(5000, 500)
    embedding = 5000 * 32
    convolution = 5 * 32 * 64 + 64
    hidden = 250 * 64 * 100 + 100
    assert model.count_params() == embedding + convolution + hidden + 101
    assert model.input_shape == (None, 500)
    assert model.output_shape == (None, 1)


def test_training_batches_hold_every_row_once_in_an_order_of_their_own() -> None:
    batches = training_batches(TOKENS, LABELS, 4, seed=1)
    epochs = [[(x.numpy(), y.numpy()) for x, y in batches] for _ in range(2)]
    orders = []
    for epoch in epochs:
        tokens = np.concatenate([x for x, _ in epoch])
        labels = np.concatenate([y for _, y in epoch])
        rows = (tokens[:, 0] - 1) // 3
        assert [len(x) for x, _ in epoch] == [4, 4, 2]
        assert sorted(rows) == list(range(10))
        np.testing.assert_array_equal(tokens, TOKENS[rows])
        np.testing.assert_array_equal(labels, LABELS[rows, None])
        orders.append(rows.tolist())
    assert orders[0] != orders[1]


def test_ordered_batches_keep_the_order() -> None:
    batches = [(x.numpy(), y.numpy()) for x, y in ordered_batches(TOKENS, LABELS, 4)]
    np.testing.assert_array_equal(np.concatenate([x for x, _ in batches]), TOKENS)
    np.testing.assert_array_equal(np.concatenate([y for _, y in batches])[:, 0], LABELS)


def fit_word_order() -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Fit reviews in which word 1 before word 2 is good, and word 2 before word 1 is bad."""
    rng = np.random.default_rng(0)
    tokens = rng.integers(3, 10, (400, 12)).astype(np.int32)
    labels = rng.integers(0, 2, 400)
    rows, places = np.arange(400), rng.integers(0, 11, 400)
    tokens[rows, places] = 2 - labels
    tokens[rows, places + 1] = 1 + labels
    configure_tensorflow(1)
    model = convolution_model(10, 12, dense_dropout=0.2)
    log = Log("test", io.StringIO(), io.StringIO())
    train = training_batches(tokens[:300], labels[:300], 20, seed=1)
    inner = ordered_batches(tokens[300:], labels[300:], 100)
    history = fit(model, train, [[8, 0.005]], LOSS, log, ["accuracy"], inner)
    return history, predict_probabilities(model, tokens[300:]), labels[300:]


def test_it_learns_word_order_and_repeats_itself() -> None:
    history, probabilities, labels = fit_word_order()
    assert probabilities.shape == (100, 2)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    assert (probabilities.argmax(axis=1) == labels).mean() > 0.9
    again = fit_word_order()
    pd.testing.assert_frame_equal(history, again[0], check_exact=True)
    np.testing.assert_array_equal(probabilities, again[1])


def test_predictions_frame() -> None:
    reviews = pd.DataFrame(
        {"review_id": ["test/pos/0_9", "test/neg/0_2"], "film": ["tt1", "tt2"], "label": [1, 0]},
        index=[7, 8],
    )
    frame = predictions_frame(reviews, np.array([[0.25, 0.75], [0.5, 0.5]]))
    expected = pd.DataFrame(
        {
            "id": ["test/pos/0_9", "test/neg/0_2"],
            "group": ["tt1", "tt2"],
            "true": ["pos", "neg"],
            "neg": [0.25, 0.5],
            "pos": [0.75, 0.5],
        }
    )
    pd.testing.assert_frame_equal(frame, expected)
