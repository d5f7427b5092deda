"""Which labelled images train and which validate: by whole groups, at random, and in folds.

Frames of one driver are near duplicates, so a split that cuts a driver in two scores how well
the model knows the driver. Only splits that pass `require_whole_groups` may serve selection.
scikit-learn is imported where it is used: the Snakefile reaches this module at every start.
"""

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.images.pictures.every_class import (
    apportion_to_all,
    lacks_a_class,
    mended_sides,
)
from practical_dl.images.pictures.manifest import is_grouped, labelled_rows
from practical_dl.job.errors import UserError, named

ROLES = ["train", "valid"]
BOTH = (0, 1)
SINGLE_ROWS = (
    "every group that trains is the only one of a class: single pictures, not whole groups, are "
    "held out to choose the epoch"
)


def hold_out_groups(groups: NDArray[Any], share: float, seed: int) -> list[str]:
    """Choose whole groups that hold about `share` (above 0, at most 0.5) of the rows; sorted.

    The groups come in random order; each is held out if that brings the number of rows nearer
    to the wanted one. Where the smallest group alone is too large, it is held out. So the
    number is off by half the largest group at most, or by the smallest group.

    Args:
        groups: the group of each row, (n,).

    Raises:
        UserError: there are fewer than two groups, or the share is out of bounds.
    """
    if not 0 < share <= 0.5:
        raise UserError(f"validation share {share}: must be above 0 and at most 0.5")
    names, sizes = np.unique(groups, return_counts=True)
    if len(names) < 2:
        raise UserError(
            f"one group only ({names[0]}): at least two are needed to hold one out; "
            "fix the groups table"
        )
    wanted = share * len(groups)
    held_out: list[int] = []
    rows = 0
    for index in map(int, np.random.default_rng(seed).permutation(len(names))):
        if abs(rows + sizes[index] - wanted) < abs(rows - wanted):
            held_out.append(index)
            rows += sizes[index]
    return sorted(map(str, names[held_out or [int(sizes.argmin())]]))


def split_by_group(manifest: pd.DataFrame, share: float, seed: int) -> pd.DataFrame:
    """Hold out about `share` of the labelled images, whole groups only: image_id, role.

    Where the draw leaves a class out on a side, as few images as possible change sides. A data set
    without groups is split at random, stratified by class (`is_grouped` tells).

    Raises:
        UserError: see `hold_out_groups`, or no split by whole groups has every class on both sides.
    """
    rows = labelled_rows(manifest)
    if not is_grouped(manifest):
        return split_at_random(manifest, round(share * len(rows)), seed)
    held_out = hold_out_groups(rows["group"].to_numpy(), share, seed)
    valid = np.isin(rows["group"].to_numpy(), held_out).astype(np.int64)
    if lacks_a_class(valid, rows["label"], BOTH):
        valid = mended_sides(valid, rows["group"], rows["label"], 2, BOTH)
    split = with_roles(rows, valid == 1)
    require_whole_groups(split, manifest, "split by group")
    return split


def split_at_random(manifest: pd.DataFrame, valid_rows: int, seed: int) -> pd.DataFrame:
    """Hold out `valid_rows` labelled images at random, stratified by class: image_id, role.

    Where there are groups this split leaks, and serves only to measure by how much. Give it
    the size of the grouped split, so that both train on as many images.

    Raises:
        UserError: a class would be missing on a side.
    """
    from sklearn.model_selection import train_test_split

    rows = labelled_rows(manifest)
    classes = rows["label"].nunique()
    if not classes <= valid_rows <= len(rows) - classes:
        raise UserError(
            f"{valid_rows} of {len(rows)} labelled images cannot validate: each side needs one "
            f"of each of {classes} classes; change split.valid_share"
        )
    order = np.arange(len(rows))
    single = rows["label"][~rows["label"].duplicated(keep=False)]
    if len(single):
        raise UserError(
            f"two labelled images of each class are needed; one only of {named(single)}"
        )
    _, chosen = train_test_split(
        order, test_size=valid_rows, stratify=rows["label"], random_state=seed
    )
    valid = np.isin(order, chosen)
    if lacks_a_class(valid.astype(np.int64), rows["label"], BOTH):
        valid = np.isin(order, _drawn_of_every_class(rows["label"], valid_rows, seed))
    return with_roles(rows, valid)


def folds(manifest: pd.DataFrame, k: int, seed: int) -> pd.DataFrame:
    """Deal the labelled images into `k` folds of whole groups: image_id, fold (0 to k-1).

    scikit-learn's StratifiedGroupKFold keeps the classes' proportions as far as whole groups
    allow; a data set without groups goes through its StratifiedKFold. Where one fold would be
    empty or have all of a class, as few images as possible change folds.

    Raises:
        UserError: fewer groups, or images of every class, than folds; or a class would lie in one
            fold only however the groups are dealt, so that nothing could be trained to predict it.
    """
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    rows = labelled_rows(manifest)
    labels = rows["label"].to_numpy()
    try:
        if is_grouped(manifest):
            groups = rows["group"].to_numpy()
            _require_groups(groups, k)
            grouped = StratifiedGroupKFold(k, shuffle=True, random_state=seed)
            fold = _numbered(len(rows), grouped.split(labels, labels, groups))
        else:
            plain = StratifiedKFold(k, shuffle=True, random_state=seed)
            fold = _numbered(len(rows), plain.split(labels, labels))
    except ValueError as error:
        raise UserError(f"{k} folds are too many for this data set: {error}") from error
    if len(set(fold)) < k or lacks_a_class(fold, labels, range(k)):
        units = rows["group" if is_grouped(manifest) else "image_id"]
        fold = mended_sides(fold, units, labels, k, range(k))
    dealt = pd.DataFrame({"image_id": rows["image_id"], "fold": fold})
    require_whole_groups(dealt, manifest, "folds")
    return dealt


