"""Layouts of folders of pictures; what is found is read by the `folder` source itself."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.unit.recognition.conftest import found, lay, numbered, settings_of, write

from practical_dl.images.pictures.sources import folder
from practical_dl.job.errors import UserError
from practical_dl.recognition.finding import Finding
from practical_dl.recognition.picture_folders import PATTERNS
from practical_dl.recognition.recognising import recognise

PETS = [*numbered("pets/{{}}/cat/{}.jpg", 4), *numbered("pets/{{}}/dog/{}.jpg", 3)]


def pets(part: str) -> list[str]:
    return [name.format(part) for name in PETS]


def labels(finding: Finding) -> dict[str, int]:
    """The classes with their pictures, as the source reads what was found."""
    _, settings = settings_of(finding)
    optional: dict[str, Any] = {
        key: settings.get(key) for key in ("test_folder", "label_pattern", "label_from")
    }
    train = settings.get("train_folder", ".")
    table = folder(Path(settings["path"]), train, groups=None, tell=lambda _: None, **optional)
    counts = table["label"][table["split"] == "train"].value_counts()
    return {str(label): int(count) for label, count in counts.items()}


def test_class_folders_of_keras() -> None:
    lay([*numbered("pets/cat/{}.jpg", 4), *numbered("pets/dog/{}.png", 3), "pets/.DS_Store"])
    finding = found("pets")
    assert settings_of(finding) == ("folder", {"path": "pets"})
    assert "class: the folder's name; 2 classes: cat 4, dog 3" in finding.taken
    assert "not grouped" in finding.unsure[-1]
    assert labels(finding) == {"cat": 4, "dog": 3}


@pytest.mark.parametrize("valid", ["valid", "val", "validation"])
def test_train_valid_test_of_fastai_roboflow_and_torchvision(valid: str) -> None:
    lay([*pets("train"), *pets(valid), *numbered("pets/test/{}.jpg", 2)])
    finding = found("pets")
    assert settings_of(finding) == ("folder", {"path": "pets", "test_folder": "test"})
    assert f"ready-made split: train, {valid}" in " ".join(finding.taken)
    assert "class: the folder's name; 2 classes: cat 8, dog 6" in finding.taken
    assert labels(finding) == {"cat": 8, "dog": 6}


def test_train_and_val_of_torchvision_without_test() -> None:
    lay([*pets("train"), *pets("val")])
    assert settings_of(found("pets"))[1] == {"path": "pets"}


def test_a_labelled_test_part_is_told_to_count_as_unlabelled() -> None:
    lay([*pets("train"), *pets("valid"), *pets("test")])
    finding = found("pets")
    assert settings_of(finding)[1]["test_folder"] == "test"
    assert any("test/ has folders of its own" in line for line in finding.unsure)


def test_train_and_test_of_kaggle_with_a_sample_submission_of_classes() -> None:
    lay([*pets("train"), *numbered("pets/test/{}.jpg", 3)])
    write("pets/sample_submission.csv", "image,cat,dog", ["0.jpg,0.5,0.5"])
    finding = found("pets")
    assert settings_of(finding)[1] == {
        "path": "pets",
        "train_folder": "train",
        "test_folder": "test",
        "sample_submission": "sample_submission.csv",
    }
    assert "submission" not in finding.sections
    assert labels(finding) == {"cat": 4, "dog": 3}


def test_dogs_and_cats_by_file_name() -> None:
    lay(["redux/test/1.jpg", *numbered("redux/train/cat.{}.jpg", 5)])
    lay(numbered("redux/train/dog.{}.jpg", 5))
    write("redux/sampleSubmission.csv", "id,label", ["1,0.5"])
    finding = found("redux")
    assert settings_of(finding)[1]["label_pattern"] == PATTERNS[0]
    assert finding.sections["submission"] == {"positive": "dog"}
    assert any("taken from the file name (cat.0.jpg is 'cat')" in line for line in finding.unsure)
    assert labels(finding) == {"cat": 5, "dog": 5}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("cat.0.jpg", "cat"),
        ("american_bulldog_203.jpg", "american_bulldog"),
        ("Great Dane (12).jpg", "Great Dane"),
        ("IMG_0012.jpg", "IMG"),
        ("0012_oak tree.png", "oak tree"),
        ("2019-01-02.jpg", None),
    ],
)
def test_patterns_of_file_names(name: str, label: str | None) -> None:
    matches = [match for pattern in PATTERNS if (match := re.search(pattern, name))]
    assert (matches[0]["label"] if matches else None) == label


def test_names_that_cameras_give_are_no_classes() -> None:
    lay([*numbered("holiday/IMG_{}.jpg", 9), *numbered("holiday/DSC{}.jpg", 9)])
    with pytest.raises(UserError, match="without classes"):
        found("holiday")


def test_a_folder_above_and_one_inside_the_classes() -> None:
    lay(
        [*numbered("set/pictures/cat/day1/{}.jpg", 3), *numbered("set/pictures/dog/day2/{}.jpg", 3)]
    )
    finding = found("set")
    assert settings_of(finding)[1] == {"path": "set", "train_folder": "pictures"}
    assert labels(finding) == {"cat": 3, "dog": 3}


def test_classes_that_could_be_either_folder_are_asked() -> None:
    for kind, names in {"animals": ("cat", "dog"), "vehicles": ("bus", "car")}.items():
        for name in names:
            lay(numbered(f"set/{kind}/{name}/{{}}.jpg", 3))
    with pytest.raises(UserError, match="set label_from to first or last"):
        found("set")


def test_an_archive_is_not_unpacked() -> None:
    lay(pets("train"))
    with zipfile.ZipFile("pets.zip", "w") as file:
        for name in pets("train"):
            file.write(name, name.removeprefix("pets/"))
    finding = found("pets.zip")
    assert settings_of(finding)[1] == {"path": "pets.zip", "train_folder": "train"}
    assert "class: the folder's name; 2 classes: cat 4, dog 3" in finding.taken


def test_a_table_beside_pictures_in_an_archive_is_not_passed_over() -> None:
    with zipfile.ZipFile("kaggle.zip", "w") as file:
        for name in (*numbered("train/{}.jpg", 4), *numbered("test/{}.jpg", 3), "train.csv"):
            file.writestr(name, b"x")
    with pytest.raises(UserError, match=r"train\.csv inside the archive beside pictures: .*unpack"):
        found("kaggle.zip")


def test_archives_in_a_folder_count_as_unpacked() -> None:
    with zipfile.ZipFile("train.zip", "w") as file:
        for name in pets("train"):
            file.writestr(name.removeprefix("pets/"), b"x")
    Path("redux").mkdir()
    Path("train.zip").rename("redux/train.zip")
    assert settings_of(found("redux"))[1] == {"path": "redux", "train_folder": "train"}


def test_state_farm() -> None:
    lay([*numbered("farm/imgs/train/c0/{}.jpg", 2), "farm/imgs/test/9.jpg"])
    write("farm/driver_imgs_list.csv", "subject,classname,img", ["p1,c0,0.jpg"])
    assert settings_of(found("farm")) == ("statefarm", {"path": "farm"})
    assert settings_of(found("farm/driver_imgs_list.csv")) == ("statefarm", {"path": "farm"})


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["a/cat/1.jpg"], "one picture only"),
        (numbered("a/cat/{}.jpg", 5), "without classes"),
        (["a/cat/1.jpg", "a/cat/2.jpg", "a/dog/1.jpg"], "with a single picture: dog"),
        (
            [*numbered("a/cat/{}.jpg", 3), *numbered("a/dog/{}.jpg", 3), "a/x.jpg"],
            "no class folder",
        ),
        (
            [*numbered("a/cat/{}.jpg", 3), *numbered("a/test/{}.jpg", 3)],
            "beside folders of classes",
        ),
        ([*numbered("a/train/cat/{}.jpg", 3)], "one class only"),
        (
            [*numbered("a/train_images/{}.jpg", 3), *numbered("a/test_images/{}.jpg", 3)],
            "a: test_images, train_images are called as the sides of a split, not as classes",
        ),
    ],
)
def test_what_is_refused(names: list[str], reason: str) -> None:
    lay(names)
    with pytest.raises(UserError, match=reason):
        found("a")


def test_few_pictures_have_no_experiments_and_many_have() -> None:
    lay([*numbered("few/a/{}.jpg", 200), *numbered("few/b/{}.jpg", 299)])
    assert found("few").sections["sample"] == {"experiments": False}
    lay(["few/b/x.jpg"])
    assert "sample" not in found("few").sections


def test_which_folder_is_the_class_can_be_said() -> None:
    for kind, names in {"animals": ("cat", "dog"), "vehicles": ("bus", "car")}.items():
        for name in names:
            lay(numbered(f"set/{kind}/{name}/{{}}.jpg", 3))
    with pytest.raises(UserError, match=r"\(here: --label first or last\)"):
        found("set")
    finding = recognise(Path("set"), label="first")
    assert settings_of(finding)[1]["label_from"] == "first"
    assert finding.classes == ["animals", "vehicles"]


def test_a_folder_beside_the_training_one_is_not_passed_over() -> None:
    lay([*pets("Training"), *numbered("pets/Testbilder/{}.jpg", 5)])
    assert any("not used: Testbilder/ (5 pictures)" in line for line in found("pets").unsure)


def test_a_table_that_names_no_picture_is_told_beside_pictures_without_classes() -> None:
    lay(numbered("a/IMG_{}.jpg", 5))
    write("a/list.csv", "name,kind", ["x1,k", "x2,l"])
    with pytest.raises(UserError, match=r"without classes.*; list\.csv: no column names these"):
        found("a")
