"""Whether a model has collapsed: one class for nearly every row, and with confidence.

At too high a first learning rate a softmax settles there (fast.ai Practical Deep Learning,
lesson 4): the loss is then far above that of equal probabilities and hardly falls.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGEST_SHARE = 0.9
LEAST_CONFIDENCE = 0.9
LEAST_EXCESS = 0.1


def collapse_check(probabilities: NDArray[Any], labels: NDArray[Any]) -> dict[str, Any]:
    """Look for one confident class in `probabilities` (n, classes) of rows with true `labels` (n,).

    Returns:
        share: of the rows, that the most predicted class gets; confidence: mean probability of
        the predicted class; collapsed: both are at least 0.9, and the share is at least 0.1 above
        that of the most frequent true class (so a lopsided set alone is no collapse).
    """
    share = _largest_share(probabilities.argmax(axis=1))
    confidence = float(probabilities.max(axis=1).mean())
    one_class = share >= max(LARGEST_SHARE, _largest_share(labels) + LEAST_EXCESS)
    return {
        "share": share,
        "confidence": confidence,
        "collapsed": one_class and confidence >= LEAST_CONFIDENCE,
    }


def describe_collapse(check: dict[str, Any]) -> str:
    """One line for a log."""
    state = "collapsed" if check["collapsed"] else "not collapsed"
    return (
        f"{state}: the most predicted class gets {100 * check['share']:.1f} % of the rows, "
        f"mean confidence {check['confidence']:.2f}"
    )


def _largest_share(labels: NDArray[Any]) -> float:
    return float(np.bincount(labels).max() / len(labels))
