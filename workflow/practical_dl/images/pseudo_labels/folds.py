"""The rounds of all folds, beside the labels that none of them could reach."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.images.pictures.manifest import class_names, labelled_rows, unlabelled_rows
from practical_dl.images.pseudo_labels.material import read_roles
from practical_dl.images.pseudo_labels.rounds import read_round
from practical_dl.images.pseudo_labels.scores import Fold, fold_of, labels_of_all

TRUTH = ["image_id", "group", "label"]


def read_folds_rounds(
    manifest: pd.DataFrame,
    roles: Sequence[str | Path],
    rounds: Sequence[str | Path],
    truth: Sequence[str | Path] = (),
) -> list[Fold]:
    """The folds with their rounds; `rounds` are files round by round, each of all folds in order.

    `truth`: the table of the test pictures' classes, where it exists: scored with, never trained.
    """
    classes = class_names(manifest)
    known = manifest[manifest["label"] != ""]
    codes = {name: number for number, name in enumerate(classes)}
    labels = {
        image_id: codes[label]
        for image_id, label in zip(known["image_id"], known["label"], strict=True)
    }
    of_test = {
        row["image_id"]: codes[row["label"]]
        for path in truth
        for row in read_csv(path, TRUTH).to_dict("records")
    }
    group_of = manifest.set_index("image_id")["group"]
    found = []
    for number, path in enumerate(roles):
        dealt = read_roles(path)
        ids = dealt["image_id"]
        group = ids.map(group_of).to_numpy(dtype=object)
        group = np.where(group == "", ids, group)
        label = labels_of_all(labels, list(ids), of_test)
        left = [read_round(file) for file in rounds[number :: len(roles)]]
        found.append(fold_of(dealt, label, group, left))
    return found


def known_rows(manifest: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """image_id, group and label (index) of labelled pictures, the test's rows, the classes."""
    classes = class_names(manifest)
    codes = {name: number for number, name in enumerate(classes)}
    rows, tests = labelled_rows(manifest), unlabelled_rows(manifest)
    known = rows[["image_id", "group"]].assign(label=rows["label"].map(codes))
    return known, tests[["image_id", "group"]], classes
