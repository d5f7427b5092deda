"""Which unlabelled pictures are trained on, with which labels, and how much they count.

Pseudo-labels: Lee 2013, Pseudo-Label: The Simple and Efficient Semi-Supervised Learning Method for
Deep Neural Networks; soft ones as in fast.ai Practical Deep Learning, lesson 4.
"""

import numpy as np
from numpy.typing import NDArray

from practical_dl.images.pseudo_labels.setting import Setting

Probabilities = NDArray[np.float32]


def chosen_rows(predicted: Probabilities, threshold: float, balanced: bool) -> NDArray[np.int64]:
    """Ascending rows of `predicted` (n, classes) whose pseudo-labels are trained on.

    Those whose likeliest class has at least `threshold`; with `balanced`, of each class its surest
    ones, at most as many as an even division of these rows over all classes gives it.
    """
    surest, label = predicted.max(axis=1), predicted.argmax(axis=1)
    passed = np.flatnonzero(surest >= threshold)
    if not balanced:
        return passed
    quota = -(-len(passed) // predicted.shape[1])
    order = passed[np.argsort(-surest[passed], kind="stable")]
    kept = [order[label[order] == number][:quota] for number in range(predicted.shape[1])]
    return np.sort(np.concatenate(kept))


def pseudo_targets(
    predicted: Probabilities, setting: Setting, number: int, seed: int
) -> Probabilities:
    """Targets (n, classes) of the rows `predicted` in round `number` (from 1).

    Cross-entropy is linear in its targets, so a weight is a factor of them.
    """
    targets = predicted
    if setting.labels == "hard":
        targets = np.eye(predicted.shape[1], dtype=np.float32)[predicted.argmax(axis=1)]
    if setting.shuffled:
        targets = np.random.default_rng([seed, number]).permutation(targets)
    weight = setting.weight * min(1.0, number / setting.ramp_up)
    return (weight * targets).astype(np.float32)


def whole_batch(true_rows: int, share: float) -> int:
    """Rows of a batch in which `true_rows` are what a `share` of predicted ones leaves."""
    return round(true_rows / (1 - share))


def changed_share(before: Probabilities, after: Probabilities) -> float:
    """Share of the rows whose likeliest class is not what it was."""
    return float((before.argmax(axis=1) != after.argmax(axis=1)).mean())


def agreement(before: Probabilities, after: Probabilities) -> float:
    """Mean overlap of two predictions of the same rows: 1 where they are equal, 0 at no overlap.

    One minus the total variation distance.
    """
    return float(np.minimum(before, after).sum(axis=1).mean())
