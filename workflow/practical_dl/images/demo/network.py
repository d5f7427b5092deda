"""A small network of VGG16's shape, trained on drawn drivers: the demo's stand-in for ImageNet.

The drivers that it learns from have numbers of their own, so that none is in a demo data set.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from practical_dl.images.demo.drawing import draw_photo
from practical_dl.images.demo.scene import CLASSES, make_driver
from practical_dl.job.runtime import Log
from practical_dl.training.fit import Schedule, fit

if TYPE_CHECKING:
    import keras

SHAPE = (64, 64, 3)
WIDTHS = ((8, 8), (16, 16), (32, 32, 32), (48, 48, 48), (64, 64, 64))
FIRST_DRIVER = 1_000_000
DRIVERS = 300
BATCH_SIZE = 16
SCHEDULE: Schedule = ((2, 1e-3), (1, 3e-4))


def preprocess_input(images: NDArray[Any]) -> NDArray[Any]:
    """Scale RGB values 0..255, of any shape, to -1..1: what the demo network expects."""
    return images / 127.5 - 1.0


def build_demo_network(shape: tuple[int, int, int] = SHAPE) -> "keras.Model":
    """VGG16 up to block5_pool with its layer names and narrower layers, untrained.

    `shape` is (height, width, 3) of pictures as `preprocess_input` gives them; block5_conv3
    gives (height / 16, width / 16, 64). Source of the shape: Simonyan and Zisserman 2015,
    configuration D.
    """
    from keras import layers

    def convolve(x: Any, width: int, name: str) -> Any:
        return layers.Conv2D(width, 3, padding="same", activation="relu", name=name)(x)

    return _build(shape, convolve)


def train_demo_network(
    log: Log, drivers: int = DRIVERS, seed: int = 0, schedule: Schedule = SCHEDULE
) -> "keras.Model":
    """Teach a demo network the ten classes on one photo per class of each of `drivers` drivers.

    It trains with batch normalisation after each convolution, which is then folded into the
    convolution, so that the network returned has VGG16's layers and nothing else.
    """
    import keras
    import tensorflow as tf
    from keras import layers

    images, labels = draw_training_photos(drivers, seed)
    photos = tf.data.Dataset.from_tensor_slices((images, labels))
    photos = photos.shuffle(len(images), seed=seed).batch(BATCH_SIZE)
    photos = photos.map(lambda x, y: (preprocess_input(tf.cast(x, tf.float32)), y))

    normalised = _build(SHAPE, _convolve_and_normalise)
    classes = layers.Dense(len(CLASSES), activation="softmax")(layers.Flatten()(normalised.output))
    classifier = keras.Model(normalised.input, classes)
    fit(classifier, photos, schedule, "sparse_categorical_crossentropy", log, ["accuracy"])

    network = build_demo_network()
    for layer in network.layers:
        if layer.weights:
            normalisation = normalised.get_layer(f"{layer.name}_bn")
            layer.set_weights(fold_normalisation(normalised.get_layer(layer.name), normalisation))
    return network


def draw_training_photos(drivers: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Photos (drivers * 10, 64, 64, 3) of drivers outside every demo data set, and labels."""
    photos = [
        draw_photo(driver, label, 0).resize(SHAPE[1::-1], Image.Resampling.BILINEAR)
        for driver in (make_driver(seed, FIRST_DRIVER + index) for index in range(drivers))
        for label in range(len(CLASSES))
    ]
    labels = np.tile(np.arange(len(CLASSES)), drivers)
    return np.stack([np.asarray(photo) for photo in photos]), labels


def fold_normalisation(
    convolution: "keras.layers.Layer", normalisation: "keras.layers.Layer"
) -> list[NDArray[np.float32]]:
    """Kernel and bias of one convolution that does what both layers do when predicting."""
    (kernel,) = convolution.get_weights()
    gamma, beta, mean, variance = normalisation.get_weights()
    scale = gamma / np.sqrt(variance + normalisation.epsilon)
    return [kernel * scale, beta - mean * scale]


def _build(shape: tuple[int, int, int], convolve: Callable[[Any, int, str], Any]) -> "keras.Model":
    import keras
    from keras import layers

    x = inputs = keras.Input(shape)
    for block, widths in enumerate(WIDTHS, start=1):
        for number, width in enumerate(widths, start=1):
            x = convolve(x, width, f"block{block}_conv{number}")
        x = layers.MaxPooling2D(name=f"block{block}_pool")(x)
    return keras.Model(inputs, x, name="vgg_demo")


def _convolve_and_normalise(x: Any, width: int, name: str) -> Any:
    """Convolution, batch normalisation, relu; momentum 0.9 settles within a few hundred steps."""
    from keras import layers

    x = layers.Conv2D(width, 3, padding="same", use_bias=False, name=name)(x)
    x = layers.BatchNormalization(momentum=0.9, name=f"{name}_bn")(x)
    return layers.ReLU()(x)
