"""The networks that read characters: unrolled by hand, and recurrent.

fast.ai Practical Deep Learning, lessons 5 and 6 (char-rnn.ipynb, lesson6.ipynb).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from practical_dl.report.unrolled import unrolled_answer

if TYPE_CHECKING:
    import keras

LOSS = "sparse_categorical_crossentropy"


def recurrent_model(
    kind: str, names: int, sizes: Mapping[str, Any], batch: tuple[int, int] | None = None
) -> "keras.Model":
    """Symbols (rows, length) to probabilities of the next one (rows, length, names).

    Args:
        kind: "rnn", the plain recurrent layer, or "lstm".
        sizes: embedding, units, layers, and dropout behind each recurrent layer.
        batch: rows and length; with them the state is kept from batch to batch. Without, any
            number of rows of any length are read, each from an empty state.
    """
    import keras
    from keras import layers

    recurrent = {"rnn": layers.SimpleRNN, "lstm": layers.LSTM}[kind]
    given = keras.Input(batch_shape=batch or (None, None), dtype="int32", name="characters")
    flow = layers.Embedding(names, sizes["embedding"], name="embed")(given)
    for number in range(sizes["layers"]):
        flow = recurrent(
            sizes["units"],
            return_sequences=True,
            stateful=batch is not None,
            name=f"{kind}_{number + 1}",
        )(flow)
        flow = layers.Dropout(sizes["dropout"])(flow)
    return keras.Model(given, layers.Dense(names, "softmax", name="next")(flow), name=kind)


def window_model(count: int, merge: str, names: int, sizes: Mapping[str, Any]) -> "keras.Model":
    """The network unrolled by hand: windows (n, count) of symbols to what follows (n, names)."""
    import keras

    given = keras.Input((count,), dtype="int32", name="symbols")
    columns = [given[:, place] for place in range(count)]
    answer = unrolled_answer(columns, merge, names, sizes["embedding"], sizes["hidden"])
    return keras.Model(given, answer)
