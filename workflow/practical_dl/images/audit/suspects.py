"""Labels that are likely wrong, by confident learning.

Northcutt, Jiang and Chuang 2021, Confident Learning: Estimating Uncertainty in Dataset Labels: a
picture counts for another class than its own where the probability of that class, by a model that
was not trained on the picture, is at least the mean that pictures of the class have for it. Such
pictures are the suspects, ranked by how much less probable their own class is than the other.

The probability is the mean of two: of a linear model trained on other groups, and the share of
the classes among the nearest pictures. The first knows the class but not the scene, the second
the scene; a wrong label among frames of one scene shows in the second, a scene whose labels are
all wrong in the first.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Values = NDArray[np.float64]

COLUMNS = ["image_id", "label", "predicted", "own", "other", "neighbours"]


def neighbour_shares(labels: Rows, near: Rows, classes: int) -> Values:
    """Shares of the classes among the `near` (n, k) pictures of each: (n, classes)."""
    shares = np.zeros((len(labels), classes))
    for column in near.T:
        shares[np.arange(len(labels)), labels[column]] += 1 / near.shape[1]
    return shares


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

    `own` and `other` are the probabilities of the given and of the predicted class, `neighbours`
    the classes of the nearest pictures with their number.

    Args:
        rows: image_id and label (index into `names`) of the labelled pictures.
        probabilities: see `confident_classes`.
        near: the nearest labelled pictures of each: (n, k).
    """
    labels = rows["label"].to_numpy(np.int64)
    found = confident_classes(labels, probabilities)
    at = np.flatnonzero((found >= 0) & (found != labels))
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
            "neighbours": [_counted(labels[near[row]], names) for row in at],
        },
        columns=COLUMNS,
    )


def _counted(labels: NDArray[Any], names: list[str]) -> str:
    """`8 cat, 2 dog`: the commonest first."""
    counts = pd.Series([names[label] for label in labels], dtype=str).value_counts()
    return ", ".join(f"{count} {name}" for name, count in counts.items())
