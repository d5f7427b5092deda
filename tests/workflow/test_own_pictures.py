"""Pictures as people have them: names of all kinds, ready-made sides, unpadded ids."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.files.predictions import read_class_predictions

RULE = re.compile(r"^(\w+) +\d+$", re.MULTILINE)
CLASSES = ["US$5 or US$10", "group", "photo", "true"]
OWN = """
run: {images: [own], movies: [], reviews: []}
images:
  own:
    source:
      folder: {path: own, test_folder: test, groups: own/groups.csv,
               sample_submission: sample.csv}
    sample: {train: 32, valid: 16}
    backbones:
      net: {application: MobileNet, alpha: 0.25, layer: conv_pw_7_relu, pool: average,
            weights: random, input_size: [32, 32], shards: 1}
    head: {backbone: net, width: 16, schedule: [[2, 0.001]]}
"""


def draw(path: Path, colour: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(colour).integers(0, 9, (36, 36, 3))
    Image.fromarray((colour + noise).astype(np.uint8)).save(path)


def own_pictures(folder: Path) -> Path:
    """Four classes below train and val, six patients, a test part, a sample with bare numbers."""
    rows = []
    for part, patients in (("train", "abcd"), ("val", "xy")):
        for patient in patients:
            for number, name in enumerate(CLASSES):
                draw(folder / f"own/{part}/{name}/{patient}.png", 50 * number + ord(patient) % 7)
                rows.append((f"{part}/{name}/{patient}", f"{patient} ", 40))
    for number in range(1, 4):
        draw(folder / f"own/test/00{number}.png", 60 * number)
    table = pd.DataFrame(rows, columns=["image_id", "group", "age"])
    table[["age", "image_id", "group"]].to_csv(folder / "own/groups.csv", index=False)
    sample = pd.DataFrame({"id": ["3", "1", "2"], **dict.fromkeys(CLASSES, 0.25)})
    sample.to_csv(folder / "own/sample.csv", index=False)
    (folder / "own.yaml").write_text(f"data_root: {folder}\n{OWN}")
    return folder


def test_own_pictures_end_in_a_submission_and_in_pictures(tmp_path: Path) -> None:
    folder = own_pictures(copy_workflow(tmp_path))
    results = "results/images/own"
    targets = [
        f"{results}/submission.csv",
        f"{results}/manifest/class_examples.png",
        f"{results}/heads/net/grouped/confusion_matrix.png",
    ]
    done = snakemake_in(folder, *targets, "--configfile", "own.yaml")
    assert done.returncode == 0, done.stderr
    split = pd.read_csv(folder / results / "splits/grouped.csv", index_col="image_id")["role"]
    assert split["photo/a.png"] == "train"
    assert set(split[split == "valid"].index.str[-5:]) == {"x.png", "y.png"}
    assert (split == "train").sum() == 16
    assert "the source's own split is used: 8 of 24 labelled pictures validate" in done.stderr
    manifest = pd.read_csv(folder / results / "manifest.csv", keep_default_na=False)
    assert sorted(set(manifest["group"])) == ["", "a", "b", "c", "d", "x", "y"]
    predicted = read_class_predictions(folder / results / "heads/net/grouped/predictions.csv")
    assert list(predicted.classes) == CLASSES
    submission = pd.read_csv(folder / results / "submission.csv", dtype={"id": str})
    assert list(submission.columns) == ["id", *CLASSES]
    assert list(submission["id"]) == ["3", "1", "2"]
    of_test = read_class_predictions(folder / results / "submission/net/predictions.csv")
    first = of_test.probabilities[list(of_test.ids).index("test/003.png")]
    assert np.abs(submission.loc[0, CLASSES].to_numpy(float) - first).max() < 0.02
    answer = ["--config", "images={own: {submission: {answer: probabilities}}}"]
    again = snakemake_in(folder, "-n", *targets, "--configfile", "own.yaml", *answer)
    rules = set(RULE.findall(again.stdout + again.stderr))
    assert rules == {"check_sample_submission", "write_submission", "total"}


def test_a_sample_of_other_pictures_is_refused_before_anything_is_trained(tmp_path: Path) -> None:
    folder = own_pictures(copy_workflow(tmp_path))
    sample = folder / "own/sample.csv"
    sample.write_text(sample.read_text().replace("\n3,", "\n4,"))
    done = snakemake_in(folder, "results/images/own/submission.csv", "--configfile", "own.yaml")
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert line == (
        "error: sample submission: asked for, but no test picture (1): 4; "
        "test pictures that are not asked for (1): test/003.png"
    )
    assert not list((folder / "results/images/own").rglob("*.h5"))
