from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.sample.store import read_sample_pictures, sample_rows, shrunk, write_sample
from practical_dl.job.errors import UserError


def drawn(groups: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Twelve pictures of two classes and three drivers, one of whom validates."""
    manifest = pd.DataFrame(
        {
            "image_id": [f"{number:02}.jpg" for number in range(12)],
            "label": ["c0", "c1"] * 6,
            "group": np.repeat(["p0", "p1", "p2"], 4) if groups else [""] * 12,
        }
    )
    role = np.where(manifest["image_id"] < "08", "train", "valid")
    return manifest, pd.DataFrame({"image_id": manifest["image_id"], "role": role})


def test_rows_have_both_roles_and_class_indices() -> None:
    rows = sample_rows(*drawn(), seed=1)
    assert rows["label"].tolist() == [0, 1] * 6
    assert rows["grouped"].tolist() == ["train"] * 8 + ["valid"] * 4
    assert (rows["random"] == "valid").sum() == 4
    assert rows["random"].tolist() != rows["grouped"].tolist()
    assert rows[rows["random"] == "valid"]["label"].value_counts().to_dict() == {0: 2, 1: 2}


def test_a_picture_without_a_group_is_one_of_its_own() -> None:
    rows = sample_rows(*drawn(groups=False), seed=1)
    assert rows["group"].tolist() == rows["image_id"].tolist()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    rows = sample_rows(*drawn(), seed=1)
    pictures = np.random.default_rng(0).integers(0, 256, (12, 3, 4, 3)).astype(np.uint8)
    path = tmp_path / "images.h5"
    write_sample(path, rows, ["c0", "c1"], (3, 4), [pictures[:5], pictures[5:]])
    sample = read_sample_pictures(path)
    assert np.array_equal(sample.pictures, pictures)
    assert sample.classes == ("c0", "c1")
    assert sample.rows.to_dict("list") == rows.to_dict("list")
    assert sample.split("random")["role"].tolist() == rows["random"].tolist()


def test_an_absent_store_is_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"images\.h5: no such file"):
        read_sample_pictures(tmp_path / "images.h5")


def test_shrinking_takes_the_mean_of_blocks_and_cuts_the_rest() -> None:
    picture = np.arange(15, dtype=np.uint8).reshape(1, 3, 5, 1)
    assert shrunk(picture, 2)[0, :, :, 0].tolist() == [[3, 5]]  # means 3 and 5 of 0 1 5 6, 2 3 7 8
    assert np.array_equal(shrunk(picture, 1), picture)
