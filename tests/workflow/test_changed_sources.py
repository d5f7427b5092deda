"""What lies on the disk is an input: a change is seen, and nothing is where nothing changed."""

import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from tests.conftest import copy_workflow, snakemake_in

SPLIT = "results/images/pets/splits/grouped.csv"
CONFIG = """
data_root: .
run: {images: [pets], movies: [], reviews: []}
images:
  pets:
    source: {folder: {path: pets, groups: groups.csv}}
    backbones: {net: {application: MobileNet, layer: conv_pw_7_relu, input_size: [32, 32]}}
    head: {backbone: net}
"""


def draw(path: Path, seed: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), np.uint8)
    Image.fromarray(pixels).save(path)


def write_groups(folder: Path) -> None:
    names = sorted(path.name for path in (folder / "pets").rglob("*.png"))
    rows = [f"{name},{name[-5]}" for name in names]
    (folder / "groups.csv").write_text("\n".join(["image_id,group", *rows]) + "\n")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("finished"))
    (folder / "pets.yaml").write_text(CONFIG)
    for number in range(8):
        draw(folder / f"pets/{'cat' if number % 2 else 'dog'}/{number // 2}{number}.png", number)
    write_groups(folder)
    run(folder)
    return folder


@pytest.fixture
def clone(finished: Path, tmp_path: Path) -> Path:
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    assert not changes_seen(tmp_path)
    return tmp_path


def run(folder: Path) -> None:
    result = snakemake_in(folder, SPLIT, "--configfile", "pets.yaml")
    assert result.returncode == 0, result.stderr


def changes_seen(folder: Path) -> bool:
    result = snakemake_in(folder, SPLIT, "-n", "--configfile", "pets.yaml")
    assert result.returncode == 0, result.stderr
    return "make_manifest" in result.stdout + result.stderr


def listed(folder: Path) -> list[str]:
    manifest = pd.read_csv(folder / "results/images/pets/manifest.csv", dtype=str)
    return list(manifest["path"])


def test_nothing_is_seen_where_times_alone_have_changed(clone: Path) -> None:
    for path in (clone / "pets").rglob("*.png"):
        os.utime(path)
    os.utime(clone / "groups.csv")
    assert not changes_seen(clone)


def test_an_added_and_a_deleted_picture_are_seen(clone: Path) -> None:
    draw(clone / "pets/cat/a1.png", 99)
    write_groups(clone)
    assert changes_seen(clone)
    run(clone)
    assert "cat/a1.png" in listed(clone)
    assert "a1.png" in (clone / SPLIT).read_text()
    (clone / "pets/cat/a1.png").unlink()
    write_groups(clone)
    run(clone)
    assert "a1.png" not in (clone / SPLIT).read_text()


def test_an_overwritten_picture_is_seen_though_its_file_is_older(clone: Path) -> None:
    path = clone / "pets/cat/01.png"
    draw(path, 99)
    os.utime(path, (1e9, 1e9))
    assert changes_seen(clone)


def test_a_renamed_class_is_seen(clone: Path) -> None:
    (clone / "pets/cat").rename(clone / "pets/lion")
    run(clone)
    manifest = pd.read_csv(clone / "results/images/pets/manifest.csv")
    assert set(manifest["label"]) == {"lion", "dog"}


def test_a_table_of_groups_that_is_edited_in_place_is_seen(clone: Path) -> None:
    path = clone / "groups.csv"
    path.write_text(path.read_text().replace(",1\n", ",9\n"))
    assert changes_seen(clone)
    run(clone)
    assert "9" in set(pd.read_csv(clone / "results/images/pets/manifest.csv", dtype=str)["group"])


def test_a_refused_change_is_seen_again_when_it_has_been_mended(clone: Path) -> None:
    draw(clone / "pets/owl/a1.png", 99)
    write_groups(clone)
    refused = snakemake_in(clone, SPLIT, "--configfile", "pets.yaml")
    assert refused.returncode != 0
    assert "owl has a single image" in refused.stdout + refused.stderr
    for name in ("b2", "c3", "d5"):
        draw(clone / f"pets/owl/{name}.png", ord(name[0]))
    write_groups(clone)
    run(clone)
    assert sum(path.startswith("owl/") for path in listed(clone)) == 4
    assert "d5.png" in (clone / SPLIT).read_text()


def test_a_change_undone_after_a_refusal_leaves_the_first_result(clone: Path) -> None:
    before = (clone / SPLIT).read_bytes()
    draw(clone / "pets/owl/a1.png", 99)
    write_groups(clone)
    assert snakemake_in(clone, SPLIT, "--configfile", "pets.yaml").returncode != 0
    shutil.rmtree(clone / "pets/owl")
    write_groups(clone)
    run(clone)
    assert (clone / SPLIT).read_bytes() == before
    assert not changes_seen(clone)


def test_an_archive_that_takes_anothers_place_is_seen(clone: Path) -> None:
    config = (clone / "pets.yaml").read_text().replace("path: pets,", "path: pets.zip,")
    (clone / "pets.yaml").write_text(config)
    shutil.make_archive(str(clone / "pets"), "zip", clone / "pets")
    run(clone)
    os.utime(clone / "pets.zip")
    assert not changes_seen(clone)
    draw(clone / "pets/cat/a1.png", 99)
    shutil.make_archive(str(clone / "pets"), "zip", clone / "pets")
    os.utime(clone / "pets.zip", (1e9, 1e9))
    write_groups(clone)
    run(clone)
    assert "a1.png" in (clone / SPLIT).read_text()
