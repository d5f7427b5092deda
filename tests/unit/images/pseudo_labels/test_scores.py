from typing import Any

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.pages.pseudo_labels import (
    checks,
    gains_by_setting,
    last_round,
    progress_figure,
    pseudo_answer,
    setting_table,
    two_moons_figure,
)
from practical_dl.images.pseudo_labels.rounds import Round
from practical_dl.images.pseudo_labels.scores import (
    Fold,
    calibrated,
    fold_of,
    joined,
    progress_table,
    score_table,
)
from practical_dl.images.pseudo_labels.setting import Setting
from practical_dl.images.pseudo_labels.two_moons import axes_of, moons, self_training
from practical_dl.scoring.metrics import log_losses

CONTROL, VALID = Setting("none", "none"), Setting("valid", "valid")
SHUFFLED = Setting("valid_shuffled", "valid", shuffled=True)
TEST = Setting("test", "test")
SETTINGS = [CONTROL, VALID, SHUFFLED, TEST]


def left(settings: list[str], true_class: list[float]) -> Round:
    """Predictions of two seeds of four rows, whose true class, 0, has these probabilities."""
    one = np.array([[[p, 1 - p]] * 4 for p in true_class], np.float32)
    predicted = np.stack([one, one], axis=1)
    return Round(tuple(settings), np.zeros((len(settings), 2, 1), np.float32), predicted)


@pytest.fixture
def folds() -> list[Fold]:
    """Two folds of six pictures: two train, one is in the pool, one untouched, two are tests."""
    found = []
    for fold in range(2):
        role = ["train", "train", "pool", "untouched"]
        role = role if fold == 0 else ["pool", "untouched", "train", "train"]
        roles = pd.DataFrame({"role": [*role, "test", "test"]})
        label = np.array([0, 0, 0, 0, 0, 1])
        group = np.array(["a", "b", "c", "d", "x", "y"], dtype=object)
        names = [setting.name for setting in SETTINGS]
        rounds = [left(["start"], [0.4]), left(names, [0.5, 0.8, 0.4, 0.6])]
        found.append(fold_of(roles, label, group, rounds))
    return found


def row_of(table: pd.DataFrame, *key: str) -> dict[str, Any]:
    """The one row of a setting, part and metric."""
    rows = table[(table[["setting", "part", "metric"]] == list(key)).all(axis=1)]
    [record] = rows.to_dict("records")
    return {str(name): value for name, value in record.items()}


def test_gains_are_over_the_control_of_the_same_round_and_part(folds: list[Fold]) -> None:
    table = score_table(folds, SETTINGS, seed=0)
    start = table[(table["round"] == 0) & (table["metric"] == "log_loss")]
    assert start["value"].tolist() == pytest.approx([-np.log(0.4)] * 3)
    assert (start["gain"] == 0).all()
    last = last_round(table)
    row = row_of(last, "valid", "untouched", "log_loss")
    assert row["value"] == pytest.approx(-np.log(0.8))
    assert row["gain"] == pytest.approx(np.log(0.8 / 0.5))
    assert (row["seeds"], row["seeds_better"], row["n"], row["groups"]) == (2, 2, 2, 2)
    worse = row_of(last, "valid_shuffled", "pool", "log_loss")
    assert worse["gain"] == pytest.approx(np.log(0.4 / 0.5))
    assert row_of(last, "test", "held_out", "accuracy")["n"] == 4
    assert set(last["part"][last["setting"] == "test"]) == {"held_out"}


def test_a_temperature_is_tuned_on_the_other_folds() -> None:
    true = [np.arange(90) % 3, np.arange(60) % 3]
    sure = [np.eye(3)[(labels + (np.arange(len(labels)) % 4 == 0)) % 3] for labels in true]
    predicted = [0.97 * part + 0.01 for part in sure]
    found = calibrated(predicted, true)
    for part, before, labels in zip(found, predicted, true, strict=True):
        assert part.sum(axis=1) == pytest.approx(np.ones(len(part)))
        assert part.max() == pytest.approx(0.75, abs=0.02)
        assert log_losses(labels, part).mean() < log_losses(labels, before).mean()


def test_progress_tells_what_changed_and_what_was_right(folds: list[Fold]) -> None:
    table = progress_table(folds, SETTINGS).set_index("setting")
    assert table.index.tolist() == ["valid", "valid_shuffled", "test"]
    valid = table.loc["valid"]
    assert (valid["chosen"], valid["changed"]) == (1, 1)
    assert valid["agreement"] == pytest.approx(0.6)
    assert valid["valid_right"] == 0
    assert table["test_right"].isna().tolist() == [True, True, False]
    assert table["test_right"].iloc[2] == 0.5
    assert table["valid_right"].isna().tolist() == [False, True, True]


def test_out_of_fold_rows_are_each_fold_s_own_and_tests_are_means(folds: list[Fold]) -> None:
    out, test = joined(folds, "valid", count=6, labelled=4)
    assert out.shape == (2, 4, 2)
    assert out[:, :, 0] == pytest.approx(np.full((2, 4), 0.8))
    assert test[:, :, 0] == pytest.approx(np.full((2, 2), 0.8))


def test_the_answer_says_whether_it_helps_with_the_numbers(folds: list[Fold]) -> None:
    table = last_round(score_table(folds, SETTINGS, seed=0))
    both = [CONTROL, VALID, SHUFFLED]
    answer = pseudo_answer(table, both)
    assert "2 of 2 comparisons show a better calibrated log loss, 0 a worse one" in answer
    assert "valid: 30 %, soft, drivers in the pool, better by 0.692" in answer
    found = checks(table, both)
    assert len(found) == 2
    assert "; 2 of 2 seeds agree on its gain" in found[1]
    assert found[1].endswith("; uncalibrated, worse by 0.223 (95 % 0.223 to 0.223).")
    shown = setting_table(table, both)
    assert len(shown) == 3 + 2 + 2
    assert shown["seeds agreeing"].iloc[-1] == "2 and 2 of 2"


def test_pictures_show_every_setting(folds: list[Fold]) -> None:
    scores, progress = score_table(folds, SETTINGS, 0), progress_table(folds, SETTINGS)
    names = {setting.name: setting.name for setting in SETTINGS[1:]}
    figure = gains_by_setting(last_round(scores), names)
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == list(names)
    by_round = progress_figure(scores, progress, names)
    assert len(by_round.axes[0].lines) == len(names) + 2
    points, true = moons(0)
    drawn = two_moons_figure(points, axes_of(points), self_training(points, true, 2))
    assert [axis.get_title(loc="left")[:8] for axis in drawn.axes] == [
        "two labe", "round 1:", "round 2:",
    ]  # fmt: skip
