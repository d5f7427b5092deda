"""The sample keeps roles and the proportions of the classes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practical_dl.images.pictures.every_class import apportion
from practical_dl.images.pictures.sampling import draw_sample, there_at_most
from practical_dl.job.errors import UserError


def tables(train: dict[str, int], valid: dict[str, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A manifest and a split with so many images of each class on each side, interleaved."""
    rows = [
        (role, label)
        for role, counts in (("train", train), ("valid", valid))
        for label, count in counts.items()
        for _ in range(count)
    ]
    mixed = np.random.default_rng(0).permutation(len(rows))
    roles, labels = zip(*(rows[index] for index in mixed), strict=True)
    ids = [f"{index:05}.jpg" for index in range(len(rows))]
    manifest = pd.DataFrame({"image_id": ids, "split": "train", "label": labels, "group": ""})
    return manifest, pd.DataFrame({"image_id": ids, "role": roles})


def counts_of(sample: pd.DataFrame, manifest: pd.DataFrame, role: str) -> dict[str, int]:
    labels = manifest.set_index("image_id")["label"]
    drawn = labels[sample["image_id"][sample["role"] == role]].value_counts()
    return {str(label): int(count) for label, count in drawn.items()}


def test_a_sample_keeps_the_proportions_of_each_side() -> None:
    manifest, split = tables({"a": 60, "b": 30, "c": 10}, {"a": 10, "b": 10, "c": 20})
    sample = draw_sample(manifest, split, 20, 8, 5)
    assert counts_of(sample, manifest, "train") == {"a": 12, "b": 6, "c": 2}
    assert counts_of(sample, manifest, "valid") == {"c": 4, "a": 2, "b": 2}
    assert sample["image_id"].is_monotonic_increasing
    assert sample["image_id"].is_unique
    roles = split.set_index("image_id")["role"]
    assert list(roles[sample["image_id"]]) == list(sample["role"])
    assert list(sample.index) == list(range(28))


def test_a_sample_can_be_everything() -> None:
    manifest, split = tables({"a": 6, "b": 3}, {"a": 1, "b": 2})
    pd.testing.assert_frame_equal(draw_sample(manifest, split, 9, 3, 0), split)


def test_the_seed_decides() -> None:
    manifest, split = tables({"a": 60, "b": 30}, {"a": 20, "b": 20})
    first = draw_sample(manifest, split, 10, 4, 1)
    pd.testing.assert_frame_equal(first, draw_sample(manifest, split, 10, 4, 1))
    assert list(first["image_id"]) != list(draw_sample(manifest, split, 10, 4, 2)["image_id"])


@pytest.mark.parametrize(
    ("train", "valid", "expected"),
    [
        (91, 4, "sample of 91 train images: there are 90; lower it"),
        (10, 41, "sample of 41 valid images: there are 40; lower it"),
        (
            1,
            4,
            "sample of 1 train images: there are 2 classes, and each needs one; raise sample.train",
        ),
    ],
)
def test_a_sample_that_cannot_be_drawn(train: int, valid: int, expected: str) -> None:
    manifest, split = tables({"a": 60, "b": 30}, {"a": 20, "b": 20})
    with pytest.raises(UserError) as caught:
        draw_sample(manifest, split, train, valid, 0)
    assert str(caught.value) == expected


def test_a_rare_class_has_one_picture_in_a_small_sample() -> None:
    manifest, split = tables({"a": 900, "b": 96, "c": 4}, {"a": 90, "b": 9, "c": 1})
    sample = draw_sample(manifest, split, 20, 10, 0)
    assert counts_of(sample, manifest, "train") == {"a": 17, "b": 2, "c": 1}
    assert counts_of(sample, manifest, "valid") == {"a": 8, "b": 1, "c": 1}


def test_apportion_by_hand() -> None:
    assert apportion(np.array([50, 30, 20]), 7).tolist() == [4, 2, 1]
    assert apportion(np.array([1, 1, 1]), 2).tolist() == [1, 1, 0]


@settings(deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=12), st.floats(0, 1))
def test_apportion_gives_each_its_share_to_within_one(sizes: list[int], part: float) -> None:
    total = int(part * sum(sizes))
    parts = apportion(np.array(sizes), total)
    assert parts.sum() == total
    assert (np.abs(parts - np.array(sizes) * total / sum(sizes)) < 1).all()
    assert (parts <= sizes).all()


def test_no_more_is_drawn_than_there_is() -> None:
    _, split = tables({"a": 6, "b": 3}, {"a": 3, "b": 3})
    assert there_at_most(split, 4, 20) == (4, 6)
    assert there_at_most(split, 100, 2) == (9, 2)
