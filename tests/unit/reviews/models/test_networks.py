"""The networks: their sizes, what feeds them, and that frozen and thawed mean what they say."""

import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.model_files import load_model, save_model
from practical_dl.job.runtime import Log, configure_tensorflow, limit_threads
from practical_dl.reviews.models.data import ReviewData
from practical_dl.reviews.models.feeding import (
    LOSS,
    batches_for,
    positive_probabilities,
    training_batches,
    trimmed_batches,
)
from practical_dl.reviews.models.fitting import Recipe, train, train_seeds
from practical_dl.reviews.models.networks import (
    average_model,
    convolution_model,
    hidden_model,
    lstm_model,
    multi_size_model,
    thaw_vectors,
    vectors_model,
)
from practical_dl.training.fit import fit

if TYPE_CHECKING:
    import keras

TOKENS = np.arange(1, 31, dtype=np.int32).reshape(10, 3)
LABELS = np.arange(10) % 2
LOG = Log("test", io.StringIO(), io.StringIO())


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    limit_threads(1)
    configure_tensorflow(1)


def test_the_lesson_counts_its_weights() -> None:
    assert hidden_model(5000, 500).count_params() == 1_760_201
    assert lstm_model(5000, 500).count_params() == 213_301
    embedding = 5000 * 32
    convolution = 5 * 32 * 64 + 64
    hidden = 250 * 64 * 100 + 100
    model = convolution_model(5000, 500)
    assert model.count_params() == embedding + convolution + hidden + 101
    assert (model.input_shape, model.output_shape) == ((None, 500), (None, 1))


def test_multi_size_joins_three_widths() -> None:
    vectors = np.ones((20, 4), np.float32)
    model = multi_size_model(vectors)
    convolutions = sum(width * 4 * 64 + 64 for width in (3, 4, 5))
    assert model.count_params() == 80 + convolutions + 6 * 2 * 64 + 6 * 64 * 100 + 100 + 101


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


def ragged_reviews() -> np.ndarray:
    """Twenty reviews of one to ten words, padded in front to twelve."""
    tokens = np.zeros((20, 12), np.int32)
    for row in range(20):
        length = 1 + row % 10
        tokens[row, -length:] = np.arange(1, length + 1)
    tokens[:, -1] = np.arange(1, 21)
    return tokens


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


def several_sizes(vocabulary: int, _: int) -> "keras.Model":
    vectors = np.random.default_rng(1).normal(0, 0.2, (vocabulary, 4)).astype(np.float32)
    return multi_size_model(vectors)


@pytest.mark.parametrize("build", [lstm_model, average_model, several_sizes])
def test_masking_makes_padding_mean_nothing(build: "Callable[[int, int], keras.Model]") -> None:
    model = build(30, 12)
    tokens = ragged_reviews()
    whole = model.predict(tokens, verbose=0)[:, 0]
    np.testing.assert_allclose(positive_probabilities(model, tokens), whole, rtol=1e-5)
    assert np.ptp(whole) > 1e-4


def test_the_place_of_padding_means_nothing_to_pooled_convolutions() -> None:
    model = several_sizes(30, 12)
    behind = np.array([[7, 8, 9, 0, 0, 0]], np.int32)
    alone = model.predict(behind[:, :3], verbose=0)
    for tokens in (behind, np.roll(behind, 3)):
        np.testing.assert_allclose(model.predict(tokens, verbose=0), alone, rtol=1e-5)
    assert np.isfinite(model.predict(np.zeros((1, 6), np.int32), verbose=0)).all()


def test_pooled_convolutions_are_read_back_as_written(tmp_path: Path) -> None:
    model = several_sizes(30, 12)
    save_model(tmp_path / "model.keras", model)
    tokens = ragged_reviews()
    np.testing.assert_array_equal(
        positive_probabilities(load_model(tmp_path / "model.keras"), tokens),
        positive_probabilities(model, tokens),
    )


def test_a_network_of_fixed_length_gets_whole_rows() -> None:
    model = hidden_model(30, 12)
    tokens = ragged_reviews()
    assert {x.shape[1] for x, _ in batches_for(model, tokens, np.ones(20, int), 4, 1)} == {12}
    whole = model.predict(tokens, verbose=0)[:, 0]
    np.testing.assert_allclose(positive_probabilities(model, tokens), whole, rtol=1e-6)


