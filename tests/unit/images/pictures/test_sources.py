"""Listing the images of a source, and every way in which a source can be wrong."""

import os
import shutil
import tarfile
from pathlib import Path

import pandas as pd
import pytest

from practical_dl.images.pictures.sources import COLUMNS, folder, statefarm
from practical_dl.job.errors import UserError

DRIVERS = """subject,classname,img
p002,c0,img_1.jpg
p002,c0,img_2.jpg
p012,c1,img_3.jpg
p012,c1,img_4.JPG
"""


def touch(root: Path, *paths: str) -> None:
    for parent in {Path(path).parent for path in paths}:
        (root / parent).mkdir(parents=True, exist_ok=True)
    for path in paths:
        (root / path).touch()


@pytest.fixture
def kaggle(tmp_path: Path) -> Path:
    """A folder with State Farm's layout: two drivers, two classes, one test photo."""
    touch(
        tmp_path,
        "imgs/train/c0/img_1.jpg",
        "imgs/train/c0/img_2.jpg",
        "imgs/train/c1/img_3.jpg",
        "imgs/train/c1/img_4.JPG",
        "imgs/test/img_9.jpg",
    )
    (tmp_path / "drivers.csv").write_text(DRIVERS)
    return tmp_path


def message_of(root: Path, driver_list: str) -> str:
    (root / "drivers.csv").write_text(driver_list)
    with pytest.raises(UserError) as caught:
        statefarm(root, root / "drivers.csv")
    return str(caught.value).replace(str(root), "ROOT")


def test_statefarm_lists_photos_classes_and_drivers(kaggle: Path) -> None:
    table = statefarm(kaggle, kaggle / "drivers.csv")
    assert table.to_numpy().tolist() == [
        ["img_1.jpg", "imgs/train/c0/img_1.jpg", "train", "c0", "p002"],
        ["img_2.jpg", "imgs/train/c0/img_2.jpg", "train", "c0", "p002"],
        ["img_3.jpg", "imgs/train/c1/img_3.jpg", "train", "c1", "p012"],
        ["img_4.JPG", "imgs/train/c1/img_4.JPG", "train", "c1", "p012"],
        ["img_9.jpg", "imgs/test/img_9.jpg", "test", "", ""],
    ]
    assert list(table.columns) == COLUMNS


def test_statefarm_accepts_the_folders_directly_in_the_root(kaggle: Path) -> None:
    table = statefarm(kaggle / "imgs", kaggle / "drivers.csv")
    assert table["path"].iloc[0] == "train/c0/img_1.jpg"


def test_statefarm_ignores_hidden_files_and_macos_leftovers(kaggle: Path) -> None:
    touch(
        kaggle,
        "imgs/train/c0/._img_1.jpg",
        "imgs/train/__MACOSX/img_7.jpg",
        "imgs/train/.cache/img_8.jpg",
        "imgs/train/c0/Thumbs.db",
    )
    assert len(statefarm(kaggle, kaggle / "drivers.csv")) == 5


@pytest.mark.parametrize(
    ("driver_list", "expected"),
    [
        (
            DRIVERS.replace("subject", "driver"),
            "ROOT/drivers.csv: columns are driver,classname,img, expected subject,classname,img",
        ),
        (DRIVERS.splitlines()[0] + "\n", "ROOT/drivers.csv: lists not one driver"),
        (
            DRIVERS + "p002,c0,img_1.jpg\n",
            "ROOT/drivers.csv: img_1.jpg is listed twice (1 such)",
        ),
        (
            DRIVERS.replace("p002", " "),
            "ROOT/drivers.csv: img_1.jpg has an empty subject (2 such)",
        ),
        (
            DRIVERS + "p002,c0,img_5.jpg\n",
            "ROOT/drivers.csv: img_5.jpg is listed but absent (1 such); "
            "mend the list, or bring them back",
        ),
        (
            DRIVERS.replace("p012,c1,img_3.jpg\n", ""),
            "ROOT/drivers.csv: img_3.jpg is present but not listed (1 such)",
        ),
        (
            DRIVERS.replace("c1,img_3", "c0,img_3"),
            "ROOT/drivers.csv: img_3.jpg has classname c0 but lies in folder c1 (1 such)",
        ),
    ],
)
def test_statefarm_says_where_list_and_photos_disagree(
    kaggle: Path, driver_list: str, expected: str
) -> None:
    assert message_of(kaggle, driver_list) == expected


