"""The score to expect of groups to come, with an interval that holds the truth as often as it says.

Groups (drivers) differ by factors, not by amounts, and few are known: a bootstrap over fourteen or
twenty of them leaves the truth out twice as often as it should. So the logarithms of the groups'
means are taken as normal, with mean and variance unknown; what is drawn from their posterior
(Jeffreys' prior: Gelman et al., Bayesian Data Analysis, 3.2) are as many new groups as a test has.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import (
    DRAWS,
    SMALLEST_PROBABILITY,
    Values,
    interval_of_one_kind,
    is_grouped,
)

ENDS = (2.5, 97.5)
LARGEST = -np.log(SMALLEST_PROBABILITY)
"""Of all log losses, in nats: probabilities are bounded."""
ADDED = 0.5
"""Rows of the mean of all that each group is given, so that none has a mean of zero."""


def expected_score(
    row_values: Values, groups: NDArray[np.generic], new_groups: int, seed: int
) -> Interval:
    """Mean of `row_values` (n,), not negative, and the 95 % interval of that of `new_groups`.

    The luck of the groups that are known and of those to come is in it. New groups weigh alike.
    Rows without groups are drawn as they are, and so is a group that is alone.
    """
    value = float(row_values.mean())
    by_group = pd.Series(row_values).groupby(pd.Series(groups).astype(str))
    if is_grouped(groups) and len(by_group) > 1 and value > 0:
        means = (by_group.sum() + ADDED * value) / (by_group.size() + ADDED)
        logs = _new_groups(np.log(np.asarray(means, np.float64)), new_groups, seed)
        drawn = np.exp(np.minimum(logs, np.log(LARGEST))).mean(axis=1)
    else:
        drawn = _new_rows(np.asarray(by_group.mean(), np.float64), new_groups, seed)
    return _interval(value, drawn)


def expected_share(
    hits: Values, groups: NDArray[np.generic], new_groups: int, seed: int
) -> Interval:
    """The same of a share: `hits` (n,) are 0 or 1, and groups differ by amounts, from 0 to 1."""
    value = float(hits.mean())
    means = np.asarray(pd.Series(hits).groupby(pd.Series(groups).astype(str)).mean(), np.float64)
    if value in (0.0, 1.0):
        return interval_of_one_kind(value, len(means))
    if is_grouped(groups) and len(means) > 1:
        drawn = np.clip(_new_groups(means, new_groups, seed).mean(axis=1), 0, 1)
    else:
        drawn = _new_rows(means, new_groups, seed)
    return _interval(value, drawn)


def _new_groups(values: Values, new_groups: int, seed: int) -> Values:
    """Values (DRAWS, new_groups) of new groups that are as the known ones: normal."""
    rng, count = np.random.default_rng(seed), len(values)
    deviation = np.sqrt((count - 1) * values.var(ddof=1) / rng.chisquare(count - 1, DRAWS))
    centre = values.mean() + deviation / np.sqrt(count) * rng.normal(size=DRAWS)
    found: Values = centre[:, None] + deviation[:, None] * rng.normal(size=(DRAWS, new_groups))
    return found


def _new_rows(means: Values, new_rows: int, seed: int) -> Values:
    """Means (DRAWS,) of rows drawn again from resamples of the known ones."""
    rng = np.random.default_rng(seed)
    known = rng.integers(len(means), size=(DRAWS, len(means)))
    picked = rng.integers(len(means), size=(DRAWS, new_rows))
    found: Values = means[np.take_along_axis(known, picked, axis=1)].mean(axis=1)
    return found


def _interval(value: float, drawn: Values) -> Interval:
    low, high = np.percentile(drawn, ENDS)
    return Interval(value, float(low), float(high))
