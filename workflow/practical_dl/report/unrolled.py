"""The recurrent network unrolled by hand: one weight matrix per kind of arrow, used repeatedly.

fast.ai Practical Deep Learning, lesson 6 (lesson6.ipynb).
"""

from collections.abc import Sequence
from typing import Any


def unrolled_answer(
    symbols: Sequence[Any], merge: str, names: int, embedding: int, hidden: int
) -> Any:
    """Probabilities (n, names) of what follows `symbols`, Keras tensors of shape (n,).

    state = read(first); then, for each further symbol, state = keep(merge(state, read(symbol))).
    `merge` is "sum" or "concatenation", of which `keep` makes `hidden` numbers again.
    """
    from keras import layers

    join = {"sum": layers.Add, "concatenation": layers.Concatenate}[merge]
    embed = layers.Embedding(names, embedding, name="embed")
    read = layers.Dense(hidden, activation="relu", name="input_to_hidden")
    keep = layers.Dense(hidden, activation="tanh", name="hidden_to_hidden")
    state = read(embed(symbols[0]))
    for symbol in symbols[1:]:
        state = keep(join()([state, read(embed(symbol))]))
    return layers.Dense(names, activation="softmax", name="hidden_to_output")(state)