def test_statefarm_says_which_class_is_empty(kaggle: Path) -> None:
    (kaggle / "imgs/train/c2").mkdir()
    assert message_of(kaggle, DRIVERS) == (
        "ROOT/imgs/train/c2: class with no images; fill or remove the folder"
    )


@pytest.mark.parametrize("missing", ["train", "test"])
def test_statefarm_says_which_folder_is_missing(kaggle: Path, missing: str) -> None:
    (kaggle / "imgs" / missing).rename(kaggle / "elsewhere")
    assert message_of(kaggle, DRIVERS) == (
        f"ROOT: holds neither imgs/{missing} nor {missing}; unpack Kaggle's imgs.zip there"
    )


def test_statefarm_says_that_the_root_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere: no such folder$"):
        statefarm(tmp_path / "nowhere", tmp_path / "drivers.csv")


def test_folder_takes_classes_from_folder_names_at_any_depth(tmp_path: Path) -> None:
    touch(tmp_path, "cat/1.png", "cat/deep/2.webp", "dog/3.bmp", "dog/4.JPEG")
    table = folder(tmp_path, ".", None, None, None)
    assert table[["image_id", "path", "label"]].to_numpy().tolist() == [
        ["1.png", "cat/1.png", "cat"],
        ["2.webp", "cat/deep/2.webp", "cat"],
        ["3.bmp", "dog/3.bmp", "dog"],
        ["4.JPEG", "dog/4.JPEG", "dog"],
    ]
    assert set(table["split"]) == {"train"}
    assert set(table["group"]) == {""}


def test_folder_takes_classes_from_file_names(tmp_path: Path) -> None:
    touch(tmp_path, *(f"train/{label}.{n}.jpg" for label in ("cat", "dog") for n in (0, 1)))
    touch(tmp_path, "train/dog.7/cat.2.jpg", "test1/1.jpg")
    table = folder(tmp_path, "train", "test1", r"(?P<label>cat|dog)\.\d+", None)
    assert table[["image_id", "split", "label"]].to_numpy().tolist() == [
        ["cat.0.jpg", "train", "cat"],
        ["cat.1.jpg", "train", "cat"],
        ["dog.0.jpg", "train", "dog"],
        ["dog.1.jpg", "train", "dog"],
        ["cat.2.jpg", "train", "cat"],
        ["1.jpg", "test", ""],
    ]


def test_folder_calls_images_by_class_where_names_repeat(tmp_path: Path) -> None:
    touch(tmp_path, "train/cat/1.jpg", "train/cat/2.jpg", "train/dog/1.jpg", "train/dog/2.jpg")
    touch(tmp_path, "test/unknown/1.jpg")
    table = folder(tmp_path, "train", "test", None, None)
    assert list(table["image_id"]) == [
        "cat/1.jpg",
        "cat/2.jpg",
        "dog/1.jpg",
        "dog/2.jpg",
        "unknown/1.jpg",
    ]


def test_folder_calls_images_by_path_where_a_class_has_a_name_twice(tmp_path: Path) -> None:
    touch(tmp_path, "cat/day1/1.jpg", "cat/day2/1.jpg", "dog/1.jpg", "dog/2.jpg")
    table = folder(tmp_path, ".", None, None, None)
    assert list(table["image_id"]) == ["cat/day1/1.jpg", "cat/day2/1.jpg", "dog/1.jpg", "dog/2.jpg"]
    assert list(table["label"]) == ["cat", "cat", "dog", "dog"]


