"""Choosing the chain's numbers on labelled rows, one step after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import log_softmax

from practical_dl.images.ensemble.chain import Logs, Part, Tuned, apply_chain, with_neighbours
from practical_dl.scoring.metrics import log_losses

Labels = NDArray[np.int64]
TEMPERATURES = (0.2, 5.0)


@dataclass(frozen=True)
class Choices:
    """Which steps run, and what is tried for them; an empty list or False leaves a step out.

    A step in `leave_out` is no part of the chain, but the ablation measures what it would give.
    """

    neighbours: Sequence[int]
    neighbour_weights: Sequence[float]
    weights: bool
    balance: bool
    temperature: bool
    floors: Sequence[float]
    leave_out: Sequence[str] = ()

    def measured(self) -> list[str]:
        """The names of the steps that anything is tried for, in order."""
        on = {
            "neighbours": self.neighbours and self.neighbour_weights,
            "weights": self.weights,
            "balance": self.balance,
            "temperature": self.temperature,
            "clip": self.floors,
        }
        return [name for name, runs in on.items() if runs]

    def steps(self) -> list[str]:
        """The names of the steps of the chain, in order."""
        return [name for name in self.measured() if name not in self.leave_out]

    def only(self, steps: Sequence[str]) -> "Choices":
        """The same with no others than these steps."""
        return Choices(
            self.neighbours if "neighbours" in steps else (),
            self.neighbour_weights,
            self.weights and "weights" in steps,
            self.balance and "balance" in steps,
            self.temperature and "temperature" in steps,
            self.floors if "clip" in steps else (),
        )


def tune(parts: Sequence[Part], labels: Sequence[Labels], choices: Choices) -> Tuned:
    """Choose every number by the log loss of `labels` (one array per part), in order."""
    everything = np.concatenate(labels)
    models, _, classes = parts[0].logs.shape
    shares = np.bincount(everything, minlength=classes) / len(everything)
    tuned = Tuned((1 / models,) * models, tuple(shares.tolist()))
    if choices.neighbours and choices.neighbour_weights:
        tuned = _tune_neighbours(parts, labels, choices, tuned)
    if choices.weights and models > 1:
        logs = [_smoothed(part, tuned) for part in parts]
        tuned = replace(tuned, weights=ensemble_weights(np.concatenate(logs, axis=1), everything))
    tuned = replace(tuned, balance=choices.balance)
    if choices.temperature:
        logs_of_all = np.log(_predicted(parts, tuned))
        tuned = replace(tuned, temperature=best_temperature(logs_of_all, everything))
    if choices.floors:
        losses = {
            floor: _loss(parts, everything, replace(tuned, floor=floor)) for floor in choices.floors
        }
        tuned = replace(tuned, floor=min(losses, key=lambda floor: losses[floor]))
    return tuned


def ensemble_weights(logs: Logs, labels: Labels) -> tuple[float, ...]:
    """Weights (not negative, summing to one) with the least log loss of the geometric mean.

    `logs` (models, n, classes). The loss is convex in the weights; SciPy's SLSQP finds its
    minimum with the exact gradient.
    """
    models, count, _ = logs.shape
    true = logs[:, np.arange(count), labels].mean(axis=1)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        mixed = np.tensordot(weights, logs, axes=1)
        normalised = log_softmax(mixed, axis=1)
        expected = np.einsum("nc,mnc->m", np.exp(normalised), logs) / count
        return float(-normalised[np.arange(count), labels].mean()), expected - true

    found = minimize(
        loss,
        np.full(models, 1 / models),
        jac=True,
        method="SLSQP",
        bounds=[(0, 1)] * models,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like},
        options={"maxiter": 200},
    )
    weights = np.clip(found.x, 0, 1)
    return tuple((weights / weights.sum()).tolist())


def best_temperature(logs: Logs, labels: Labels) -> float:
    """The number by which `logs` (n, classes) are divided for the least log loss."""
    rows = np.arange(len(labels))

    def loss(log_temperature: float) -> float:
        scaled = log_softmax(logs / np.exp(log_temperature), axis=1)
        return float(-scaled[rows, labels].mean())

    found = minimize_scalar(loss, bounds=tuple(np.log(TEMPERATURES)), method="bounded")
    return float(np.exp(found.x))


def cross_fitted(
    parts: Mapping[int, Part], labels: Mapping[int, Labels], choices: Choices
) -> dict[int, NDArray[np.float64]]:
    """Probabilities of each part by a chain that was tuned on all the others."""
    tuned = tuned_without_each(parts, labels, choices)
    return {held_out: apply_chain(part, tuned[held_out]) for held_out, part in parts.items()}


def tuned_without_each(
    parts: Mapping[int, Part], labels: Mapping[int, Labels], choices: Choices
) -> dict[int, Tuned]:
    """For each part the chain that was tuned on all the others."""
    found = {}
    for held_out in parts:
        others = [name for name in parts if name != held_out]
        found[held_out] = tune(
            [parts[name] for name in others], [labels[name] for name in others], choices
        )
    return found


def _tune_neighbours(
    parts: Sequence[Part], labels: Sequence[Labels], choices: Choices, tuned: Tuned
) -> Tuned:
    everything = np.concatenate(labels)
    means = [Part(part.logs.mean(axis=0, keepdims=True), part.neighbours) for part in parts]
    tried = [
        (count, weight) for count in choices.neighbours for weight in choices.neighbour_weights
    ]
    losses = [_loss(means, everything, Tuned((1,), tuned.shares, *one)) for one in tried]
    count, weight = tried[int(np.argmin(losses))]
    return replace(tuned, neighbours=count, neighbour_weight=weight)


def _smoothed(part: Part, tuned: Tuned) -> Logs:
    if tuned.neighbours is None or tuned.neighbour_weight is None:
        return part.logs
    return with_neighbours(part.logs, part.neighbours, tuned.neighbours, tuned.neighbour_weight)


def _predicted(parts: Sequence[Part], tuned: Tuned) -> NDArray[np.float64]:
    return np.concatenate([apply_chain(part, tuned) for part in parts])


def _loss(parts: Sequence[Part], labels: Labels, tuned: Tuned) -> float:
    return float(log_losses(labels, _predicted(parts, tuned)).mean())
