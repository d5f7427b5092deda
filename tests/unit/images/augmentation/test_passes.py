from functools import partial

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.augmentation import passes

AMOUNTS = {"rotation": 15.0, "channel_shift": 20.0, "zoom": 0.0}
ROWS = pd.DataFrame({"image_id": ["a.jpg", "b.jpg", "c.jpg"]})


def test_the_number_of_a_pass_stands_in_its_name() -> None:
    assert [passes.pass_number(part) for part in ("labelled", "test", "labelled_pass12")] == [
        0, 0, 12
    ]  # fmt: skip


def test_draws_belong_to_the_image_the_pass_and_the_type() -> None:
    both = passes.draws("channel_shift", ["a.jpg", "b.jpg"], 1, 42)
    assert both.shape == (2, 3)
    assert np.array_equal(passes.draws("channel_shift", ["b.jpg", "a.jpg"], 1, 42), both[::-1])
    assert not np.isclose(both[0], both[1]).any()
    assert not np.isclose(passes.draws("channel_shift", ["a.jpg"], 2, 42)[0], both[0]).any()
    assert not np.isclose(passes.draws("channel_shift", ["a.jpg"], 1, 43)[0], both[0]).any()
    assert not np.isclose(passes.draws("zoom", ["a.jpg"], 1, 42)[0], both[0, :2]).any()
    many = passes.draws("channel_shift", [str(image) for image in range(2000)], 1, 42)
    assert abs(many.mean()) < 0.02
    assert many.min() < -0.99 < 0.99 < many.max()


def test_a_picture_is_changed_the_same_in_any_shard() -> None:
    pytest.importorskip("tensorflow")
    pictures = np.random.default_rng(0).integers(0, 256, (3, 24, 32, 3)).astype(np.uint8)
    change = partial(passes.change_pictures, amounts=AMOUNTS, seed=0)
    together = change(ROWS, pictures, number=1)
    assert together.shape == pictures.shape
    alone = change(ROWS.iloc[2:], pictures[2:], number=1)
    assert np.array_equal(alone[0], together[2])
    assert np.abs(together - pictures).mean() > 5
    assert not np.array_equal(change(ROWS, pictures, number=2), together)


def test_a_store_says_how_its_pictures_were_changed() -> None:
    assert passes.describe_pass(0, AMOUNTS, 42) == "none"
    assert passes.describe_pass(3, AMOUNTS, 42) == "channel_shift 20, rotation 15; seed 42"
    assert passes.describe_pass(3, {}, 42) == "nothing; seed 42"
