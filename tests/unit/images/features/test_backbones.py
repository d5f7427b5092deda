from pathlib import Path
from typing import Any

import numpy as np
import pytest

from practical_dl.images.features import backbones
from practical_dl.job.errors import UserError

keras = pytest.importorskip("keras")
SIZE = (32, 32)


@pytest.mark.parametrize("application", ["VGG16", "MobileNet", "ResNet50", "DenseNet121"])
def test_the_affine_map_is_the_application_s_preprocessing(application: str) -> None:
    preprocess = backbones._preprocess_input(application)
    matrix, offset = backbones.affine_map(preprocess)
    pictures = np.random.default_rng(0).integers(0, 256, (2, 3, 4, 3)).astype(np.float64)
    assert pictures @ matrix + offset == pytest.approx(preprocess(pictures.copy()), abs=1e-4)


def test_vgg16_cut_at_its_last_convolution_has_the_lesson_s_shape() -> None:
    network = backbones.build("VGG16", (224, 224), 1)
    model = backbones.cut(network, "VGG16", "block5_conv3")
    assert model.output_shape[1:] == (14, 14, 512)
    assert model.count_params() == 14_714_688 + 12


def test_a_cut_network_gives_what_the_whole_gives_on_preprocessed_pictures() -> None:
    network = backbones.build("MobileNet", SIZE, 0.25)
    model = backbones.cut(network, "MobileNet", "conv_pw_3_relu")
    pictures = np.random.default_rng(0).integers(0, 256, (2, *SIZE, 3)).astype(np.float32)
    whole = keras.Model(network.inputs, network.get_layer("conv_pw_3_relu").output)
    expected = whole.predict(pictures / 127.5 - 1, verbose=0)
    assert model.predict(pictures, verbose=0) == pytest.approx(expected, abs=1e-4)


def npz(path: Path, network: Any, without: str = "") -> Path:
    arrays = {
        f"{layer.name}/{variable.name}": variable.numpy()
        for layer in network.layers
        for variable in layer.weights
        if layer.name != without
    }
    np.savez(path, **arrays)
    return path


def test_npz_weights_need_to_be_complete_only_up_to_the_layer(tmp_path: Path) -> None:
    source = backbones.build("MobileNet", SIZE, 0.25)
    target = backbones.build("MobileNet", SIZE, 0.25)
    path = npz(tmp_path / "w.npz", source, without="conv_pw_13")
    backbones.load_weights(target, path, "conv_pw_12_relu")
    assert np.array_equal(
        source.get_layer("conv_pw_12").get_weights()[0],
        target.get_layer("conv_pw_12").get_weights()[0],
    )
    with pytest.raises(UserError, match="lacks conv_pw_13/kernel, needed up to layer conv_pw_13_r"):
        backbones.load_weights(target, path, "conv_pw_13_relu")


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    path = npz(tmp_path / "w.npz", backbones.build("MobileNet", SIZE, 0.25))
    with pytest.raises(UserError, match="has shape"):
        backbones.load_weights(backbones.build("MobileNet", SIZE, 0.5), path, "conv_pw_1_relu")
    with pytest.raises(UserError, match=r"weights: .*absent\.npz: no such file"):
        backbones.load_weights(
            backbones.build("MobileNet", SIZE, 0.5), tmp_path / "absent.npz", "conv_pw_1_relu"
        )


def test_identity_tells_weights_apart() -> None:
    one = backbones.cut(backbones.build("MobileNet", SIZE, 0.25), "MobileNet", "conv1_relu")
    before = backbones.weights_identity(one)
    assert backbones.weights_identity(one) == before
    kernel = one.layers[-1].get_layer("conv1").kernel
    kernel.assign(kernel.numpy() * 1.001)
    assert backbones.weights_identity(one) != before


def test_unknown_names_are_told_with_what_there_is() -> None:
    with pytest.raises(UserError, match="no network 'VGG17'; did you mean VGG1"):
        backbones.build("VGG17", SIZE, 1)
    with pytest.raises(UserError, match="VGG16 has no layer 'block6_conv1'; its last layers are"):
        backbones.cut(backbones.build("VGG16", SIZE, 1), "VGG16", "block6_conv1")


def test_the_cost_of_storage_is_told_for_every_way_of_pooling() -> None:
    assert backbones.storage_cost((14, 14, 512), "max2", 900, 100) == [
        "pool none: 1,000 x 14x14x512 float16 = 201 MB (200.7 kB an image)",
        "pool max2: 1,000 x 7x7x512 float16 = 50 MB (50.2 kB an image) (chosen)",
        "pool max: 1,000 x 512 float16 = 1 MB (1.0 kB an image)",
        "pool average: 1,000 x 512 float16 = 1 MB (1.0 kB an image)",
    ]
    assert backbones.storage_cost((64,), "none", 10, 0) == [
        "pool none: 10 x 64 float16 = 0 MB (0.1 kB an image) (chosen)"
    ]


@pytest.mark.parametrize(
    ("pool", "reduce"),
    [
        ("max2", lambda maps: maps[:, :2, :2].reshape(2, 1, 2, 1, 2, -1).max(axis=(2, 4))),
        ("max", lambda maps: maps.max(axis=(1, 2))),
        ("average", lambda maps: maps.mean(axis=(1, 2))),
    ],
)
def test_what_is_stored_can_be_pooled_first(pool: str, reduce: Any) -> None:
    network = backbones.build("MobileNet", SIZE, 0.25)
    plain = backbones.cut(network, "MobileNet", "conv_pw_7_relu")
    pooled = backbones.cut(network, "MobileNet", "conv_pw_7_relu", pool)
    pictures = np.random.default_rng(0).integers(0, 256, (2, *SIZE, 3)).astype(np.float32)
    expected = reduce(plain.predict(pictures, verbose=0))
    given = pooled.predict(pictures, verbose=0)
    assert given == pytest.approx(expected, abs=1e-5)
    assert backbones.pooled_shape(plain.output_shape[1:], pool) == given.shape[1:]
