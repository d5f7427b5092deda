"""Which folder is the class: never a silent wrong one."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from practical_dl.images.pictures.layouts import LabelFrom
from practical_dl.images.pictures.sources import folder
from practical_dl.job.errors import UserError


def listed(
    root: Path,
    files: Sequence[str],
    test_folder: str | None = None,
    label_from: LabelFrom | None = None,
    label_pattern: str | None = None,
) -> tuple[pd.DataFrame, list[str]]:
    """The table of two pictures per path (0.jpg and 1.jpg after it), and what was told."""
    for file in files:
        for number in (0, 1):
            path = root / f"{file}{number}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    told: list[str] = []
    table = folder(root, ".", test_folder, label_pattern, None, label_from, told.append)
    return table, [line.replace(str(root), "ROOT") for line in told]


def classes(table: pd.DataFrame) -> list[str]:
    return sorted(set(table["label"]) - {""})


@pytest.mark.parametrize("valid", ["valid", "val", "validation", "Val"])
def test_train_and_valid_are_sides_not_classes(tmp_path: Path, valid: str) -> None:
    parts = [f"{part}/{label}/" for part in ("train", valid) for label in ("cat", "dog")]
    table, told = listed(tmp_path, parts)
    assert classes(table) == ["cat", "dog"]
    assert dict(zip(table["path"], table["given"], strict=True)) == {
        **{f"train/{label}/{n}.jpg": "train" for label in ("cat", "dog") for n in (0, 1)},
        **{f"{valid}/{label}/{n}.jpg": "valid" for label in ("cat", "dog") for n in (0, 1)},
    }
    assert list(table["image_id"]) == list(table["path"]), "names repeat within a class"
    assert told == []


def test_a_test_part_is_told_or_used(tmp_path: Path) -> None:
    parts = [f"{part}/{label}/{part}" for part in ("train", "valid") for label in ("cat", "dog")]
    table, told = listed(tmp_path, [*parts, "test/x", "sample/train/cat/s"])
    assert len(table) == 8
    assert told == ["ROOT: pictures beside its train folder are left out: sample/ (2), test/ (2)"]
    table, _ = listed(tmp_path, [], "test")
    assert table["split"].value_counts().to_dict() == {"train": 8, "test": 2}
    assert set(table["given"][table["split"] == "test"]) == {""}
    with pytest.raises(UserError, match="must not hold one another"):
        listed(tmp_path, [], "valid")


def test_a_train_folder_alone_is_no_split(tmp_path: Path) -> None:
    table, _ = listed(tmp_path, ["train/cat/a", "train/dog/b", "test/c"])
    assert classes(table) == ["cat", "dog"]
    assert "given" not in table


def test_a_class_may_be_called_train(tmp_path: Path) -> None:
    table, told = listed(tmp_path, ["train/a", "bus/b", "car/c"])
    assert classes(table) == ["bus", "car", "train"]
    assert "given" not in table
    assert told == []


def test_sides_and_a_pattern_for_the_label(tmp_path: Path) -> None:
    table, _ = listed(
        tmp_path,
        ["train/cat", "train/dog", "val/cat5", "val/dog5"],
        None,
        None,
        "(?P<label>cat|dog)",
    )
    assert classes(table) == ["cat", "dog"]
    assert list(table["given"]) == ["train"] * 4 + ["valid"] * 4


LEVELS = ["animals/cat/a", "animals/dog/b", "vehicles/bus/c", "vehicles/car/d"]


def test_two_levels_that_could_be_classes_are_asked(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        listed(tmp_path, LEVELS)
    assert str(caught.value).replace(str(tmp_path), "ROOT") == (
        "ROOT: the class of animals/cat/a0.jpg could be the first folder (2 classes: animals, "
        "vehicles) or the last (4 classes: bus, car, cat, dog); set label_from to first or last"
    )
    assert classes(listed(tmp_path, [], None, "first")[0]) == ["animals", "vehicles"]
    assert classes(listed(tmp_path, [], None, "last")[0]) == ["bus", "car", "cat", "dog"]


def test_they_are_asked_below_sides_too(tmp_path: Path) -> None:
    files = [f"{part}/{file}" for part in ("train", "valid") for file in LEVELS]
    with pytest.raises(UserError, match=r"2 classes: animals, vehicles.* or the last"):
        listed(tmp_path, files)
    table, _ = listed(tmp_path, [], None, "last")
    assert classes(table) == ["bus", "car", "cat", "dog"]
    assert table["given"].value_counts().to_dict() == {"train": 8, "valid": 8}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["cat/day1/", "cat/day2/", "dog/day1/"], ["cat", "dog"]),
        (["cat/2021-05-03/a", "dog/2021-05-04/b"], ["cat", "dog"]),
        (["cat/images/a", "dog/images/b"], ["cat", "dog"]),
        (["archive/pictures/cat/a", "archive/pictures/dog/b"], ["cat", "dog"]),
        (["archive/cat/day1/a", "archive/dog/day2/b"], ["cat", "dog"]),
    ],
)
def test_folders_that_are_no_classes_are_seen_and_told(
    tmp_path: Path, files: list[str], expected: list[str]
) -> None:
    table, told = listed(tmp_path, files)
    assert classes(table) == expected
    assert told


@pytest.mark.parametrize(
    "files",
    [["p1/c0/a", "p2/c1/b"], ["day1/cat/a", "day2/dog/b"]],
)
def test_what_could_be_either_is_asked(tmp_path: Path, files: list[str]) -> None:
    with pytest.raises(UserError, match="set label_from to first or last"):
        listed(tmp_path, files)


def test_one_class_with_numbered_folders_stays_one_class(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"one class only \(cat\)"):
        listed(tmp_path, ["cat/day1/a", "cat/day2/b"])


def test_an_empty_class_folder_below_a_side_is_named(tmp_path: Path) -> None:
    (tmp_path / "train/owl").mkdir(parents=True)
    with pytest.raises(UserError, match=r"train/owl: class with no images"):
        listed(tmp_path, ["train/cat/a", "train/dog/b", "valid/cat/c", "valid/dog/d"])


@pytest.mark.parametrize(
    "files",
    [
        ["train_images/a", "test_images/b"],
        ["Training set/a", "Test set/b"],
        ["images-train/a", "images-val/b", "images-test/c"],
    ],
)
def test_folders_called_as_sides_are_no_classes(tmp_path: Path, files: list[str]) -> None:
    with pytest.raises(UserError, match="are called as the sides of a split, not as classes"):
        listed(tmp_path, files)


def test_one_class_may_be_called_as_a_side(tmp_path: Path) -> None:
    table, _ = listed(tmp_path, ["test tubes/a", "flasks/b"])
    assert classes(table) == ["flasks", "test tubes"]
