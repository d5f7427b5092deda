from typing import Any

import numpy as np
import pytest

from practical_dl.images.features import backbones
from practical_dl.images.networks.inserted_batch_norm import channel_moments, insert

keras = pytest.importorskip("keras")

LAYERS = ["block1_conv2", "block4_conv3", "block5_conv3"]


@pytest.fixture(scope="module")
def vgg() -> Any:
    keras.utils.set_random_seed(0)
    return backbones.build("VGG16", (32, 32), 1)


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    return np.random.default_rng(0).uniform(-120, 130, (6, 32, 32, 3)).astype(np.float32)


def test_the_moments_are_those_of_all_rows_together(vgg: Any, pictures: np.ndarray) -> None:
    moments = channel_moments(vgg, LAYERS, [pictures[:4], pictures[4:]])
    for name in LAYERS:
        part = keras.Model(vgg.inputs, vgg.get_layer(name).output)
        values = part.predict(pictures, verbose=0).astype(np.float64)
        values = values.reshape(-1, values.shape[-1])
        mean, variance = moments[name]
        assert mean == pytest.approx(values.mean(axis=0), rel=1e-4, abs=1e-6)
        assert variance == pytest.approx(values.var(axis=0), rel=1e-4, abs=1e-6)


def test_vgg16_gives_the_same_with_batch_norm_inside(vgg: Any, pictures: np.ndarray) -> None:
    moments = channel_moments(vgg, LAYERS, [pictures])
    with_batch_norm = insert(vgg, moments)
    inserted = [layer for layer in with_batch_norm.layers if "BatchNorm" in type(layer).__name__]
    assert [layer.name for layer in inserted] == [f"{name}_batch_norm" for name in LAYERS]
    expected = vgg.predict(pictures, verbose=0)
    given = with_batch_norm.predict(pictures, verbose=0)
    assert expected.std() > 0
    assert given == pytest.approx(expected, rel=1e-3, abs=1e-4 * float(np.abs(expected).max()))


def test_the_variance_as_scale_would_change_what_it_gives(vgg: Any, pictures: np.ndarray) -> None:
    moments = channel_moments(vgg, LAYERS, [pictures])
    wrong = insert(vgg, moments)
    for name, (mean, variance) in moments.items():
        layer = wrong.get_layer(f"{name}_batch_norm")
        layer.set_weights([variance, mean, mean, variance])
    expected, given = (model.predict(pictures, verbose=0) for model in (vgg, wrong))
    assert np.abs(given - expected).max() > 0.05 * np.abs(expected).max()


def test_in_training_it_normalises_by_the_batch(vgg: Any, pictures: np.ndarray) -> None:
    with_batch_norm = insert(vgg, channel_moments(vgg, LAYERS, [pictures]))
    layer = with_batch_norm.get_layer("block5_conv3_batch_norm")
    before = layer.moving_mean.numpy()
    with_batch_norm(pictures * 0.5, training=True)
    assert not np.allclose(layer.moving_mean.numpy(), before)
    assert len(layer.trainable_weights) == 2