def test_folder_reads_groups(tmp_path: Path) -> None:
    touch(tmp_path, "train/a/1.jpg", "train/a/2.jpg", "train/b/3.jpg", "train/b/4.jpg")
    touch(tmp_path, "test/5.jpg", "test/6.jpg")
    groups = tmp_path / "groups.csv"
    groups.write_text("image_id,group\n4.jpg,x\n3.jpg,y\n2.jpg,x\n1.jpg,y\n6.jpg,z\n")
    table = folder(tmp_path, "train", "test", None, groups)
    assert list(table["group"]) == ["y", "x", "y", "x", "", "z"]


@pytest.mark.parametrize(
    ("files", "pattern", "expected"),
    [
        (
            ["note.txt"],
            None,
            "ROOT: holds no image (.jpg, .jpeg, .png, .bmp, .webp, .gif ...), but 1 .txt",
        ),
        (
            ["a/1.jpg", "2.jpg", "3.jpg"],
            None,
            "ROOT/2.jpg: lies in no class folder (2 such); move it into one, "
            "or give a label_pattern",
        ),
        (["a/1.jpg", "a/2.jpg"], None, "ROOT: one class only (a); at least two are needed"),
        (
            ["a/1.jpg", "a/2.jpg", "b/3.jpg"],
            None,
            "ROOT: class b has a single image; two are needed, one to validate",
        ),
        (
            ["1.jpg"],
            "(?P<label>",
            "label_pattern (?P<label>: not a regular expression (missing ), unterminated "
            "subpattern at position 0)",
        ),
        (["1.jpg"], "(a|b)", "label_pattern (a|b): lacks the named group (?P<label>...)"),
        (
            ["a1.jpg", "c1.jpg", "c2.jpg"],
            "(?P<label>a|b)",
            "ROOT/c1.jpg: label_pattern (?P<label>a|b) finds no label in this name (nor in 2 of "
            "3); fix the pattern or move the images",
        ),
        (
            ["a1.jpg", "1.jpg"],
            r"(?P<label>[a-z])?\d",
            r"ROOT/1.jpg: label_pattern (?P<label>[a-z])?\d finds no label in this name (nor in 1 "
            "of 2); fix the pattern or move the images",
        ),
        (
            ["a1.jpg", "a2.jpg", "b1.jpg"],
            "(?P<label>a|b)",
            "ROOT: class b has a single image; two are needed, one to validate",
        ),
    ],
)
def test_folder_says_why_there_are_no_usable_labels(
    tmp_path: Path, files: list[str], pattern: str | None, expected: str
) -> None:
    touch(tmp_path, *files)
    with pytest.raises(UserError) as caught:
        folder(tmp_path, ".", None, pattern, None)
    assert str(caught.value).replace(str(tmp_path), "ROOT") == expected


def test_folder_refuses_test_images_among_the_training_images(tmp_path: Path) -> None:
    touch(tmp_path, *(f"{part}/{n}.jpg" for part in "ab" for n in (10, 11, 20, 21)))
    for train_folder, test_folder in ((".", "b"), ("a", "."), ("a", "a")):
        with pytest.raises(UserError, match="must not hold one another"):
            folder(tmp_path, train_folder, test_folder, "(?P<label>[12])", None)


def test_folder_follows_links(tmp_path: Path) -> None:
    touch(tmp_path, "elsewhere/1.jpg", "elsewhere/2.jpg", "train/a/3.jpg", "train/a/4.jpg")
    (tmp_path / "train/b").symlink_to(tmp_path / "elsewhere")
    table = folder(tmp_path, "train", None, None, None)
    assert list(table["path"].iloc[2:]) == ["train/b/1.jpg", "train/b/2.jpg"]
    assert list(table["label"]) == ["a", "a", "b", "b"]


