from typing import Any

import pytest

from practical_dl.job.errors import UserError
from practical_dl.settings import configuration
from practical_dl.sources import locations

ONNX = {"onnx": "net.onnx", "input_size": [32, 32], "pixels": {"scale": 255}}
KERAS = {"application": "MobileNet", "layer": "conv_pw_1_relu", "input_size": [32, 32]}


def config(backbone: dict[str, Any], **others: Any) -> dict[str, Any]:
    pets = {
        "source": {"folder": {"path": "pets"}},
        "backbones": {"net": backbone},
        "head": {"backbone": "net"},
        **others,
    }
    return {"images": {"pets": pets}, "run": {"images": ["pets"]}}


@pytest.mark.parametrize("backbone", [ONNX, KERAS])
def test_a_backbone_is_of_one_kind(backbone: dict[str, Any]) -> None:
    configuration.complete(config(dict(backbone)))


@pytest.mark.parametrize(
    ("backbone", "said"),
    [
        ({"input_size": [32, 32]}, "application: missing; give a network of keras.applications"),
        (ONNX | KERAS, "onnx: net.onnx, but there is an application, MobileNet; set one of them"),
        (KERAS | {"layer": None}, "layer: missing; name the layer of the application"),
        (KERAS | {"output": "y"}, "output: y, which is for onnx alone; leave it out"),
        (KERAS | {"tokens": "map"}, "tokens: map, which is for onnx alone"),
        (
            KERAS | {"pixels": {"scale": 255}},
            "pixels: for onnx alone, an application knows its own",
        ),
        (ONNX | {"layer": "y"}, "layer: y, which is for an application alone; leave it out"),
        (ONNX | {"weights": "random"}, "weights: random, which is for an application alone"),
        (ONNX | {"engine": "keras"}, "engine: keras, which reads no ONNX; leave it out"),
        (ONNX | {"pixels": {}}, "pixels.scale: missing; an ONNX file does not say how"),
        (
            ONNX | {"pixels": {"scale": [0.229, 0.224, 0.225], "mean": 0}},
            r"pixels.scale: \[0.229, 0.224, 0.225\] is for pixels from 0 to 1, but pixels are 0 to "
            "255 here; times 255 it is 58.395, 57.12, 57.375",
        ),
        (
            ONNX | {"pixels": {"scale": 255, "mean": 0.5}},
            "pixels.mean: 0.5 is for pixels from 0 to 1, .* times 255 it is 127.5",
        ),
        (ONNX | {"pixels": {"scale": [255, 255]}}, "pixels.scale: .* is not allowed; at least 3"),
        (ONNX | {"onnx": "net.pt"}, r"onnx: 'net.pt' is not allowed; it must match \[.\]onnx"),
    ],
)
def test_what_does_not_go_together_is_told_by_its_key(backbone: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=rf"^config: images\.pets\.backbones\.net\.{said}"):
        configuration.complete(config(backbone))


def test_layers_of_an_onnx_network_are_not_tuned() -> None:
    with pytest.raises(UserError, match=r"fine_tuning.backbone: net is an ONNX network"):
        configuration.complete(config(ONNX, fine_tuning={"backbone": "net"}))


def test_its_file_lies_below_the_data_root_and_its_absence_is_told() -> None:
    settings = config(ONNX) | {"data_root": "/data"}
    configuration.complete(settings)
    backbone = settings["images"]["pets"]["backbones"]["net"]
    assert locations.weights_path(settings, backbone) == "/data/net.onnx"
    absent = locations.absent_sources(settings)
    assert absent["images.pets.backbones.net.onnx"] == "/data/net.onnx"
    assert "images.pets.backbones.net.weights" not in absent
