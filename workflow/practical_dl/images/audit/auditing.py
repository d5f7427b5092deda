"""One audit of an image set, from what its pictures look like and its features to the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.audit import copies, groups, outliers, suspects
from practical_dl.images.audit.corrections import proposed_corrections
from practical_dl.images.audit.looks import Looks
from practical_dl.images.features.look_alikes import nearest
from practical_dl.images.folds.linear import FLOOR_C, fit_linear_folds
from practical_dl.images.pictures.manifest import is_grouped
from practical_dl.images.pictures.splits import folds
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log

Rows = NDArray[np.int64]
Points = NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """The configuration's `audit`, the number of folds and the seed."""

    groups: float
    copies: float
    folds: int
    seed: int


def audit(
    rows: pd.DataFrame,
    classes: Sequence[str],
    looks: Looks,
    points: Points,
    settings: Settings,
    log: Log,
) -> dict[str, pd.DataFrame]:
    """The tables copies, groups, suspects, outliers and corrections of an image set.

    Args:
        rows: the manifest's columns and `role` ('' where unknown), the labelled pictures first.
        classes: their names, sorted.
        looks, points: of each of the rows; points (n, d) are features.
    """
    labelled = rows[rows["split"] == "train"]
    count = len(labelled)
    near_all = nearest(points, groups.NEIGHBOURS)
    by_edges = nearest(copies.projected_edges(looks.edges, settings.seed), groups.NEIGHBOURS)
    near = nearest(points[:count], groups.NEIGHBOURS)
    own = looks.edges[:count]
    names = groups.group_names(groups.proposed_groups(near, own, settings.groups))
    log.info("groups: proposed")
    dealt = _dealt(labelled, names, settings, log)
    labels = pd.Categorical(labelled["label"], categories=list(classes)).codes.astype(np.int64)
    fitted = fit_linear_folds(
        points[:count] / points.std(), labels, dealt, points[:0], FLOOR_C, log
    )
    shares = suspects.neighbour_shares(labels, near, len(classes))
    probabilities, share = suspects.mixed(labels, fitted.out_of_fold[0], shares)
    log.show(f"label suspects: neighbours count for {share:.0%}, the models for the rest")
    found = {
        "copies": copies.copies(
            rows, looks, np.hstack([near_all, by_edges]), points, settings.copies
        ),
        "groups": pd.DataFrame({"image_id": labelled["image_id"], "group": names}),
        "suspects": suspects.suspects(
            labelled.assign(label=labels), list(classes), probabilities, near
        ),
        "outliers": outliers.outliers(
            rows, looks.measures, outliers.nearest_distance(points, near_all)
        ),
    }
    wrong = _of_labelled(found, set(labelled["image_id"]))
    return {**found, "corrections": proposed_corrections(**wrong)}


def _dealt(labelled: pd.DataFrame, names: list[str], settings: Settings, log: Log) -> Rows:
    """The fold of each labelled picture: by its known groups, else by the proposed ones."""
    kinds = [("known groups", labelled)] if is_grouped(labelled) else []
    kinds += [("proposed groups", labelled.assign(group=names))]
    kinds += [("single pictures", labelled.assign(group=""))]
    for kind, table in kinds[:-1]:
        try:
            found: Rows = folds(table, settings.folds, settings.seed)["fold"].to_numpy(np.int64)
        except UserError as error:
            log.show(f"label suspects: no folds of {kind} ({error})")
            continue
        log.show(f"label suspects: by models that were trained on other {kind}")
        return found
    kind, table = kinds[-1]
    log.show(f"label suspects: by models that were trained on other {kind}")
    single: Rows = folds(table, settings.folds, settings.seed)["fold"].to_numpy(np.int64)
    return single


def _of_labelled(found: Mapping[str, pd.DataFrame], ids: set[str]) -> dict[str, Any]:
    """What a person can decide on: the labelled pictures."""
    return {
        "suspects": found["suspects"],
        "outliers": found["outliers"][found["outliers"]["image_id"].isin(ids)],
        "copies": found["copies"],
    }
