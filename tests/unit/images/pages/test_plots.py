import numpy as np
import pandas as pd

from practical_dl.images.pages.plots import (
    class_examples_figure,
    examples_of_classes,
    groups_per_split_figure,
)

LABELLED = pd.DataFrame(
    {
        "image_id": [f"{row}.jpg" for row in range(24)],
        "label": ["a", "b"] * 12,
        "group": [f"p{row // 8}" for row in range(24)],
    }
)


def test_examples_come_from_as_many_groups_as_there_are() -> None:
    rows = examples_of_classes(LABELLED, 3, seed=0)
    assert rows["label"].tolist() == ["a"] * 3 + ["b"] * 3
    assert all(set(part["group"]) == {"p0", "p1", "p2"} for _, part in rows.groupby("label"))


def test_a_class_with_few_pictures_leaves_places_empty() -> None:
    pictures = np.zeros((3, 6, 8, 3), np.uint8)
    figure = class_examples_figure(["a", "b", "b"], pictures, examples=4)
    shown = [len(axis.images) for axis in figure.axes]
    assert shown == [1, 0, 0, 0, 1, 1, 0, 0]
    assert [figure.axes[row].get_ylabel() for row in (0, 4)] == ["a", "b"]


def test_bars_add_up_to_the_pictures_of_each_group() -> None:
    split = LABELLED[["image_id"]].assign(role=["valid"] * 4 + ["train"] * 20)
    figure = groups_per_split_figure(LABELLED, {"grouped": split})
    heights = [bar.get_height() for container in figure.axes[0].containers for bar in container]
    assert heights == [4, 8, 8, 4, 0, 0]
