"""Feeding: every row once, no padding that a whole batch has, and masks that work."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.unit.reviews.models.invented import ragged_reviews

from practical_dl.job.runtime import configure_tensorflow, limit_threads
from practical_dl.reviews.corpus.feeding import (
    batches_for,
    passes_of_epoch,
    probabilities,
    training_batches,
    trimmed_batches,
)
from practical_dl.reviews.models.networks import (
    average_model,
    hidden_model,
    lstm_model,
    multi_size_model,
)
from practical_dl.scoring.by_class import of_both

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

TOKENS = np.arange(1, 31, dtype=np.int32).reshape(10, 3)
LABELS = np.arange(10) % 2


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    limit_threads(1)
    configure_tensorflow(1)


def several_sizes(vocabulary: int, _: int) -> "keras.Model":
    vectors = np.random.default_rng(1).normal(0, 0.2, (vocabulary, 4)).astype(np.float32)
    return multi_size_model(vectors)


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


def test_trimmed_batches_lose_padding_only() -> None:
    tokens = ragged_reviews()
    seen: list[int] = []
    for batch, labels in trimmed_batches(tokens, np.arange(20), 3, seed=1):
        found = batch.numpy()
        assert found[:, 0].any()
        for row, label in zip(found, labels.numpy()[:, 0].astype(int), strict=True):
            np.testing.assert_array_equal(row[row > 0], tokens[label][tokens[label] > 0])
            seen.append(label)
        lengths = (found > 0).sum(axis=1)
        assert lengths.max() - lengths.min() <= 3
    assert sorted(seen) == list(range(20))
    batches = trimmed_batches(tokens, np.arange(20), 3, seed=1)
    assert int(batches.cardinality()) == len(list(batches)) == len(list(batches))


def test_a_network_of_fixed_length_gets_whole_rows() -> None:
    model = hidden_model(30, 12)
    tokens = ragged_reviews()
    assert {x.shape[1] for x, _ in batches_for(model, tokens, np.ones(20, int), 4, 1)} == {12}
    whole = of_both(model.predict(tokens, verbose=0)[:, 0])
    np.testing.assert_allclose(probabilities(model, tokens), whole, rtol=1e-6)


@pytest.mark.parametrize("build", [lstm_model, average_model, several_sizes])
def test_masking_makes_padding_mean_nothing(build: "Callable[[int, int], keras.Model]") -> None:
    model = build(30, 12)
    tokens = ragged_reviews()
    whole = of_both(model.predict(tokens, verbose=0)[:, 0])
    np.testing.assert_allclose(probabilities(model, tokens), whole, rtol=1e-5)
    assert np.ptp(whole) > 1e-4


@pytest.mark.parametrize("make", [training_batches, trimmed_batches])
def test_an_epoch_of_few_rows_goes_over_them_several_times(
    make: Callable[..., "tf.data.Dataset"],
) -> None:
    batches = make(ragged_reviews(), np.arange(20) % 2, 4, 1, 3)
    marks = np.concatenate([x.numpy()[:, -1] for x, _ in batches])
    assert sorted(marks) == sorted([*range(1, 21)] * 3)
    assert len(batches) == len(list(batches))


def test_an_epoch_has_forty_steps_or_more() -> None:
    assert [passes_of_epoch(rows, 64) for rows in (1, 64, 216, 2496, 2497, 25_000)] == [
        40, 40, 10, 2, 1, 1,
    ]  # fmt: skip
