"""The sweep: whole drivers are held out, and a level must beat none outside the noise."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.best_amounts import read_best_amounts, write_best
from practical_dl.images.augmentation.sweep import (
    at_strengths,
    best_content,
    best_looking,
    cross_validation,
    evidence_of,
    levels_content,
    settings_of_type,
    with_choice,
)
from practical_dl.images.pictures.augmentation import TOGETHER
from practical_dl.images.sample.store import SamplePictures
from practical_dl.images.sample.trainings import (
    paired_rows,
    read_runs,
    row_scores,
    run_frame,
    setting_report,
    settings_of,
)
from practical_dl.job.errors import UserError


def sample_of(drivers: int = 6, pictures: int = 4) -> SamplePictures:
    """Drivers with as many pictures of two classes; the last driver is for validation."""
    rows = pd.DataFrame(
        [
            {
                "image_id": f"{driver}_{number}.jpg",
                "label": number % 2,
                "group": f"p{driver}",
                "grouped": "valid" if driver == drivers - 1 else "train",
                "random": "train",
            }
            for driver in range(drivers)
            for number in range(pictures)
        ]
    )
    return SamplePictures(np.zeros((len(rows), 2, 2, 3), np.uint8), rows, ("c0", "c1"))


def test_each_training_driver_is_held_out_once_and_whole() -> None:
    sample = sample_of()
    folds = cross_validation(sample, 5, 0)
    held = [set(sample.rows["group"].to_numpy()[fold["valid"]]) for fold in folds]
    assert sorted(driver for drivers in held for driver in drivers) == [
        "p0",
        "p1",
        "p2",
        "p3",
        "p4",
    ]
    for fold in folds:
        groups = sample.rows["group"].to_numpy()
        assert not set(groups[fold["valid"]]) & set(groups[fold["train"]])
        assert "p5" not in groups[fold["train"]]


def runs_of(tmp_path: Path, probability: dict[str, float]) -> Path:
    """Runs in which every setting gives each true class `probability` of it, twice over."""
    sample = sample_of()
    positions = np.arange(20)
    frames = []
    for setting, right in probability.items():
        for seed in (1, 2):
            table = np.full((20, 2), 1 - right)
            table[positions, sample.labels()[positions]] = right
            frames.append(run_frame(setting, seed, sample, positions, table))
    path = tmp_path / f"{'_'.join(probability)}.csv"
    write_csv(path, pd.concat(frames))
    return path


def test_runs_are_scored_by_the_row_over_all_seeds(tmp_path: Path) -> None:
    runs = read_runs(runs_of(tmp_path, {"0.1": 0.8, "0.2": 0.4}))
    assert settings_of(runs) == ["0.1", "0.2"]
    rows = row_scores(runs, "0.1")
    assert len(rows) == 20
    assert rows["log_loss"].tolist() == pytest.approx([-np.log(0.8)] * 20)
    differences = paired_rows(row_scores(runs, "0.2"), rows)
    assert differences["accuracy"].tolist() == [-1.0] * 20
    content = setting_report(runs, "0.2", "conv1", "valid", 0)
    assert (content["n"], content["groups"], content["seeds"]) == (20, 5, 2)
    assert content["scores"]["accuracy"]["value"] == 0
    assert content["collapse"]["collapsed"] is False


def test_other_rows_cannot_be_paired(tmp_path: Path) -> None:
    rows = row_scores(read_runs(runs_of(tmp_path, {"0.1": 0.8})), "0.1")
    with pytest.raises(UserError, match="not scored on the same rows"):
        paired_rows(rows, rows.iloc[:-1])


def test_gains_are_of_accuracy_and_of_log_loss(tmp_path: Path) -> None:
    control = read_runs(runs_of(tmp_path, {"none": 0.4}))
    runs = read_runs(runs_of(tmp_path, {"0.1": 0.8}))
    [(_, row)] = evidence_of({"shear": runs}, control, 0).iterrows()
    assert (row["type"], row["level"], row["trainings"]) == ("shear", "0.1", 2)
    assert row["gain"] == 1
    assert row["log_loss_gain"] == pytest.approx(np.log(0.8) - np.log(0.4))
    assert row["standard_error"] == pytest.approx(0, abs=1e-9)
    assert row["chosen"] == 1


def test_settings_are_named_by_their_levels_and_strengths() -> None:
    assert settings_of_type("none", [0]) == {"none": {}}
    assert settings_of_type("zoom", [0.1, 1]) == {"0.1": {"zoom": 0.1}, "1": {"zoom": 1.0}}
    assert at_strengths({"zoom": 0.3}, [0.5, 1]) == {"0.5": {"zoom": 0.15}, "1": {"zoom": 0.3}}


def evidence(levels: list[tuple[str, str, float, float]]) -> pd.DataFrame:
    table = pd.DataFrame(levels, columns=["type", "level", "gain", "standard_error"])
    return table.assign(ci_low=0.0, ci_high=0.0, log_loss_gain=0.0)


def test_of_each_type_the_level_with_the_largest_gain_is_chosen() -> None:
    table = evidence(
        [("shear", "0.1", 0.28, 0.1), ("shear", "0.2", 0.35, 0.1), ("zoom", "0.05", 0.2, 0.1)]
    )
    assert with_choice(table)["chosen"].tolist() == [0, 1, 1]
    assert best_looking(table) == ("shear", "0.2")


def test_no_level_is_chosen_inside_the_noise() -> None:
    table = with_choice(evidence([("zoom", "0.1", 0.05, 0.06), ("zoom", "0.2", -0.4, 0.1)]))
    assert table["chosen"].tolist() == [0, 0]
    assert levels_content(table)["amounts"] == {}


def test_the_levels_are_used_at_the_strength_that_gains_most(tmp_path: Path) -> None:
    levels = {"rotation": 15.0, "zoom": 0.1}
    together = with_choice(evidence([(TOGETHER, "0.5", 0.2, 0.1), (TOGETHER, "1", 0.1, 0.05)]))
    write_best(tmp_path / "best.yaml", best_content(levels, together))
    assert read_best_amounts(tmp_path / "best.yaml") == {"rotation": 7.5, "zoom": 0.05}
    noise = with_choice(evidence([(TOGETHER, "0.5", 0.1, 0.2)]))
    assert best_content(levels, noise)["amounts"] == {}


def test_a_damaged_choice_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "best.yaml"
    for text in (
        "[1, 2",
        "version: 7\n",
        "version: 1\n",
        "- 1\n",
        "version: 1\namounts: {zoom: far}\n",
    ):
        path.write_text(text)
        with pytest.raises(UserError, match=r"best\.yaml: "):
            read_best_amounts(path)
