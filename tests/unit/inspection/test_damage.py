"""Damaged artefacts: each is described in words, none with a traceback."""

import json
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from tests.unit.inspection.conftest import write_model

from practical_dl import cli


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def change_attribute(path: Path) -> None:
    with h5py.File(path, "a") as file:
        file.attrs["version"] = 7


def spoil_features(path: Path) -> None:
    with h5py.File(path, "a") as file:
        file["features"][0, 0, 0, 0] = np.nan


IMAGES = "images/tiny"
DAMAGES: list[tuple[str, str, Callable[[Path], object], str]] = [
    ("id twice", f"{IMAGES}/manifest.csv", lambda p: replace(p, "\np1.jpg", "\np0.jpg"), "twice"),
    ("no label", f"{IMAGES}/manifest.csv", lambda p: replace(p, ",cat,", ",,"), "label is empty"),
    (
        "one picture in two classes", f"{IMAGES}/manifest.csv",
        lambda p: replace(p, f"{1:064x}", f"{0:064x}"), "in two classes at once: 1 picture (p0.jpg",
    ),
    ("width as text", f"{IMAGES}/manifest.csv", lambda p: replace(p, ",4,4,", ",wide,4,"), "wide"),
    (
        "group on both sides", f"{IMAGES}/splits/grouped.csv",
        lambda p: replace(p, "p4.jpg,valid", "p4.jpg,train"),
        "group animal2 stands on more than one side",
    ),
    (
        "unknown role", f"{IMAGES}/splits/grouped.csv",
        lambda p: replace(p, "p4.jpg,valid", "p4.jpg,vaild"), "an impossible role: 'vaild'",
    ),
    (
        "column of another name", "comparison.csv", lambda p: replace(p, ",value,", ",worth,"),
        "the columns of a comparison of scores but for value",
    ),
    (
        "unknown picture", f"{IMAGES}/splits/grouped.csv",
        lambda p: replace(p, "p4.jpg", "x.jpg"), "not in",
    ),
    (
        "sum above one", f"{IMAGES}/heads/predictions.csv",
        lambda p: replace(p, "0.8,0.2", "0.8,0.4"), "do not sum to one",
    ),
    ("NaN", f"{IMAGES}/heads/predictions.csv", lambda p: replace(p, "0.8", "nan"), "missing"),
    (
        "submission off", f"{IMAGES}/submission.csv",
        lambda p: replace(p, "0.25,0.75", "0.25,0.8"), "in 1 row: p0.jpg sums to 1.05",
    ),
    (
        "row too short", f"{IMAGES}/submission.csv",
        lambda p: replace(p, "0.25,0.75", "0.25"), "line 2 has 2 values, expected 3",
    ),
    ("cut CSV", f"{IMAGES}/splits/folds.csv", lambda p: p.write_text(p.read_text()[:-1]), "cut"),
    ("not UTF-8", f"{IMAGES}/submission.csv", lambda p: p.write_bytes(b"\xff\xfe\n1"), "CSV"),
    ("cut JSON", f"{IMAGES}/heads/metrics.json", cut, "not a readable JSON file"),
    (
        "version", f"{IMAGES}/heads/metrics.json",
        lambda p: replace(p, '"version": 1', '"version": 9'), "contract version 9",
    ),
    (
        "other rows", f"{IMAGES}/heads/predictions.csv",
        lambda p: replace(p, "p4.jpg", "p0.jpg"), "computed on other rows",
    ),
    (
        "outside its interval", "comparison.csv",
        lambda p: replace(p, "0.75,0.5,1", "0.4,0.5,1"), "accuracy of head",
    ),
    ("cut HDF5", f"{IMAGES}/sample/images.h5", cut, "damaged or not an HDF5 file"),
    ("HDF5 version", f"{IMAGES}/sample/images.h5", change_attribute, "contract version 7"),
    (
        "NaN in features", f"{IMAGES}/features/labelled/shard_1.h5", spoil_features,
        "features: 1 number NaN",
    ),
    (
        "missing shard", f"{IMAGES}/features/labelled/shard_1.h5", lambda p: p.unlink(),
        "shard labelled/shard_1.h5 is missing",
    ),
    ("cut shard", f"{IMAGES}/features/labelled/shard_1.h5", cut, "labelled/shard_1.h5"),
    ("cut page", f"{IMAGES}/page.html", cut, "cut off"),
    (
        "picture elsewhere", f"{IMAGES}/page.html",
        lambda p: replace(p, "<p>text", '<img src="a.png"><p>'), "a.png",
    ),
    ("cut picture", f"{IMAGES}/picture.png", cut, "damaged picture"),
    ("bad YAML", "run_config.yaml", lambda p: p.write_text("a: [1"), "not a readable YAML"),
    ("empty file", "run_config.yaml", lambda p: p.write_text(""), "it is empty"),
    ("NaN weights", "model.keras", lambda p: write_model(p, np.nan), "layers/dense/vars/0"),
    ("no model", "model.keras", lambda p: p.write_text("no zip"), "a damaged model"),
    ("bad benchmark", "a.tsv", lambda p: p.write_text("s\n"), "not a benchmark file"),
    ("bad spreadsheet", "a.xlsx", lambda p: p.write_text("x"), "a damaged spreadsheet"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [damage[1:] for damage in DAMAGES],
    ids=[damage[0] for damage in DAMAGES],
)
def test_a_damaged_artefact_is_told_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, spoil: Callable[[Path], object],
    message: str,
) -> None:  # fmt: skip
    spoil(folder / name)
    assert cli.main(["inspect", str(folder), "--json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    wrong = [text for line in lines for text in line["wrong"]]
    assert any(message in text for text in wrong), wrong
    assert not any("Traceback" in text or "\n" in text for text in wrong)
