"""The networks that the lesson draws, as Keras models. Sizes are the lesson's."""

from typing import TYPE_CHECKING, Any

from practical_dl.report.keras_graphs import graph_of
from practical_dl.report.unrolled import unrolled_answer

if TYPE_CHECKING:
    import keras

CHARACTERS = 85
FACTORS = 42
HIDDEN = 256


def one_hidden_layer() -> "keras.Model":
    """Digits as 784 numbers, one hidden layer, ten classes."""
    from keras import Model, layers

    start = layers.Input((784,), name="pixels")
    flow = layers.Dense(100, activation="relu", name="hidden")(start)
    return Model(start, layers.Dense(10, activation="softmax", name="classes")(flow))


def convolutional() -> "keras.Model":
    """Two convolutions, a max-pool and a dense output."""
    from keras import Model, layers

    start = layers.Input((28, 28, 1), name="picture")
    flow = layers.Conv2D(2, 3, activation="relu", name="conv1")(start)
    flow = layers.Conv2D(2, 3, activation="relu", name="conv2")(flow)
    flow = layers.MaxPooling2D(2, name="pool")(flow)
    flow = layers.Flatten(name="flatten")(flow)
    return Model(start, layers.Dense(1, name="dense")(flow))


def three_inputs() -> "keras.Model":
    """Three characters, unrolled by hand: one weight matrix per kind of arrow, used three times."""
    from keras import Model, layers

    characters = [layers.Input((), dtype="int32", name=f"character {n}") for n in (1, 2, 3)]
    return Model(characters, unrolled_answer(characters, "sum", CHARACTERS, FACTORS, HIDDEN))


def recurrent() -> "keras.Model":
    """The same as a loop: any number of characters through one recurrent layer."""
    from keras import Model, layers

    start = layers.Input((None,), dtype="int32", name="characters")
    flow = layers.Embedding(CHARACTERS, FACTORS, name="embed")(start)
    flow = layers.SimpleRNN(HIDDEN, name="recurrent")(flow)
    return Model(start, layers.Dense(CHARACTERS, activation="softmax", name="output")(flow))


NETWORKS = {
    "One hidden layer": one_hidden_layer,
    "Convolutional network": convolutional,
    "Three characters in": three_inputs,
    "Recurrent network": recurrent,
}


def graphs() -> dict[str, Any]:
    """Each network as a graph, by its title."""
    return {title: graph_of(build()) for title, build in NETWORKS.items()}
