import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.images.pseudo_labels.choice import (
    agreement,
    changed_share,
    chosen_rows,
    pseudo_targets,
    whole_batch,
)
from practical_dl.images.pseudo_labels.setting import Setting

PREDICTED = np.array(
    [[0.9, 0.1, 0.0], [0.8, 0.1, 0.1], [0.7, 0.2, 0.1], [0.2, 0.6, 0.2], [0.3, 0.3, 0.4]],
    np.float32,
)


def test_only_sure_rows_are_chosen() -> None:
    assert chosen_rows(PREDICTED, 0.0, False).tolist() == [0, 1, 2, 3, 4]
    assert chosen_rows(PREDICTED, 0.65, False).tolist() == [0, 1, 2]
    assert chosen_rows(PREDICTED, 0.95, False).tolist() == []
    assert chosen_rows(PREDICTED, 0.95, True).tolist() == []


def test_no_class_gives_more_than_its_even_share_and_gives_its_surest() -> None:
    assert chosen_rows(PREDICTED, 0.0, True).tolist() == [0, 1, 3, 4]
    assert chosen_rows(PREDICTED, 0.65, True).tolist() == [0]


@given(st.integers(1, 40), st.integers(0, 100), st.booleans())
def test_chosen_rows_pass_the_threshold(count: int, seed: int, balanced: bool) -> None:
    predicted = np.random.default_rng(seed).dirichlet(np.ones(4), count).astype(np.float32)
    chosen = chosen_rows(predicted, 0.5, balanced)
    assert (predicted[chosen].max(axis=1) >= 0.5).all()
    assert (np.diff(chosen) > 0).all()
    passed = (predicted.max(axis=1) >= 0.5).sum()
    if balanced and passed:
        sizes = np.bincount(predicted[chosen].argmax(axis=1), minlength=4)
        assert sizes.max() <= -(-passed // 4)


def test_targets_are_soft_or_hard_and_weighted() -> None:
    soft = Setting("s", "valid")
    assert np.array_equal(pseudo_targets(PREDICTED, soft, 1, 0), PREDICTED)
    hard = pseudo_targets(PREDICTED, Setting("h", "valid", labels="hard", weight=0.5), 1, 0)
    assert hard.tolist() == [[0.5, 0, 0]] * 3 + [[0, 0.5, 0], [0, 0, 0.5]]


def test_the_weight_grows_over_the_rounds() -> None:
    ramp = Setting("r", "valid", weight=0.6, ramp_up=3)
    sums = [pseudo_targets(PREDICTED, ramp, number, 0).sum(axis=1)[0] for number in (1, 2, 3, 4)]
    assert sums == pytest.approx([0.2, 0.4, 0.6, 0.6])


def test_shuffled_labels_are_the_same_ones_of_other_pictures() -> None:
    shuffled = pseudo_targets(PREDICTED, Setting("s", "valid", shuffled=True), 1, 0)
    assert sorted(map(tuple, shuffled)) == sorted(map(tuple, PREDICTED))
    assert not np.array_equal(shuffled, PREDICTED)


def test_a_batch_holds_the_true_rows_and_the_share_beside_them() -> None:
    assert [whole_batch(70, 0.3), whole_batch(64, 0.8), whole_batch(90, 0.1)] == [100, 320, 100]


def test_change_and_agreement_of_two_predictions() -> None:
    before = np.array([[0.6, 0.4], [0.5, 0.5], [0.1, 0.9]], np.float32)
    after = np.array([[0.4, 0.6], [0.6, 0.4], [0.1, 0.9]], np.float32)
    assert changed_share(before, after) == pytest.approx(1 / 3)
    assert agreement(before, after) == pytest.approx((0.8 + 0.9 + 1) / 3)
