"""A whole audit of drawn scenes: what is planted is found, in tables, numbers and on the page."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.audit.auditing import Settings, audit
from practical_dl.images.audit.looks import SIZE, look_at
from practical_dl.images.audit.page import audit_page
from practical_dl.images.audit.summary import KEYS, summary, told
from practical_dl.job.runtime import Log

SCENES, FRAMES = 6, 10
SETTINGS = Settings(groups=0.42, copies=0.9, folds=3, seed=1)
WRONG, COPY, BLACK = 7, 60, 61
"""Rows: a frame with a wrong label, a copy of row 0 in the test part, a black picture there."""


def pictures() -> np.ndarray:
    """Scenes of blocks; of the frames of a scene a band of its own differs. Class: the scene's."""
    rng = np.random.default_rng(4)
    shape = (SIZE[0] // 6, SIZE[1] // 6, 3)
    scenes = rng.integers(0, 255, (SCENES, *shape)).repeat(FRAMES, axis=0)
    scenes[:, :3] = rng.integers(0, 255, (SCENES * FRAMES, *scenes[:, :3].shape[1:]))
    drawn = scenes.repeat(6, axis=1).repeat(6, axis=2).astype(np.uint8)
    return np.concatenate([drawn, drawn[:1], np.zeros((1, *SIZE, 3), np.uint8)])


def rows() -> pd.DataFrame:
    count = SCENES * FRAMES
    labels = np.array(["cat", "dog"])[np.arange(count) // FRAMES % 2]
    labels[WRONG] = "dog"
    ids = [f"p{row:02d}" for row in range(count + 2)]
    columns = {
        "image_id": ids,
        "split": ["train"] * count + ["test"] * 2,
        "label": [*labels, "", ""],
        "role": ["train"] * count + ["", ""],
    }
    return pd.DataFrame({**columns, "group": "", "width": SIZE[1], "height": SIZE[0]})


@pytest.fixture(scope="module")
def found() -> dict[str, pd.DataFrame]:
    drawn, table = pictures(), rows()
    small = drawn[:, 3::6, 3::6].reshape(len(drawn), -1).astype(np.float32)
    log = Log("audit", StringIO(), StringIO())
    return audit(table, ["cat", "dog"], look_at([drawn]), small, SETTINGS, log)


def test_scenes_are_proposed_as_groups(found: dict[str, pd.DataFrame]) -> None:
    groups = found["groups"]
    assert list(groups["image_id"]) == [f"p{row:02d}" for row in range(60)]
    by_scene = groups["group"].to_numpy().reshape(SCENES, FRAMES)
    assert all(len(set(scene)) == 1 for scene in by_scene)
    assert len(set(groups["group"])) == SCENES


def test_the_copy_in_the_test_part_the_wrong_label_and_the_black_picture_are_found(
    found: dict[str, pd.DataFrame],
) -> None:
    exact = found["copies"][found["copies"]["kind"] == "exact"]
    assert exact[["image_id", "other", "across"]].to_numpy().tolist() == [
        ["p00", f"p{COPY}", "train and test"]
    ]
    assert found["suspects"].iloc[0][["image_id", "label", "predicted"]].tolist() == [
        f"p{WRONG:02d}", "dog", "cat",
    ]  # fmt: skip
    black = found["outliers"].groupby("image_id")["cause"].apply(set)[f"p{BLACK}"]
    assert {"nearly black", "nearly one colour"} <= black


def test_only_labelled_pictures_are_to_be_decided_on(found: dict[str, pd.DataFrame]) -> None:
    corrections = found["corrections"].set_index("image_id")
    assert f"p{BLACK}" not in corrections.index
    assert corrections.loc[f"p{WRONG:02d}", "label"] == "cat"
    assert set(corrections["action"]) == {"keep"}


def test_numbers_and_page_say_what_is_in_the_tables(found: dict[str, pd.DataFrame]) -> None:
    counts = summary(rows(), found, found["groups"]["group"])
    assert tuple(counts) == KEYS
    assert counts["pictures"] == {"labelled": 60, "test": 2}
    assert counts["classes"] == {"cat": 29, "dog": 31}
    assert counts["copies"]["exact"] == counts["copies"]["across train and test"] == 1
    assert counts["groups"] == {
        "known": 0, "proposed": 6, "pictures in them": 60, "largest": 10, "joining known groups": 0,
    }  # fmt: skip
    lines = "\n".join(told(counts))
    assert "6 groups proposed, of 60 pictures, the largest of 10; none is known" in lines
    drawn = dict(zip(rows()["image_id"], pictures(), strict=True))
    made = audit_page(found, counts, lambda ids: np.stack([drawn[name] for name in ids]))
    for part in ("6 groups proposed", "Label suspects", "proposed 1", "nearly black", "<img"):
        assert part in made


def test_proposed_groups_that_join_known_ones_are_counted(found: dict[str, pd.DataFrame]) -> None:
    table = rows().assign(group=[*["anna", "ben"] * 30, "", ""])
    counts = summary(table, found, found["groups"]["group"])
    assert counts["groups"]["known"] == 2
    assert counts["groups"]["joining known groups"] == 6
    assert "6 proposed groups hold pictures of several known ones" in told(counts)[-1]


def test_nothing_wrong_makes_a_page_too() -> None:
    empty = {
        "copies": pd.DataFrame(columns=["kind", "across"]),
        "groups": pd.DataFrame({"image_id": ["a", "b"], "group": ["proposed 1", "proposed 2"]}),
        "suspects": pd.DataFrame(columns=["sure"]),
        "outliers": pd.DataFrame(columns=["cause"]),
        "corrections": pd.DataFrame(),
    }
    table = rows()[:2]
    counts = summary(table, empty, empty["groups"]["group"])
    made = audit_page(empty, counts, lambda ids: pictures()[: len(ids)])
    assert "No two pictures look like one group" in made
    assert "outliers: none" in made.lower()
