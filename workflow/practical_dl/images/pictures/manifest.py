"""The manifest: one row per image, the single source of row order.

Columns: image_id, path (relative to the unpacked source), split (train or test), label, group,
width, height (pixels, upright), sha256 (of the file's bytes). Sorted by image_id. Where the source
comes with a split of its own, `given` behind group says on which side of it a labelled image is:
train or valid, or the number of its fold. Where some pictures have more than 8 bits, also low and
high: of these the values that become 0 and (those just below high) 255; empty for all others.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.files.artefacts import read_csv, write_csv
from practical_dl.images.pictures.levels import Levels
from practical_dl.job.errors import UserError

COLUMNS = ["image_id", "path", "split", "label", "group", "width", "height", "sha256"]
LEVEL_COLUMNS = ["low", "high"]
TYPES: dict[str, Any] = {"width": "int64", "height": "int64", "low": "float64", "high": "float64"}


def write_manifest(path: Path, manifest: pd.DataFrame) -> None:
    """Write `manifest` if it keeps the contract.

    Raises:
        UserError: see `check_manifest`.
    """
    check_manifest(manifest, path)
    write_csv(path, manifest[columns_of(manifest)])


def columns_of(manifest: pd.DataFrame) -> list[str]:
    """The columns that a manifest has: `given` and the levels only where they say something."""
    given = ["given"] if (given_sides(manifest) != "").any() else []
    levels = LEVEL_COLUMNS if _has_levels(manifest) else []
    return [*COLUMNS[:5], *given, *COLUMNS[5:], *levels]


def read_manifest(path: Path) -> pd.DataFrame:
    """Read a manifest: text columns, width and height int64, low and high float64.

    Raises:
        UserError: the file is absent or unreadable, or see `check_manifest`.
    """
    manifest = typed(read_csv(path, [], others_allowed=True), path)
    check_manifest(manifest, path)
    return manifest


def is_manifest(names: Sequence[str]) -> bool:
    """Whether these are the columns of a manifest."""
    wanted = [*COLUMNS[:5], *(["given"] if "given" in names else []), *COLUMNS[5:]]
    return list(names) in (wanted, wanted + LEVEL_COLUMNS)


def typed(manifest: pd.DataFrame, where: Path) -> pd.DataFrame:
    """A manifest read as text, with its numbers as such.

    Raises:
        UserError: another column than the contract's, or a value that is no number.
    """
    names = list(manifest.columns)
    if not is_manifest(names):
        raise UserError(
            f"{where}: columns are {','.join(names)}, expected {','.join(COLUMNS)}, and for "
            f"pictures of more than 8 bits {','.join(LEVEL_COLUMNS)}; delete it and run again"
        )
    for column in LEVEL_COLUMNS if _has_levels(manifest) else []:
        manifest[column] = manifest[column].replace("", "nan")
    for column in TYPES.keys() & set(names):
        try:
            manifest[column] = manifest[column].astype(TYPES[column])
        except (ValueError, TypeError, OverflowError) as error:
            raise UserError(f"{where}: column {column}: {error}") from error
    return manifest


def check_manifest(manifest: pd.DataFrame, where: Path) -> None:
    """Check a manifest against its contract.

    Raises:
        UserError: no rows, rows not sorted, an image_id twice or empty, a path that leaves the
            source, an unknown split, a labelled test image, some training images with a label
            (a group, a side) and some without, an unknown side, no pixels, or no SHA-256.
    """
    if manifest.empty:
        raise UserError(f"{where}: holds no image")
    train = manifest["split"] == "train"
    ids = manifest["image_id"]
    given = given_sides(manifest)
    rows_at_fault = {
        "image_id is empty": ids == "",
        "image_id stands twice": ids.duplicated(),
        "rows must be sorted by image_id": ids < ids.shift(fill_value=""),
        "path must be relative and stay in the source": manifest["path"].map(_leaves_source),
        "split must be train or test": ~manifest["split"].isin(["train", "test"]),
        "a test image must have no label": ~train & (manifest["label"] != ""),
        "label is empty, other training images have one": _partly_empty(manifest["label"], train),
        "group is empty, other training images have one": _partly_empty(manifest["group"], train),
        "given must be train, valid or the number of a fold": _unknown_sides(given),
        "given is empty, other labelled images have one": _partly_empty(given, train),
        "a test image must have no side of a split": ~train & (given != ""),
        "width and height must be 1 or more": (manifest[["width", "height"]] < 1).any(axis=1),
        "sha256 must be 64 hexadecimal digits": ~manifest["sha256"].str.fullmatch("[0-9a-f]{64}"),
    }
    if _has_levels(manifest):
        is_eight_bits = manifest[LEVEL_COLUMNS].isna().all(axis=1)
        is_above = manifest["high"] > manifest["low"]
        rows_at_fault["high must be above low, or both empty"] = ~(is_eight_bits | is_above)
    for fault, at_fault in rows_at_fault.items():
        if at_fault.any():
            raise UserError(
                f"{where}: image {ids[at_fault].iloc[0]}: {fault}; delete the file and run again"
            )


def levels_of_rows(rows: pd.DataFrame) -> list[Levels | None]:
    """The levels of each picture of rows of a manifest, None of those of 8 bits."""
    if not _has_levels(rows):
        return [None] * len(rows)
    pairs = zip(rows["low"], rows["high"], strict=True)
    return [None if math.isnan(low) else Levels(low, high) for low, high in pairs]


def shared_levels(manifest: pd.DataFrame) -> Levels | None:
    """The levels that hold those of all labelled pictures of more than 8 bits, None of none."""
    levels = [each for each in levels_of_rows(labelled_rows(manifest)) if each is not None]
    if not levels:
        return None
    return Levels(min(each.low for each in levels), max(each.high for each in levels))


def labelled_rows(manifest: pd.DataFrame) -> pd.DataFrame:
    """The images whose class is known, in the manifest's order, index from 0."""
    return manifest[manifest["label"] != ""].reset_index(drop=True)


