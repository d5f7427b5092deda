"""The ensemble: rows joined by review, weights and calibration, and its controls."""

import numpy as np
import pytest
from scipy.special import expit, log_softmax, logit, softmax

from practical_dl.job.errors import UserError
from practical_dl.reviews.ensemble.ensemble import (
    equal_weights,
    fit_ensemble,
    joined_scores,
    weigh_models,
    weights_report,
)
from practical_dl.reviews.models.runs import Runs
from practical_dl.scoring.by_class import of_both


def runs_of(ids: list[str], labels: list[int], positive: list[float]) -> Runs:
    return Runs(
        np.array(ids, object),
        np.array(ids, object),
        np.array(labels),
        ("seed_1",),
        of_both(np.array(positive)[:, None]),
    )


def test_members_are_joined_by_review_and_not_by_place() -> None:
    first = runs_of(["a", "b"], [1, 0], [0.9, 0.2])
    second = runs_of(["b", "a"], [0, 1], [0.3, 0.6])
    joined = expit(joined_scores({"x": first, "y": second}))
    np.testing.assert_allclose(joined, [[0.9, 0.6], [0.2, 0.3]])


def test_misjoined_members_are_refused() -> None:
    first = runs_of(["a", "b"], [1, 0], [0.9, 0.2])
    with pytest.raises(UserError, match="other reviews"):
        joined_scores({"x": first, "y": runs_of(["a", "c"], [1, 0], [0.9, 0.2])})
    with pytest.raises(UserError, match="truth"):
        joined_scores({"x": first, "y": runs_of(["a", "b"], [0, 1], [0.9, 0.2])})


def test_the_ensemble_finds_who_knows_and_calibrates() -> None:
    rng = np.random.default_rng(0)
    truth = rng.normal(0, 1.5, 4000)
    labels = (rng.random(4000) < expit(truth)).astype(np.int64)
    noise = rng.normal(0, 1, 4000)
    found = fit_ensemble(np.column_stack([3 * truth, noise, -truth + 0.5 * noise]), labels)
    assert found.weights == pytest.approx([1 / 3, 0, 0], abs=0.06)
    assert found.intercepts[0] == pytest.approx(0, abs=0.1)
    assert (found.weights >= 0).all()


def test_few_reviews_do_not_blow_up_a_weight() -> None:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 2, 60)
    faint = rng.normal(0, 0.01, 60) + 0.01 * labels
    found = fit_ensemble(np.column_stack([faint, 2.0 * (2 * labels - 1)]), labels)
    assert found.weights[0] < 1
    assert found.weights[1] > 0.5


def test_equal_weights_are_the_mean() -> None:
    logits = np.array([[2.0, 0.0], [-1.0, -3.0]])
    said = equal_weights(logits).probabilities(logits)
    np.testing.assert_allclose(said, of_both(expit([1, -2])))


def test_of_more_classes_log_probabilities_are_weighed() -> None:
    rng = np.random.default_rng(3)
    truth = rng.normal(0, 1.5, (4000, 3))
    chances = softmax(truth, axis=1)
    labels = np.array([rng.choice(3, p=row) for row in chances])
    noise = log_softmax(rng.normal(0, 1, (4000, 3)), axis=1)
    scores = np.stack([log_softmax(3 * truth + [0, 0, 1], axis=1), noise], axis=1)
    found = fit_ensemble(scores, labels)
    assert found.weights == pytest.approx([1 / 3, 0], abs=0.06)
    apart = found.intercepts - found.intercepts.mean()
    assert apart == pytest.approx([1 / 9, 1 / 9, -2 / 9], abs=0.12)
    np.testing.assert_allclose(found.probabilities(scores).sum(axis=1), 1)
    even = equal_weights(scores).probabilities(scores)
    np.testing.assert_allclose(even, softmax(scores.mean(axis=1), axis=1))


def test_both_ways_of_two_classes_agree() -> None:
    """The general way, given two classes, finds what the log-odds do."""
    rng = np.random.default_rng(4)
    truth = rng.normal(0, 1.5, 2000)
    labels = (rng.random(2000) < expit(truth)).astype(np.int64)
    logits = np.column_stack([2 * truth, rng.normal(0, 1, 2000)])
    both = np.log(of_both(expit(logits)))
    one, other = fit_ensemble(logits, labels), fit_ensemble(both, labels)
    assert other.weights == pytest.approx(one.weights, abs=0.02)
    np.testing.assert_allclose(one.probabilities(logits), other.probabilities(both), atol=0.01)


def test_the_ensemble_and_its_controls_are_scored_on_both_parts() -> None:
    rng = np.random.default_rng(2)
    labels = rng.integers(0, 2, 200)
    ids = [f"r{row}" for row in range(200)]

    def said(deviation: float) -> Runs:
        positive = expit(2 * labels - 1 + rng.normal(0, deviation, 200))
        return runs_of(ids, labels.tolist(), positive.tolist())

    runs = {role: {"sure": said(0.5), "all_texts": said(1)} for role in ("valid", "test")}
    without = {"ensemble": (), "ensemble_equal": (), "ensemble_inductive": ("all_texts",)}
    weighed = weigh_models(runs, without, 42)
    assert list(weighed) == list(without)
    inductive = weighed["ensemble_inductive"].ensemble.weights
    assert inductive[1] == 0 < weighed["ensemble"].ensemble.weights[1]
    for found in weighed.values():
        assert list(found.frames) == ["valid", "test"]
        assert found.frames["test"].columns.tolist() == ["id", "group", "true", "seed_42"]
    mean = logit(np.column_stack([one.mean()[:, 1] for one in runs["test"].values()])).mean(axis=1)
    np.testing.assert_allclose(weighed["ensemble_equal"].frames["test"]["seed_42"], expit(mean))
    of_valid = weighed["ensemble"].frames["valid"]["seed_42"].to_numpy()
    loss = -np.log(np.where(labels == 1, of_valid, 1 - of_valid)).mean()
    report = weights_report(["sure", "all_texts"], weighed)
    assert report["valid_log_loss"] == pytest.approx(loss)
    assert report["valid_log_loss"] <= report["inductive_valid_log_loss"]
    assert list(report["weights"].values()) == weighed["ensemble"].ensemble.weights.tolist()
