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
    assert unpack(tmp_path / "source", tmp_path / "files", None, log) == tmp_path / "source"
    assert not (tmp_path / "files").exists()


def test_an_archive_beside_its_unpacked_folder_is_left_alone(tmp_path: Path, log: Log) -> None:
    write_zip(tmp_path / "source/imgs.zip", imgs__a=b"packed")
    (tmp_path / "source/imgs").mkdir()
    assert unpack(tmp_path / "source", tmp_path / "files", None, log) == tmp_path / "source"


def test_a_folder_of_archives_is_laid_out_with_its_plain_files(tmp_path: Path, log: Log) -> None:
    write_zip(tmp_path / "source/imgs.zip", imgs__a=b"1")
    (tmp_path / "source/list.csv").write_bytes(b"list")
    root = unpack(tmp_path / "source", tmp_path / "files", None, log)
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
    root = unpack(tmp_path / "all.zip", tmp_path / "files", None, log)
    assert files_below(root) == {"train/a": b"1", "train/b": b"2", "list.csv": b"list"}


def test_an_archive_that_holds_what_is_there_already_is_refused(tmp_path: Path, log: Log) -> None:
    write_zip(tmp_path / "source/imgs.zip", list_csv=b"other")
    (tmp_path / "source/list.csv").write_bytes(b"list")
    with pytest.raises(UserError, match=r"holds list\.csv, which is there already"):
        unpack(tmp_path / "source", tmp_path / "files", None, log)


def test_an_absent_source_is_told_with_the_keys_to_mend(tmp_path: Path, log: Log) -> None:
    with pytest.raises(UserError, match=r"no such file or folder; fix the source's `path`"):
        unpack(tmp_path / "absent", tmp_path / "files", None, log)


def told_by(source: Path, folder: Path, needed: list[str] | None) -> tuple[Path, str]:
    """Where the files are, and what the job told."""
    told = StringIO()
    root = unpack(source, folder, needed, Log("unpack", StringIO(), told))
    return root, told.getvalue()


@pytest.mark.parametrize("name", ["more.zip", "MORE.ZIP", "cat backup.zip"])
def test_an_archive_among_class_folders_becomes_no_class(tmp_path: Path, name: str) -> None:
    source = tmp_path / "pets"
    write_zip(source / name, bird__1=b"1")
    (source / "cat").mkdir()
    (source / "dog").mkdir()
    root, told = told_by(source, tmp_path / "files", [])
    assert root == source
    assert told == f"unpack: {source / name}: left packed, because nothing is missing without it\n"
    assert sorted(path.name for path in source.iterdir()) == sorted(["cat", "dog", name])


def test_an_archive_among_flat_pictures_is_left_packed(tmp_path: Path) -> None:
    source = tmp_path / "pets"
    write_zip(source / "old.zip", cat9=b"1")
    (source / "cat1.jpg").touch()
    assert told_by(source, tmp_path / "files", [])[0] == source


def test_an_archive_in_an_archive_of_class_folders_becomes_no_class(tmp_path: Path) -> None:
    write_zip(tmp_path / "inner.zip", bird__1=b"1")
    with zipfile.ZipFile(tmp_path / "pets.zip", "w") as archive:
        archive.writestr("cat/1", "1")
        archive.writestr("dog/2", "2")
        archive.write(tmp_path / "inner.zip", "more.zip")
    root, told = told_by(tmp_path / "pets.zip", tmp_path / "files", [])
    assert files_below(root) == {"cat/1": b"1", "dog/2": b"2"}
    assert "more.zip: left packed" in told


def test_archives_alone_are_unpacked_though_no_name_is_needed(tmp_path: Path) -> None:
    source = tmp_path / "pets"
    write_zip(source / "all.zip", cat__1=b"1", dog__2=b"2")
    (source / "README.txt").write_bytes(b"read")
    (source / "@eaDir").mkdir()
    root, _ = told_by(source, tmp_path / "files", [])
    assert files_below(root) == {"README.txt": b"read", "cat/1": b"1", "dog/2": b"2"}


def test_a_downloaded_archive_beside_what_it_held_stops_nothing(tmp_path: Path) -> None:
    source = tmp_path / "pets"
    write_zip(source / "download (1).zip", train__cat__1=b"1", test__1=b"1")
    (source / "train/cat").mkdir(parents=True)
    (source / "test").mkdir()
    root, told = told_by(source, tmp_path / "files", ["train", "test"])
    assert root == source
    assert "download (1).zip: left packed, because nothing is missing without it" in told


def test_only_what_is_missing_comes_out_of_archives(tmp_path: Path) -> None:
    """`train.zip` was unpacked by hand and `data.zip` holds the same; `test.zip` was not."""
    source = tmp_path / "pets"
    write_zip(source / "train.zip", train__1=b"1")
    write_zip(source / "data.zip", train__1=b"1")
    write_zip(source / "test.zip", test__2=b"2")
    (source / "train").mkdir()
    (source / "train/mine").write_bytes(b"mine")
    root, told = told_by(source, tmp_path / "files", ["train", "test"])
    assert root == tmp_path / "files"
    assert {path.name: path.exists() for path in (root / "train/mine", root / "test/2")} == {
        "mine": True,
        "2": True,
    }
    assert not (root / "train/1").exists()
    assert "data.zip: left packed, because what it holds lies beside it" in told
    assert not (root / ".staging").exists()


def test_an_archive_of_what_is_partly_there_is_refused(tmp_path: Path, log: Log) -> None:
    source = tmp_path / "pets"
    write_zip(source / "data.zip", train__1=b"1", test__2=b"2")
    (source / "train").mkdir()
    with pytest.raises(UserError, match=r"holds train, which is there already; remove one"):
        unpack(source, tmp_path / "files", ["train", "test"], log)


def test_a_variable_that_stands_for_nothing_is_named_as_the_reason(
    tmp_path: Path, log: Log
) -> None:
    with pytest.raises(UserError, match=r"no variable of the environment that is set stands for"):
        unpack(tmp_path / "$NOWHERE/pets", tmp_path / "files", None, log)
