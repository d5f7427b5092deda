"""A folder without groups -> audit -> groups.csv and corrections.csv -> an honest score."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from tests.conftest import copy_workflow, snakemake_in

CONFIG = """
run: {images: [own], movies: [], reviews: [], characters: [], small: []}
images:
  own:
    source: {folder: {path: own, train_folder: train, test_folder: test}}
    sample: {train: 20, valid: 10, experiments: false}
    backbones:
      pixels: {application: Pixels, layer: pixels, weights: random, input_size: [30, 40]}
    head: {backbone: pixels}
    folds: 3
    grid: {components: 8, look_alikes: 4}
"""
DECIDED = """
images:
  own:
    source: {folder: {groups: decided/groups.csv}}
    corrections: decided/corrections.csv
"""
RESULTS = "results/images/own"
PAGE = f"{RESULTS}/pages/audit.html"
SCENES, FRAMES = 8, 6


def draw(folder: Path) -> None:
    """Scenes, a class each; a frame differs in a band. scene0_1 lies in the wrong class folder."""
    rng = np.random.default_rng(5)
    for scene in range(SCENES):
        fixed = rng.integers(30, 225, (15, 20, 3))
        for frame in range(FRAMES):
            small = fixed.copy()
            small[:3] = rng.integers(30, 225, (3, 20, 3))
            label = ["cat", "dog"][(scene + ((scene, frame) == (0, 1))) % 2]
            place = folder / f"train/{label}/scene{scene}_{frame}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            image = Image.fromarray(small.astype(np.uint8)).resize((80, 60), Image.Resampling.BOX)
            image.save(place)
    (folder / "test").mkdir()
    shutil.copy(folder / "train/dog/scene1_0.png", folder / "test/t0.png")
    Image.new("RGB", (80, 60), "black").save(folder / "test/t1.png")


def told(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "practical_dl.cli", "audit", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("audit"))
    draw(folder / "own")
    (folder / "own.yaml").write_text(f"data_root: {folder}\n{CONFIG}")
    before = told(folder, "own")
    assert before.returncode == 1
    assert "`snakemake audit --cores 2` makes the audit" in before.stderr
    ran = snakemake_in(folder, "audit", "--configfile", "own.yaml")
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert "none is known" in ran.stderr
    return folder


def test_the_audit_finds_what_was_planted(folder: Path) -> None:
    audit = folder / RESULTS / "audit"
    groups = pd.read_csv(audit / "groups.csv")
    scenes = [name.split("_")[0] for name in groups["image_id"]]
    assert len(set(zip(scenes, groups["group"], strict=True))) == SCENES
    assert len(set(groups["group"])) == SCENES
    copies = pd.read_csv(audit / "copies.csv")
    exact = copies[copies["kind"] == "exact"]
    assert set(exact[["image_id", "other"]].to_numpy().ravel()) == {"scene1_0.png", "t0.png"}
    assert exact["across"].tolist() == ["train and test"]
    suspects = pd.read_csv(audit / "suspects.csv", index_col=0)
    assert suspects.loc["scene0_1.png", "label"] == "dog"
    assert suspects.loc["scene0_1.png", "predicted"] == "cat"
    assert str(suspects.loc["scene0_1.png", "neighbours"]).split(", ")[0].endswith(" cat")
    outliers = pd.read_csv(audit / "outliers.csv")
    assert set(outliers["image_id"][outliers["cause"] == "nearly black"]) == {"t1.png"}
    shown = told(folder, "own")
    assert f"groups: {SCENES} groups proposed, of {SCENES * FRAMES} pictures" in shown.stdout
    assert json.loads(told(folder, "own", "--json").stdout)["groups"]["proposed"] == SCENES
    assert "Label suspects" in (folder / PAGE).read_text()


def test_groups_and_decisions_are_read_as_they_are_written(folder: Path) -> None:
    audit, decided = folder / RESULTS / "audit", folder / "decided"
    decided.mkdir()
    shutil.copy(audit / "groups.csv", decided)
    corrections = pd.read_csv(audit / "corrections.csv", keep_default_na=False, index_col=0)
    assert set(corrections["action"]) == {"keep"}
    assert corrections.loc["scene0_1.png", "label"] == "cat"
    corrections.loc["scene0_1.png", "action"] = "relabel"
    corrections.loc["scene7_5.png"] = ["drop", "", "mine"]
    corrections.to_csv(decided / "corrections.csv")
    (folder / "decided.yaml").write_text(DECIDED)
    ran = snakemake_in(
        folder, f"{RESULTS}/splits/grouped.csv", "--configfile", "own.yaml", "decided.yaml"
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert "1 picture relabelled and 1 picture dropped" in ran.stderr
    manifest = pd.read_csv(folder / RESULTS / "manifest.csv", keep_default_na=False, index_col=0)
    assert manifest.loc["scene0_1.png", "label"] == "cat"
    assert "scene7_5.png" not in manifest.index
    assert str(manifest.loc["scene0_1.png", "group"]).startswith("proposed ")
    dropped = pd.read_csv(folder / RESULTS / "dropped_pictures.csv")
    assert dropped.to_numpy().tolist() == [
        ["scene7_5.png", "train/dog/scene7_5.png", "dropped by corrections"]
    ]
    assert (folder / "own" / dropped["path"][0]).is_file()
    split = pd.read_csv(folder / RESULTS / "splits/grouped.csv")
    sides = split["role"].groupby(split["image_id"].str.split("_").str[0]).apply(set)
    assert sides.map(len).tolist() == [1] * SCENES


def test_the_tables_of_results_are_refused_as_sources(folder: Path) -> None:
    text = DECIDED.replace("decided/corrections.csv", f"{RESULTS}/audit/corrections.csv")
    (folder / "circle.yaml").write_text(text)
    ran = snakemake_in(folder, "audit", "-n", "--configfile", "own.yaml", "circle.yaml")
    assert ran.returncode != 0
    assert "lies in results/" in ran.stderr
    assert "copy it to a place of your own" in ran.stderr
