"""Scores from predictions on disk: of classes, gains on parts of the rows, leaks, a submission."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.images.plan.scored import GAIN, LEAK, TRUTH, WRITTEN, Scored
from practical_dl.images.scores.scoring import Predictions, held_out_parts, metrics_of


def written(path: Path, chances: list[float]) -> str:
    """Rows of class a in two groups, each with its chance of a."""
    ids = [f"r{row}" for row in range(len(chances))]
    frame = pd.DataFrame({"id": ids, "group": ["g", "h"] * (len(ids) // 2), "true": "a"})
    write_csv(path, frame.assign(a=chances, b=1 - np.array(chances)))
    return str(path)


@pytest.fixture
def predictions(tmp_path: Path) -> Predictions:
    where = {
        "high": written(tmp_path / "high.csv", [0.8, 0.8, 0.9, 0.9]),
        "low": written(tmp_path / "low.csv", [0.4, 0.4, 0.9, 0.9]),
    }
    return Predictions(where, {"pool": {"r0", "r1"}})


def test_classes_are_scored_with_their_check_for_collapse(predictions: Predictions) -> None:
    one = Scored("model", "valid", "m.json", predictions="low")
    content = metrics_of(one, predictions, [], 0)
    assert (content["model"], content["part"], content["n"]) == ("model", "valid", 4)
    assert content["scores"]["accuracy"]["value"] == 0.5
    assert content["collapse"]["collapsed"] is False


def test_a_gain_is_over_the_control_on_the_part_that_is_named(predictions: Predictions) -> None:
    whole = Scored("it", "gain", "g.json", GAIN, "high", "low")
    part = Scored("it", "gain", "g.json", GAIN, "high", "low", held_out="pool")
    values = [
        metrics_of(one, predictions, [], 0)["scores"]["log_loss"]["value"] for one in (whole, part)
    ]
    assert values == pytest.approx([-np.log(2) / 2, -np.log(2)])


def test_a_leak_is_a_difference_of_means_of_other_rows(predictions: Predictions) -> None:
    one = Scored("it", "leak", "l.json", LEAK, "high", "low")
    assert metrics_of(one, predictions, [], 0)["scores"]["accuracy"]["value"] == 0.5


def test_a_submission_is_scored_by_the_true_classes(tmp_path: Path) -> None:
    write_csv(
        tmp_path / "s.csv", pd.DataFrame({"img": ["y", "x"], "a": [0.9, 0.2], "b": [0.1, 0.8]})
    )
    truth = pd.DataFrame({"image_id": ["x", "y"], "group": ["g", "h"], "label": ["b", "b"]})
    write_csv(tmp_path / "truth.csv", truth)
    found = Predictions({"s": str(tmp_path / "s.csv")}, {})
    one = Scored("submission", "test", "t.json", TRUTH, "s")
    content = metrics_of(one, found, [tmp_path / "truth.csv"], 0)
    assert content["scores"]["accuracy"]["value"] == 0.5
    assert content["scores"]["log_loss"]["value"] == pytest.approx(-(np.log(0.1) + np.log(0.8)) / 2)


def test_metrics_that_are_there_are_read(tmp_path: Path) -> None:
    content = {"model": "m", "part": "p", "n": 1, "seed": 0, "scores": {}}
    write_json(tmp_path / "m.json", content)
    found = Predictions({"m.json": str(tmp_path / "m.json")}, {})
    assert metrics_of(Scored("", "", "m.json", WRITTEN), found, [], 0)["model"] == "m"


def test_parts_of_the_held_out_pictures_are_those_of_all_folds(tmp_path: Path) -> None:
    roles = [("train", "a"), ("pool", ""), ("untouched", ""), ("test", "")]
    for fold in range(2):
        rows = [[f"{fold}{role}", role, label] for role, label in roles]
        write_csv(
            tmp_path / f"{fold}.csv", pd.DataFrame(rows, columns=["image_id", "role", "label"])
        )
    parts = held_out_parts([tmp_path / "0.csv", tmp_path / "1.csv"])
    assert parts["pool"] == {"0pool", "1pool"}
    assert parts["held_out"] == {"0pool", "1pool", "0untouched", "1untouched"}