def rows_of_roles(split: pd.DataFrame) -> dict[str, NDArray[np.int64]]:
    """Positions in `split` of the `train` and of the `valid` rows."""
    return {role: np.flatnonzero(split["role"] == role) for role in ROLES}


def rows_by_role(
    stored: pd.DataFrame, split: pd.DataFrame, inner_share: float, by_group: bool, seed: int
) -> dict[str, NDArray[np.int64]]:
    """Positions in the store of the `train`, `inner` and `valid` rows.

    `inner` rows are cut from the training rows, whole groups of them with `by_group` (else, and
    where no group can be spared, single rows), to choose the epoch; no reported score uses them.
    Every class keeps rows to train on. `stored` has image_id, label and group.
    """
    roles = stored["image_id"].map(split.set_index("image_id")["role"])
    training = np.flatnonzero(roles == "train")
    rows = stored.iloc[training]
    grouped = by_group and len(set(rows["group"])) > 1
    inner = _inner_rows(rows, "group" if grouped else "image_id", inner_share, seed)
    return {
        "train": training[~inner],
        "inner": training[inner],
        "valid": np.flatnonzero(roles == "valid"),
    }


def _inner_rows(rows: pd.DataFrame, unit: str, share: float, seed: int) -> NDArray[np.bool_]:
    """Which of the training rows are held out, such that every class keeps some to train on."""
    units = rows[unit].to_numpy()
    inner = np.isin(units, hold_out_groups(units, share, seed)).astype(np.int64)
    if lacks_a_class(inner, rows["label"], [1]):
        try:
            inner = mended_sides(inner, units, rows["label"], 2, [1])
        except UserError:
            if unit == "image_id":
                raise
            warnings.warn(SINGLE_ROWS, stacklevel=2)
            return _inner_rows(rows, "image_id", share, seed)
    return inner == 1


def read_split(path: Path, manifest: pd.DataFrame) -> pd.DataFrame:
    """Read image_id, role for all labelled images, in the manifest's order.

    Raises:
        UserError: the file is unreadable, of another manifest, or holds an unknown role.
    """
    split = read_csv(path, ["image_id", "role"])
    check_split(split, manifest, path)
    return split


def read_folds(path: Path, manifest: pd.DataFrame) -> pd.DataFrame:
    """Read image_id, fold (int64) for all labelled images, in the manifest's order.

    Raises:
        UserError: the file is unreadable, of another manifest, or cuts a group in two.
    """
    dealt = read_csv(path, ["image_id", "fold"], {"fold": "int64"})
    _require_manifest_order(dealt, manifest, path)
    require_whole_groups(dealt, manifest, path)
    return dealt


def check_split(split: pd.DataFrame, manifest: pd.DataFrame, where: Path) -> None:
    """Check that `split` gives a role to each labelled image, in the manifest's order.

    Raises:
        UserError: it does not, or no image trains, or none validates.
    """
    _require_manifest_order(split, manifest, where)
    roles = sorted(set(split["role"]))
    if roles != ROLES:
        raise UserError(f"{where}: roles are {', '.join(roles)}, expected {' and '.join(ROLES)}")


def require_whole_groups(split: pd.DataFrame, manifest: pd.DataFrame, where: Path | str) -> None:
    """Refuse a split (or folds, or a sample) that has one group on more than one side.

    Args:
        split: image_id and, in its second column, the side.

    Raises:
        UserError: names the first such group.
    """
    cut = cut_groups(split, manifest)
    if len(cut):
        raise UserError(
            f"{where}: group {cut[0]} stands on more than one side ({len(cut)} such); "
            "only a split by whole groups can be used here"
        )


def cut_groups(split: pd.DataFrame, manifest: pd.DataFrame) -> list[str]:
    """The groups that stand on more than one side of a split (or of folds), sorted."""
    groups = split["image_id"].map(manifest.set_index("image_id")["group"])
    sides = split.iloc[:, 1].groupby(groups[groups != ""]).nunique()
    return list(sides.index[sides > 1])


def with_roles(rows: pd.DataFrame, valid: NDArray[np.bool_]) -> pd.DataFrame:
    """image_id, role of `rows`, those that are `valid` (n,) to validate."""
    return pd.DataFrame({"image_id": rows["image_id"], "role": np.where(valid, *ROLES[::-1])})


def _drawn_of_every_class(labels: "pd.Series[str]", count: int, seed: int) -> NDArray[np.int64]:
    """Positions of `count` random rows, at least one and not all of every class."""
    rng = np.random.default_rng(seed)
    places = [np.flatnonzero(labels == name) for name in sorted(set(labels))]
    parts = apportion_to_all(np.array([len(of) for of in places]), count, left=1)
    drawn = [rng.choice(of, part, replace=False) for of, part in zip(places, parts, strict=True)]
    return np.concatenate(drawn)


def _numbered(
    rows: int, parts: Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]]
) -> NDArray[np.int64]:
    fold = np.empty(rows, np.int64)
    for number, (_, valid) in enumerate(parts):
        fold[valid] = number
    return fold


def _require_groups(groups: NDArray[Any], k: int) -> None:
    count = len(np.unique(groups))
    if count < k:
        raise ValueError(f"it has {count} groups")


def _require_manifest_order(table: pd.DataFrame, manifest: pd.DataFrame, where: Path) -> None:
    if list(table["image_id"]) != list(labelled_rows(manifest)["image_id"]):
        raise UserError(
            f"{where}: does not list the manifest's labelled images in its order; "
            "delete the file and run again"
        )
