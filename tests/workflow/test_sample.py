"""The experiments on the sample of a tiny demo: what they answer, and what an edit re-runs."""

import re
import shutil
from pathlib import Path

import h5py
import pandas as pd
import pytest
import yaml
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.files.artefacts import read_json

CONFIG = """
run: {images: [demo], movies: [], reviews: []}
images:
  demo:
    source: {demo: {drivers: 8, test_drivers: 1, frames: 2}}
    sample:
      train: 80
      valid: 30
      input_size: [24, 32]
      seeds: 2
      baselines:
        linear: [[2, 0.001]]
        linear_l2: [[1, 0.001]]
        hidden: [[1, 0.001]]
        conv1: [[2, 0.001]]
        conv3: [[1, 0.001]]
      rate_lesson: {at_once: [[3, 0.5]], low_first: [[1, 0.0001]]}
      rate_range: {steps: 12}
      statistics_schedule: [[2, 0.001]]
      validation_size: {sizes: [20, 80], draws: 50}
      curves:
        {pictures: [0.5, 1], groups: [0.5, 1], budget: [1, 2], shrink: [1], base_shrink: 1,
         schedule: [[2, 0.001]]}
    augmentation:
      levels:
        {width_shift: [0.1, 0.2], height_shift: [], shear: [0.1], rotation: [],
         channel_shift: [], zoom: [], brightness: []}
      strengths: [0.5, 1]
      shrink: 1
      schedule: [[1, 0.001]]
      combination_schedule: [[1, 0.001], [1, 0.0001]]
"""
TARGET = "sample_experiments"
IMAGES = "results/images/demo"
PAGES = (
    "pages/baselines",
    "pages/learning_rate",
    "pages/learning_rate_range",
    "pages/memorisation",
    "pages/batch_norm_statistics",
    "pages/validation_size",
    "pages/learning_curves",
    "pages/augmentation_sweep",
    "pages/augmentation",
)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("sample"))
    (folder / "tiny.yaml").write_text(CONFIG)
    result = snakemake_in(folder, TARGET, "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def clone(finished: Path, tmp_path: Path) -> Path:
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    return tmp_path


def jobs_to_run(folder: Path) -> dict[str, int]:
    result = snakemake_in(folder, TARGET, "-n", "--quiet", "rules", "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr
    counts = re.findall(r"^(\w+) +(\d+)$", result.stdout + result.stderr, re.MULTILINE)
    return {name: int(count) for name, count in counts if name != "total"}


@pytest.mark.parametrize("page", PAGES)
def test_every_question_has_a_page_with_picture_and_answer(finished: Path, page: str) -> None:
    text = (finished / IMAGES / f"{page}.html").read_text()
    assert "data:image/png;base64," in text
    [answer] = re.findall(r'<p class="finding">(.*?)</p>', text)
    assert re.search(r"\d", answer) or "within the noise" in answer or "no augmentation" in answer
    assert "nan" not in answer


def test_the_store_holds_the_sample_by_both_splits(finished: Path) -> None:
    sample = pd.read_csv(finished / IMAGES / "sample/sample.csv")
    with h5py.File(finished / IMAGES / "sample/images.h5") as file:
        assert file["images"].shape == (110, 24, 32, 3)
        assert file["images"][:].std() > 10
        assert [name.decode() for name in file["image_id"][:]] == sample["image_id"].tolist()
        assert [role.decode() for role in file["grouped"][:]] == sample["role"].tolist()
        random = [role.decode() for role in file["random"][:]]
        assert (random.count("valid"), random == sample["role"].tolist()) == (30, False)


def test_baselines_are_scored_on_drivers_that_were_never_trained_on(finished: Path) -> None:
    folder = finished / IMAGES / "sample/baselines/conv1"
    runs = pd.read_csv(folder / "runs.csv")
    sample = pd.read_csv(finished / IMAGES / "sample/sample.csv").set_index("image_id")["role"]
    grouped = runs[runs["setting"] == "grouped"]
    assert set(grouped["id"]) == set(sample.index[sample == "valid"])
    assert grouped.groupby("seed").size().tolist() == [30, 30]
    metrics = read_json(folder / "grouped.json")
    chosen = grouped.iloc[:, 5:].idxmax(axis=1)
    assert metrics["n"] == 30
    accuracy = (chosen == grouped["true"]).mean()
    assert metrics["scores"]["accuracy"]["value"] == pytest.approx(accuracy)
    assert metrics["collapse"]["share"] <= 1
    leak = read_json(folder / "leak.json")["scores"]["accuracy"]["value"]
    random = read_json(folder / "random.json")["scores"]["accuracy"]["value"]
    assert leak == pytest.approx(random - accuracy)


def test_the_log_of_the_rate_lesson_says_whether_the_model_collapsed(finished: Path) -> None:
    log = (finished / "results/logs/images/demo/fit_sample_models.log").read_text()
    assert len(re.findall(r"collapsed: the most predicted class gets", log)) == 4


def test_the_sweep_scores_each_training_driver_once_a_level(finished: Path) -> None:
    sweep = finished / IMAGES / "augmentation/sweep"
    sample = pd.read_csv(finished / IMAGES / "sample/sample.csv").set_index("image_id")["role"]
    for name, settings in {"none": ["none"], "width_shift": ["0.1", "0.2"]}.items():
        runs = pd.read_csv(sweep / f"{name}.csv", dtype={"setting": str})
        assert sorted(set(runs["setting"])) == settings
        for _, level in runs.groupby("setting"):
            assert sorted(level["id"]) == sorted(sample.index[sample == "train"])
    evidence = pd.read_csv(finished / IMAGES / "augmentation/evidence.csv")
    assert evidence["type"].tolist() == ["width_shift", "width_shift", "shear"]
    levels = yaml.safe_load((finished / IMAGES / "augmentation/levels.yaml").read_text())
    chosen = evidence[evidence["chosen"] == 1]
    assert levels["amounts"] == dict(zip(chosen["type"], chosen["level"], strict=True))


def test_the_chosen_levels_are_tried_together_at_every_strength(finished: Path) -> None:
    folder = finished / IMAGES / "augmentation"
    sample = pd.read_csv(finished / IMAGES / "sample/sample.csv").set_index("image_id")["role"]
    together = pd.read_csv(folder / "together.csv", dtype={"setting": str})
    for strength in ("0.5", "1"):
        tried = together[together["setting"] == strength]
        assert sorted(tried["id"]) == sorted(sample.index[sample == "train"])
    levels, best = (
        yaml.safe_load((folder / f"{name}.yaml").read_text()) for name in ("levels", "best")
    )
    strengths = {name: best["strength"] * level for name, level in levels["amounts"].items()}
    assert best["amounts"] == (strengths if best["strength"] else {})


def test_with_and_without_augmentation_are_scored_on_the_same_rows(finished: Path) -> None:
    folder = finished / IMAGES / "augmentation"
    none, augmented, gain = (
        read_json(folder / f"{name}.json") for name in ("none", "augmented", "gain")
    )
    assert none["rows"] == augmented["rows"] == gain["rows"]
    for metric, score in gain["scores"].items():
        difference = augmented["scores"][metric]["value"] - none["scores"][metric]["value"]
        assert score["value"] == pytest.approx(difference)


def test_an_edited_level_re_runs_its_type_and_what_depends_on_it(clone: Path) -> None:
    assert jobs_to_run(clone) == {}
    text = (clone / "tiny.yaml").read_text()
    (clone / "tiny.yaml").write_text(text.replace("shear: [0.1]", "shear: [0.3]"))
    assert jobs_to_run(clone) == {
        "sweep_augmentation": 1,
        "choose_augmentation": 1,
        "fit_augmented_sample": 1,
        "show_sample": 1,
        "show_augmentation": 1,
        "sample_experiments": 1,
    }


def test_an_edited_plot_trains_nothing(clone: Path) -> None:
    path = clone / "workflow/practical_dl/images/pages/sample_plots.py"
    path.write_text(path.read_text() + "\nADDED = 1\n")
    assert not any(name.startswith(("fit_", "sweep_", "choose_")) for name in jobs_to_run(clone))
