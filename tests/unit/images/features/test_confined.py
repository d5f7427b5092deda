"""Files that were made to harm: each costs one line, and no more time than it is given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from practical_dl.images.features import confined, onnx_backbones
from practical_dl.images.features.onnx_features import Asked
from practical_dl.job.errors import SettingError, UserError

pytest.importorskip("openvino")
pytest.importorskip("onnx")

from onnx import TensorProto, helper, numpy_helper
from tests import onnx_networks as nets

SHAPE: list[int | str] = ["n", 3, nets.SIZE, nets.SIZE]


def asked(path: Path, output: str = "y") -> Asked:
    pixels = {"scale": 1, "mean": 0, "order": "rgb"}
    return Asked(str(path), output, (nets.SIZE, nets.SIZE), pixels, None, None, "none")


def numbers(name: str, values: Any) -> Any:
    return numpy_helper.from_array(np.array(values), name)


def terabytes(path: Path) -> Path:
    nodes = [
        helper.make_node("ConstantOfShape", ["s"], ["zeros"]),
        helper.make_node("ReduceSum", ["zeros"], ["sum"], keepdims=0),
        helper.make_node("Add", ["x", "sum"], ["y"]),
    ]
    return nets.save(path, nodes, SHAPE, ["y"], [numbers("s", [1000, 1000, 1000, 1000])])


def larger_than_memory(path: Path) -> Path:
    node = helper.make_node("Tile", ["x", "s"], ["y"])
    return nets.save(path, [node], SHAPE, ["y"], [numbers("s", [1, 10_000, 1000, 1000])])


def custom_operation(path: Path) -> Path:
    node = helper.make_node("Evil", ["x"], ["y"], domain="my.own")
    return nets.save(path, [node], SHAPE, ["y"], [], domain="my.own")


def weights_too_short(path: Path) -> Path:
    kernel = TensorProto(name="w", data_type=TensorProto.FLOAT, raw_data=b"1234")
    kernel.dims.extend([10**6, 3, 1000, 1000])
    return nets.save(path, [helper.make_node("Conv", ["x", "w"], ["y"])], SHAPE, ["y"], [kernel])


def infinite_features(path: Path) -> Path:
    nodes = [helper.make_node("Div", ["x", "zero"], ["y"])]
    return nets.save(path, nodes, SHAPE, ["y"], [numbers("zero", np.float32(0))])


def endless(path: Path) -> Path:
    """A loop of 10^12 rounds."""
    scalar = helper.make_tensor_value_info
    given = [scalar("i", TensorProto.INT64, []), scalar("c", TensorProto.BOOL, [])]
    kept = [scalar("d", TensorProto.BOOL, []), scalar("w", TensorProto.FLOAT, None)]
    body = helper.make_graph(
        [helper.make_node("Identity", ["c"], ["d"]), helper.make_node("Sin", ["v"], ["w"])],
        "body",
        [*given, scalar("v", TensorProto.FLOAT, SHAPE)],
        kept,
    )
    node = helper.make_node("Loop", ["rounds", "on", "x"], ["y"], body=body)
    return nets.save(path, [node], SHAPE, ["y"], [numbers("rounds", 10**12), numbers("on", True)])


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (terabytes, "asks for more memory than there is"),
        (larger_than_memory, "asks for more memory than there is"),
        (custom_operation, r"operations that OpenVINO does not know \(my.own.Evil\)"),
        (weights_too_short, "size of the initializer does not match"),
        (infinite_features, "features that are infinite or not numbers"),
        (endless, "OpenVINO did not come to an end in 5 seconds"),
    ],
)
def test_what_would_harm_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    made: Callable[[Path], Path],
    said: str,
) -> None:
    monkeypatch.setattr(confined, "SECONDS", 5)
    path = made(tmp_path / "net.onnx")
    with pytest.raises(UserError, match=said) as caught:
        confined.prepare(asked(path), 1, tmp_path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / onnx_backbones.GRAPH).exists()


def test_a_crash_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nkill -SEGV $$\n")
    python.chmod(0o700)
    monkeypatch.setattr(confined.sys, "executable", str(python))
    path = nets.maps(tmp_path / "net.onnx")
    with pytest.raises(UserError, match=r"OpenVINO crashed or ran out of memory \(exit code -11\)"):
        confined.prepare(asked(path), 1, tmp_path)


def test_a_wrong_setting_stays_one(tmp_path: Path) -> None:
    path = nets.maps(tmp_path / "net.onnx")
    with pytest.raises(SettingError, match=r"^output: the network has no tensor 'none'"):
        confined.prepare(asked(path, "none"), 1, tmp_path)


def test_the_process_gives_what_the_function_gives(tmp_path: Path) -> None:
    """And the same bytes, whatever else this process has asked of OpenVINO."""
    path = nets.maps(tmp_path / "net.onnx")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    found = [confined.prepare(asked(path, "features"), 1, folder) for folder in folders]
    assert found[0] == found[1]
    assert found[0]["feature_shape"] == [nets.GRID, nets.GRID, nets.CHANNELS]
    for name in ("network.xml", "network.bin"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def test_a_network_is_described(tmp_path: Path) -> None:
    told = confined.describe(nets.maps(tmp_path / "net.onnx"), tmp_path)
    assert told["inputs"] == ["x [?,3,32,32]"]
    assert told["candidates"][:3] == ["logits [n, 5]", "pooled [n, 6]", "features [n, 6, 8, 8]"]
    assert told["parameters"] == 6 * 3 * 4 * 4 + 6 + 6 * 5
