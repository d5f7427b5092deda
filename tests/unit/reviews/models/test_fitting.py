"""Training: who chooses the epoch, who scores the test, and models that share a trace."""

import io
from functools import partial

import numpy as np
import pandas as pd
import pytest
from tests.unit.reviews.models.invented import word_order

from practical_dl.job.runtime import Log, configure_tensorflow, limit_threads
from practical_dl.reviews.corpus.feeding import probabilities
from practical_dl.reviews.models.data import ReviewData
from practical_dl.reviews.models.fitting import (
    Outcome,
    choose_epochs,
    train,
    train_alike,
    train_on_all,
    train_on_vectors,
    train_seeds,
)
from practical_dl.reviews.models.networks import (
    average_model,
    convolution_model,
    hidden_model,
    thaw_vectors,
    vectors_model,
)
from practical_dl.training.recipe import Recipe
from practical_dl.training.schedules import Schedule

LOG = Log("test", io.StringIO(), io.StringIO())


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    limit_threads(1)
    configure_tensorflow(1)


def test_the_convolution_learns_word_order_and_repeats_itself() -> None:
    data, recipe = word_order(), Recipe([[8, 0.005]], 20)
    outcomes = [
        train_seeds(lambda: convolution_model(10, 12, dense_dropout=0.2), data, recipe, [1], LOG)[1]
        for _ in range(2)
    ]
    [said] = outcomes[0].probabilities["test"]
    assert (said.argmax(axis=1) == data.part("test")[1]).mean() > 0.9
    np.testing.assert_array_equal(said, outcomes[1].probabilities["test"][0])
    pd.testing.assert_frame_equal(outcomes[0].history, outcomes[1].history, check_exact=True)
    assert outcomes[0].model is not None
    np.testing.assert_allclose(
        probabilities(outcomes[0].model, data.part("test")[0]), said, rtol=1e-5
    )


def test_of_three_classes_each_has_its_probability() -> None:
    """What the first word of a text is decides its class."""
    labels = np.arange(300) % 3
    tokens = np.full((300, 4), 9, np.int32)
    tokens[:, 0] = labels + 1
    roles = np.array(["train"] * 200 + ["valid"] * 50 + ["test"] * 50)
    data = ReviewData(pd.DataFrame({"label": labels}), roles, tokens)
    recipe = Recipe([[8, 0.01]], 20)
    _, outcome = train_seeds(lambda: average_model(10, 4, data.classes), data, recipe, [1], LOG)
    [said] = outcome.probabilities["test"]
    np.testing.assert_allclose(said.sum(axis=1), 1, rtol=1e-5)
    assert (said.argmax(axis=1) == labels[250:]).all()
    loss = -np.log(outcome.probabilities["valid"][0][np.arange(50), labels[200:250]]).mean()
    assert outcome.history["inner_plain_loss"].min() == pytest.approx(loss, rel=1e-4)
    assert outcome.history["inner_accuracy"].iloc[-1] == 1


def test_the_test_is_answered_by_a_training_on_all_other_reviews() -> None:
    """What only the validation reviews show is known to the test's model, not to the chosen one."""
    data = word_order()
    tokens = np.full((400, 12), 3, np.int32)
    labels = np.arange(400) % 2
    shown = data.roles != "train"
    tokens[shown, 0] = np.where(labels[shown] == 1, 1, 2)
    taught = ReviewData(pd.DataFrame({"label": labels}), data.roles, tokens)
    recipe = Recipe([[6, 0.05]], 10)
    _, outcome = train_seeds(lambda: hidden_model(10, 12), taught, recipe, [1], LOG)
    [of_valid], [of_test] = outcome.probabilities["valid"], outcome.probabilities["test"]
    right = [
        (answer.argmax(axis=1) == taught.part(role)[1]).mean()
        for role, answer in (("valid", of_valid), ("test", of_test))
    ]
    assert right[1] == 1 > 0.9 > right[0]


def test_frozen_vectors_stay_and_thawed_ones_move() -> None:
    data, recipe = word_order(), Recipe([[1, 0.01]], 50)
    vectors = np.random.default_rng(1).normal(0, 0.2, (10, 4)).astype(np.float32)
    model = vectors_model(vectors)
    train(model, data, recipe, 1, LOG)
    np.testing.assert_array_equal(model.get_layer("vectors").get_weights()[0], vectors)
    thaw_vectors(model)
    train(model, data, recipe, 1, LOG)
    moved = np.abs(model.get_layer("vectors").get_weights()[0] - vectors).max(axis=1)
    assert (moved[1:] > 0).all()


def equal(first: Outcome, second: Outcome) -> None:
    pd.testing.assert_frame_equal(first.history, second.history, check_exact=True)
    for role in ("valid", "test"):
        np.testing.assert_array_equal(first.probabilities[role], second.probabilities[role])
    assert first.model is not None
    assert second.model is not None
    for own, other in zip(first.model.get_weights(), second.model.get_weights(), strict=True):
        np.testing.assert_array_equal(own, other)


@pytest.mark.parametrize(
    "schedule",
    [[[2, 0.01]], {"annealing": {"epochs": 2, "rate": 0.01, "divide_by": 4, "ratio": 2}}],
)
def test_networks_of_one_build_share_a_trace_and_nothing_else(schedule: Schedule) -> None:
    data = word_order()
    build = partial(convolution_model, 10, 12)
    recipes = {"one": Recipe(schedule, 50), "other": Recipe([[1, 0.02], [1, 0.01]], 50)}
    together = dict(train_alike(dict.fromkeys(recipes, build), data, recipes, [1, 2], LOG))
    for name, recipe in recipes.items():
        equal(together[name], train_seeds(build, data, recipe, [1, 2], LOG)[1])


def on_vectors_alone(
    vectors: np.ndarray, data: ReviewData, recipes: dict[str, Recipe], seeds: list[int]
) -> dict[str, Outcome]:
    """One network that is compiled anew for every training."""
    outcomes: dict[str, Outcome] = {}
    for place, seed in enumerate([seeds[0], *seeds]):
        configure_tensorflow(seed)
        model = vectors_model(vectors)
        for state, recipe in recipes.items():
            if state == "tuned":
                thaw_vectors(model)
            if place == 0:
                model, outcomes[state] = choose_epochs(model, data, recipe, seed, LOG)
            else:
                model = train_on_all(model, data, recipe, outcomes[state].history, seed, LOG)
                outcomes[state].add(model, data)
    return outcomes


def test_kinds_of_vectors_share_traces_and_nothing_else() -> None:
    data, rng = word_order(), np.random.default_rng(1)
    tables = {kind: rng.normal(0, 0.2, (10, 4)).astype(np.float32) for kind in ("random", "text")}
    recipes = {"frozen": Recipe([[2, 0.01]], 50), "tuned": Recipe([[2, 0.005]], 50)}
    together = dict(train_on_vectors(tables, data, recipes, [1, 2], LOG))
    assert list(together) == ["random_frozen", "random_tuned", "text_frozen", "text_tuned"]
    for kind, vectors in tables.items():
        for state, outcome in on_vectors_alone(vectors, data, recipes, [1, 2]).items():
            equal(together[f"{kind}_{state}"], outcome)
    first = together["random_frozen"].model
    assert first is not None
    np.testing.assert_array_equal(first.get_layer("vectors").get_weights()[0], tables["random"])
