import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.scoring import metrics

LABELS = np.array([0, 1, 1])
PROBABILITIES = np.array([[0.5, 0.5], [0.75, 0.25], [0.0, 1.0]])


def test_log_losses_are_the_negative_logarithms_of_the_true_class() -> None:
    losses = metrics.log_losses(LABELS, PROBABILITIES)
    assert losses == pytest.approx([0.693147, 1.386294, 0.0], abs=1e-6)


def test_log_losses_normalise_rows_and_bound_a_confident_mistake() -> None:
    losses = metrics.log_losses(np.array([0, 0]), np.array([[2.0, 6.0], [0.0, 1.0]]))
    assert losses == pytest.approx([1.386294, 34.538776], abs=1e-6)


def test_hits_say_where_the_most_probable_class_is_the_true_one() -> None:
    assert metrics.hits(LABELS, PROBABILITIES).tolist() == [1.0, 0.0, 1.0]


def test_rating_scores_name_their_units() -> None:
    scores = metrics.rating_scores(
        np.array([1.0, 2.0, 3.0]), np.array([1.0, 4.0, 2.0]), np.array(["a", "b", "c"]), seed=0
    )
    assert scores["mse"]["value"] == pytest.approx(5 / 3)
    assert scores["rmse"]["value"] == pytest.approx((5 / 3) ** 0.5)
    assert scores["mae"]["value"] == pytest.approx(1.0)


def test_the_interval_draws_whole_groups() -> None:
    """1,000 equal rows in each of two groups are worth two observations, not 2,000."""
    values = np.repeat([0.0, 1.0], 1000)
    grouped = metrics.score(values, np.repeat(["a", "b"], 1000), seed=0)
    single = metrics.score(values, np.arange(2000), seed=0)
    assert (grouped["ci_low"], grouped["ci_high"]) == (0.0, 1.0)
    assert single["ci_high"] - single["ci_low"] < 0.1


def test_the_interval_of_a_mean_has_the_width_of_the_normal_approximation() -> None:
    values = np.random.default_rng(0).normal(size=400)
    score = metrics.score(values, np.arange(400), seed=1)
    expected = 2 * 1.96 * values.std() / 20
    assert score["ci_high"] - score["ci_low"] == pytest.approx(expected, rel=0.1)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30), st.integers(0, 2**32 - 1))
def test_the_interval_stays_within_the_values(values: list[float], seed: int) -> None:
    score = metrics.score(np.array(values), np.arange(len(values)), seed)
    assert min(values) - 1e-9 <= score["ci_low"] <= score["ci_high"] <= max(values) + 1e-9


def test_a_paired_difference_is_far_surer_than_two_scores_apart() -> None:
    rng = np.random.default_rng(0)
    control = rng.normal(size=300)
    better = control - 0.1
    groups = np.repeat(np.arange(30), 10)
    difference = metrics.paired_difference(better, control, groups, seed=0)
    assert difference["value"] == pytest.approx(-0.1)
    assert difference["ci_high"] < -0.099


def test_few_groups_are_called_unreliable_and_none_not_grouped() -> None:
    assert "unreliable" in metrics.describe_interval(np.array(["a", "a", "b"]))
    assert "not grouped" in metrics.describe_interval(np.array(["a", "b", "c"]))
    assert (
        metrics.describe_interval(np.repeat(list("abcdef"), 2)) == "95 %, resampled over 6 groups"
    )
    proposed = np.array([f"proposed {number // 2}" for number in range(12)])
    over_proposed = "95 %, resampled over 6 proposed groups"
    assert metrics.describe_interval(proposed) == over_proposed
    proposed[:2] = "anna"  # a person has named one of them
    assert metrics.describe_interval(proposed) == over_proposed


def test_a_report_identifies_its_rows_in_their_order() -> None:
    groups = np.array(["a", "b"])
    first = metrics.report("m", "valid", np.array(["x", "y"]), groups, {}, seed=1)
    second = metrics.report("m", "valid", np.array(["y", "x"]), groups, {}, seed=1)
    assert (first["n"], first["groups"]) == (2, 2)
    assert first["rows"] != second["rows"]


@pytest.mark.parametrize(
    ("groups", "low"), [(18, 0.025 ** (1 / 18)), (6, 0.025 ** (1 / 6)), (1, 0.025)]
)
def test_a_share_without_a_mistake_is_not_certain(groups: int, low: float) -> None:
    """18 of 18 pictures: at least 81.5 % (Clopper and Pearson); of 6 patients, 54 %."""
    names = np.arange(18) % groups
    found = metrics.share_score(np.ones(18), names, 0)
    assert (found.value, found.low, found.high) == (1.0, pytest.approx(low), 1.0)
    none = metrics.share_score(np.zeros(18), names, 0)
    assert (none.value, none.low, none.high) == (0.0, 0.0, pytest.approx(1 - low))
    hits = (np.arange(18) > 0).astype(float)
    assert metrics.share_score(hits, names, 0) == metrics.score(hits, names, 0)
