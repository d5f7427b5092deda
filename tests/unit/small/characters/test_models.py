"""The networks: shared weights, and a state that goes on from batch to batch."""

from typing import Any

import numpy as np
import pytest

pytest.importorskip("keras")

from practical_dl.small.characters.models import recurrent_model, window_model
from practical_dl.small.characters.sequences import stateful_batches
from practical_dl.small.characters.writing import StateReader, WindowReader, reset_states

SIZES = {"embedding": 3, "units": 4, "layers": 2, "dropout": 0.5, "hidden": 5}


def test_the_unrolled_net_shares_its_weights() -> None:
    three, eight = (window_model(count, "sum", 7, SIZES) for count in (3, 8))
    parameters = 7 * 3 + (3 * 5 + 5) + (5 * 5 + 5) + (5 * 7 + 7)
    assert three.count_params() == eight.count_params() == parameters
    joined = window_model(3, "concatenation", 7, SIZES)
    assert joined.count_params() == parameters + 5 * 5


def test_the_unrolled_net_by_hand() -> None:
    model = window_model(3, "sum", 7, SIZES)
    embed, read, read_bias, keep, keep_bias, out, out_bias = model.get_weights()

    def reading(symbol: int) -> Any:
        return np.maximum(embed[symbol] @ read + read_bias, 0)

    state = reading(4)
    for symbol in (0, 6):
        state = np.tanh((state + reading(symbol)) @ keep + keep_bias)
    powers = np.exp(state @ out + out_bias)
    answer = model(np.array([[4, 0, 6]])).numpy()[0]
    assert answer == pytest.approx(powers / powers.sum(), abs=1e-6)


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_batch_after_batch_reads_on_where_the_row_ended(kind: str) -> None:
    text = np.random.default_rng(1).integers(0, 7, 25).astype(np.int32)
    batches, _ = stateful_batches(text, rows=2, length=4)
    kept, whole = recurrent_model(kind, 7, SIZES, (2, 4)), recurrent_model(kind, 7, SIZES)
    whole.set_weights(kept.get_weights())
    answers = np.concatenate([kept(batch).numpy() for batch in batches], axis=1)
    expected = whole(np.stack([text[:12], text[12:24]])).numpy()
    assert answers == pytest.approx(expected, abs=1e-6)
    reset_states(kept)
    assert kept(batches[0]).numpy() == pytest.approx(expected[:, :4], abs=1e-6)


def test_readers_say_what_their_models_say() -> None:
    whole, step = recurrent_model("lstm", 7, SIZES), recurrent_model("lstm", 7, SIZES, (1, 1))
    step.set_weights(whole.get_weights())
    reader = StateReader(step)
    reader.read(5)
    reader.forget()
    answers = [reader.read(symbol) for symbol in (1, 2, 3)]
    assert np.stack(answers) == pytest.approx(whole(np.array([[1, 2, 3]])).numpy()[0], abs=1e-6)

    window = window_model(3, "concatenation", 7, SIZES)
    windowed = WindowReader(window, 3)
    for symbol in (6, 1, 2, 3):
        answer = windowed.read(symbol)
    assert answer == pytest.approx(window(np.array([[1, 2, 3]])).numpy()[0], abs=1e-6)
