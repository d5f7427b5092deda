import numpy as np
import pandas as pd
import pytest

from practical_dl.images.sample.validation_size import draw_means, smallest_size, spread_table

DRIVERS = np.repeat([f"p{number}" for number in range(4)], 25).astype(object)
"""Four drivers of 25 pictures: two of them all right, two all wrong."""
RIGHT = np.repeat([1.0, 1.0, 0.0, 0.0], 25)


def test_by_picture_the_spread_is_that_of_a_coin() -> None:
    means = draw_means(RIGHT, DRIVERS, 100, "picture", 4000, 0)
    assert means.mean() == pytest.approx(0.5, abs=0.01)
    assert means.std() == pytest.approx(0.5 / 10, rel=0.05)


def test_by_driver_it_is_that_of_a_coin_a_driver() -> None:
    """100 pictures are four drivers: the spread is 0.5 / 2, five times as large."""
    means = draw_means(RIGHT, DRIVERS, 100, "driver", 4000, 0)
    assert set(np.round(means, 4)) <= {0, 0.25, 0.5, 0.75, 1}
    assert means.std() == pytest.approx(0.25, rel=0.05)


def test_fewer_pictures_than_a_driver_has_are_one_driver() -> None:
    assert set(draw_means(RIGHT, DRIVERS, 5, "driver", 100, 0)) == {0.0, 1.0}


def test_the_table_has_a_row_a_way_size_and_metric() -> None:
    rows = pd.DataFrame({"group": DRIVERS, "accuracy": RIGHT, "log_loss": 1 - RIGHT})
    none = rows.assign(accuracy=0.0, log_loss=0.0)
    table = spread_table(rows, none, [50, 100], 500, 0)
    assert len(table) == 8
    assert (table["difference_spread"] == 0).all()
    by_driver = table[(table["way"] == "driver") & (table["metric"] == "accuracy")]
    assert by_driver["groups"].tolist() == [2, 4]
    assert by_driver["spread"].iloc[0] > by_driver["spread"].iloc[1]


def test_the_smallest_size_is_the_first_whose_range_is_within_the_difference() -> None:
    table = pd.DataFrame(
        {
            "way": "driver",
            "size": [400, 100, 200],
            "groups": [4, 1, 2],
            "metric": "accuracy",
            "spread": 0.5,
            "difference_spread": [0.01, 0.04, 0.02],
        }
    )
    assert smallest_size(table, "driver", "accuracy", 0.04) == 200
    assert smallest_size(table, "driver", "accuracy", 0.01) is None
