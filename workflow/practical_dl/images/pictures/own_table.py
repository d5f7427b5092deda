"""A person's table of pictures: which file each row means, its class, its group, its side."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import require_file
from practical_dl.images.pictures.names import SCHEMES, found_in
from practical_dl.job.errors import UserError, counted
from practical_dl.tables.mistakes import Mistakes
from practical_dl.tables.reading import open_table, read_whole
from practical_dl.tables.table import Options
from practical_dl.tables.values import tidy
from practical_dl.tables.words import SIDES


@dataclass
class Rows:
    """Rows of a table as pictures, and what there is to say of them.

    `frame` has the columns path (relative to the folder of pictures), label, group and given
    (train, valid, test, the number of a fold, or ''); its index is the line in the table.
    """

    frame: pd.DataFrame
    mistakes: Mistakes
    told: list[str] = field(default_factory=list)


def read_rows(
    path: Path, columns: Mapping[str, str], options: Options, present: Sequence[str]
) -> Rows:
    """Read a table of pictures.

    Args:
        columns: the table's names of `image`, and of `label`, `group` and `split` as far as they
            are given.
        present: the pictures that there are, relative to their folder.

    Raises:
        UserError: the table cannot be read or lacks a column, or not one of its pictures is there.
    """
    table = open_table(path, options, list(columns.values()))
    mistakes = Mistakes(path)
    values = read_whole(table, columns, mistakes).apply(tidy)
    paths, scheme = match_pictures(values["image"], present, path)
    absent = values["image"][paths == ""]
    mistakes.add_values(absent, columns["image"], "the name of a picture that is there")
    frame = pd.DataFrame({"path": paths})
    frame["label"] = values["label"].map(_without_point) if "label" in columns else ""
    frame["group"] = values["group"] if "group" in columns else ""
    frame["given"] = (
        _sides(values["split"], columns["split"], mistakes) if "split" in columns else ""
    )
    told = [f"{path}: {table.note}; pictures are known by their {scheme}"]
    frame = _once_each(frame, values["image"], columns["image"], mistakes, told)
    if "label" in columns:
        empty = (frame["label"] == "") & (frame["given"] != "test")
        mistakes.add_values(frame["label"][empty], columns["label"], "a class")
    others = len(set(present) - set(frame["path"]))
    if others:
        told.append(f"{counted(others, 'picture')} not in {path.name}: left out")
    return Rows(frame.astype(str), mistakes, told)


def match_pictures(
    names: "pd.Series[str]", present: Sequence[str], where: Path
) -> tuple["pd.Series[str]", str]:
    """The picture that each name means ('' for none), and how the names are to be read.

    The way is the first by which every name is found, else that by which most are. A way by
    which a name fits two pictures is none.

    Raises:
        UserError: not one name is found.
    """
    best, scheme, most = pd.Series("", names.index, dtype=str), "", 0
    for candidate in SCHEMES:
        places = found_in(list(names), present, candidate)
        found = sum(map(bool, places))
        if found > most and all(len(place) < 2 for place in places):
            paths = [present[place[0]] if place else "" for place in places]
            best, scheme, most = pd.Series(paths, names.index, dtype=str), candidate, found
    if not most:
        raise UserError(
            f"{where}: not one of its pictures is there, or each name fits several (the table has "
            f"{names.iloc[0]!r}, the folder {present[0]!r})"
        )
    return best, scheme


def read_label_names(path: Path) -> dict[str, str]:
    """The name of each label, from a JSON file: an object, or a list by number.

    Raises:
        UserError: the file is something else, or has one name for two labels.
    """
    require_file(path)
    try:
        names = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}: not readable JSON ({error})") from error
    if isinstance(names, list):
        names = {str(number): name for number, name in enumerate(names)}
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        raise UserError(f"{path}: expected an object of labels and names, or a list of names")
    known = {_without_point(label): name.strip() for label, name in names.items()}
    twice = [name for name, count in Counter(known.values()).items() if count > 1]
    if twice:
        raise UserError(f"{path}: two labels are called {twice[0]!r}; give each its own name")
    return known


def named_labels(labels: "pd.Series[str]", path: Path) -> "pd.Series[str]":
    """Labels by their names; see `read_label_names`.

    Raises:
        UserError: the file cannot be used, or has no name for a label.
    """
    known = read_label_names(path)
    missing = sorted(set(labels) - set(known))
    if missing:
        raise UserError(f"{path}: no name for the label {missing[0]!r} ({len(missing)} such)")
    return labels.map(known).astype(str)


def _without_point(label: str) -> str:
    """A whole number without the `.0` that spreadsheets and pandas add."""
    whole, point, rest = label.partition(".")
    is_whole = point and whole.removeprefix("-").isdecimal() and rest and set(rest) == {"0"}
    return whole if is_whole else label


def _sides(given: "pd.Series[str]", column: str, mistakes: Mistakes) -> "pd.Series[str]":
    plain = given.map(_without_point)
    sides = plain.str.lower().map(SIDES).fillna(plain.where(plain.str.isdecimal(), ""))
    mistakes.add_values(given[sides == ""], column, "train, valid, test or the number of a fold")
    return sides.astype(str)


def _once_each(
    frame: pd.DataFrame,
    images: "pd.Series[str]",
    column: str,
    mistakes: Mistakes,
    told: list[str],
) -> pd.DataFrame:
    """One row a picture: of equal rows the first is kept, and rows that differ are all mistakes."""
    listed = frame[frame["path"] != ""]
    equal = listed.duplicated()
    differ = listed[~equal].duplicated("path", keep=False)
    mistakes.add_values(
        images[differ.index[differ]], column, "one class, group and side a picture; others differ"
    )
    if equal.any():
        told.append(f"{counted(int(equal.sum()), 'row')} repeated word for word: taken once")
    return frame.drop(index=listed.index[equal])
