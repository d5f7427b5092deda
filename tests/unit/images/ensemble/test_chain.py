import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import log_softmax

from practical_dl.images.ensemble.chain import (
    Part,
    Tuned,
    apply_chain,
    balanced,
    log_probabilities,
    with_neighbours,
)
from practical_dl.images.ensemble.tuning import (
    Choices,
    best_temperature,
    cross_fitted,
    ensemble_weights,
    tune,
)
from practical_dl.scoring.metrics import log_losses

ALL = Choices((1, 2), (0.5, 1.0), True, True, True, (0.0, 0.01), ("clip",))


def random_logs(models: int, rows: int, classes: int, seed: int) -> np.ndarray:
    return log_softmax(np.random.default_rng(seed).normal(size=(models, rows, classes)), axis=2)


def test_the_mixture_is_a_weighted_geometric_mean() -> None:
    logs = log_probabilities(np.array([[[0.9, 0.1]], [[0.1, 0.9]]]))
    predicted = apply_chain(Part(logs, np.array([[0]])), Tuned((0.75, 0.25), (0.5, 0.5)))
    odds = 9**0.75 / 9**0.25
    assert predicted[0].tolist() == pytest.approx([odds / (1 + odds), 1 / (1 + odds)])


def test_a_row_is_averaged_with_its_nearest() -> None:
    logs = np.array([[[0.0, 1.0], [2.0, 3.0], [4.0, 9.0]]])
    smoothed = with_neighbours(logs, np.array([[1, 2], [0, 2], [1, 0]]), 2, 0.5)
    assert smoothed[0, 0].tolist() == [0.5 * 0 + 0.5 * 3, 0.5 * 1 + 0.5 * 6]


@given(st.integers(5, 30), st.integers(2, 6), st.integers(0, 99))
def test_balancing_gives_each_class_its_share(rows: int, classes: int, seed: int) -> None:
    logs = random_logs(1, rows, classes, seed)[0]
    shares = np.random.default_rng(seed + 1).dirichlet(np.full(classes, 20.0))
    predicted = np.exp(balanced(logs, tuple(shares)))
    assert predicted.sum(axis=1) == pytest.approx(np.ones(rows))
    np.testing.assert_allclose(predicted.mean(axis=0), shares, atol=0.02)


def test_temperature_and_floor() -> None:
    part = Part(np.log([[[0.8, 0.2]]]), np.array([[0]]))
    sharper = apply_chain(part, Tuned((1.0,), (0.5, 0.5), temperature=0.5))
    assert sharper[0, 0] == pytest.approx(0.64 / (0.64 + 0.04))
    clipped = apply_chain(part, Tuned((1.0,), (0.5, 0.5), temperature=0.25, floor=0.1))
    assert clipped[0, 1] == pytest.approx(0.1 / (0.1 + 256 / 257))


def test_the_temperature_that_was_put_in_is_found() -> None:
    logs = random_logs(1, 4000, 4, 3)[0]
    rng = np.random.default_rng(4)
    labels = np.array([rng.choice(4, p=row) for row in np.exp(logs)])
    assert best_temperature(log_softmax(logs * 2, axis=1), labels) == pytest.approx(2, rel=0.1)


def test_a_model_that_knows_nothing_gets_no_weight() -> None:
    rng = np.random.default_rng(5)
    labels = rng.integers(3, size=600)
    knows = log_softmax(2.0 * np.eye(3)[labels] + rng.normal(size=(600, 3)), axis=1)
    guesses = log_softmax(rng.normal(size=(600, 3)), axis=1)
    weights = ensemble_weights(np.stack([guesses, knows]), labels)
    assert weights[0] == pytest.approx(0, abs=0.02)
    assert sum(weights) == pytest.approx(1)


@given(st.integers(0, 50))
def test_ensemble_weights_are_no_worse_than_equal_ones_or_one_model(seed: int) -> None:
    labels = np.random.default_rng(seed).integers(3, size=60)
    logs = log_softmax(random_logs(3, 60, 3, seed) + np.eye(3)[labels], axis=2)
    part = Part(logs, np.zeros((60, 1), np.int64))

    def loss(weights: tuple[float, ...]) -> float:
        return log_losses(labels, apply_chain(part, Tuned(weights, (1 / 3,) * 3))).mean()

    found = loss(ensemble_weights(logs, labels))
    others = [(1 / 3,) * 3, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
    assert found <= min(map(loss, others)) + 1e-6


def test_steps_are_those_that_are_on_and_not_left_out() -> None:
    assert ALL.measured() == ["neighbours", "weights", "balance", "temperature", "clip"]
    assert ALL.steps() == ["neighbours", "weights", "balance", "temperature"]
    assert ALL.only(["clip"]).measured() == ["clip"]
    assert Choices((), (0.5,), False, False, False, ()).measured() == []


def test_what_is_left_out_stays_out_of_what_is_tuned() -> None:
    labels = np.random.default_rng(0).integers(3, size=20)
    part = Part(random_logs(2, 20, 3, 1), np.arange(20)[:, None])
    nothing = tune([part], [labels], ALL.only([]))
    assert nothing.weights == (0.5, 0.5)
    assert nothing.temperature is None
    assert nothing.neighbours is None
    assert not nothing.balance
    assert tune([part], [labels], ALL).floor in (0.0, 0.01)


def test_a_part_s_own_labels_do_not_change_its_answer() -> None:
    parts, labels = {}, {}
    for fold in range(3):
        labels[fold] = np.random.default_rng(fold).integers(3, size=30)
        logs = log_softmax(random_logs(2, 30, 3, fold) + np.eye(3)[labels[fold]], axis=2)
        parts[fold] = Part(logs, np.random.default_rng(fold).integers(30, size=(30, 2)))
    before = cross_fitted(parts, labels, ALL)
    after = cross_fitted(parts, {**labels, 1: (labels[1] + 1) % 3}, ALL)
    np.testing.assert_array_equal(before[1], after[1])
    assert not np.allclose(before[0], after[0])
