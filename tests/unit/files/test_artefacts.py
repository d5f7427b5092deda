from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest

from practical_dl.files import artefacts
from practical_dl.job.errors import UserError


def test_a_failed_write_leaves_what_was_there_and_no_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old")

    def write() -> None:
        with artefacts.atomic_path(path) as temporary:
            temporary.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["table.csv"]


def test_a_temporary_file_of_a_killed_job_is_replaced(tmp_path: Path) -> None:
    (tmp_path / ".partial.a.txt").write_text("left behind")
    artefacts.write_text(tmp_path / "a.txt", "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_csv_has_nine_digits_and_unix_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    artefacts.write_csv(path, pd.DataFrame({"id": ["x"], "value": [1 / 3]}))
    assert path.read_bytes() == b"id,value\nx,0.333333333\n"


def test_csv_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,group,n\n007,NA,3\n,null,4\n")
    frame = artefacts.read_csv(path, ["id", "group", "n"], {"n": "int64"})
    assert frame["id"].tolist() == ["007", ""]
    assert frame["group"].tolist() == ["NA", "null"]
    assert frame["n"].tolist() == [3, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"a,c\n1,2\n", "columns are a,c, expected a,b"),
        (b"a,b,c\n1,2,3\n", "columns are a,b,c, expected a,b"),
        (b"a,b\n1,x\n", "column b"),
        (b"a,b\n1,\xff\n", "not a readable CSV"),
        (b'a,b\n1,"2\n', "not a readable CSV"),
        (b"a,b\n1,2,3,4\n", "line 2 has 4 values, expected 2"),
        (b"a,b\n1,2\n1\n", "line 3 has 1 values, expected 2"),
        (b"a;b\n1;2\n", "its values are separated by semicolons; use commas"),
    ],
)
def test_a_bad_csv_is_named_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=message) as raised:
        artefacts.read_csv(path, ["a", "b"], {"b": "int64"})
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def read_root(path: Path) -> object:
    return artefacts.read_json(path, ["root"])


@pytest.mark.parametrize(
    ("read", "content", "message"),
    [
        (read_root, b"{", "not a readable JSON"),
        (read_root, b"[1]", "expected keys and values, as a JSON object"),
        (read_root, b'{"root": "x"}', "contract version None"),
        (read_root, b'{"version": 99, "root": "x"}', "contract version 99"),
        (read_root, b'{"version": 1}', "lacks root"),
        (artefacts.read_yaml, b"", "expected keys and values, as a YAML object"),
        (artefacts.read_yaml, b"- 1\n", "expected keys and values, as a YAML object"),
        (artefacts.read_yaml, b"a: [1,\nb: 2\n", "not a readable YAML"),
        (artefacts.read_yaml, b"a: \xff\n", "not a readable YAML"),
        (artefacts.read_yaml, b"[" * 100_000, "not a readable YAML"),
    ],
)
def test_a_bad_object_is_named_in_one_line(
    tmp_path: Path, read: Callable[[Path], object], content: bytes, message: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    with pytest.raises(UserError, match=message) as raised:
        read(path)
    assert "\n" not in str(raised.value)


def test_json_comes_back_with_its_version(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    artefacts.write_json(path, {"b": 1, "a": [2]})
    assert artefacts.read_json(path, ["a"]) == {"version": 1, "b": 1, "a": [2]}


def test_a_truncated_hdf5_file_is_named_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"

    def write(file: h5py.File) -> None:
        file.create_dataset("x", data=np.arange(10_000))

    artefacts.write_hdf5(path, write)
    with artefacts.open_hdf5(path, ["x"]) as file:
        assert file["x"][9_999] == 9_999
    path.write_bytes(path.read_bytes()[:5_000])
    with (
        pytest.raises(UserError, match="damaged or not an HDF5 file"),
        artefacts.open_hdf5(path, ["x"]),
    ):
        pass


def test_hdf5_files_are_byte_stable(tmp_path: Path) -> None:
    for name in ("one.h5", "two.h5"):
        artefacts.write_hdf5(tmp_path / name, lambda file: file.create_dataset("x", data=[1.0]))
    assert (tmp_path / "one.h5").read_bytes() == (tmp_path / "two.h5").read_bytes()


def test_long_tables_come_back_as_columns(tmp_path: Path) -> None:
    frame = pd.DataFrame({"id": [3, 1], "name": ["é", ""], "x": [0.5, 2.0]})
    artefacts.write_columns(tmp_path / "t.h5", frame)
    back = artefacts.read_columns(tmp_path / "t.h5", ["name", "id", "x"])
    assert back["id"].tolist() == [3, 1]
    assert back["name"].tolist() == ["é", ""]
    assert back["x"].tolist() == [0.5, 2.0]
    with pytest.raises(UserError, match="lacks absent"):
        artefacts.read_columns(tmp_path / "t.h5", ["absent"])
