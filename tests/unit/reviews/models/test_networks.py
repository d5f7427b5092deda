"""The networks: their sizes, what they make of padding, and how they are kept."""

import io
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.unit.reviews.models.invented import ragged_reviews, word_order

from practical_dl.files.model_files import load_model, save_model
from practical_dl.job.runtime import Log, configure_tensorflow, limit_threads
from practical_dl.reviews.corpus.feeding import LOSS, batches_for, probabilities
from practical_dl.reviews.models.networks import (
    convolution_model,
    hidden_model,
    lstm_model,
    multi_size_model,
)
from practical_dl.training.fit import fit

if TYPE_CHECKING:
    import keras

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


def several_sizes(vocabulary: int, _: int) -> "keras.Model":
    vectors = np.random.default_rng(1).normal(0, 0.2, (vocabulary, 4)).astype(np.float32)
    return multi_size_model(vectors)


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
        probabilities(load_model(tmp_path / "model.keras"), tokens),
        probabilities(model, tokens),
    )


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
