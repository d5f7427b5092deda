"""Optimizers compared on a tiny sample: rows of each role, and one fit."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("keras")

from practical_dl.images.sample.optimizer_trials import PictureTrials
from practical_dl.images.sample.store import write_sample
from practical_dl.job.runtime import Log
from practical_dl.training.trials import trials

LOG = Log("test", io.StringIO(), io.StringIO())
SETTINGS = {"shrink": 2, "inner_share": 0.4, "batch_size": 4}


@pytest.fixture
def tiny(tmp_path: Path) -> PictureTrials:
    """Eighteen pictures of two classes and six drivers, two of whom validate; half are dark."""
    rows = pd.DataFrame(
        {
            "image_id": [f"{number:02}.jpg" for number in range(18)],
            "label": [0, 1] * 9,
            "group": np.repeat([f"p{number}" for number in range(6)], 3),
            "grouped": ["train"] * 12 + ["valid"] * 6,
            "random": ["train"] * 12 + ["valid"] * 6,
        }
    )
    pictures = np.random.default_rng(0).integers(0, 256, (18, 36, 40, 3)).astype(np.uint8)
    write_sample(tmp_path / "images.h5", rows, ["c0", "c1"], (36, 40), [pictures])
    return PictureTrials.read([str(tmp_path / "images.h5")], SETTINGS, 1, LOG)


def test_drivers_are_whole_in_each_role(tiny: PictureTrials) -> None:
    groups = {role: set(tiny.sample.rows["group"].iloc[rows]) for role, rows in tiny.rows.items()}
    assert groups["valid"] == {"p4", "p5"}
    assert groups["inner"]
    assert not groups["inner"] & groups["train"]
    assert tiny.sample.pictures.shape == (18, 18, 20, 3)


def test_a_fit_has_one_loss_per_scored_picture(tiny: PictureTrials) -> None:
    scored = tiny.scored()
    assert scored.keys["id"].tolist() == [f"{number}.jpg" for number in range(12, 18)]
    assert len(scored.constant) == 6
    trained = tiny.fit(next(trials(3, 0.001)), 1, None)
    assert trained.losses.shape == (6,)
    assert len(trained.history) == 3
    again = tiny.fit(next(trials(3, 0.001)), 1, trained.model)
    np.testing.assert_array_equal(again.losses, trained.losses)
