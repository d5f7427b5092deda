"""Splits: groups stay whole, classes stay on both sides, sizes are near, seeds decide."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.splits import (
    check_split,
    folds,
    hold_out_groups,
    read_folds,
    read_split,
    require_whole_groups,
    split_at_random,
    split_by_group,
)
from practical_dl.job.errors import UserError


def manifest_of(labels: Sequence[str], groups: Sequence[str]) -> pd.DataFrame:
    """The columns of a manifest that splits read; one test image in the middle."""
    rows = pd.DataFrame(
        {
            "image_id": [f"{index:04}.jpg" for index in range(len(labels))],
            "split": "train",
            "label": list(labels),
            "group": list(groups),
        }
    )
    unlabelled = pd.DataFrame(
        {"image_id": ["0000z.jpg"], "split": ["test"], "label": [""], "group": [""]}
    )
    return pd.concat([rows, unlabelled]).sort_values("image_id", ignore_index=True)


def balanced(groups: int, classes: int, each: int) -> pd.DataFrame:
    """`each` images of every class for every group."""
    pairs = [(f"c{index}", f"p{group}") for group in range(groups) for index in range(classes)]
    labels, drivers = zip(*(pairs * each), strict=True)
    return manifest_of(labels, drivers)


group_sizes = st.lists(st.integers(1, 60), min_size=2, max_size=30)
shares = st.floats(0.01, 0.5)
seeds = st.integers(0, 2**32 - 1)


@settings(deadline=None)
@given(group_sizes, shares, seeds)
def test_held_out_groups_come_nearest_to_the_share(
    sizes: list[int], share: float, seed: int
) -> None:
    groups = np.repeat([f"g{index:02}" for index in range(len(sizes))], sizes)
    held_out = hold_out_groups(groups, share, seed)
    assert 1 <= len(held_out) < len(sizes)
    rows = int(np.isin(groups, held_out).sum())
    assert abs(rows - share * len(groups)) <= max(max(sizes) / 2, min(sizes))
    shuffled = np.random.default_rng(seed).permutation(groups)
    assert hold_out_groups(shuffled, share, seed) == held_out


def test_held_out_groups_by_hand() -> None:
    groups = np.repeat(["a", "b", "c"], [90, 5, 5])
    assert hold_out_groups(groups, 0.1, 0) == ["b", "c"]
    assert hold_out_groups(np.repeat(["a", "b"], [60, 50]), 0.01, 0) == ["b"]
    assert hold_out_groups(np.repeat(["a", "b"], [1, 9]), 0.5, 0) == ["a"]


def test_seeds_hold_out_different_groups() -> None:
    groups = np.repeat([f"g{index}" for index in range(10)], 5)
    chosen = {tuple(hold_out_groups(groups, 0.3, seed)) for seed in range(20)}
    assert len(chosen) > 10
    assert {len(names) for names in chosen} == {3}


@pytest.mark.parametrize("share", [0, 0.51, float("nan")])
def test_at_most_half_can_be_held_out(share: float) -> None:
    with pytest.raises(UserError, match=r"^validation share .*: must be above 0 and at most 0\.5$"):
        hold_out_groups(np.array(["a", "b"]), share, 0)


def test_one_group_cannot_be_held_out() -> None:
    with pytest.raises(UserError, match=r"^one group only \(a\): at least two are needed"):
        hold_out_groups(np.array(["a", "a"]), 0.5, 0)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 9), st.integers(2, 4), st.integers(1, 4), shares, seeds)
def test_split_by_group_never_cuts_a_group(
    groups: int, classes: int, each: int, share: float, seed: int
) -> None:
    manifest = balanced(groups, classes, each)
    split = split_by_group(manifest, share, seed)
    labelled = manifest[manifest["label"] != ""]
    assert list(split["image_id"]) == list(labelled["image_id"])
    sides = split["role"].to_numpy()
    assert pd.Series(sides).groupby(labelled["group"].to_numpy()).nunique().max() == 1
    assert abs((sides == "valid").sum() - share * len(split)) <= classes * each
    pd.testing.assert_frame_equal(split, split_by_group(manifest, share, seed))


def test_split_by_group_refuses_a_side_without_a_class() -> None:
    manifest = manifest_of(["c0", "c1", "c0", "c0"], ["a", "a", "b", "b"])
    with pytest.raises(UserError, match=r"^class c1 has no (train|valid) image \(1 such classes\)"):
        split_by_group(manifest, 0.5, 0)


def test_without_groups_the_split_is_random_and_stratified() -> None:
    manifest = manifest_of(["c0"] * 40 + ["c1"] * 20, [""] * 60)
    split = split_by_group(manifest, 0.25, 3)
    labels = manifest[manifest["label"] != ""].set_index("image_id")["label"]
    valid = split["image_id"][split["role"] == "valid"]
    assert labels[valid].value_counts().to_dict() == {"c0": 10, "c1": 5}
    pd.testing.assert_frame_equal(split, split_at_random(manifest, 15, 3))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 119), seeds)
def test_a_random_split_has_the_size_that_was_asked_for(valid_rows: int, seed: int) -> None:
    manifest = balanced(6, 2, 10)
    if not 2 <= valid_rows <= 118:
        with pytest.raises(UserError, match=r"change split\.valid_share"):
            split_at_random(manifest, valid_rows, seed)
        return
    split = split_at_random(manifest, valid_rows, seed)
    assert (split["role"] == "valid").sum() == valid_rows
    assert len(split) == 120
    pd.testing.assert_frame_equal(split, split_at_random(manifest, valid_rows, seed))


def test_a_random_split_leaks() -> None:
    manifest = balanced(5, 2, 10)
    split = split_at_random(manifest, 20, 0)
    expected = r"^random\.csv: group p0 stands on more than one side \(5 such\)"
    with pytest.raises(UserError, match=expected):
        require_whole_groups(split, manifest, Path("random.csv"))


def test_a_random_split_refuses_a_class_of_one_image() -> None:
    manifest = manifest_of(["c0"] * 20 + ["c1"] * 2, [""] * 22)
    with pytest.raises(UserError, match=r"^class c1 has no valid image"):
        split_at_random(manifest, 2, 0)


@settings(max_examples=30, deadline=None)
@given(st.integers(4, 8), st.integers(2, 4), seeds)
def test_folds_keep_groups_whole_and_use_every_number(groups: int, k: int, seed: int) -> None:
    manifest = balanced(groups, 3, 2)
    dealt = folds(manifest, k, seed)
    labelled = manifest[manifest["label"] != ""]
    assert list(dealt["image_id"]) == list(labelled["image_id"])
    assert set(dealt["fold"]) == set(range(k))
    assert dealt["fold"].groupby(labelled["group"].to_numpy()).nunique().max() == 1
    pd.testing.assert_frame_equal(dealt, folds(manifest, k, seed))


def test_folds_without_groups_are_stratified() -> None:
    manifest = manifest_of(["c0"] * 30 + ["c1"] * 15, [""] * 45)
    dealt = folds(manifest, 3, 0)
    labels = manifest["label"][manifest["label"] != ""].to_numpy()
    assert pd.crosstab(labels, dealt["fold"]).to_numpy().tolist() == [[10] * 3, [5] * 3]


@pytest.mark.parametrize(
    ("manifest", "k", "expected"),
    [
        (balanced(3, 2, 4), 4, "4 folds are too many for this data set: it has 3 groups"),
        (
            manifest_of(["c0", "c1"], ["", ""]),
            2,
            "2 folds are too many for this data set: n_splits=2 cannot be greater than the "
            "number of members in each class.",
        ),
        (
            manifest_of("0001111110111111100", "aaabbbbbbcdddddddee"),
            5,
            "5 folds: one would be empty; lower the number or change the seed",
        ),
        (
            manifest_of(["c0"] * 9 + ["c1"] * 9, list("abcabcabc") + ["d"] * 9),
            2,
            "class c1 lies in one fold only (1 such classes); "
            "change the number of folds or the seed",
        ),
    ],
)
def test_folds_say_why_they_cannot_be_dealt(manifest: pd.DataFrame, k: int, expected: str) -> None:
    with pytest.raises(UserError) as caught:
        folds(manifest, k, 0)
    assert str(caught.value) == expected


def test_split_and_folds_come_back_as_they_were_written(tmp_path: Path) -> None:
    manifest = balanced(4, 2, 2)
    split, dealt = split_by_group(manifest, 0.5, 0), folds(manifest, 2, 0)
    write_csv(tmp_path / "grouped.csv", split)
    write_csv(tmp_path / "folds.csv", dealt)
    pd.testing.assert_frame_equal(read_split(tmp_path / "grouped.csv", manifest), split)
    pd.testing.assert_frame_equal(read_folds(tmp_path / "folds.csv", manifest), dealt)


def test_a_split_of_other_images_is_refused() -> None:
    manifest = balanced(4, 2, 2)
    split = split_by_group(manifest, 0.5, 0)
    for other in (split.iloc[1:], split.iloc[::-1], pd.concat([split, split])):
        with pytest.raises(UserError, match=r"^s\.csv: does not list the manifest's labelled"):
            check_split(other, manifest, Path("s.csv"))


def test_a_split_with_other_roles_is_refused() -> None:
    manifest = balanced(4, 2, 2)
    split = split_by_group(manifest, 0.5, 0)
    with pytest.raises(UserError, match=r"roles are train, expected train and valid$"):
        check_split(split.assign(role="train"), manifest, Path("s.csv"))
    with pytest.raises(UserError, match=r"roles are test, train, expected train and valid$"):
        check_split(split.replace("valid", "test"), manifest, Path("s.csv"))


def test_folds_that_cut_a_group_are_refused_when_read(tmp_path: Path) -> None:
    manifest = balanced(4, 2, 2)
    dealt = folds(manifest, 2, 0)
    dealt["fold"] = [1 - dealt["fold"].iloc[0], *dealt["fold"].iloc[1:]]
    write_csv(tmp_path / "folds.csv", dealt)
    with pytest.raises(UserError, match=r"folds\.csv: group p0 stands on more than one side"):
        read_folds(tmp_path / "folds.csv", manifest)
