import numpy as np
import pandas as pd
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.networks.heads import lesson_head
from practical_dl.images.pictures.splits import rows_by_role
from practical_dl.scoring.leak import leak_scores

pytest.importorskip("keras")


def stored(groups: int, rows: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "image_id": [f"{row}.jpg" for row in range(groups * rows)],
            "group": [f"p{row // rows}" for row in range(groups * rows)],
            "label": 0,
        }
    )


def test_inner_rows_are_whole_groups_of_the_training_rows() -> None:
    rows = stored(10, 20)
    split = rows[["image_id"]].assign(role=np.where(rows["group"] < "p7", "train", "valid"))
    parts = rows_by_role(rows, split, 0.2, by_group=True, seed=1)
    groups = {name: set(rows["group"].iloc[part]) for name, part in parts.items()}
    assert groups["valid"] == {"p7", "p8", "p9"}
    assert not groups["train"] & groups["inner"]
    assert len(groups["train"] | groups["inner"]) == 7
    assert sum(map(len, parts.values())) == 200


def test_inner_rows_of_a_random_split_are_single_rows() -> None:
    rows = stored(10, 20)
    split = rows[["image_id"]].assign(
        role=["valid" if row % 4 == 0 else "train" for row in range(200)]
    )
    parts = rows_by_role(rows, split, 0.2, by_group=False, seed=1)
    assert len(parts["inner"]) == 30
    assert len(set(rows["group"].iloc[parts["inner"]])) > 5


def test_without_groups_inner_rows_are_single_rows() -> None:
    rows = stored(10, 20).assign(group="")
    split = rows[["image_id"]].assign(role=["valid"] * 50 + ["train"] * 150)
    parts = rows_by_role(rows, split, 0.2, by_group=True, seed=1)
    assert len(parts["inner"]) == 30
    assert sum(map(len, parts.values())) == 200


def test_the_lesson_head_has_the_lesson_s_layers() -> None:
    head = lesson_head((14, 14, 512), 10, width=128, dropout=0.8)
    names = [type(layer).__name__ for layer in head.layers]
    assert names == [
        "MaxPooling2D", "Flatten", "Dropout", "Dense", "BatchNormalization",
        "Dropout", "Dense", "BatchNormalization", "Dropout", "Dense",
    ]  # fmt: skip
    rates = [layer.rate for layer in head.layers if type(layer).__name__ == "Dropout"]
    assert rates == [0.4, 0.4, 0.8]
    assert head.layers[3].kernel.shape == (7 * 7 * 512, 128)
    assert head.output_shape == (None, 10)
    assert lesson_head((64,), 3, 8, 0.5).layers[0].name.startswith("flatten")
    assert lesson_head((7, 7, 512), 3, 8, 0.5, "max2").layers[0].name.startswith("flatten")


def predictions(right: int, of: int) -> ClassPredictions:
    true = np.array(["a"] * of, dtype=object)
    chosen = np.array([[0.9, 0.1]] * right + [[0.1, 0.9]] * (of - right))
    ids = np.array([str(row) for row in range(of)], dtype=object)
    return ClassPredictions(ids, ids, true, ("a", "b"), chosen)


def test_the_leak_is_random_minus_grouped() -> None:
    scores = leak_scores(predictions(90, 100), predictions(60, 100), seed=0)
    assert scores["accuracy"]["value"] == pytest.approx(0.3)
    assert 0.15 < scores["accuracy"]["ci_low"] < 0.3 < scores["accuracy"]["ci_high"] < 0.45
    expected = -(0.9 * np.log(0.9) + 0.1 * np.log(0.1)) + (0.6 * np.log(0.9) + 0.4 * np.log(0.1))
    assert scores["log_loss"]["value"] == pytest.approx(expected)
