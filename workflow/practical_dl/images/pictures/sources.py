"""Listing the images of an unpacked source: what is there, its class, its group.

Every adapter returns one row per image with the columns `COLUMNS`. `image_id` is the file name
where that is unique over the data set, else class/name (for test images: folder/name), else the
path. `path` is relative to the source's root, with forward slashes; `split` is train or test;
`label` and `group` are empty where unknown. A source that comes with a split has `given` too.
"""

import re
from pathlib import Path, PurePath

import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.files.names import is_meant
from practical_dl.images.pictures.groups import groups_of_table
from practical_dl.images.pictures.layouts import LabelFrom, Tell, labels_by_folder, with_sides
from practical_dl.images.pictures.listing import list_pictures
from practical_dl.job.errors import UserError
from practical_dl.tables.values import tidy

COLUMNS = ["image_id", "path", "split", "label", "group"]


def statefarm(root: Path, driver_list: Path) -> pd.DataFrame:
    """State Farm's layout: `train/CLASS/*.jpg` and `test/*.jpg`, in `root` or `root`/imgs.

    `driver_list` is Kaggle's driver_imgs_list.csv: subject (the driver), classname, img.

    Raises:
        UserError: a folder is missing, a class is empty, or photos and list disagree.
    """
    train_folder = _statefarm_folder(root, "train")
    test_folder = _statefarm_folder(root, "test")
    train = list_pictures(root, train_folder)
    train = train.assign(below=train["inside"], top="")
    _require_class_folders(train_folder, train)
    train["label"] = train["below"].str.split("/", n=1).str[0]
    _require_filled(train_folder, train)
    require_classes(train_folder, train["label"])
    train["group"] = _drivers(train, driver_list)
    return with_ids(train, _unlabelled(list_pictures(root, test_folder)))


def folder(
    root: Path,
    train_folder: str,
    test_folder: str | None,
    label_pattern: str | None,
    groups: Path | None,
    label_from: LabelFrom | None = None,
    tell: Tell = print,
) -> pd.DataFrame:
    """Any image set: labelled images in `train_folder`, unlabelled ones in `test_folder`.

    Both are relative to `root` ("." is the root itself). The class is the name of a folder (see
    `layouts`), or, with `label_pattern`, what the named group `label` of that regular expression
    finds in the file name (`re.search`). `groups` is a table with the columns image_id, group that
    names at least every labelled image. `tell` gets a line about each choice that was made.

    Raises:
        UserError: a folder is missing or empty, a class cannot be told or has fewer than two
            images, or the group table does not fit the images.
    """
    labelled_in = _named_folder(root, "train_folder", train_folder)
    train = with_sides(labelled_in, list_pictures(root, labelled_in), tell)
    if label_pattern is None:
        _require_class_folders(labelled_in, train)
        train["label"] = labels_by_folder(labelled_in, train["below"], label_from, tell)
        _require_filled(labelled_in, train)
        require_classes(labelled_in, train["label"])
    else:
        train["label"] = _labels_by_pattern(labelled_in, train, label_pattern)
    parts = [train.assign(group="")]
    if test_folder is not None:
        unlabelled_in = _named_folder(root, "test_folder", test_folder)
        for name in sorted(set(train["top"])):
            _require_apart(labelled_in / name, unlabelled_in)
        parts.append(_unlabelled(list_pictures(root, unlabelled_in)))
    table = with_ids(*parts)
    if groups is not None:
        table["group"], notes = groups_of_table(table, groups)
        for note in notes:
            tell(note)
    return table


def _statefarm_folder(root: Path, name: str) -> Path:
    if not root.is_dir():
        raise UserError(f"{root}: no such folder")
    for candidate in (root / "imgs" / name, root / name):
        if candidate.is_dir():
            return candidate
    raise UserError(f"{root}: holds neither imgs/{name} nor {name}; unpack Kaggle's imgs.zip there")


def _named_folder(root: Path, key: str, name: str) -> Path:
    if PurePath(name).is_absolute() or ".." in PurePath(name).parts:
        raise UserError(
            f"{key}: {name} does not lie in the source, {root}; name a folder in it, and as the "
            "source's path the folder that holds both"
        )
    path = root / name
    if not path.is_dir():
        raise UserError(f"{path}: no such folder; the configuration's {key} names it")
    return path


def _require_apart(train: Path, test: Path) -> None:
    first, second = train.resolve(), test.resolve()
    if first.is_relative_to(second) or second.is_relative_to(first):
        raise UserError(f"{test}: the test folder and {train} must not hold one another")


def _require_class_folders(folder: Path, images: pd.DataFrame) -> None:
    stray = images["inside"][~images["below"].str.contains("/")]
    if len(stray):
        raise UserError(
            f"{folder / stray.iloc[0]}: lies in no class folder ({len(stray)} such); "
            "move it into one, or give a label_pattern"
        )