def word_order() -> ReviewData:
    """Reviews in which word 1 before word 2 is good, and word 2 before word 1 is bad."""
    rng = np.random.default_rng(0)
    tokens = rng.integers(3, 10, (400, 12)).astype(np.int32)
    labels = rng.integers(0, 2, 400)
    rows, places = np.arange(400), rng.integers(0, 11, 400)
    tokens[rows, places] = 2 - labels
    tokens[rows, places + 1] = 1 + labels
    roles = np.repeat(np.array(["train", "valid", "test"], object), [250, 50, 100])
    return ReviewData(pd.DataFrame({"label": labels}), roles, tokens)


def test_the_convolution_learns_word_order_and_repeats_itself() -> None:
    data, recipe = word_order(), Recipe([[8, 0.005]], {"adam": {}}, 20)
    outcomes = [
        train_seeds(lambda: convolution_model(10, 12, dense_dropout=0.2), data, recipe, [1], LOG)
        for _ in range(2)
    ]
    [positive] = outcomes[0].positive["test"]
    assert ((positive > 0.5) == data.part("test")[1]).mean() > 0.9
    np.testing.assert_array_equal(positive, outcomes[1].positive["test"][0])
    pd.testing.assert_frame_equal(outcomes[0].history, outcomes[1].history, check_exact=True)
    assert outcomes[0].model is not None
    np.testing.assert_allclose(
        positive_probabilities(outcomes[0].model, data.part("test")[0]), positive, rtol=1e-5
    )


def test_the_test_is_answered_by_a_training_on_all_other_reviews() -> None:
    """What only the validation reviews show is known to the test's model, not to the chosen one."""
    data = word_order()
    tokens = np.full((400, 12), 3, np.int32)
    labels = np.arange(400) % 2
    shown = data.roles != "train"
    tokens[shown, 0] = np.where(labels[shown] == 1, 1, 2)
    taught = ReviewData(pd.DataFrame({"label": labels}), data.roles, tokens)
    recipe = Recipe([[6, 0.05]], {"adam": {}}, 10)
    outcome = train_seeds(lambda: hidden_model(10, 12), taught, recipe, [1], LOG)
    [of_valid], [of_test] = outcome.positive["valid"], outcome.positive["test"]
    right = [
        ((answer > 0.5) == taught.part(role)[1]).mean()
        for role, answer in (("valid", of_valid), ("test", of_test))
    ]
    assert right[1] == 1 > 0.9 > right[0]


def test_frozen_vectors_stay_and_thawed_ones_move() -> None:
    data, recipe = word_order(), Recipe([[1, 0.01]], {"adam": {}}, 50)
    vectors = np.random.default_rng(1).normal(0, 0.2, (10, 4)).astype(np.float32)
    model = vectors_model(vectors)
    train(model, data, recipe, 1, LOG)
    np.testing.assert_array_equal(model.get_layer("vectors").get_weights()[0], vectors)
    thaw_vectors(model)
    train(model, data, recipe, 1, LOG)
    moved = np.abs(model.get_layer("vectors").get_weights()[0] - vectors).max(axis=1)
    assert (moved[1:] > 0).all()


def test_the_lstm_keeps_off_cudnn_which_refuses_padding_in_front(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import tensorflow as tf

    monkeypatch.setattr(tf.config, "list_logical_devices", lambda *_: ["a GPU"])
    model = lstm_model(10, 4)
    forward = tf.function(lambda tokens: model(tokens, training=True))
    padded = tf.constant([[0, 0, 1, 2], [0, 3, 4, 1]])
    operations = {op.type for op in forward.get_concrete_function(padded).graph.get_operations()}
    assert "CudnnRNNV3" not in operations
    assert np.isfinite(forward(padded)).all()


def test_an_lstm_trains_on_trimmed_batches() -> None:
    data = word_order()
    model = lstm_model(10, 12)
    batches = batches_for(model, *data.part("train"), 50, 1)
    history = fit(model, batches, [[12, 0.02]], LOSS, LOG)
    losses = history["plain_loss"].tolist()
    assert losses[-1] < 0.95 * losses[0]
    assert all(np.isfinite(pair).all() for pair in pairwise(losses))
