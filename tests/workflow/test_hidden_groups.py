"""`hide_and_compare` on a tiny set: what is hidden stays hidden until it is compared."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.conftest import copy_workflow, snakemake_in

CONFIG = """
run: {images: [own], movies: [], reviews: [], characters: [], small: []}
images:
  own:
    source: {demo: {drivers: 8, test_drivers: 2, frames: 2}}
    sample: {train: 40, valid: 20, experiments: false}
    backbones:
      pixels: {application: Pixels, layer: pixels, weights: random, input_size: [16, 16]}
    head: {backbone: pixels}
    folds: 3
    grid: {look_alikes: 8, products: [{features: [centred]}]}
    chain: {neighbours: [1, 3]}
    hidden_groups:
      {draws: 2, groups: 2, components: 3, members: [linear_pixels, regions_centred_pixels]}
"""
RESULTS = "results/images/own"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("hidden"))
    (folder / "own.yaml").write_text(CONFIG)
    page = f"{RESULTS}/pages/hidden_groups.html"
    ran = snakemake_in(folder, "--configfile", "own.yaml", "--", page)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return folder / RESULTS


def test_hidden_groups_have_no_labels_but_in_the_last_comparison(results: Path) -> None:
    whole = pd.read_csv(results / "manifest.csv", keep_default_na=False).set_index("image_id")
    for draw in (0, 1):
        folder = results / f"hidden_groups/draw_{draw}"
        manifest = pd.read_csv(folder / "manifest.csv", keep_default_na=False)
        hidden = manifest[manifest["split"] == "test"]
        assert set(hidden["label"]) == set(hidden["group"]) == {""}
        groups = whole.loc[hidden["image_id"], "group"]
        assert groups.nunique() == 2
        known = manifest[manifest["split"] == "train"]
        assert set(known["group"]).isdisjoint(groups)
        assert len(manifest) == (whole["label"] != "").sum()
        test = pd.read_csv(folder / "models/linear_pixels/test.csv", keep_default_na=False)
        assert list(test["id"]) == list(hidden["image_id"])
        assert set(test["true"]) == {""}


def test_the_truth_is_that_of_the_hidden_pictures(results: Path) -> None:
    whole = pd.read_csv(results / "manifest.csv", keep_default_na=False).set_index("image_id")
    compared = pd.read_csv(results / "hidden_groups/compared.csv")
    steps = ["linear_pixels", "regions_centred_pixels", "ensemble", "neighbours"]
    steps += ["weights", "balance", "temperature"]
    assert list(compared["step"]) == 2 * steps
    test = pd.read_csv(results / "hidden_groups/draw_1/models/linear_pixels/test.csv")
    true = whole.loc[test["id"], "label"]
    chances = [test.loc[row, label] for row, label in enumerate(true)]
    row = compared[(compared["draw"] == 1) & (compared["step"] == "linear_pixels")].iloc[0]
    assert row["truth"] == pytest.approx(-np.log(chances).mean(), rel=1e-6)
    found = pd.read_csv(results / "hidden_groups/summary.csv").set_index("step")
    of_step = compared[compared["step"] == "temperature"]
    ratio = (of_step["truth"] / of_step["estimate"]).median()
    assert found.loc["temperature", "ratio"] == pytest.approx(ratio)
    assert f"{ratio:.2f} times its estimate" in (
        results / "pages/hidden_groups.html"
    ).read_text().replace("&nbsp;", " ")
