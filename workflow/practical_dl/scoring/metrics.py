"""Scores with intervals that respect groups, and paired comparisons on identical rows.

Every score here is a function of the mean of one value a row (its log loss, whether it is right,
its squared or absolute error). The 95 % interval is a percentile bootstrap that draws whole
groups (drivers, users, films), since the rows of one group are not independent:
Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapters 8 and 13.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import sha256_of_rows
from practical_dl.job.errors import UserError
from practical_dl.scoring.interval import Interval

Values = NDArray[np.float64]

DRAWS = 2000
LARGEST_DRAW = 1_000_000
"""Numbers drawn at once: bounds the memory of many groups."""
FEWEST_GROUPS = 5
NOT_GROUPED = "not grouped"
PROPOSED = "proposed"
"""The names of groups that an audit proposes begin with it; see `are_proposed`."""
SMALLEST_PROBABILITY = 1e-15


def log_losses(labels: NDArray[Any], probabilities: Values) -> Values:
    """Natural log loss of each row: `labels` (n,) class indices, `probabilities` (n, classes).

    Probabilities are bounded to [1e-15, 1] as in the competition, rows are normalised.
    """
    normalised = probabilities / probabilities.sum(axis=1, keepdims=True)
    chosen = normalised[np.arange(len(labels)), labels]
    return -np.log(np.clip(chosen, SMALLEST_PROBABILITY, 1.0))


def clip_from_below(probabilities: NDArray[Any], floor: float) -> NDArray[Any]:
    """Raise (n, classes) probabilities to at least `floor`, then make rows sum to one again.

    Log loss punishes a confident mistake without bound; the floor bounds it. Rows are
    normalised before clipping too, so that `floor` is a probability.

    Raises:
        UserError: `floor` is not from 0 to less than 1 / classes.
    """
    classes = probabilities.shape[1]
    if not 0 <= floor < 1 / classes:
        raise UserError(f"clip floor {floor}: must be from 0 to less than 1/{classes}")
    normalised = probabilities / probabilities.sum(axis=1, keepdims=True)
    clipped = np.maximum(normalised, floor)
    return clipped / clipped.sum(axis=1, keepdims=True)


def hits(labels: NDArray[Any], probabilities: Values) -> Values:
    """1.0 where the most probable class is the true one, else 0.0: (n,)."""
    return (probabilities.argmax(axis=1) == labels).astype(np.float64)


def classification_scores(
    labels: NDArray[Any], probabilities: Values, groups: NDArray[Any], seed: int
) -> dict[str, Interval]:
    """Log loss and accuracy with their intervals."""
    return {
        "log_loss": score(log_losses(labels, probabilities), groups, seed),
        "accuracy": share_score(hits(labels, probabilities), groups, seed),
    }


def rating_scores(
    ratings: Values, predictions: Values, groups: NDArray[Any], seed: int
) -> dict[str, Interval]:
    """RMSE, MAE (stars) and MSE (stars squared) with their intervals."""
    errors = predictions - ratings
    return {
        "rmse": score(errors**2, groups, seed, np.sqrt),
        "mae": score(np.abs(errors), groups, seed),
        "mse": score(errors**2, groups, seed),
    }


def score(
    row_values: Values,
    groups: NDArray[Any],
    seed: int,
    transform: Callable[[Values], Values] = np.asarray,
) -> Interval:
    """`transform` of the mean of `row_values` (n,), with the 95 % interval over `groups` (n,)."""
    draws = transform(resampled_means(row_values, groups, seed))
    low, high = np.percentile(draws, [2.5, 97.5])
    value = transform(np.asarray(row_values.mean()))
    return Interval(float(value), float(low), float(high))


def share_score(row_hits: Values, groups: NDArray[Any], seed: int) -> Interval:
    """The share of `row_hits` (n,), each 0 or 1, with its 95 % interval over `groups` (n,).

    Where all are alike, every draw is too, and the interval is `interval_of_one_kind`.
    """
    found = score(row_hits, groups, seed)
    if found.value not in (0.0, 1.0):
        return found
    return interval_of_one_kind(found.value, len(pd.unique(groups)))


def interval_of_one_kind(value: float, count: int) -> Interval:
    """The exact 95 % interval of a share of which `count` trials all missed (0) or all hit (1).

    Clopper and Pearson 1934. Rows of one group count as one trial, as in the resampling.
    """
    bound = 0.025 ** (1 / count)
    return Interval(1.0, bound, 1.0) if value else Interval(0.0, 0.0, 1 - bound)


def paired_difference(
    row_values: Values, control: Values, groups: NDArray[Any], seed: int
) -> Interval:
    """Mean of `row_values - control` on the same rows, with its interval over `groups`."""
    return score(row_values - control, groups, seed)


def score_difference(
    row_values: Values,
    control: Values,
    groups: NDArray[Any],
    seed: int,
    transform: Callable[[Values], Values],
) -> Interval:
    """`transform` of the mean of `row_values` less that of `control`, on the same rows.

    Its 95 % interval is over `groups` drawn alike for both.
    """
    drawn, drawn_of_control = (
        transform(resampled_means(values, groups, seed)) for values in (row_values, control)
    )
    low, high = np.percentile(drawn - drawn_of_control, [2.5, 97.5])
    value = transform(np.asarray(row_values.mean())) - transform(np.asarray(control.mean()))
    return Interval(float(value), float(low), float(high))


def report(
    model: str,
    part: str,
    ids: NDArray[Any],
    groups: NDArray[Any],
    scores: Mapping[str, Mapping[str, float]],
    seed: int,
) -> dict[str, Any]:
    """The content of a metrics.json: what was scored, on which rows, how well, how surely."""
    return {
        "model": model,
        "part": part,
        "n": len(ids),
        "groups": len(pd.unique(groups)),
        "scores": {name: dict(values) for name, values in scores.items()},
        "interval": describe_interval(groups),
        "seed": seed,
        "rows": sha256_of_rows(list(ids)),
    }


def describe_interval(groups: NDArray[Any]) -> str:
    """Say what the intervals are resampled over, and when they cannot be relied on."""
    count = len(pd.unique(groups))
    if not is_grouped(groups):
        return f"95 %, resampled over rows: {NOT_GROUPED}"
    kind = f"{PROPOSED} groups" if are_proposed(groups) else "groups"
    if count < FEWEST_GROUPS:
        return f"95 %, resampled over {count} {kind}: unreliable, fewer than {FEWEST_GROUPS} groups"
    return f"95 %, resampled over {count} {kind}"


def is_grouped(groups: NDArray[Any]) -> bool:
    """Whether any two rows are of one group."""
    return len(pd.unique(groups)) < len(groups)


def are_proposed(groups: NDArray[Any]) -> bool:
    """Whether an audit proposed some of the groups: nobody has written them down."""
    return any(str(name).startswith(f"{PROPOSED} ") for name in pd.unique(groups))


def resampled_means(row_values: Values, groups: NDArray[Any], seed: int) -> Values:
    """Means of `row_values` in 2,000 samples of whole `groups`, drawn with replacement."""
    codes, names = pd.factorize(groups)
    count = len(names)
    sums = np.bincount(codes, weights=row_values, minlength=count)
    counts = np.bincount(codes, minlength=count).astype(np.float64)
    rng = np.random.default_rng(seed)
    at_once = max(1, LARGEST_DRAW // max(1, count))
    means = np.empty(DRAWS)
    for start in range(0, DRAWS, at_once):
        part = means[start : start + at_once]
        chosen = rng.integers(count, size=(len(part), count))
        part[:] = sums[chosen].sum(axis=1) / counts[chosen].sum(axis=1)
    return means
