"""The adapter of pictures that a person's table names; see `sources` for what adapters return."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from practical_dl.images.pictures.groups import groups_of_column
from practical_dl.images.pictures.listing import list_pictures
from practical_dl.images.pictures.measuring import DROPPED_COLUMNS
from practical_dl.images.pictures.own_table import Rows, named_labels, read_rows
from practical_dl.images.pictures.sources import require_classes, with_ids
from practical_dl.job.errors import UserError, counted
from practical_dl.sources.locations import TEST_ROWS
from practical_dl.tables.mistakes import Mistakes, OnBadRows
from practical_dl.tables.table import Options

TRAIN, TEST = "train", "test"


class Named(NamedTuple):
    """The images of a table, the mistakes of rows that were left out, and what is to be told."""

    images: pd.DataFrame
    mistakes: list[Mistakes]
    told: list[str]


def table(
    root: Path,
    files: Mapping[str, Path],
    columns: Mapping[str, str],
    options: Options,
    on_bad_rows: OnBadRows,
    test: str | None,
) -> Named:
    """Pictures below `root`/train with the classes, groups and sides of a table.

    Args:
        files: `table`; where given `labels` (JSON: a name for each label) and `test` (a second
            table, of pictures to predict). Without `test`, those below `root`/test are predicted.
        columns: the table's names of image and label, and of group and split where given.
        test: the configuration's word for the test part; None where there is none.

    Raises:
        UserError: a file cannot be read, has mistakes that are not to be dropped, or leaves
            fewer than two classes, or a class with a single picture; or its split has test rows
            that `test` does not speak of, or the other way round.
    """
    train = list_pictures(root, root / TRAIN)
    rows = _kept(read_rows(files["table"], columns, options, list(train["inside"])), on_bad_rows)
    given_test = rows.frame["given"] == TEST
    _require_agreement(int(given_test.sum()), test, files["table"])
    labelled = _joined(train, rows.frame[~given_test])
    if "labels" in files:
        labelled["label"] = named_labels(labelled["label"], files["labels"])
    require_classes(files["table"], labelled["label"])
    found, told = [rows], rows.told
    if "group" in columns:
        where = f"{files['table']}: {columns['group']}"
        labelled["group"], notes = groups_of_column(labelled["group"], labelled["inside"], where)
        told = told + notes
    parts = [_joined(train, rows.frame[given_test])]
    if "test" in files:
        only_image = {"image": columns["image"]}
        of_test = read_rows(files["test"], only_image, options, list(train["inside"]))
        found.append(_kept(of_test, on_bad_rows))
        told = told + of_test.told
        parts.append(_joined(train, found[1].frame))
    elif (root / TEST).is_dir():
        parts.append(list_pictures(root, root / TEST))
    tests = pd.concat(parts, ignore_index=True).assign(label="", group="", given="")
    _require_apart(labelled, tests, files)
    if given_test.any():
        told = [
            *told,
            f"{counted(int(given_test.sum()), 'row')} of the test part: classes not used",
        ]
    return Named(with_ids(labelled, tests), [one.mistakes for one in found], told)


def dropped_rows(mistakes: Mistakes) -> pd.DataFrame:
    """Rows that were left out, as dropped_pictures.csv lists them: image_id, path, reason."""
    return pd.DataFrame(
        [
            ("", f"{mistakes.path}:{one.line}", f"{one.column}: {one.value!r}, not {one.wanted}")
            for one in sorted(mistakes.found)
        ],
        columns=DROPPED_COLUMNS,
    )


def _kept(rows: Rows, on_bad_rows: OnBadRows) -> Rows:
    """Without the rows that have mistakes, where these may be dropped."""
    dropped = rows.mistakes.settle(on_bad_rows)
    if dropped:
        name = rows.mistakes.path.name
        rows.told.append(f"{counted(len(dropped), 'row')} of {name} left out: dropped_pictures.csv")
    rows.frame = rows.frame[~rows.frame.index.isin(dropped)]
    if rows.frame.empty:
        raise UserError(f"{rows.mistakes.path}: no row without a mistake is left")
    return rows


def _joined(pictures: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The pictures of these rows, in the order of the pictures, with label, group and side."""
    of_rows = rows.rename(columns={"path": "inside"}).reset_index(drop=True)
    return pictures.merge(of_rows, on="inside", how="inner")


def _require_agreement(test_rows: int, test: str | None, path: Path) -> None:
    if test_rows and test is None:
        raise UserError(
            f"{path}: {counted(test_rows, 'row')} of the test part by its split, but the source "
            "has no test part: set source.table.test: rows to have them predicted, or take these "
            "rows out"
        )
    if test == TEST_ROWS and not test_rows:
        raise UserError(
            f"{path}: source.table.test is rows, but no row is called test by source.table.split; "
            "name the folder or table of the test pictures, or leave the key out"
        )


def _require_apart(labelled: pd.DataFrame, tests: pd.DataFrame, files: Mapping[str, Path]) -> None:
    both = set(labelled["path"]) & set(tests["path"])
    if both:
        raise UserError(
            f"{files.get('test', files['table'])}: {counted(len(both), 'picture')} of the test "
            f"part have a class in {files['table']} (such as {sorted(both)[0]}); take them out of "
            "one of both"
        )
