import re
from pathlib import Path
from typing import Any

import pytest

from practical_dl.images.plan import backbones
from practical_dl.sources.locations import beside_onnx

CONFIG: dict[str, Any] = {
    "images": {
        "pets": {
            "backbones": {
                "net": {"onnx": "net.onnx", "precision": "auto"},
                "small": {"onnx": None, "precision": "int8"},
            },
            "head": {"backbone": "net"},
        },
        "cars": {
            "backbones": {"net": {"onnx": None, "precision": "auto"}},
            "head": {"backbone": "net"},
        },
    }
}


@pytest.mark.parametrize(
    ("dataset", "name", "kind"),
    [
        ("pets", "net", backbones.ONNX),
        ("pets", "small", backbones.KERAS),
        ("cars", "net", backbones.KERAS),
    ],
)
def test_a_name_is_told_by_its_data_set(dataset: str, name: str, kind: backbones.Kind) -> None:
    for other in (backbones.ONNX, backbones.KERAS):
        pattern = f"results/images/(pets|cars)/features/({backbones.constraint(CONFIG, other)})/b"
        found = re.fullmatch(pattern, f"results/images/{dataset}/features/{name}/b")
        assert bool(found) == (other == kind)


def test_no_backbone_of_a_kind_fits_nothing() -> None:
    assert re.search(backbones.constraint({"images": {}}, backbones.ONNX), "anything") is None


def test_each_kind_has_its_files() -> None:
    pets = CONFIG["images"]["pets"]["backbones"]
    assert backbones.network_files(pets["net"]) == ("backbone.xml", "backbone.bin")
    assert backbones.network_files(pets["small"]) == ("backbone_int8.xml", "backbone_int8.bin")
    assert backbones.float_files(pets["small"]) == ("backbone.keras", "backbone.pb")
    assert backbones.classifier_files(CONFIG, "pets") == ["classifier.xml", "classifier.bin"]
    assert backbones.classifier_files(CONFIG, "cars") == ["classifier.keras"]


def test_weights_beside_an_onnx_file_are_found_by_their_names(tmp_path: Path) -> None:
    for name in ("a[1].onnx", "a[1].onnx.data", "a[1].onnx_data_1", "a1.onnx.data", "b.onnx.data"):
        (tmp_path / name).touch()
    found = beside_onnx(str(tmp_path / "a[1].onnx"))
    assert found == [str(tmp_path / name) for name in ("a[1].onnx.data", "a[1].onnx_data_1")]
