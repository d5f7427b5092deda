"""Labels that are likely wrong: what the model and the neighbours of a picture call otherwise.

Two opinions on each picture know nothing of its own label: a linear model that was trained on other
groups, and the classes of the nearest pictures. The first knows the class but not the scene, the
second the scene: a wrong label among frames of one scene shows in the second, a scene whose labels
are all wrong in the first alone. They are mixed in the share at which they tell the given labels
best. A picture whose most probable class is not its own is a suspect, ranked by how much less
probable its own class is. It is a sure one by the counts of confident learning (Northcutt, Jiang
and Chuang 2021, Confident Learning: Estimating Uncertainty in Dataset Labels): if the probability
of the other class is at least the mean that pictures of that class have for it.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.scoring.metrics import SMALLEST_PROBABILITY

Rows = NDArray[np.int64]
Values = NDArray[np.float64]

COLUMNS = ["image_id", "label", "predicted", "own", "other", "sure", "neighbours"]
MIXES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of the neighbours' opinion that are tried."""


def neighbour_shares(labels: Rows, near: Rows, classes: int) -> Values:
    """Shares of the classes among the `near` (n, k) pictures of each: (n, classes).

    One more neighbour, of all classes alike, keeps every class possible.
    """
    shares = np.full((len(labels), classes), 1 / classes)
    for column in near.T:
        shares[np.arange(len(labels)), labels[column]] += 1
    return shares / (near.shape[1] + 1)


def mixed(labels: Rows, by_model: Values, by_neighbours: Values) -> tuple[Values, float]:
    """The mix of both opinions (n, classes) that tells the labels best, and the second's share."""
    each = np.arange(len(labels))
    mixes = {share: (1 - share) * by_model + share * by_neighbours for share in MIXES}
    losses = {
        share: -np.log(np.maximum(mix[each, labels], SMALLEST_PROBABILITY)).mean()
        for share, mix in mixes.items()
    }
    best = min(MIXES, key=losses.__getitem__)
    return mixes[best], best


def confident_classes(labels: Rows, probabilities: Values) -> Rows:
    """The class that each picture counts for, (n,): -1 where there is none.

    Args:
        labels: (n,) index of the given class.
        probabilities: (n, classes) by models that were not trained on the picture.
    """
    classes = probabilities.shape[1]
    own = probabilities[np.arange(len(labels)), labels]
    counts = np.bincount(labels, minlength=classes)
    means = np.bincount(labels, own, minlength=classes) / np.maximum(counts, 1)
    means[counts == 0] = np.inf
    reached = np.where(probabilities >= means, probabilities, -1)
    best: Rows = reached.argmax(axis=1)
    return np.where(reached.max(axis=1) >= 0, best, -1)


def suspects(
    rows: pd.DataFrame, names: list[str], probabilities: Values, near: Rows
) -> pd.DataFrame:
    """The pictures whose label is likely wrong, the most likely first: COLUMNS.

    `own` and `other` are the probabilities of the given and of the predicted class, `sure` (yes,
    no) as at the top of this module, `neighbours` the classes of the nearest pictures with their
    number.

    Args:
        rows: image_id and label (index into `names`) of the labelled pictures.
        probabilities: see `confident_classes`.
        near: the nearest labelled pictures of each: (n, k).
    """
    labels = rows["label"].to_numpy(np.int64)
    found = probabilities.argmax(axis=1)
    confident = confident_classes(labels, probabilities)
    at = np.flatnonzero(found != labels)
    own, other = probabilities[at, labels[at]], probabilities[at, found[at]]
    order = np.argsort(own - other, kind="stable")
    at, own, other = at[order], own[order], other[order]
    return pd.DataFrame(
        {
            "image_id": rows["image_id"].to_numpy()[at],
            "label": [names[label] for label in labels[at]],
            "predicted": [names[label] for label in found[at]],
            "own": own.round(4),
            "other": other.round(4),
            "sure": np.where(confident[at] == found[at], "yes", "no"),
            "neighbours": [_counted(labels[near[row]], names) for row in at],
        },
        columns=COLUMNS,
    )


def _counted(labels: NDArray[Any], names: list[str]) -> str:
    """`8 cat, 2 dog`: the commonest first."""
    counts = pd.Series([names[label] for label in labels], dtype=str).value_counts()
    return ", ".join(f"{count} {name}" for name, count in counts.items())
