"""Features that are the same in every picture, as a network with random weights may give them."""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating]
LEAST_SHARE = 0.5
"""Of the features: a trained network too has some that its pictures never rouse."""


class Extremes:
    """The least and the largest value of each feature in all the pictures that were added."""

    def __init__(self) -> None:
        self._low: Values | None = None
        self._high: Values | None = None
        self._pictures = 0

    def add(self, features: Values) -> None:
        """Add pictures: features (n, ..., channels), as float16 keeps them."""
        rows = features.reshape(-1, features.shape[-1])
        low, high = (end.astype(np.float16) for end in (rows.min(axis=0), rows.max(axis=0)))
        self._low = low if self._low is None else np.minimum(self._low, low)
        self._high = high if self._high is None else np.maximum(self._high, high)
        self._pictures += len(features)

    def warning(self) -> str | None:
        """A sentence where most features are the same in all of several pictures, else None."""
        if self._low is None or self._high is None or self._pictures < 2:
            return None
        constant, channels = int((self._low == self._high).sum()), len(self._low)
        if constant < LEAST_SHARE * channels:
            return None
        return (
            f"{constant:,} of {channels:,} features are the same in every picture, so that little "
            "can be learned from them; check the backbone's weights and layer"
        )


def warning_of(features: Values) -> str | None:
    """The warning that features (n, ..., channels) of all pictures deserve, if any."""
    extremes = Extremes()
    extremes.add(features)
    return extremes.warning()