def test_folder_says_that_the_test_folder_is_missing(tmp_path: Path) -> None:
    touch(tmp_path, "train/a/1.jpg", "train/a/2.jpg", "train/b/3.jpg", "train/b/4.jpg")
    with pytest.raises(UserError, match=r"test: no such folder; .*'s test_folder names it$"):
        folder(tmp_path, "train", "test", None, None)


def real_data(name: str) -> Path:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    return Path(os.environ["PRACTICAL_DL_DATA"]) / name


def test_statefarm_on_real_photos(tmp_path: Path) -> None:
    source = real_data("statefarm/640x480")
    shutil.unpack_archive(source / "imgs.tar", tmp_path)
    table = statefarm(tmp_path, source / "driver_imgs_list.csv")
    train = table[table["split"] == "train"]
    assert len(train) == 592
    assert (table["split"] == "test").sum() == 180
    assert train["group"].nunique() == 20
    assert sorted(set(train["label"])) == [f"c{n}" for n in range(10)]
    assert train.groupby(["group", "label"]).size().max() == 3


def test_statefarm_on_the_names_of_three_real_drivers(tmp_path: Path) -> None:
    source = real_data("statefarm/80x60")
    with tarfile.open(source / "imgs.tar.xz") as archive:
        names = [member.name for member in archive if member.isfile()]
    listed = pd.read_csv(source / "driver_imgs_list.csv", dtype=str)
    paths = "imgs/train/" + listed["classname"] + "/" + listed["img"]
    assert sorted(paths) == sorted(name for name in names if "/train/" in name)
    assert len(names) == 17463 + 8961
    chosen = listed["subject"].isin(["p002", "p012", "p014"])
    listed[chosen].to_csv(tmp_path / "drivers.csv", index=False)
    touch(tmp_path, *paths[chosen], "imgs/test/img_0.jpg")
    train = statefarm(tmp_path, tmp_path / "drivers.csv").query("split == 'train'")
    assert train["group"].value_counts().to_dict() == {"p014": 876, "p012": 823, "p002": 725}
    by_name = listed.set_index("img")["classname"]
    assert list(train["label"]) == list(by_name[train["image_id"]])


def test_folder_on_real_dogs_and_cats(tmp_path: Path) -> None:
    shutil.unpack_archive(real_data("dogscats/train.tar"), tmp_path)
    table = folder(tmp_path, "train", None, r"(?P<label>cat|dog)\.\d+", None)
    assert table["label"].value_counts().to_dict() == {"cat": 150, "dog": 150}
    assert table["image_id"].is_unique


@pytest.mark.parametrize("name", ["../train", "train/../../x", "/data/train"])
@pytest.mark.parametrize("key", ["train_folder", "test_folder"])
def test_a_folder_outside_of_the_source_is_told_truly(tmp_path: Path, key: str, name: str) -> None:
    touch(tmp_path, "a/1.jpg", "a/2.jpg", "b/3.jpg", "b/4.jpg")
    folders = {"train_folder": ".", "test_folder": None, key: name}
    with pytest.raises(UserError) as caught:
        folder(tmp_path, folders["train_folder"] or "", folders["test_folder"], None, None)
    assert str(caught.value) == (
        f"{key}: {name} does not lie in the source, {tmp_path}; name a folder in it, and as the "
        "source's path the folder that holds both"
    )


def test_leftovers_among_class_folders_become_no_classes(tmp_path: Path) -> None:
    touch(tmp_path, "a/1.jpg", "a/2.jpg", "b/3.jpg", "b/4.jpg", "$RECYCLE.BIN/5.jpg")
    touch(tmp_path, "a/@eaDir/6.jpg", "System Volume Information/7.jpg")
    (tmp_path / "lost+found").mkdir()
    table = folder(tmp_path, ".", None, None, None)
    assert list(table["path"]) == ["a/1.jpg", "a/2.jpg", "b/3.jpg", "b/4.jpg"]
    assert set(table["label"]) == {"a", "b"}
