"""The small pipelines on tiny settings, and a training that switches on Eve and the annealing."""

import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.small.optimizer_comparison.trial_page import IDENTICAL, NOISE, OUTSIDE

CONFIG = """
run: {images: [], movies: [demo], reviews: []}
optimizers: {epochs: 6, spreadsheet_epochs: 1}
optimizer_comparison: {seeds: 2, movies: {epochs: 3, rates: [0.003, 0.01]}}
movies:
  demo:
    source: {demo: {users: 30, movies: 40, ratings: 400}}
    lesson:
      factors: 4
      optimizer: {eve: {beta_3: 0.9}}
      schedule: {annealing: {epochs: 3, rate: 0.01}}
"""
HISTORY = "results/movies/demo/dot_bias/history.csv"
TARGETS = ("optimizers", "optimizer_comparison", "convolution", HISTORY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("small"))
    (folder / "tiny.yaml").write_text(CONFIG)
    result = snakemake_in(folder, *TARGETS, "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.mark.parametrize(("name", "pictures"), [("optimizers", 3), ("convolution", 7)])
def test_a_page_stands_alone(folder: Path, name: str, pictures: int) -> None:
    page = (folder / f"results/{name}/page.html").read_text()
    sources = re.findall(r'src="([^"]{0,30})', page)
    assert len(sources) == pictures
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert "href=" not in page
    assert "nan" not in re.sub(r'base64,[^"]*', "", page)


def test_the_findings_come_from_the_numbers(folder: Path) -> None:
    optimizers = (folder / "results/optimizers/page.html").read_text()
    assert "After 6 epochs the closest is" in optimizers
    convolution = (folder / "results/convolution/page.html").read_text()
    assert "turn 784 numbers into one, -2.5235, with 342 parameters" in convolution
    assert "the two convolutions have 54 of them" in convolution


def test_the_spreadsheets_hold_formulas(folder: Path) -> None:
    workbook = openpyxl.load_workbook(folder / "results/optimizers/optimizers.xlsx")
    assert str(workbook["adam papers"]["E16"].value).startswith("=")
    workbook = openpyxl.load_workbook(folder / "results/convolution/convolution.xlsx")
    assert "SUMPRODUCT" in str(workbook["unpadded_pool"]["A5"].value)


def test_the_training_ran_with_eve_and_the_annealing(folder: Path) -> None:
    history = pd.read_csv(folder / HISTORY)
    assert (history["squared_gradients"] > 0).all()
    assert history["learning_rate"].iloc[0] == 0.01
    assert len(history) == 3


def test_the_comparison_over_the_pipelines(folder: Path) -> None:
    table = pd.read_csv(folder / "results/optimizers/comparison.csv")
    assert table["method"].tolist() == ["adam", "hand", "plateau", "eve", "annealing"]
    assert set(table["pipeline"] + ":" + table["dataset"]) == {"movies:demo"}
    assert set(table["verdict"].dropna()) <= {*OUTSIDE, NOISE, IDENTICAL}
    fits = pd.read_csv(folder / "results/movies/demo/optimizers/fits.csv")
    assert fits["chosen"].sum() == 5 * 2
    assert len(fits) == 5 * 2 * 2
    adam = table[table["method"] == "adam"].iloc[0]
    assert adam["difference"] == 0
    assert adam["ci_low"] < adam["value"] < adam["ci_high"]


def rules_to_run(folder: Path, config: str) -> set[str]:
    (folder / "other.yaml").write_text(config)
    result = snakemake_in(folder, *TARGETS, "-n", "--quiet", "rules", "--configfile", "other.yaml")
    assert result.returncode == 0, result.stderr
    counts = re.findall(r"^(\w+) +\d+$", result.stdout + result.stderr, re.MULTILINE)
    return set(counts) - {"total"}


def test_a_changed_option_deep_in_a_setting_re_runs_what_uses_it(folder: Path) -> None:
    assert rules_to_run(folder, CONFIG) == set()
    assert rules_to_run(folder, CONFIG.replace("beta_3: 0.9", "beta_3: 0.8")) == {
        "fit_lesson_models"
    }
    assert rules_to_run(folder, CONFIG.replace("rate: 0.01", "rate: 0.02")) == {"fit_lesson_models"}
    rate = CONFIG.replace("epochs: 1}", "epochs: 1, lecture: {sgd: {rate: 0.0002}}}")
    assert rules_to_run(folder, rate) == {*("descend_line", "show_optimizers", "optimizers")}
    epochs = CONFIG.replace("movies: {epochs: 3,", "movies: {epochs: 4,")
    assert rules_to_run(folder, epochs) == {
        *("compare_optimizers", "show_optimizer_comparison", "optimizer_comparison")
    }
