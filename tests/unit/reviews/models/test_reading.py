"""The LSTM that reads first: its passages, its loss, and what it hands on."""

import io

import numpy as np
import pytest

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log, configure_tensorflow, limit_threads
from practical_dl.reviews.corpus.feeding import ordered_batches, training_batches
from practical_dl.reviews.models.networks import lstm_model
from practical_dl.reviews.models.reading import (
    LOSS,
    PASSAGE,
    lstm_that_read,
    next_word_model,
    passages,
    pretrain,
    reader_model,
    start_from,
)
from practical_dl.training.fit import fit
from practical_dl.training.recipe import Recipe

LOG = Log("test", io.StringIO(), io.StringIO())
WORDS = 7


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    limit_threads(1)
    configure_tensorflow(1)


def test_passages_are_the_texts_one_after_the_other() -> None:
    tokens = np.array([5, 6, 7, 8, 9], np.int32), np.array([0, 2, 2, 5])
    assert passages(tokens, 4).tolist() == [[0, 5, 6, 0], [0, 7, 8, 9]]
    assert passages(tokens, 3).tolist() == [[0, 5, 6], [0, 0, 7]]
    with pytest.raises(UserError, match="too few words"):
        passages(tokens, 9)


def test_the_loss_of_a_reader_that_knows_nothing_is_that_of_guessing() -> None:
    reader = reader_model(WORDS)
    model = next_word_model(reader, np.ones(WORDS, np.int64))
    reader.set_weights([np.zeros_like(weight) for weight in reader.get_weights()])
    losses = model.predict(np.array([[1, 2, 3], [0, 1, 2]]), verbose=0)
    assert losses.shape == (2, 1)
    assert losses[:, 0] == pytest.approx([np.log(WORDS)] * 2)


def test_a_reader_learns_which_word_comes_next() -> None:
    rows = np.tile(np.arange(1, WORDS, dtype=np.int32), (64, 4))
    none = np.zeros(len(rows), np.int64)
    model = next_word_model(reader_model(WORDS), np.bincount(rows.ravel(), minlength=WORDS))
    history = fit(
        model,
        training_batches(rows, none, 8, 1),
        [[15, 0.02]],
        LOSS,
        LOG,
        inner=ordered_batches(rows, none, 8),
    )
    assert history["inner_plain_loss"].iloc[-1] < 0.3 < history["inner_plain_loss"].iloc[0]


def test_the_network_that_judges_starts_from_what_was_read() -> None:
    model, reader = lstm_model(WORDS, 0), reader_model(WORDS)
    before = model.get_weights()
    start_from(model, reader)
    assert all(map(np.array_equal, model.get_weights()[:4], reader.get_weights()))
    assert all(map(np.array_equal, model.get_weights()[4:], before[4:]))


def test_training_reviews_are_read_and_handed_on() -> None:
    values = np.tile(np.arange(1, 10, dtype=np.int32), 200)
    tokens, roles = (values, np.array([0, 1200, 1500, 1800])), np.array(["train", "valid", "test"])
    assert PASSAGE < 300
    reader, history = pretrain(tokens, roles, WORDS, Recipe([[3, 0.03]], 4), 1, LOG)
    losses = history["inner_plain_loss"]
    assert losses.iloc[-1] < losses.iloc[0]
    model = lstm_that_read(reader, WORDS, 0)
    assert all(map(np.array_equal, model.get_weights()[:4], reader.get_weights()))


def test_few_words_are_read_in_shorter_passages() -> None:
    values = np.tile(np.arange(1, 7, dtype=np.int32), 10)
    tokens, roles = (values, np.array([0, 40, 46, 60])), np.array(["train", "valid", "test"])
    reader, history = pretrain(tokens, roles, WORDS, Recipe([[1, 0.01]], 4), 1, LOG)
    assert reader.count_params() > 0
    assert np.isfinite(history["inner_plain_loss"]).all()
