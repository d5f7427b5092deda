"""The pages of the ladder and of the steps against overfitting."""

from pathlib import Path

from tests.told import untold
from tests.unit.images.conftest import predictions, runs

from practical_dl.images.pages.ladder import (
    ladder_answer,
    ladder_page,
    shown_table,
    unchanged_note,
)
from practical_dl.images.pages.overfitting import (
    overfitting_answer,
    overfitting_page,
    step_table,
)
from practical_dl.images.plan.rungs import Rung
from practical_dl.images.scores.ladder import ladder_table


def test_the_page_says_what_counts_and_shows_places_of_the_competition_only(
    tmp_path: Path,
) -> None:
    low, high = (predictions(tmp_path / f"{c}.csv", "wxyz", c) for c in (0.3, 0.9))
    table = ladder_table([Rung("low", low), Rung("high", high, None, "low", low)], seed=0)
    assert ladder_answer(table).startswith(
        "Of 1 steps 1 lower the log loss of their control; surest is “high”: better by 1.099"
    )
    assert untold(ladder_page(table, False, False, False)) == []
    assert "board, a guide" not in shown_table(table, of_competition=False)
    assert shown_table(table, of_competition=True)["board, a guide"].tolist() == [
        "lower half",
        "top 1 %",
    ]


def test_the_control_stands_beside_its_rung_on_their_common_pictures(tmp_path: Path) -> None:
    whole = predictions(tmp_path / "whole.csv", "wxyz", 0.9)
    half = predictions(tmp_path / "half.csv", "wx", 0.3)
    table = ladder_table([Rung("it", whole, None, "half", half)], seed=0)
    shown = shown_table(table, of_competition=False).iloc[0]
    assert shown["the control's log loss"] == "1.204 (of 2)"
    assert shown["the control's accuracy"] == "0.0 % (of 2)"


def test_the_page_of_steps_says_what_helps(tmp_path: Path) -> None:
    low, high = (predictions(tmp_path / f"{c}.csv", "wxyz", c) for c in (0.3, 0.9))
    table = ladder_table([Rung("1 more data", high, None, "less", low)], seed=0)
    assert overfitting_answer(table) == ladder_answer(table)
    assert step_table(table)["log loss against it"].iloc[0].startswith("better by 1.099")
    assert untold(overfitting_page(table)) == []
    assert step_table(table)["against"].tolist() == ["less"]


def test_every_kind_of_step_is_counted_as_its_row_says(tmp_path: Path) -> None:
    low, high = (predictions(tmp_path / f"{c}.csv", "wxyz", c) for c in (0.3, 0.9))
    rungs = [
        Rung("a", high, None, "low", low),
        Rung("b", low, None, "high", high),
        Rung("c", high, None, "high", high),
    ]
    table = ladder_table(rungs, seed=0)
    assert ladder_answer(table).startswith(
        "Of 3 steps 1 lower the log loss of their control, 1 raise it, 1 change nothing;"
    )
    found = step_table(table)["log loss against it"].str.split().str[0].tolist()
    assert found == ["better", "worse", "no"]


def test_a_step_that_is_its_own_control_changes_nothing(tmp_path: Path) -> None:
    same = runs(tmp_path / "a.csv", "wxyz", {"none": [0.55], "augmented": [0.55]})
    table = ladder_table([Rung("it", same, "augmented", "none", same, "none")], seed=0)
    assert overfitting_answer(table).endswith("of their control, 1 change nothing.")
    assert unchanged_note(table).startswith("No change at all is not noise")


def test_where_every_step_changes_something_nothing_is_explained(tmp_path: Path) -> None:
    both = runs(tmp_path / "a.csv", "wxyz", {"none": [0.55], "augmented": [0.6]})
    table = ladder_table([Rung("it", both, "augmented", "none", both, "none")], seed=0)
    assert unchanged_note(table) == ""
