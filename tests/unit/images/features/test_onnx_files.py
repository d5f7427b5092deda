import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.files.artefacts import sha256_of_file
from practical_dl.images.features.onnx_files import read_onnx_file
from practical_dl.job.errors import UserError

pytest.importorskip("onnx")

import onnx
from tests import onnx_networks as nets


def in_other_file(path: Path, location: str, inner: bool = False) -> Path:
    """A network with its kernel in the file `location`, or a branch that has it there."""
    model = onnx.load(nets.maps(path))
    kernel = next(one for one in model.graph.initializer if one.name == "w")
    (path.parent / "weights.bin").write_bytes(kernel.raw_data)
    if inner:
        branch = onnx.helper.make_node("Constant", [], ["c"], value=kernel)
        found = onnx.helper.make_tensor_value_info("c", onnx.TensorProto.FLOAT, None)
        graph = onnx.helper.make_graph([branch], "branch", [], [found])
        asked = onnx.helper.make_node("If", ["q"], ["d"], then_branch=graph, else_branch=graph)
        model.graph.node.append(asked)
        kernel = model.graph.node[-1].attribute[0].g.node[0].attribute[0].t
    kernel.ClearField("raw_data")
    kernel.data_location = onnx.TensorProto.EXTERNAL
    kernel.external_data.add(key="location", value=location)
    path.write_bytes(model.SerializeToString())
    return path


def test_a_file_says_what_made_it(tmp_path: Path) -> None:
    file = read_onnx_file(nets.maps(tmp_path / "net.onnx"))
    assert (file.made_by, file.opset, file.external) == ("a test", 17, ())
    assert file.sha256() == sha256_of_file(file.path)


@pytest.mark.parametrize("inner", [False, True])
def test_weights_in_another_file_are_part_of_what_it_is(tmp_path: Path, inner: bool) -> None:
    path = in_other_file(tmp_path / "net.onnx", "weights.bin", inner)
    file = read_onnx_file(path)
    assert file.external == ("weights.bin",)
    before = file.sha256()
    assert before != sha256_of_file(path)
    weights = np.frombuffer((tmp_path / "weights.bin").read_bytes(), np.float32)
    (tmp_path / "weights.bin").write_bytes((weights + 1).tobytes())
    assert read_onnx_file(path).sha256() != before


@pytest.mark.parametrize("location", ["../weights.bin", "/etc/hostname", "a/../../weights.bin"])
def test_weights_outside_the_folder_are_refused(tmp_path: Path, location: str) -> None:
    (tmp_path / "weights.bin").write_bytes(b"secret")
    (tmp_path / "folder").mkdir()
    path = in_other_file(tmp_path / "folder/net.onnx", location)
    with pytest.raises(UserError, match="which lies outside its folder; refused"):
        read_onnx_file(path)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "folder/link.bin").symlink_to("../secret")
    path = in_other_file(tmp_path / "folder/net.onnx", "link.bin")
    with pytest.raises(UserError, match=r"wants weights of link\.bin, which lies outside"):
        read_onnx_file(path)


def test_weights_that_were_left_behind_are_named(tmp_path: Path) -> None:
    path = in_other_file(tmp_path / "net.onnx", "net.onnx.data")
    with pytest.raises(UserError, match=r"lie in net\.onnx\.data, which is not beside it; copy it"):
        read_onnx_file(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 18541926\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100),
        b"PK\x03\x04" + bytes(200),
        b"<html>404</html>",
        b"\x08\x08",
        b"\x38\x01",
        b"\xff" * 40,
    ],
)
def test_other_files_under_its_name_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"net\.onnx: cut off, damaged, or no ONNX network"):
        read_onnx_file(path)


def test_a_file_that_was_cut_off_anywhere_is_told_or_whole(tmp_path: Path) -> None:
    """A message may end behind any of its fields; the last one of this file is the opset."""
    path = nets.maps(tmp_path / "net.onnx")
    content = path.read_bytes()
    for kept in range(0, len(content) - 8, 7):
        path.write_bytes(content[:kept])
        with pytest.raises(UserError, match="cut off, damaged, or no ONNX network"):
            read_onnx_file(path)


def test_graphs_without_end_are_told(tmp_path: Path) -> None:
    inner = onnx.helper.make_graph([], "g", [], [])
    for _ in range(20):
        node = onnx.helper.make_node("If", ["q"], ["d"], then_branch=inner)
        inner = onnx.helper.make_graph([node], "g", [], [])
    path = tmp_path / "net.onnx"
    path.write_bytes(onnx.helper.make_model(inner).SerializeToString())
    with pytest.raises(UserError, match="more than 16 graphs inside each other"):
        read_onnx_file(path)


@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cut=st.floats(0.2, 1))
def test_whatever_was_damaged_is_read_or_told(place: float, byte: int, cut: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = in_other_file(Path(folder) / "net.onnx", "weights.bin", inner=True)
        content = bytearray(path.read_bytes())
        content[int(place * len(content))] = byte
        path.write_bytes(content[: int(cut * len(content))])
        with suppress(UserError):
            assert set(read_onnx_file(path).external) <= {"weights.bin"}
