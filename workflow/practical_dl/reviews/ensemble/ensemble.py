"""One probability from many models: weights chosen and calibrated on the validation films.

The log-odds of the models are added with weights of zero or more and an intercept, those with the
lowest log loss on the validation reviews. Of more than two classes the log-probabilities are added,
with an intercept for each. Their scale is free, so the sum is calibrated as it is
chosen (stacking, Wolpert 1992, with weights bounded as by Breiman 1996). A normal prior around
equal weights keeps few validation reviews from giving a useless model a weight of a dozen; with
thousands of reviews it hardly counts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, softmax

from practical_dl.job.errors import UserError
from practical_dl.reviews.models.runs import Runs, joined_frame
from practical_dl.scoring.by_class import of_both
from practical_dl.scoring.metrics import log_losses

Values = NDArray[np.float64]

ENSEMBLE, EQUAL = "ensemble", "ensemble_equal"
PRIOR_DEVIATION = 0.5


@dataclass(frozen=True)
class Ensemble:
    """Weights of the models, in their order, and the intercepts: one, or of more classes each."""

    weights: Values
    intercepts: Values

    def probabilities(self, scores: Values) -> Values:
        """Probabilities (n, classes) from the `joined_scores` of the models."""
        if scores.ndim == 2:
            return of_both(expit(scores @ self.weights + self.intercepts[0]))
        return softmax(_added(scores, self.weights) + self.intercepts, axis=1)

    def among(self, chosen: Sequence[bool]) -> "Ensemble":
        """The same ensemble of more models, those that are not `chosen` having no weight."""
        weights = np.zeros(len(chosen))
        weights[np.array(chosen)] = self.weights
        return Ensemble(weights, self.intercepts)


@dataclass(frozen=True)
class Weighed:
    """An ensemble's predictions by role, as frames, and its log loss on the validation part."""

    ensemble: Ensemble
    frames: dict[str, pd.DataFrame]
    valid_log_loss: float


def weigh_models(
    runs: Mapping[str, Mapping[str, Runs]], without: Mapping[str, Collection[str]], seed: int
) -> dict[str, Weighed]:
    """The ensemble and its controls by name: with equal weights, or without some of the models.

    Args:
        runs: by role (valid, test) and model.
        without: of each ensemble the models that it lacks; `EQUAL` has equal weights.
        seed: names the column of predictions.
    """
    members = list(runs["valid"])
    scores = {role: joined_scores(of_role) for role, of_role in runs.items()}
    first = {role: of_role[members[0]] for role, of_role in runs.items()}
    labels = first["valid"].labels
    weighed = {}
    for name, left_out in without.items():
        kept = [member not in left_out for member in members]
        chosen = scores["valid"][:, kept]
        found = equal_weights(chosen) if name == EQUAL else fit_ensemble(chosen, labels)
        weighed[name] = _weighed(found.among(kept), scores, first, seed)
    return weighed


def _weighed(
    ensemble: Ensemble, scores: Mapping[str, Values], first: Mapping[str, Runs], seed: int
) -> Weighed:
    said = {role: ensemble.probabilities(found) for role, found in scores.items()}
    frames = {role: joined_frame(first[role], said[role], seed) for role in scores}
    loss = float(log_losses(first["valid"].labels, said["valid"]).mean())
    return Weighed(ensemble, frames, loss)


def weights_report(members: Sequence[str], weighed: Mapping[str, Weighed]) -> dict[str, Any]:
    """The content of weights.json: weights and intercept of `ENSEMBLE`, the log losses of all.

    Of more than two classes the intercept is a list, one by class.
    """
    chosen = weighed[ENSEMBLE].ensemble
    losses = {
        f"{name}_valid_log_loss".removeprefix(f"{ENSEMBLE}_"): found.valid_log_loss
        for name, found in weighed.items()
    }
    weights = dict(zip(members, chosen.weights.tolist(), strict=True))
    intercepts = chosen.intercepts.tolist()
    return {
        "weights": weights,
        "intercept": intercepts[0] if len(intercepts) == 1 else intercepts,
        **losses,
    }


def joined_scores(runs: Mapping[str, Runs]) -> Values:
    """Log-odds (n, models), or of more than two classes log-probabilities (n, models, classes).

    They are joined by review id in the order of the first model.

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
        scores = found.logits() if len(found.classes) == 2 else found.log_probabilities()
        columns.append(scores[rows])
    return np.stack(columns, axis=1)


def fit_ensemble(scores: Values, labels: NDArray[np.int64]) -> Ensemble:
    """The most probable weights and intercepts given `joined_scores` and the truth (n,)."""
    return _fit_two(scores, labels) if scores.ndim == 2 else _fit_more(scores, labels)


def _fit_two(logits: Values, labels: NDArray[np.int64]) -> Ensemble:
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
    return Ensemble(found.x[:-1], found.x[-1:])


def _fit_more(scores: Values, labels: NDArray[np.int64]) -> Ensemble:
    rows, models, classes = scores.shape
    tightness = 1 / (PRIOR_DEVIATION**2 * rows)
    is_true = np.eye(classes)[labels]

    def loss(numbers: Values) -> tuple[float, Values]:
        weights, intercepts = numbers[:models], numbers[models:]
        said = log_softmax(_added(scores, weights) + intercepts, axis=1)
        off = (np.exp(said) - is_true) / rows
        apart = weights - 1 / models
        penalty = tightness * (apart @ apart + intercepts @ intercepts) / 2
        slope = np.einsum("nmk,nk->m", scores, off) + tightness * apart
        slopes = np.append(slope, off.sum(axis=0) + tightness * intercepts)
        return float(-said[is_true > 0].mean() + penalty), slopes

    found = minimize(
        loss,
        np.append(np.full(models, 1 / models), np.zeros(classes)),
        jac=True,
        method="L-BFGS-B",
        bounds=[*[(0, None)] * models, *[(None, None)] * classes],
    )
    return Ensemble(found.x[:models], found.x[models:])


def _added(scores: Values, weights: Values) -> Values:
    """Weighted sums (n, classes) of the scores (n, models, classes)."""
    return np.einsum("nmk,m->nk", scores, weights)


def equal_weights(scores: Values) -> Ensemble:
    """The control: the plain mean of the `joined_scores`."""
    models = scores.shape[1]
    intercepts = np.zeros(1 if scores.ndim == 2 else scores.shape[2])
    return Ensemble(np.full(models, 1 / models), intercepts)
