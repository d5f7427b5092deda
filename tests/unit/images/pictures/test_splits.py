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
    rows_by_role,
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


def test_split_by_group_names_the_classes_of_one_group() -> None:
    manifest = manifest_of(["c0", "c1", "c0", "c2"], ["a", "a", "b", "b"])
    with pytest.raises(UserError) as caught:
        split_by_group(manifest, 0.5, 0)
    assert str(caught.value) == (
        "all pictures of a class are in one group, which cannot both train and validate: "
        "c1 (group a), c2 (group b); add pictures of another group, take the class out, or mend "
        "the groups"
    )


@pytest.mark.parametrize(("each", "classes"), [(4, 2), (6, 5), (2, 7)])
def test_patients_of_one_class_each_are_split_whatever_the_seed(each: int, classes: int) -> None:
    patients = [f"p{number}" for number in range(each * classes)]
    labels = [f"c{number % classes}" for number in range(each * classes)]
    manifest = manifest_of(labels * 3, patients * 3)
    rows = manifest[manifest["label"] != ""]
    for seed in range(60):
        split = split_by_group(manifest, 0.25, seed)
        require_whole_groups(split, manifest, "split")
        sides = pd.crosstab(rows["label"].to_numpy(), split["role"].to_numpy())
        assert (sides >= 3).all(axis=None), seed
        dealt = folds(manifest, 2, seed)
        require_whole_groups(dealt, manifest, "folds")
        assert (pd.crosstab(rows["label"].to_numpy(), dealt["fold"].to_numpy()) >= 3).all(axis=None)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.integers(0, 4), min_size=1), min_size=2, max_size=7), seeds)
def test_a_split_is_found_exactly_where_there_is_one(held: list[set[int]], seed: int) -> None:
    pairs = [(f"c{label}", f"g{group}") for group, of in enumerate(held) for label in sorted(of)]
    manifest = manifest_of(*zip(*pairs, strict=True))
    every = set().union(*held)

    def fits(chosen: int) -> bool:
        valid = [of for group, of in enumerate(held) if chosen >> group & 1]
        train = [of for group, of in enumerate(held) if not chosen >> group & 1]
        return set().union(*valid) == every == set().union(*train)

    if any(fits(chosen) for chosen in range(2 ** len(held))):
        split = split_by_group(manifest, 0.3, seed)
        require_whole_groups(split, manifest, "split")
        assert all(set(of["role"]) == {"train", "valid"} for of in by_class(split, manifest))
    else:
        with pytest.raises(UserError, match=r"^(all pictures of a class|no way was found)"):
            split_by_group(manifest, 0.3, seed)


def by_class(split: pd.DataFrame, manifest: pd.DataFrame) -> list[pd.DataFrame]:
    labels = split["image_id"].map(manifest.set_index("image_id")["label"])
    return [rows for _, rows in split.groupby(labels)]


def test_a_draw_that_fits_is_kept_and_another_changes_as_little_as_it_can() -> None:
    labels, groups = list("aabbaabb"), list("ppppqqqq")
    kept = split_by_group(manifest_of(labels, groups), 0.5, 1)
    held_out = hold_out_groups(np.array(groups), 0.5, 1)
    assert [role == "valid" for role in kept["role"]] == [group in held_out for group in groups]
    # Ten patients of a, then four of b with one, two, three and four pictures.
    labels = ["a"] * 10 + ["b"] * 10
    groups = [f"a{n}" for n in range(10)] + [f"b{n}" for n in (1, 2, 2, 3, 3, 3, 4, 4, 4, 4)]
    seed = next(
        n for n in range(99) if "b" not in "".join(hold_out_groups(np.array(groups), 0.1, n))
    )
    drawn = hold_out_groups(np.array(groups), 0.1, seed)
    split = split_by_group(manifest_of(labels, groups), 0.1, seed)
    valid = {group for group, role in zip(groups, split["role"], strict=True) if role == "valid"}
    assert valid == {*drawn, "b1"}


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


def test_a_random_split_has_rare_classes_on_both_sides() -> None:
    manifest = manifest_of(["c0"] * 20 + ["c1"] * 2, [""] * 22)
    for seed in range(20):
        for valid_rows in (2, 11, 20):
            split = split_at_random(manifest, valid_rows, seed)
            assert (split["role"] == "valid").sum() == valid_rows
            assert all(set(of["role"]) == {"train", "valid"} for of in by_class(split, manifest))


def test_a_random_split_refuses_classes_of_one_image() -> None:
    manifest = manifest_of(["c0"] * 20 + ["c1", "c2"], [""] * 22)
    with pytest.raises(UserError, match=r"^two labelled images .* are needed; one only of c1, c2$"):
        split_at_random(manifest, 5, 0)


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
            manifest_of(["c0"] * 9 + ["c1"] * 9, list("abcabcabc") + ["d"] * 9),
            2,
            "all pictures of a class are in one group, which cannot both train and validate: "
            "c1 (group d); add pictures of another group, take the class out, or mend the groups",
        ),
    ],
)
def test_folds_say_why_they_cannot_be_dealt(manifest: pd.DataFrame, k: int, expected: str) -> None:
    with pytest.raises(UserError) as caught:
        folds(manifest, k, 0)
    assert str(caught.value) == expected


def test_no_fold_is_empty_where_there_are_as_many_groups() -> None:
    groups = "aaabbbbbbcdddddddee"
    manifest = manifest_of("0001111110111111100", groups)
    for seed in range(10):
        dealt = folds(manifest, 5, seed)
        assert dealt["fold"].groupby(list(groups)).nunique().tolist() == [1] * 5
        assert set(dealt["fold"]) == set(range(5))


def inner_groups(labels: str, groups: str, seed: int) -> set[str]:
    """The groups of the inner rows, if all rows train but the last, which validates."""
    stored = pd.DataFrame(
        {
            "image_id": [f"{row}.jpg" for row in range(len(labels))],
            "label": list(labels),
            "group": list(groups),
        }
    )
    split = stored[["image_id"]].assign(role=["train"] * (len(labels) - 1) + ["valid"])
    parts = rows_by_role(stored, split, 0.3, True, seed)
    assert set(stored["label"].iloc[parts["train"]]) == set(labels)
    assert len(parts["inner"])
    assert not set(parts["train"]) & set(parts["inner"])
    return set(stored["group"].iloc[parts["inner"]])


def test_inner_rows_never_take_the_last_group_of_a_class() -> None:
    chosen = [inner_groups("aaabbbcccx" + "x", "ppqqrrssttz", seed) for seed in range(30)]
    assert all("t" not in groups for groups in chosen), "t alone trains x"
    assert len({tuple(sorted(groups)) for groups in chosen}) > 1


def test_single_pictures_choose_the_epoch_where_no_group_can_be_spared() -> None:
    with pytest.warns(UserWarning, match="single pictures, not whole groups"):
        inner_groups("aaaabbbba", "ppppqqqqz", 0)
    inner_groups("aaaabbbba", "ppppppppz", 0)


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
