from pathlib import Path

import numpy as np
import pytest

from practical_dl.images.augmentation.extremes import (
    by_type,
    extremes,
    read_extremes,
    write_extremes,
)


def test_both_ends_of_each_level_are_shown_beside_the_picture(tmp_path: Path) -> None:
    pytest.importorskip("tensorflow")
    picture = np.full((6, 8, 3), 100, np.uint8)
    levels = {"brightness": [0.1, 0.5], "channel_shift": [20.0]}
    write_extremes(tmp_path / "sheet.h5", extremes(picture, levels))
    found = read_extremes(tmp_path / "sheet.h5")
    assert np.array_equal(found.pictures[0], picture)
    assert found.rows["type"].tolist() == ["none", *["brightness"] * 4, *["channel_shift"] * 2]
    assert found.rows["amount"].tolist() == [0, -0.1, 0.1, -0.5, 0.5, -20, 20]
    assert found.pictures[:5, 0, 0, 0].tolist() == [100, 90, 110, 50, 150]
    assert found.pictures[-1, 0, 0].tolist() == [120, 80, 120]
    assert [(name, len(changed.rows)) for name, changed in by_type(found)] == [
        ("brightness", 4),
        ("channel_shift", 2),
    ]
