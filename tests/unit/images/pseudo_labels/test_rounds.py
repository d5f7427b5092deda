from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from practical_dl.images.features.batches import HeldRows, Source
from practical_dl.images.pseudo_labels import rounds as pseudo_rounds
from practical_dl.images.pseudo_labels.material import Material
from practical_dl.images.pseudo_labels.rounds import Head, Round
from practical_dl.images.pseudo_labels.setting import Setting
from practical_dl.inspection.inspecting import inspect_file
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.recipe import Recipe

pytest.importorskip("keras")
ROLES = ["train"] * 40 + ["pool"] * 20 + ["untouched"] * 20 + ["test"] * 30
HEAD, RECIPE = Head(8, 0.2), Recipe([[3, 0.02]], 7)
SEEDS = [3, 4]


@pytest.fixture(scope="module")
def material() -> Material:
    """Two classes that a line tells apart; row r is known by its third feature."""
    rng = np.random.default_rng(0)
    true = np.arange(110) % 2
    features = rng.normal(0, 0.5, (110, 3)) + 2 * true[:, None]
    features[:, 2] = np.arange(110) / 1000
    role = np.array(ROLES, dtype=object)
    label = np.where(role == "train", true, -1)
    ids = np.arange(110).astype(str)
    return Material(ids, features.astype(np.float16), role, label, ("a", "b"))


def log() -> Log:
    return Log("t", StringIO(), StringIO())


def rows_of(batch: np.ndarray) -> list[int]:
    return [round(float(value) * 1000) for value in batch[:, 2]]


@pytest.mark.parametrize(("share", "beside"), [(0.3, 3), (0.5, 7), (0.8, 28)])
def test_every_batch_holds_the_share_and_an_epoch_is_one_pass_over_the_true_rows(
    material: Material, share: float, beside: int
) -> None:
    true = pseudo_rounds.true_rows(material)
    rows = material.rows("test")
    predicted = Source(HeldRows(material.features), rows, np.full((30, 2), 0.5, np.float32))
    batches = pseudo_rounds.mixed_batches([true, predicted], share, 7, 10, seed=1)
    mixed = [rows_of(features.numpy()) for features, _ in batches]
    alone = pseudo_rounds.mixed_batches([true], share, 7, 10, seed=1)
    control = [rows_of(features.numpy()) for features, _ in alone]
    assert len(mixed) == len(control) == 6
    for batch, of_control in zip(mixed, control, strict=True):
        kept = [row for row in batch if row < 40]
        assert kept == of_control
        assert len(batch) - len(kept) == round(beside * len(kept) / 7)
    assert sorted(row for batch in control for row in batch) == list(range(40))


def test_predicted_rows_are_of_the_pool_with_the_round_s_predictions(material: Material) -> None:
    held_out = np.flatnonzero(material.role != "train")
    predicted = np.random.default_rng(1).dirichlet([1, 1], 70).astype(np.float32)
    for pool, first, last in (("valid", 40, 60), ("test", 80, 110)):
        setting = Setting(pool, pool)
        [source] = pseudo_rounds.predicted_rows(material, setting, held_out, predicted, 1, 0)
        assert source.positions.tolist() == list(range(first, last))
        assert np.array_equal(source.targets, predicted[first - 40 : last - 40])
    none = Setting("none", "none")
    assert pseudo_rounds.predicted_rows(material, none, held_out, predicted, 1, 0) == []
    unsure = Setting("v", "valid", threshold=0.9999)
    assert pseudo_rounds.predicted_rows(material, unsure, held_out, predicted, 1, 0) == []


@pytest.fixture(scope="module")
def trained(material: Material) -> tuple[Round, Round]:
    configure_tensorflow(0)
    start = pseudo_rounds.first_round(material, HEAD, RECIPE, SEEDS, log())
    settings = [Setting("none", "none"), Setting("valid", "valid"), Setting("test", "test")]
    return start, pseudo_rounds.next_round(material, HEAD, RECIPE, settings, SEEDS, start, 1, log())


def test_rounds_learn_and_go_on_from_the_start(trained: tuple[Round, Round]) -> None:
    start, after = trained
    assert start.predicted.shape == (1, 2, 70, 2)
    assert after.predicted.shape == (3, 2, 70, 2)
    right = after.predicted.argmax(axis=-1) == np.arange(40, 110) % 2
    assert right.mean() > 0.95
    moved = np.abs(after.weights - start.weights).max(axis=-1)
    assert (moved > 0).all()
    assert moved.max() < 1
    assert not np.allclose(after.weights[1], after.weights[2])


def test_a_training_does_not_depend_on_those_before_it(
    material: Material, trained: tuple[Round, Round]
) -> None:
    start, after = trained
    configure_tensorflow(0)
    alone = pseudo_rounds.next_round(
        material, HEAD, RECIPE, [Setting("test", "test")], SEEDS, start, 1, log()
    )
    np.testing.assert_allclose(alone.weights[0], after.weights[2], atol=1e-6)


def test_a_round_is_read_as_it_was_written(
    trained: tuple[Round, Round], material: Material, tmp_path: Path
) -> None:
    pseudo_rounds.write_round(tmp_path / "round.h5", trained[1])
    told = inspect_file(tmp_path / "round.h5").described
    assert (told.what.split(":")[0], told.wrong) == ("round of pseudo-labels", [])
    read = pseudo_rounds.read_round(tmp_path / "round.h5")
    assert read.settings == ("none", "valid", "test")
    assert np.array_equal(read.weights, trained[1].weights)
    assert (read.of("test"), trained[0].of("test")) == (2, 0)
    teacher = pseudo_rounds.predict_teacher(material, read, "none", HEAD.width)
    np.testing.assert_allclose(teacher[40:], read.predicted[0].mean(axis=0), atol=1e-6)
