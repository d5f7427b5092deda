import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from practical_dl.images.demo.drawing import draw_photo
from practical_dl.images.demo.network import (
    FIRST_DRIVER,
    build_demo_network,
    draw_training_photos,
    fold_normalisation,
    preprocess_input,
    train_demo_network,
)
from practical_dl.images.demo.scene import make_driver
from practical_dl.job.runtime import Log, configure_tensorflow, limit_threads

if TYPE_CHECKING:
    import keras

limit_threads(1)


def train(file: io.StringIO) -> "keras.Model":
    configure_tensorflow(1)
    log = Log("demo", file, io.StringIO())
    return train_demo_network(log, drivers=2, seed=1, schedule=[[8, 1e-3]])


@pytest.fixture(scope="module")
def trained() -> "tuple[keras.Model, str]":
    file = io.StringIO()
    return train(file), file.getvalue()


def test_preprocess_scales_bytes_to_minus_one_and_one() -> None:
    scaled = preprocess_input(np.array([[0, 255]], dtype=np.uint8))
    assert scaled.tolist() == [[-1.0, 1.0]]


def test_layers_are_named_as_in_vgg16() -> None:
    import keras

    vgg16 = keras.applications.VGG16(include_top=False, weights=None, input_shape=(64, 64, 3))
    network = build_demo_network()
    assert [layer.name for layer in network.layers[1:]] == [
        layer.name for layer in vgg16.layers[1:]
    ]
    assert [type(layer) for layer in network.layers] == [type(layer) for layer in vgg16.layers]
    assert build_demo_network((96, 128, 3)).output_shape == (None, 3, 4, 64)
    assert network.input_shape == (None, 64, 64, 3)
    assert network.get_layer("block5_conv3").output.shape == (None, 4, 4, 64)
    assert network.output_shape == (None, 2, 2, 64)


def test_training_photos_are_of_drivers_outside_the_demo() -> None:
    images, labels = draw_training_photos(drivers=2, seed=1)
    assert images.shape == (20, 64, 64, 3)
    assert images.dtype == np.uint8
    assert labels.tolist() == [*range(10), *range(10)]
    expected = draw_photo(make_driver(1, FIRST_DRIVER + 1), 4, 0).resize((64, 64), 2)
    assert (images[14] == np.asarray(expected)).all()


def test_folded_convolution_predicts_what_both_layers_did() -> None:
    import keras

    rng = np.random.default_rng(0)
    convolution = keras.layers.Conv2D(4, 3, padding="same", use_bias=False)
    normalisation = keras.layers.BatchNormalization()
    folded = keras.layers.Conv2D(4, 3, padding="same")
    for layer, channels in ((convolution, 3), (normalisation, 4), (folded, 3)):
        layer.build((None, 6, 6, channels))
    normalisation.set_weights(
        [rng.normal(size=4), rng.normal(size=4), rng.normal(size=4), rng.uniform(0.5, 2, 4)]
    )
    folded.set_weights(fold_normalisation(convolution, normalisation))
    images = rng.normal(size=(2, 6, 6, 3)).astype(np.float32)
    expected = normalisation(convolution(images), training=False)
    np.testing.assert_allclose(folded(images), expected, rtol=1e-4, atol=1e-5)


def test_training_is_repeatable_and_changes_every_layer(
    trained: "tuple[keras.Model, str]",
) -> None:
    first, second = trained[0].get_weights(), train(io.StringIO()).get_weights()
    assert all((a == b).all() for a, b in zip(first, second, strict=True))
    assert all(np.isfinite(weights).all() for weights in first)
    biases = [weights for weights in first if weights.ndim == 1]
    assert len(biases) == 13
    assert all(np.abs(bias).max() > 0 for bias in biases)


def test_training_fits_the_photos_that_it_sees(trained: "tuple[keras.Model, str]") -> None:
    losses = [float(loss) for loss in re.findall(r"plain_loss ([0-9.]+)", trained[1])]
    assert len(losses) == 8
    assert losses[-1] < 0.7 * losses[0]


def test_saved_weights_give_the_same_features(
    trained: "tuple[keras.Model, str]", tmp_path: Path
) -> None:
    network, _ = trained
    network.save_weights(tmp_path / "demo.weights.h5")
    copy = build_demo_network()
    copy.load_weights(tmp_path / "demo.weights.h5")
    photos = preprocess_input(draw_training_photos(1, seed=2)[0])
    features = network.predict(photos, verbose=0)
    assert features.std() > 0
    np.testing.assert_array_equal(copy.predict(photos, verbose=0), features)
