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
from practical_dl.scoring.metrics import DRAWS, SMALLEST_PROBABILITY, Values, is_grouped

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
    rng = np.random.default_rng(seed)
    by_group = pd.Series(row_values).groupby(pd.Series(groups).astype(str))
    if is_grouped(groups) and len(by_group) > 1 and value > 0:
        means = (by_group.sum() + ADDED * value) / (by_group.size() + ADDED)
        drawn = _of_groups(np.asarray(means, np.float64), new_groups, rng)
    else:
        drawn = _of_rows(np.asarray(by_group.mean(), np.float64), new_groups, rng)
    low, high = np.percentile(drawn, ENDS)
    return Interval(value, float(low), float(high))


def expected_share(
    hits: Values, groups: NDArray[np.generic], new_groups: int, seed: int
) -> Interval:
    """The same of a share: `hits` (n,) are 0 or 1, and the misses are what groups differ in."""
    missed = expected_score(1 - hits, groups, new_groups, seed)
    return Interval(1 - missed.value, 1 - min(1.0, missed.high), 1 - missed.low)


def _of_groups(means: Values, new_groups: int, rng: np.random.Generator) -> Values:
    """Means of new groups, none above LARGEST; logarithms are as those of the known `means`."""
    logs, count = np.log(means), len(means)
    deviation = np.sqrt((count - 1) * logs.var(ddof=1) / rng.chisquare(count - 1, DRAWS))
    centre = logs.mean() + deviation / np.sqrt(count) * rng.normal(size=DRAWS)
    drawn = centre[:, None] + deviation[:, None] * rng.normal(size=(DRAWS, new_groups))
    found: Values = np.exp(np.minimum(drawn, np.log(LARGEST))).mean(axis=1)
    return found


def _of_rows(means: Values, new_rows: int, rng: np.random.Generator) -> Values:
    """Means of rows drawn again from resamples of the known ones."""
    known = rng.integers(len(means), size=(DRAWS, len(means)))
    picked = rng.integers(len(means), size=(DRAWS, new_rows))
    found: Values = means[np.take_along_axis(known, picked, axis=1)].mean(axis=1)
    return found
