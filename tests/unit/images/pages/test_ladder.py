"""The pages of the ladder and of the steps against overfitting."""

from pathlib import Path

from tests.unit.images.conftest import predictions, runs

from practical_dl.images.pages.ladder import ladder_answer, shown_table, unchanged_note
from practical_dl.images.pages.overfitting import overfitting_answer, step_table
from practical_dl.images.plan.rungs import Rung
from practical_dl.images.scores.ladder import ladder_table


def test_the_page_says_what_counts_and_shows_places_of_the_competition_only(
    tmp_path: Path,
) -> None:
    low, high = (predictions(tmp_path / f"{c}.csv", "wxyz", c) for c in (0.3, 0.9))
    table = ladder_table([Rung("low", low), Rung("high", high, None, "low", low)], seed=0)
    answer = ladder_answer(table)
    assert answer.startswith("From 0.0 % and a log loss of 1.20 at the bottom to 100.0 %")
    assert "lower log loss: “high”; higher log loss: none. Higher accuracy: “high”;" in answer
    assert "board, a guide" not in shown_table(table, of_competition=False)
    assert shown_table(table, of_competition=True)["board, a guide"].tolist() == [
        "lower half",
        "top 1 %",
    ]


def test_the_page_of_steps_says_what_helps(tmp_path: Path) -> None:
    low, high = (predictions(tmp_path / f"{c}.csv", "wxyz", c) for c in (0.3, 0.9))
    table = ladder_table([Rung("1 more data", high, None, "less", low)], seed=0)
    assert overfitting_answer(table) == (
        "Against their controls, outside the noise: lower log loss: “1 more data”; higher log "
        "loss: none. Higher accuracy: “1 more data”; lower accuracy: none. Within the noise by "
        "both scores: none."
    )
    assert step_table(table)["against"].tolist() == ["less"]


def test_lower_accuracy_is_told_where_the_log_loss_is_noise(tmp_path: Path) -> None:
    control = runs(tmp_path / "a.csv", "wxyz", {"none": [0.55, 0.55]})
    wrong = runs(tmp_path / "b.csv", "wxyz", {"wrong": [0.9, 0.9]})
    table = ladder_table([Rung("it", wrong, "wrong", "none", control, "none")], seed=0)
    table[["gain_log_loss_low", "gain_log_loss_high"]] = (-0.1, 0.1)
    table[["gain_accuracy_low", "gain_accuracy_high"]] = (-0.2, -0.1)
    for answer in (ladder_answer(table), overfitting_answer(table)):
        assert "higher log loss: none" in answer
        assert "lower accuracy: “it”." in answer
        assert answer.endswith("Within the noise by both scores: none.")


def test_a_step_that_is_its_own_control_changes_nothing(tmp_path: Path) -> None:
    same = runs(tmp_path / "a.csv", "wxyz", {"none": [0.55], "augmented": [0.55]})
    table = ladder_table([Rung("it", same, "augmented", "none", same, "none")], seed=0)
    assert overfitting_answer(table).endswith("scores: none. No change at all: “it”.")
    assert unchanged_note(table).startswith("No change at all is not noise")


def test_where_every_step_changes_something_nothing_is_explained(tmp_path: Path) -> None:
    both = runs(tmp_path / "a.csv", "wxyz", {"none": [0.55], "augmented": [0.6]})
    table = ladder_table([Rung("it", both, "augmented", "none", both, "none")], seed=0)
    assert unchanged_note(table) == ""
