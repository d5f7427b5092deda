from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.augmentation.half_pictures import join_halves, partners
from practical_dl.images.ensemble.ablation import ablation, read_ablation
from practical_dl.images.ensemble.members import (
    folds_of,
    in_row_order,
    labels_by_fold,
    parts_by_fold,
    read_members,
    row_losses,
    rows_of_choice,
    write_member,
)
from practical_dl.images.features.reduced import fit_projection
from practical_dl.images.folds.fold_predictions import FoldPredictions
from practical_dl.images.folds.linear import fit_linear_folds, region_means
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log

ROWS = pd.DataFrame(
    {"image_id": list("abcd"), "label": [0, 1, 0, 1], "group": ["p", "p", "q", "q"]}
)


def member(folder: Path, first: float) -> SimpleNamespace:
    folder.mkdir()
    names = ("out_of_fold", "first_seed", "test")
    output = {name: folder / f"{name}.csv" for name in names}
    seeds = np.array([[[first, 1 - first]] * 4, [[0.5, 0.5]] * 4])
    test = pd.DataFrame({"image_id": ["t"], "label": [-1], "group": [""]})
    write_member(output, ROWS, test, ["x", "y"], FoldPredictions(seeds, seeds, seeds[:, :1]))
    return SimpleNamespace(**output)


def test_a_member_holds_means_over_seeds_and_its_first_seed(tmp_path: Path) -> None:
    output = member(tmp_path / "one", 0.9)
    mean, first, test = (
        pd.read_csv(path) for path in (output.out_of_fold, output.first_seed, output.test)
    )
    assert mean["x"].tolist() == pytest.approx([0.7] * 4)
    assert first["x"].tolist() == pytest.approx([0.9] * 4)
    assert mean["true"].tolist() == ["x", "y", "x", "y"]
    assert test["id"].tolist() == ["t"]
    assert test["x"].tolist() == pytest.approx([0.7])


def test_parts_have_neighbours_by_their_own_positions(tmp_path: Path) -> None:
    outputs = [member(tmp_path / name, first) for name, first in (("one", 0.9), ("two", 0.2))]
    members = read_members([output.out_of_fold for output in outputs])
    folds = pd.DataFrame({"image_id": list("dcba"), "fold": [1, 0, 1, 0]})
    fold = folds_of(list(members[0].ids), folds)
    assert fold.tolist() == [0, 1, 0, 1]
    parts = parts_by_fold(members, fold, np.array([[2], [3], [0], [1]]))
    assert [part.neighbours.tolist() for part in parts.values()] == [[[1], [0]]] * 2
    assert np.exp(parts[1].logs[:, 0, 0]).tolist() == pytest.approx([0.7, 0.35])
    labels = labels_by_fold(members[0], fold)
    assert labels[0].tolist() == [0, 0]
    assert in_row_order({0: np.array([1, 3]), 1: np.array([2, 4])}, fold).tolist() == [1, 2, 3, 4]
    assert row_losses(members)[:, 0].tolist() == pytest.approx([-np.log(0.7), -np.log(0.35)])
    assert rows_of_choice(members, np.array([0, 1, 1, 0]))[:, 0].tolist() == pytest.approx(
        [0.7, 0.35, 0.35, 0.7]
    )


def test_members_of_other_rows_are_refused(tmp_path: Path) -> None:
    output = member(tmp_path / "one", 0.9)
    with pytest.raises(UserError, match="rows or classes"):
        read_members([output.out_of_fold, output.test])
    with pytest.raises(UserError, match="b has none"):
        folds_of(["a", "b"], pd.DataFrame({"image_id": ["a"], "fold": [0]}))


def test_halves_come_from_pictures_of_the_same_class() -> None:
    labels = np.array([0, 1, 0, 1, 2])
    drawn = partners(labels, np.array([0, 1, 2, 3, 4] * 20), np.random.default_rng(0))
    assert (labels[drawn] == np.tile(labels, 20)).all()
    assert len(set(drawn[:5:2])) >= 2
    left, right = np.zeros((1, 1, 3, 1)), np.ones((1, 1, 3, 1))
    assert join_halves(left, right).ravel().tolist() == [0, 0, 1]


def test_regions_are_means_of_their_locations_scaled_alike() -> None:
    maps = np.arange(16, dtype=np.float16).reshape(1, 4, 4, 1)
    first, other = region_means([maps, 2 * maps], 2)
    means = np.array([2.5, 4.5, 10.5, 12.5])
    assert first[0] == pytest.approx(means / means.std(), rel=1e-3)
    assert other[0] == pytest.approx(2 * first[0], rel=1e-3)
    assert region_means([maps], 9)[0].shape == (1, 16)


def test_every_fold_is_predicted_by_a_model_that_has_not_seen_it() -> None:
    rng = np.random.default_rng(1)
    labels = np.tile([0, 1], 30)
    fold = np.repeat([0, 1, 2], 20)
    features = labels[:, None] * 2.0 + rng.normal(0, 0.3, (60, 2))
    features[fold == 2] *= -1
    log = Log("test", StringIO(), StringIO())
    found = fit_linear_folds(features, labels, fold, features[:4], 1.0, log)
    right = found.out_of_fold[0].argmax(axis=1) == labels
    assert right[fold == 2].mean() < 0.6
    assert found.test[0].sum(axis=1) == pytest.approx(np.ones(4))


def test_the_projection_keeps_what_varies_and_has_unit_variance() -> None:
    rng = np.random.default_rng(2)
    hidden = rng.normal(size=(3000, 2))
    mixing = rng.normal(size=(2, 6))
    features = hidden @ mixing + 5
    projection = fit_projection(features, 2)
    values = projection(features)
    assert values.mean(axis=0) == pytest.approx([0, 0], abs=1e-2)
    assert values.var(axis=0).mean() == pytest.approx(1, rel=1e-2)
    back, *_ = np.linalg.lstsq(values, features - features.mean(axis=0), rcond=None)
    np.testing.assert_allclose(values @ back, features - features.mean(axis=0), atol=0.02)
    assert fit_projection(features, 99).matrix.shape == (6, 6)


def test_the_ablation_adds_up_and_scores_what_is_left_out(tmp_path: Path) -> None:
    labels = np.array([0, 0, 1, 1])
    groups = np.array(list("aabb"))

    def sure(share: float) -> np.ndarray:
        return np.array([[share, 1 - share]] * 2 + [[1 - share, share]] * 2)

    stages = [("linear", sure(0.5)), ("heads", sure(0.6)), ("weights", sure(0.8))]
    table = ablation(stages, {"weights": sure(0.6)}, {"clip": sure(0.7)}, labels, groups, 0)
    assert table["step"].tolist() == ["linear", "heads", "weights", "clip"]
    assert table["left_out"].tolist() == [0, 0, 0, 1]
    assert table["log_loss"].tolist() == pytest.approx(-np.log([0.5, 0.6, 0.8, 0.7]))
    assert table["gain"].tolist() == pytest.approx(
        [0, np.log(0.6 / 0.5), np.log(0.8 / 0.6), np.log(0.7 / 0.8)]
    )
    assert table["without"].tolist()[2] == pytest.approx(np.log(0.8 / 0.6))
    assert table["without"].isna().tolist() == [True, True, False, True]
    table.to_csv(tmp_path / "ablation.csv", index=False)
    pd.testing.assert_frame_equal(
        read_ablation(str(tmp_path / "ablation.csv")), table, check_dtype=False
    )
