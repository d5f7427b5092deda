"""The backbone by the files of weights that lie there."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from practical_dl.recognition.backbones import backbone, read_weights

PARTS = ("gamma", "beta", "moving_mean", "moving_variance")


def write_weights(name: str, filters: int, blocks: int, without: str = "") -> None:
    arrays: dict[str, Any] = {"conv1/kernel": np.zeros((3, 3, 3, filters), np.float32)}
    layers = ["conv1_bn"]
    for number in range(1, blocks + 1):
        arrays[f"conv_dw_{number}/depthwise_kernel"] = np.zeros(1)
        arrays[f"conv_pw_{number}/kernel"] = np.zeros(1)
        layers += [f"conv_dw_{number}_bn", f"conv_pw_{number}_bn"]
    arrays |= {f"{layer}/{part}": np.zeros(1) for layer in layers for part in PARTS}
    arrays.pop(without, None)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    np.savez(name, **arrays)


def test_without_weights_keras_downloads_them() -> None:
    settings, words = backbone(Path())
    assert settings == {
        "application": "MobileNet", "layer": "conv_pw_13_relu", "input_size": [224, 224]
    }  # fmt: skip
    assert "downloads" in words


def test_the_widest_file_and_its_deepest_whole_layer() -> None:
    write_weights("weights/quarter.npz", 8, 13)
    write_weights("weights/full.npz", 32, 13, without="conv_pw_13/kernel")
    settings, words = backbone(Path())
    assert settings["weights"] == "weights/full.npz"
    assert settings["layer"] == "conv_pw_12_relu"
    assert "alpha" not in settings
    assert "no network is needed" in words
    Path("weights/full.npz").unlink()
    settings, _ = backbone(Path())
    assert settings["alpha"] == 0.25
    assert settings["layer"] == "conv_pw_13_relu"


@pytest.mark.parametrize("without", ["conv_dw_5/depthwise_kernel", "conv_pw_5_bn/beta"])
def test_what_lies_behind_a_gap_does_not_count(without: str) -> None:
    write_weights("w.npz", 32, 13, without)
    found = read_weights(Path("w.npz"))
    assert found is not None
    assert found.last == 4


def test_other_files_are_passed_over() -> None:
    Path("broken.npz").write_bytes(b"PK nothing")
    np.savez("other.npz", a=np.zeros(3))
    assert read_weights(Path("broken.npz")) is None
    assert read_weights(Path("other.npz")) is None


def test_the_real_weights(real_data: Path) -> None:
    settings, _ = backbone(real_data)
    assert settings["weights"] == "weights/mobilenet_v1_1.0_224_imagenet_to_conv_dw_13.npz"
    assert settings["layer"] == "conv_pw_12_relu"