def unlabelled_rows(manifest: pd.DataFrame) -> pd.DataFrame:
    """The test images, in the manifest's order, index from 0."""
    return manifest[manifest["split"] == "test"].reset_index(drop=True)


def class_names(manifest: pd.DataFrame) -> list[str]:
    """The classes in the order of every label index and column of probabilities: sorted."""
    return sorted(set(labelled_rows(manifest)["label"]))


def commonest_share(manifest: pd.DataFrame) -> float:
    """Share of the labelled images in the class with most of them: what guessing it has right."""
    return float(labelled_rows(manifest)["label"].value_counts(normalize=True).max())


def is_grouped(manifest: pd.DataFrame) -> bool:
    """Whether the labelled images belong to groups that no split may cut."""
    return bool((labelled_rows(manifest)["group"] != "").any())


def given_sides(manifest: pd.DataFrame) -> "pd.Series[str]":
    """The side of the source's own split of each image, '' where there is none."""
    if "given" in manifest:
        return manifest["given"]
    return pd.Series("", index=manifest.index, dtype=str)


def _unknown_sides(given: "pd.Series[str]") -> "pd.Series[bool]":
    """Values that are no side; either all are words or all are numbers of folds."""
    numbers = given.str.fullmatch(r"\d+")
    words = given.isin(["train", "valid"])
    return (given != "") & ~(numbers if numbers.any() and not words.any() else words)


def _has_levels(rows: pd.DataFrame) -> bool:
    return "low" in rows


def _partly_empty(values: "pd.Series[str]", train: "pd.Series[bool]") -> "pd.Series[bool]":
    """Empty training rows, where at least one training row is not."""
    empty = train & (values == "")
    return empty & bool((train & ~empty).any())


def _leaves_source(path: str) -> bool:
    return not {"", ".."}.isdisjoint(path.split("/"))
