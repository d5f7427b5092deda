import zipfile
from io import StringIO
from pathlib import Path

import pytest

from practical_dl.files.unpacking import unpack
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log


@pytest.fixture
def log() -> Log:
    return Log("test", StringIO(), StringIO())


def write_zip(path: Path, **members: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), content)


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".zip"
    }


def test_an_unpacked_folder_is_used_where_it_is(tmp_path: Path, log: Log) -> None:
    (tmp_path / "source/imgs").mkdir(parents=True)
    assert unpack(tmp_path / "source", tmp_path / "files", log) == tmp_path / "source"
    assert not (tmp_path / "files").exists()


def test_an_archive_beside_its_unpacked_folder_is_left_alone(tmp_path: Path, log: Log) -> None:
    write_zip(tmp_path / "source/imgs.zip", imgs__a=b"packed")
    (tmp_path / "source/imgs").mkdir()
    assert unpack(tmp_path / "source", tmp_path / "files", log) == tmp_path / "source"


def test_a_folder_of_archives_is_laid_out_with_its_plain_files(tmp_path: Path, log: Log) -> None:
    write_zip(tmp_path / "source/imgs.zip", imgs__a=b"1")
    (tmp_path / "source/list.csv").write_bytes(b"list")
    root = unpack(tmp_path / "source", tmp_path / "files", log)
    assert root == tmp_path / "files"
    assert files_below(root) == {"imgs/a": b"1", "list.csv": b"list"}
    assert sorted(path.name for path in (tmp_path / "source").iterdir()) == ["imgs.zip", "list.csv"]


def test_an_archive_of_archives_is_unpacked_to_files(tmp_path: Path, log: Log) -> None:
    write_zip(tmp_path / "train.zip", train__a=b"1", train__b=b"2")
    write_zip(tmp_path / "list.zip", list_csv=b"list")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "train.zip", "train.zip")
        archive.write(tmp_path / "list.zip", "list.csv.zip")
    (tmp_path / "files").mkdir()
    (tmp_path / "files/left_by_a_killed_run").touch()
    root = unpack(tmp_path / "all.zip", tmp_path / "files", log)
    assert files_below(root) == {"train/a": b"1", "train/b": b"2", "list.csv": b"list"}


def test_an_archive_that_holds_what_is_there_already_is_refused(tmp_path: Path, log: Log) -> None:
    write_zip(tmp_path / "source/imgs.zip", list_csv=b"other")
    (tmp_path / "source/list.csv").write_bytes(b"list")
    with pytest.raises(UserError, match=r"holds list\.csv, which is there already"):
        unpack(tmp_path / "source", tmp_path / "files", log)


def test_an_absent_source_is_told_with_the_keys_to_mend(tmp_path: Path, log: Log) -> None:
    with pytest.raises(UserError, match=r"no such file or folder; fix the source's `path`"):
        unpack(tmp_path / "absent", tmp_path / "files", log)