def _require_filled(folder: Path, images: pd.DataFrame) -> None:
    """Refuse folders without images where all others are classes."""
    empty: list[Path] = []
    for top, below in images.groupby("top")["below"]:
        used = set(below.str.split("/").str[0])
        empty += sorted(
            path
            for path in (folder / str(top)).iterdir()
            if path.is_dir() and is_meant(path.name) and path.name not in used
        )
    if empty:
        raise UserError(f"{empty[0]}: class with no images; fill or remove the folder")


def _labels_by_pattern(folder: Path, images: pd.DataFrame, pattern: str) -> "pd.Series[str]":
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise UserError(f"label_pattern {pattern}: not a regular expression ({error})") from error
    if "label" not in compiled.groupindex:
        raise UserError(f"label_pattern {pattern}: lacks the named group (?P<label>...)")
    matches = [compiled.search(name) for name in images["name"]]
    labels = pd.Series([match["label"] or "" if match else "" for match in matches], dtype=str)
    unmatched = images["inside"][labels == ""]
    if len(unmatched):
        raise UserError(
            f"{folder / unmatched.iloc[0]}: label_pattern {pattern} finds no label in this name "
            f"(nor in {len(unmatched)} of {len(images)}); fix the pattern or move the images"
        )
    require_classes(folder, labels)
    return labels


def require_classes(folder: Path, labels: "pd.Series[str]") -> None:
    """Check that there are two classes or more, each with two images or more.

    Raises:
        UserError: there are not; `folder` begins the message.
    """
    counts = labels.value_counts().sort_index()
    if len(counts) < 2:
        raise UserError(f"{folder}: one class only ({counts.index[0]}); at least two are needed")
    single = counts.index[counts == 1]
    if len(single):
        raise UserError(
            f"{folder}: class {single[0]} has a single image; two are needed, one to validate"
        )


def _drivers(train: pd.DataFrame, driver_list: Path) -> "pd.Series[str]":
    """The driver of each image, once the list is known to agree with the folders."""
    listed = read_csv(driver_list, ["subject", "classname", "img"])
    if listed.empty:
        raise UserError(f"{driver_list}: lists not one driver")
    _require_one_group_each(driver_list, listed["img"], listed["subject"])
    _require_listed(driver_list, train["name"], listed["img"])
    _require_present(driver_list, listed["img"], train["name"])
    by_name = listed.set_index("img")
    classes = train["name"].map(by_name["classname"])
    wrong = train[classes != train["label"]]
    if len(wrong):
        name, label = wrong["name"].iloc[0], wrong["label"].iloc[0]
        raise UserError(
            f"{driver_list}: {name} has classname {classes[wrong.index[0]]} but lies in folder "
            f"{label} ({len(wrong)} such)"
        )
    return tidy(train["name"].map(by_name["subject"]))


def _require_one_group_each(
    where: Path, images: "pd.Series[str]", groups: "pd.Series[str]"
) -> None:
    twice = images[images.duplicated()]
    if len(twice):
        raise UserError(f"{where}: {twice.iloc[0]} is listed twice ({len(twice)} such)")
    nameless = images[groups.str.strip() == ""]
    if len(nameless):
        raise UserError(
            f"{where}: {nameless.iloc[0]} has an empty {groups.name} ({len(nameless)} such)"
        )


def _require_listed(where: Path, images: "pd.Series[str]", listed: "pd.Series[str]") -> None:
    unlisted = images[~images.isin(listed)]
    if len(unlisted):
        raise UserError(
            f"{where}: {unlisted.iloc[0]} is present but not listed ({len(unlisted)} such)"
        )


def _require_present(where: Path, listed: "pd.Series[str]", images: "pd.Series[str]") -> None:
    absent = listed[~listed.isin(images)]
    if len(absent):
        raise UserError(
            f"{where}: {absent.iloc[0]} is listed but absent ({len(absent)} such); "
            "mend the list, or bring them back"
        )


def _unlabelled(images: pd.DataFrame) -> pd.DataFrame:
    return images.assign(label="", group="")


def with_ids(train: pd.DataFrame, *test: pd.DataFrame) -> pd.DataFrame:
    """Labelled and unlabelled images as an adapter returns them: see the top of this module."""
    rows = pd.concat(
        [
            train.assign(split="train", place=train["label"]),
            *(part.assign(split="test", place=_folder_names(part)) for part in test),
        ],
        ignore_index=True,
    )
    rows["given"] = rows["given"].fillna("") if "given" in rows else ""
    by_place = rows["place"] + "/" + rows["name"]
    names = (rows["name"], by_place, rows["path"])
    rows["image_id"] = next(ids for ids in names if ids.is_unique)
    has_split = (rows["given"] != "").any()
    return rows[[*COLUMNS, "given"] if has_split else COLUMNS].astype(str)


def _folder_names(images: pd.DataFrame) -> "pd.Series[str]":
    return images["path"].str.split("/").str[-2]
