from collections.abc import Sequence
from pathlib import Path

import pytest

from practical_dl.images.features.onnx_graphs import (
    candidates,
    cut_at,
    read_network,
    shape_of,
    with_input_size,
)
from practical_dl.job.errors import SettingError, UserError

pytest.importorskip("openvino")
pytest.importorskip("onnx")

from onnx import TensorProto, helper
from tests import onnx_networks as nets


def halved(path: Path, shape: Sequence[int | str]) -> Path:
    return nets.save(path, [helper.make_node("Relu", ["x"], ["y"])], shape, ["y"], [])


def test_candidates_are_the_outputs_then_the_last_tensor_of_each_shape(tmp_path: Path) -> None:
    network = read_network(nets.tokens(tmp_path / "net.onnx", batch=1, extra=2))
    assert candidates(network) == [
        "tokens [1, 66, 6]",
        "first [1, 1, 6]",
        "places [1, 64, 6]",
        "rows [1, 6, 64]",
        "convolved [1, 6, 8, 8]",
    ]


def test_it_needs_openvino(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = nets.maps(tmp_path / "net.onnx")
    monkeypatch.setitem(__import__("sys").modules, "openvino", None)
    with pytest.raises(UserError, match="ONNX needs openvino; pip install openvino"):
        read_network(path)


def test_the_rest_of_the_network_is_left_out(tmp_path: Path) -> None:
    whole = read_network(nets.maps(tmp_path / "net.onnx"))
    part = cut_at(whole, "convolved")
    assert len(part.get_ops()) < len(whole.get_ops())
    assert [output.get_any_name() for output in part.outputs] == ["convolved"]


def test_a_tensor_of_two_inputs_is_no_feature_of_a_picture(tmp_path: Path) -> None:
    """The other input is no hindrance where it is not needed."""
    path = tmp_path / "net.onnx"
    given = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", 3, 32, 32]) for name in "ab"
    ]
    found = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in "yz"]
    nodes = [helper.make_node("Relu", ["a"], ["y"]), helper.make_node("Add", ["y", "b"], ["z"])]
    model = helper.make_model(
        helper.make_graph(nodes, "g", given, found),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    path.write_bytes(model.SerializeToString())
    with pytest.raises(SettingError, match=r"output: z is computed from 2 inputs \((a, b|b, a)\)"):
        cut_at(read_network(path), "z")
    assert [one.get_any_name() for one in cut_at(read_network(path), "y").inputs] == ["a"]


@pytest.mark.parametrize(
    ("shape", "layout", "found"),
    [
        (["n", 3, 32, 48], "NCHW", [None, 3, 32, 48]),
        (["n", 32, 48, 3], "NHWC", [None, 32, 48, 3]),
        (["n", 3, "h", "w"], "NCHW", [None, 3, 32, 48]),
        (["n", "h", "w", 3], "NHWC", [None, 32, 48, 3]),
        ([1, 3, "h", "w"], "NCHW", [1, 3, 32, 48]),
    ],
)
def test_the_input_s_layout_is_seen(
    tmp_path: Path, shape: list[int | str], layout: str, found: list[int | None]
) -> None:
    network = read_network(halved(tmp_path / "net.onnx", shape))
    sized, seen = with_input_size(network, (32, 48))
    assert seen == layout
    assert shape_of(sized.input(0)) == found


def test_free_sizes_are_told_by_what_the_network_can_compute(tmp_path: Path) -> None:
    """A convolution of three channels can; a ReLU takes them anywhere."""
    free = ["n", "a", "b", "c"]
    node = helper.make_node("Conv", ["x", "w", "b"], ["y"], kernel_shape=[4, 4], strides=[4, 4])
    path = nets.save(tmp_path / "net.onnx", [node], free, ["y"], nets.kernel())
    assert with_input_size(read_network(path), (32, 48))[1] == "NCHW"
    with pytest.raises(UserError, match="whether channels come first or last cannot be told"):
        with_input_size(read_network(halved(tmp_path / "other.onnx", free)), (32, 48))


@pytest.mark.parametrize(
    "shape", [["n", 1, 32, 48], ["n", 4, 32, 48], ["n", 3, 48, 32], ["n", 3, 32], ["n", 77]]
)
def test_what_is_no_rgb_picture_of_the_size_is_refused(
    tmp_path: Path, shape: list[int | str]
) -> None:
    network = read_network(halved(tmp_path / "net.onnx", shape))
    with pytest.raises(SettingError, match=r"input_size: \[32, 48\], but the network takes x \["):
        with_input_size(network, (32, 48))
