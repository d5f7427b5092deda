import numpy as np
import pandas as pd
import pytest

from practical_dl.images.pages.learning_curves import curves_answer
from practical_dl.images.sample.curves import curve_table, passed, point
from practical_dl.images.sample.trainings import Runs

TRAINING = np.arange(100, 180)
GROUPS = np.repeat(["a", "b", "c", "d"], 20)
SCHEDULE = [[4, 0.1], [1, 0.01]]


def at(axis: str, value: float) -> tuple[np.ndarray, list, int]:
    given = point(axis, value, TRAINING, GROUPS, 40, SCHEDULE, 2, seed=0)
    return given.train, [list(stage) for stage in given.schedule], given.shrink


def test_more_pictures_hold_the_fewer_and_take_as_many_steps() -> None:
    few, schedule, _ = at("pictures", 0.5)
    assert (len(few), schedule) == (20, [[8, 0.1], [2, 0.01]])
    many, schedule, shrink = at("pictures", 2)
    assert (len(many), schedule, shrink) == (80, [[2, 0.1], [1, 0.01]], 2)
    assert set(few) < set(at("pictures", 1)[0]) < set(many)


def test_fewer_groups_give_pictures_of_these_alone() -> None:
    half, schedule, _ = at("groups", 0.5)
    assert len(set(GROUPS[half - 100])) == 2
    assert (len(half), schedule) == (40, SCHEDULE)
    quarter, schedule, _ = at("groups", 0.25)
    assert len(set(GROUPS[quarter - 100])) == 1
    assert (len(quarter), schedule) == (20, [[8, 0.1], [2, 0.01]])


def test_budget_and_fineness_change_nothing_else() -> None:
    base, *_ = at("pictures", 1)
    for axis, value, schedule, shrink in (
        ("budget", 2, [[8, 0.1], [2, 0.01]], 2),
        ("shrink", 4, SCHEDULE, 4),
    ):
        given = at(axis, value)
        assert np.array_equal(given[0], base)
        assert given[1:] == (schedule, shrink)


def test_a_schedule_keeps_all_its_stages() -> None:
    assert passed([[10, 0.1], [1, 0.01]], 0.25) == [[2, 0.1], [1, 0.01]]


def runs_of(right: dict[tuple[str, int], list[int]]) -> Runs:
    """Four pictures of two drivers, all of class 0; `right` says which are recognised."""
    rows, probabilities = [], []
    for (setting, seed), known in right.items():
        for picture, group in enumerate("aabb"):
            rows.append((setting, seed, f"{picture}", group, "one"))
            sure = 0.9 if picture in known else 0.1
            probabilities.append((sure, 1 - sure))
    frame = pd.DataFrame(rows, columns=["setting", "seed", "id", "group", "true"])
    return Runs(frame, ("one", "two"), np.array(probabilities), np.zeros(len(rows), np.int64))


def test_each_step_is_paired_with_the_point_before() -> None:
    runs = runs_of(
        {("0.5", 1): [0], ("0.5", 2): [0, 1], ("1", 1): [0, 1, 2], ("1", 2): [0, 1, 2, 3]}
    )
    table = curve_table("groups", runs, seed=0)
    assert table["value"].tolist() == [0.5, 1]
    assert table["accuracy"].tolist() == pytest.approx([3 / 8, 7 / 8])
    assert np.isnan(table["step"][0])
    assert table["step"][1] == pytest.approx(0.5)
    assert table["lowest"].tolist() == [0.25, 0.75]
    answer = curves_answer(table)
    assert "more groups, better by 50.0 points" in answer
