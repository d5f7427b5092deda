"""The ladder: scores of a rung, its gain on shared pictures, its rungs by configuration."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from practical_dl.files.artefacts import write_csv
from practical_dl.images.pages.ladder_page import (
    ladder_answer,
    overfitting_answer,
    shown_table,
    step_table,
    unchanged_note,
)
from practical_dl.images.plan import ladder as ladder_plan
from practical_dl.images.plan import overfitting as overfitting_plan
from practical_dl.images.plan.rungs import Rung, as_lists, files_read, ladder_table, rank_guide
from practical_dl.settings import configuration

ROOT = Path(__file__).parents[4]


def predictions(path: Path, ids: str, chance: float) -> str:
    """Rows `ids` of class a in two groups, each with this chance of a."""
    frame = pd.DataFrame({"id": list(ids), "group": ["g", "h"] * (len(ids) // 2), "true": "a"})
    write_csv(path, frame.assign(a=chance, b=1 - chance))
    return str(path)


def runs(path: Path, ids: str, chances: dict[str, list[float]]) -> str:
    """Rows of several settings, with the chance of a at each seed."""
    frames = [
        pd.DataFrame(
            {"setting": setting, "seed": seed, "id": list(ids), "group": "g", "true": "a"}
        ).assign(a=chance, b=1 - chance)
        for setting, of_seeds in chances.items()
        for seed, chance in enumerate(of_seeds)
    ]
    write_csv(path, pd.concat(frames))
    return str(path)


def test_a_rung_gains_on_the_pictures_that_its_control_predicted_too(tmp_path: Path) -> None:
    below = runs(tmp_path / "runs.csv", "xy", {"none": [0.4, 0.2], "augmented": [0.9, 0.9]})
    above = predictions(tmp_path / "above.csv", "wxyz", 0.8)
    table = ladder_table(
        [
            Rung("the sample", below, "none", original=(0.5, 1.5)),
            Rung("all", above, None, "the sample", below, "none"),
        ],
        seed=0,
    )
    sample_loss = -(np.log(0.4) + np.log(0.2)) / 2
    assert table["n"].tolist() == [2, 4]
    assert table["shared"].tolist() == [0, 2]
    assert table["log_loss"].tolist() == pytest.approx([sample_loss, -np.log(0.8)])
    assert table["gain_log_loss"][1] == pytest.approx(-np.log(0.8) - sample_loss)
    assert table["gain_accuracy"].isna().tolist() == [True, False]
    assert table["gain_accuracy"][1] == 1
    assert table["original_log_loss"][0] == 1.5


def test_the_page_says_what_counts_and_shows_places_of_the_competition_only(
    tmp_path: Path,
) -> None:
    low, high = (predictions(tmp_path / f"{c}.csv", "wxyz", c) for c in (0.3, 0.9))
    table = ladder_table([Rung("low", low), Rung("high", high, None, "low", low)], seed=0)
    answer = ladder_answer(table)
    assert answer.startswith("From 0.0 % and a log loss of 1.20 at the bottom to 100.0 %")
    assert "lower log loss: “high”; higher log loss: none. Higher accuracy: “high”;" in answer
    assert "board, a guide" not in shown_table(table, of_competition=False)
    assert shown_table(table, of_competition=True)["board, a guide"].tolist() == [
        "lower half",
        "top 1 %",
    ]


@pytest.mark.parametrize(
    ("loss", "place"),
    [(0.14, "top 1 %"), (0.25, "top 10 %"), (0.348, "top 16 %"), (1.3, "lower half")],
)
def test_places_are_those_that_such_losses_had(loss: float, place: str) -> None:
    assert rank_guide(loss) == place


@pytest.fixture
def config() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "config/config.yaml").read_text())
    configuration.complete(found)
    return found


def test_only_rungs_that_are_made_stand_in_the_ladder(config: dict[str, Any]) -> None:
    whole = [rung.title for rung in ladder_plan.rungs(config, "demo")]
    config["images"]["demo"]["sample"]["experiments"] = False
    config["images"]["demo"]["scratch"]["backbone"] = None
    config["images"]["demo"]["head"]["passes"] = 0
    config["images"]["demo"]["pseudo_labels"]["pools"] = []
    config["images"]["demo"]["grid"]["products"] = []
    (alone,) = ladder_plan.rungs(config, "demo")
    assert len(whole) == 12
    assert alone.title == "vgg_demo features with a head"
    assert alone.control is None
    assert files_read([alone, alone]) == [alone.path]


def test_the_five_steps_come_in_the_lesson_s_order_each_with_a_control(
    config: dict[str, Any],
) -> None:
    steps = overfitting_plan.steps(config, "demo")
    assert [rung.title[0] for rung in steps] == ["1", "2", "2", "3", "4", "5"]
    assert all(rung.control_path for rung in steps)
    read = {path for rung in steps for path in (rung.path, rung.control_path)}
    assert set(files_read(steps)) == read
    assert len(files_read(steps)) == len(read)
    assert as_lists(steps)[0][:2] == [steps[0].title, steps[0].path]
    data, dropout = steps[0], steps[4]
    assert (data.control, dropout.control) == ("30 % of them", "0.3")
    assert dropout.title.endswith("0.6")
    assert "share-1" in data.path
    assert "share-0.3" in str(data.control_path)
    config["images"]["demo"]["grid"]["products"] = []
    config["images"]["demo"]["sample"]["experiments"] = False
    assert [rung.title[0] for rung in overfitting_plan.steps(config, "demo")] == ["2", "3"]


def test_the_page_of_steps_says_what_helps(tmp_path: Path) -> None:
    low, high = (predictions(tmp_path / f"{c}.csv", "wxyz", c) for c in (0.3, 0.9))
    table = ladder_table([Rung("1 more data", high, None, "less", low)], seed=0)
    assert overfitting_answer(table) == (
        "Against their controls, outside the noise: lower log loss: “1 more data”; higher log "
        "loss: none. Higher accuracy: “1 more data”; lower accuracy: none. Within the noise by "
        "both scores: none."
    )
    assert step_table(table)["against"].tolist() == ["less"]


def test_lower_accuracy_is_told_where_the_log_loss_is_noise(tmp_path: Path) -> None:
    control = runs(tmp_path / "a.csv", "wxyz", {"none": [0.55, 0.55]})
    wrong = runs(tmp_path / "b.csv", "wxyz", {"wrong": [0.9, 0.9]})
    table = ladder_table([Rung("it", wrong, "wrong", "none", control, "none")], seed=0)
    table[["gain_log_loss_low", "gain_log_loss_high"]] = (-0.1, 0.1)
    table[["gain_accuracy_low", "gain_accuracy_high"]] = (-0.2, -0.1)
    for answer in (ladder_answer(table), overfitting_answer(table)):
        assert "higher log loss: none" in answer
        assert "lower accuracy: “it”." in answer
        assert answer.endswith("Within the noise by both scores: none.")


def test_the_linear_rungs_are_the_fits_of_the_page_on_learning_rates(
    config: dict[str, Any],
) -> None:
    at_once, low_first = ladder_plan.rungs(config, "demo")[:2]
    assert at_once.path == low_first.path == low_first.control_path
    assert (at_once.setting, low_first.setting) == ("at_once", "low_first")
    assert low_first.control_setting == "at_once"


def test_a_step_that_is_its_own_control_changes_nothing(tmp_path: Path) -> None:
    same = runs(tmp_path / "a.csv", "wxyz", {"none": [0.55], "augmented": [0.55]})
    table = ladder_table([Rung("it", same, "augmented", "none", same, "none")], seed=0)
    assert overfitting_answer(table).endswith("scores: none. No change at all: “it”.")
    assert unchanged_note(table).startswith("No change at all is not noise")


def test_where_every_step_changes_something_nothing_is_explained(tmp_path: Path) -> None:
    both = runs(tmp_path / "a.csv", "wxyz", {"none": [0.55], "augmented": [0.6]})
    table = ladder_table([Rung("it", both, "augmented", "none", both, "none")], seed=0)
    assert unchanged_note(table) == ""
