"""What lies below a folder or in an archive."""

import os
import tarfile
from pathlib import Path

import pytest
from tests.unit.recognition.conftest import found, lay, write

from practical_dl.job.errors import UserError
from practical_dl.recognition import tree as trees
from practical_dl.recognition.finding import classes_told
from practical_dl.recognition.place import Place, is_sample
from practical_dl.recognition.tree import is_table, tree_of_archive, tree_of_folder

NAMES = ["a/1.jpg", "a/b/2.PNG", "c/notes.txt", "3.jpeg", "a/.4.jpg", "__MACOSX/a/5.jpg"]


def test_a_folder_and_its_archive_are_the_same_tree() -> None:
    lay(f"set/{name}" for name in NAMES)
    with tarfile.open("set.tar", "w") as file:
        file.add("set", ".")
    for tree in (tree_of_folder(Path("set"), []), tree_of_archive(Path("set.tar"))):
        assert sorted(tree.pictures()) == ["3.jpeg", "a/1.jpg", "a/b/2.PNG"]
        assert tree.children() == ["a"]
        assert tree.children("a") == ["b"]
        assert tree.count("a") == 2
        assert tree.others("c") == ["notes.txt"]


def test_pictures_without_a_suffix_are_told_by_their_first_bytes() -> None:
    lay(["set/a/notes"])
    Path("set/a/0001").write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 20)
    assert list(tree_of_folder(Path("set"), []).pictures()) == ["a/0001"]


def test_a_link_to_a_folder_above_is_not_followed_for_ever() -> None:
    lay(["set/a/1.jpg"])
    Path("set/a/up").symlink_to(Path("set").resolve())
    Path("set/b").symlink_to(Path("set/a").resolve())
    assert sorted(tree_of_folder(Path("set"), []).pictures()) == ["a/1.jpg", "b/1.jpg"]


def test_an_archive_beside_its_content_counts_once() -> None:
    lay(["set/train/a/1.jpg"])
    with tarfile.open("set/train.tar", "w") as file:
        file.add("set/train", "train")
    tree = tree_of_folder(Path("set"), ["train.tar"])
    assert tree.count() == 1
    assert not tree.packed


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    lay(f"set/{n}.jpg" for n in range(9))
    monkeypatch.setattr(trees, "MOST_FILES", 8)
    with pytest.raises(UserError, match="more than 8 files; name a folder in it"):
        _ = Place(Path("set")).tree


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_in_it_that_cannot_be_read() -> None:
    lay(["set/a/1.jpg"])
    Path("set/a").chmod(0)
    with pytest.raises(UserError, match="cannot be looked into"):
        _ = Place(Path("set")).tree


def test_a_damaged_archive_is_passed_over_and_told() -> None:
    lay(["set/a/1.jpg", "set/a/2.jpg", "set/b/1.jpg", "set/b/2.jpg", "set/old.zip"])
    finding = found("set")
    assert finding.source == {"folder": {"path": "set"}}
    assert any("passed over: set/old.zip" in line for line in finding.unsure)


def test_beside_a_table_only_archives_that_may_be_its_pictures_are_opened() -> None:
    lay(["backup.zip", "train_images.zip"])
    write("t.csv", "image,label", ["1.jpg,a", "2.jpg,b"])
    assert [str(fault).split(":")[0] for fault in Place(Path("t.csv")).tree.damaged] == [
        "train_images.zip"
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("train.csv", True), ("train.csv.zip", True), ("A.JSONL.gz", True), ("a.zip", False)],
)
def test_tables_by_their_names(name: str, expected: bool) -> None:
    assert is_table(name) == expected


@pytest.mark.parametrize(
    "name", ["sample_submission.csv", "sampleSubmission.csv", "Sample-Submission.csv.zip"]
)
def test_sample_submissions_by_their_names(name: str) -> None:
    assert is_sample(name)
    assert not is_sample("samples.csv")


def test_a_table_packed_alone_is_a_table_and_a_zip_of_pictures_is_not() -> None:
    import zipfile

    for name, member in (("train.csv.zip", "train.csv"), ("pets.zip", "cat/1.jpg")):
        with zipfile.ZipFile(name, "w") as file:
            file.writestr(member, "a,b\n1,2\n")
    assert Place(Path("train.csv.zip")).main == "train.csv.zip"
    assert Place(Path("pets.zip")).main is None


def test_of_many_classes_the_largest_are_shown() -> None:
    told = classes_told({f"c{n:02}": 100 - n for n in range(30)})
    assert told.startswith("30 classes: c00 100, c01 99, ")
    assert told.endswith("c19 81, and 10 more")
