"""One probability from many models: weights chosen and calibrated on the validation films.

The log-odds of the models are added with weights of zero or more and an intercept, those with the
lowest log loss on the validation reviews. Their scale is free, so the sum is calibrated as it is
chosen (stacking, Wolpert 1992, with weights bounded as by Breiman 1996). A normal prior around
equal weights keeps few validation reviews from giving a useless model a weight of a dozen; with
thousands of reviews it hardly counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from practical_dl.job.errors import UserError
from practical_dl.reviews.models.runs import Runs, joined_frame
from practical_dl.scoring.metrics import log_losses

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


@dataclass(frozen=True)
class Weighed:
    """An ensemble's predictions by role, as frames, and its log loss on the validation part."""

    ensemble: Ensemble
    frames: dict[str, pd.DataFrame]
    valid_log_loss: float


def weigh_models(
    runs: Mapping[str, Mapping[str, Runs]], transductive: str, seed: int
) -> dict[str, Weighed]:
    """The ensemble (""), and its controls: "equal" weights, and "inductive", without one model.

    Args:
        runs: by role (valid, test) and model.
        transductive: the model that has read the texts of the reviews that it is scored on.
        seed: names the column of predictions.
    """
    members = list(runs["valid"])
    logits = {role: joined_logits(of_role) for role, of_role in runs.items()}
    first = {role: of_role[members[0]] for role, of_role in runs.items()}
    labels = first["valid"].labels
    kept = [member != transductive for member in members]
    ensembles = {
        "": fit_ensemble(logits["valid"], labels),
        "equal": equal_weights(len(members)),
        "inductive": fit_ensemble(logits["valid"][:, kept], labels).among(kept),
    }
    return {name: _weighed(found, logits, first, seed) for name, found in ensembles.items()}


def _weighed(
    ensemble: Ensemble, logits: Mapping[str, Values], first: Mapping[str, Runs], seed: int
) -> Weighed:
    positive = {role: ensemble.probabilities(found) for role, found in logits.items()}
    frames = {role: joined_frame(first[role], positive[role], seed) for role in logits}
    both = np.column_stack([1 - positive["valid"], positive["valid"]])
    loss = float(log_losses(first["valid"].labels, both).mean())
    return Weighed(ensemble, frames, loss)


def weights_report(members: Sequence[str], weighed: Mapping[str, Weighed]) -> dict[str, Any]:
    """The content of weights.json: weights and intercept of the ensemble, all log losses."""
    chosen = weighed[""].ensemble
    losses = {
        f"{name}_valid_log_loss".removeprefix("_"): found.valid_log_loss
        for name, found in weighed.items()
    }
    weights = dict(zip(members, chosen.weights.tolist(), strict=True))
    return {"weights": weights, "intercept": chosen.intercept, **losses}


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
