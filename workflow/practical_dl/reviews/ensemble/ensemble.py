"""One probability from many models: weights chosen on the validation films, calibrated there too.

The log-odds of the models are added with weights of zero or more and an intercept, those with the
lowest log loss on the validation reviews. Their scale is free, so the sum is calibrated as it is
chosen (stacking, Wolpert 1992, with weights bounded as by Breiman 1996). A normal prior around
equal weights keeps few validation reviews from giving a model that says hardly anything a weight
of a dozen; with thousands it weighs little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from practical_dl.job.errors import UserError
from practical_dl.reviews.models.runs import Runs

Values = NDArray[np.float64]

PRIOR_DEVIATION = 0.5


@dataclass(frozen=True)
class Ensemble:
    """Weights of the models, in their order, and the intercept."""

    weights: Values
    intercept: float

    def probabilities(self, logits: Values) -> Values:
        """Probability (n,) of a positive review from log-odds (n, models)."""
        return expit(logits @ self.weights + self.intercept)

    def among(self, chosen: Sequence[bool]) -> "Ensemble":
        """The same ensemble of more models, those that are not `chosen` having no weight."""
        weights = np.zeros(len(chosen))
        weights[np.array(chosen)] = self.weights
        return Ensemble(weights, self.intercept)


def joined_logits(runs: Mapping[str, Runs]) -> Values:
    """Log-odds (n, models), joined by review id in the order of the first model.

    Raises:
        UserError: a model was scored on other reviews, or disagrees about the truth of one. Rows
            joined by place instead once gave an accuracy that no model had.
    """
    first_name, first = next(iter(runs.items()))
    columns = []
    for name, found in runs.items():
        place = {review: row for row, review in enumerate(found.ids)}
        if place.keys() != set(first.ids):
            raise UserError(f"ensemble: {name} was scored on other reviews than {first_name}")
        rows = np.array([place[review] for review in first.ids])
        if not (found.labels[rows] == first.labels).all():
            raise UserError(f"ensemble: {name} and {first_name} differ in the truth of a review")
        columns.append(found.logits()[rows])
    return np.column_stack(columns)


def fit_ensemble(logits: Values, labels: NDArray[np.int64]) -> Ensemble:
    """The most probable weights and intercept given (n, models) log-odds and the truth (n,)."""
    models = logits.shape[1]
    signs = 2 * labels - 1
    tightness = 1 / (PRIOR_DEVIATION**2 * len(labels))

    def loss(numbers: Values) -> tuple[float, Values]:
        margins = signs * (logits @ numbers[:-1] + numbers[-1])
        pull = -signs * expit(-margins) / len(labels)
        apart = numbers[:-1] - 1 / models
        penalty = tightness * (apart @ apart) / 2
        slope = np.append(logits.T @ pull + tightness * apart, pull.sum())
        return float(np.logaddexp(0, -margins).mean() + penalty), slope

    found = minimize(
        loss,
        np.append(np.full(models, 1 / models), 0),
        jac=True,
        method="L-BFGS-B",
        bounds=[*[(0, None)] * models, (None, None)],
    )
    return Ensemble(found.x[:-1], float(found.x[-1]))


def equal_weights(models: int) -> Ensemble:
    """The control: the plain mean of the log-odds."""
    return Ensemble(np.full(models, 1 / models), 0.0)
