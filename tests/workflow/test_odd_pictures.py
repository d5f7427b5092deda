"""Pictures as people have them, through the workflow: deep, broken, oddly named, packed."""

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.files.artefacts import open_hdf5, read_column

CONFIG = """
run: {images: [cells], movies: [], reviews: [], characters: []}
images:
  cells:
    source: {folder: {path: cells}}
    on_bad_pictures: refuse
    sample: {train: 8, valid: 4}
    backbones:
      net: {application: Pixels, layer: pixels, weights: random, input_size: [32, 32], shards: 1}
    head: {backbone: net, width: 16, schedule: [[2, 0.001]]}
"""
MANIFEST = "results/images/cells/manifest.csv"
SAMPLE = "results/images/cells/sample/images.h5"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten 12-bit pictures of either class in 16 bits, a broken one, leftovers and an archive."""
    folder = copy_workflow(tmp_path_factory.mktemp("cells"))
    rng = np.random.default_rng(0)
    for label, level in (("round", 1024), ("no\u00a0edge", 3072)):
        for number in range(10):
            path = folder / f"cells/{label}/{label}\u202f{number}.tif"
            path.parent.mkdir(parents=True, exist_ok=True)
            noise = rng.integers(-15, 16, (32, 32))
            Image.fromarray((level + noise).astype(np.uint16)).save(path)
    (folder / "cells/round/broken.png").write_bytes(b"not a picture")
    thumbnail = folder / "cells/round/@eaDir/x.jpg"
    thumbnail.parent.mkdir()
    Image.new("RGB", (8, 8)).save(thumbnail)
    with zipfile.ZipFile(folder / "cells/backup.zip", "w") as archive:
        archive.writestr("third/1.tif", b"1")
    (folder / "cells.yaml").write_text(f"data_root: {folder}\n{CONFIG}")
    return folder


def run(folder: Path, target: str, *settings: str) -> tuple[int, str]:
    result = snakemake_in(folder, target, "--configfile", "cells.yaml", *settings)
    return result.returncode, result.stderr


def test_a_broken_picture_is_named_and_nothing_is_half_written(folder: Path) -> None:
    code, said = run(folder, MANIFEST)
    assert code != 0
    assert "error: " in said
    assert "1 of 21 images are unusable; mend them, or set `on_bad_pictures: drop`" in said
    assert "round/broken.png: not an image" in said
    assert "backup.zip: left packed" in said
    assert "Traceback" not in said
    assert not (folder / MANIFEST).exists()
    assert not (folder / "results/images/cells/dropped_pictures.csv").exists()


def test_deep_pictures_are_read_at_their_depth_without_the_broken_one(folder: Path) -> None:
    config = folder / "cells.yaml"
    config.write_text(
        config.read_text().replace("on_bad_pictures: refuse", "on_bad_pictures: drop")
    )
    code, said = run(folder, SAMPLE)
    assert code == 0, said
    assert "20 pictures of more than 8 bits: 0 to 4,095 becomes 0 to 255" in said
    assert "1 of 21 images are unusable and dropped" in said
    manifest = pd.read_csv(folder / MANIFEST)
    assert manifest["label"].value_counts().to_dict() == {"round": 10, "no\u00a0edge": 10}
    assert set(manifest["high"]) == {4096}
    dropped = pd.read_csv(folder / "results/images/cells/dropped_pictures.csv")
    assert dropped["path"].tolist() == ["round/broken.png"]


def test_the_pixels_that_are_learned_from_are_bright(folder: Path) -> None:
    with open_hdf5(folder / SAMPLE) as sample:
        names = read_column(sample, "image_id")
        means = sample["images"][:].mean(axis=(1, 2, 3))
    is_round = np.array(["round" in name for name in names])
    assert is_round.any()
    assert not is_round.all()
    assert np.abs(means[is_round] - 64).max() < 1
    assert np.abs(means[~is_round] - 192).max() < 1
