"""Which folder of a picture is its class, and which folders are sides of a ready-made split.

Layouts that are recognised: class folders (Keras, torchvision), and these below train and valid
(or val, validation), with or without a test beside (fast.ai, Roboflow, torchvision). Where two
folders of a picture could be its class, it is asked.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pandas as pd

from practical_dl.job.errors import UserError, counted, named
from practical_dl.tables.words import SIDES, sides_in

LabelFrom = Literal["first", "last"]
Tell = Callable[[str], object]


def with_sides(folder: Path, images: pd.DataFrame, tell: Tell) -> pd.DataFrame:
    """The labelled images of `folder`: with `given` (train, valid or '') and `below`.

    `below` is the path below `folder`, or below its train or valid folder, and `top` the name of
    that folder ('' without). What lies beside train and valid is left out, and told.

    Args:
        images: `inside` is the path below `folder`.
    """
    tops = images["inside"].str.extract(r"^([^/]*)/", expand=False).fillna("")
    sides = tops.str.lower().map(SIDES).fillna("")
    found = set(sides)
    if "train" not in found or "" in set(tops) or not ("valid" in found or "" not in found):
        return images.assign(given="", below=images["inside"], top="")
    used = sides.isin(["train", "valid"])
    others = tops[~used].value_counts().sort_index()
    if len(others):
        left_out = named(f"{name}/ ({count:,})" for name, count in others.items())
        tell(f"{folder}: pictures beside its train folder are left out: {left_out}")
    below = images["inside"].str.split("/", n=1).str[1]
    kept = images.assign(given=sides, below=below, top=tops)[used].reset_index(drop=True)
    return kept if "valid" in found else kept.assign(given="")


def labels_by_folder(
    folder: Path, below: "pd.Series[str]", label_from: LabelFrom | None, tell: Tell
) -> "pd.Series[str]":
    """The class of each image: the `first` or the `last` folder of its path `below` a folder.

    Without `label_from` the first one, unless a single folder holds all others. It is asked where
    the last folders could be classes too: they have several names, which are no numbered series.

    Raises:
        UserError: the class could be either folder, or is called as the sides of a split are.
    """
    folders = below.str.split("/").str[:-1]
    first, last = folders.str[0], folders.str[-1]
    if label_from is not None:
        return first if label_from == "first" else last
    while len(set(first)) == 1 and (folders.str.len() > 1).all():
        if _is_series(sorted(set(folders.str[1]))):
            break
        folders, outer = folders.str[1:], first.iloc[0]
        first = folders.str[0]
        tell(
            f"{folder}: {outer}/ holds all labelled pictures; its folders are classes or hold them"
        )
    deep = sorted(set(last[folders.str.len() > 1]))
    if deep:
        if not _are_parts(deep, first):
            raise UserError(_question(folder, below, first, last))
        tell(
            f"{folder}: the class of a picture is the first folder of its path "
            f"({_classes(first)}), not the one it lies in (such as {deep[0]}); label_from: last "
            "takes that"
        )
    if len(sides_in(set(first))) > 1:
        raise UserError(
            f"{folder}: {named(sorted(set(first)))} are called as the sides of a split, not as "
            "classes: name the labelled one as train_folder and the other as test_folder, give a "
            "table of classes, or set label_from: first if these are the classes"
        )
    return first


def _are_parts(deep: list[str], first: "pd.Series[str]") -> bool:
    """Whether folders inside others are surely no classes: one name, or day1, day2 ..."""
    return len(deep) == 1 or (_is_series(deep) and not _is_series(sorted(set(first))))


def _is_series(names: list[str]) -> bool:
    """Whether several names differ by their numbers only."""
    return len(names) > 1 and len({re.sub(r"[\d\W_]+", "", name) for name in names}) == 1


def _question(
    folder: Path, below: "pd.Series[str]", first: "pd.Series[str]", last: "pd.Series[str]"
) -> str:
    example = below[first != last].iloc[0]
    return (
        f"{folder}: the class of {example} could be the first folder ({_classes(first)}) or the "
        f"last ({_classes(last)}); set label_from to first or last"
    )


def _classes(labels: "pd.Series[str]") -> str:
    names = sorted(set(labels))
    return f"{counted(len(names), 'class', 'classes')}: {named(names)}"
