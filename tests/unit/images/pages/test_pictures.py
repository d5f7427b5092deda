from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from practical_dl.files.artefacts import sha256_of_file
from practical_dl.images.pages.pictures import (
    class_examples_figure,
    examples_figure,
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
    figure = examples_figure(["a", "b", "b"], pictures, examples=4)
    shown = [len(axis.images) for axis in figure.axes]
    assert shown == [1, 0, 0, 0, 1, 1, 0, 0]
    assert [figure.axes[row].get_ylabel() for row in (0, 4)] == ["a", "b"]


def test_bars_add_up_to_the_pictures_of_each_group() -> None:
    split = LABELLED[["image_id"]].assign(role=["valid"] * 4 + ["train"] * 20)
    figure = groups_per_split_figure(LABELLED, {"grouped": split})
    heights = [bar.get_height() for container in figure.axes[0].containers for bar in container]
    assert heights == [4, 8, 8, 4, 0, 0]


@pytest.mark.parametrize(("count", "rows"), [(400, 40), (3, 3)])
def test_many_classes_are_cut_with_a_word(tmp_path: Path, count: int, rows: int) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / "one.png")
    labelled = pd.DataFrame(
        {
            "image_id": [f"{row}.png" for row in range(2 * count)],
            "path": "one.png",
            "label": [f"class {row // 2:03}" for row in range(2 * count)],
            "group": "",
            "width": 40,
            "height": 30,
            "sha256": sha256_of_file(tmp_path / "one.png"),
        }
    )
    figure = class_examples_figure(tmp_path, labelled, 0)
    named = [axis.get_ylabel() for axis in figure.axes if axis.get_ylabel()]
    assert len(named) == rows
    assert (named[0], named[-1]) == ("class 000", f"class {count - 1:03}")
    assert figure.get_suptitle() == (
        "40 of 400 classes, evenly spread over their names" if count == 400 else ""
    )


def test_of_many_groups_the_largest_are_shown() -> None:
    groups = [f"p{row}" for row in range(500) for _ in range(1 + (row >= 440))]
    manifest = pd.DataFrame(
        {"image_id": [f"{row}.jpg" for row in range(len(groups))], "label": "a", "group": groups}
    )
    split = manifest[["image_id"]].assign(role="train")
    figure = groups_per_split_figure(manifest, {"grouped": split})
    heights = [bar.get_height() for container in figure.axes[0].containers for bar in container]
    assert heights == [2] * 60 + [0] * 60
    assert figure.axes[0].get_xlabel() == "group (the largest 60 of 500)"
