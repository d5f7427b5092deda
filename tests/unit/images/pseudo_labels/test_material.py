from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest

from practical_dl.files.artefacts import write_csv
from practical_dl.images.pseudo_labels import material as pseudo_material
from practical_dl.images.pseudo_labels.material import deal_roles, read_material, write_pictures
from practical_dl.inspection.inspecting import inspect_file
from practical_dl.job.errors import UserError

DRIVERS = [f"p{driver}" for driver in range(8)]


@pytest.fixture
def manifest() -> pd.DataFrame:
    """Eight drivers with three labelled pictures each, and four test pictures."""
    rows = [
        {"image_id": f"{driver}_{c}.jpg", "split": "train", "label": f"c{c}", "group": driver}
        for driver in DRIVERS
        for c in range(3)
    ]
    tests = [{"image_id": f"x{n}.jpg", "split": "test", "label": "", "group": ""} for n in range(4)]
    return pd.DataFrame([*rows, *tests])


@pytest.fixture
def folds(manifest: pd.DataFrame) -> pd.DataFrame:
    labelled = manifest[manifest["label"] != ""]
    fold = [DRIVERS.index(driver) % 2 for driver in labelled["group"]]
    return pd.DataFrame({"image_id": labelled["image_id"], "fold": fold})


def test_half_the_drivers_of_the_fold_are_the_pool_and_only_the_others_have_labels(
    manifest: pd.DataFrame, folds: pd.DataFrame
) -> None:
    roles = deal_roles(manifest, folds, 1, seed=3)
    assert roles["image_id"].tolist() == manifest["image_id"].tolist()
    counts = roles["role"].value_counts().to_dict()
    assert counts == {"train": 12, "pool": 6, "untouched": 6, "test": 4}
    drivers = manifest["group"].groupby(roles["role"]).agg(set)
    assert drivers["train"] == {"p0", "p2", "p4", "p6"}
    assert drivers["pool"] | drivers["untouched"] == {"p1", "p3", "p5", "p7"}
    assert len(drivers["pool"]) == len(drivers["untouched"]) == 2
    assert (roles["label"] != "").equals(roles["role"] == "train")


def test_labels_of_the_held_out_drivers_change_nothing_that_a_round_reads(
    manifest: pd.DataFrame, folds: pd.DataFrame, tmp_path: Path
) -> None:
    held_out = manifest["image_id"].isin(folds["image_id"][folds["fold"] == 1])
    others = manifest.assign(
        label=manifest["label"].where(~held_out, manifest["label"].map(lambda name: name + "!"))
    )
    labelled = manifest["split"] == "train"
    maps = np.random.default_rng(0).random((len(manifest), 4, 4, 2)).astype(np.float16)
    written = []
    for name, table in (("one", manifest), ("other", others)):
        parts = [(table[labelled], maps[labelled]), (table[~labelled], maps[~labelled])]
        write_pictures(tmp_path / f"{name}.h5", parts, 2)
        write_csv(tmp_path / f"{name}.csv", deal_roles(table, folds, 1, seed=3))
        written.append([(tmp_path / f"{name}.{end}").read_bytes() for end in ("h5", "csv")])
    assert written[0] == written[1]
    with h5py.File(tmp_path / "one.h5") as file:
        assert set(file) == {"features", "image_id"}
        assert file["features"].shape == (28, 8)


def test_material_joins_pictures_and_roles(
    manifest: pd.DataFrame, folds: pd.DataFrame, tmp_path: Path
) -> None:
    maps = np.ones((24, 2, 2, 1), np.float16) * np.arange(24)[:, None, None, None]
    parts = [(manifest[:24], maps), (manifest[24:], maps[:4])]
    write_pictures(tmp_path / "pictures.h5", parts, 1)
    assert inspect_file(tmp_path / "pictures.h5").described.what.startswith(
        "pictures without labels"
    )
    write_csv(tmp_path / "roles.csv", deal_roles(manifest, folds, 0, seed=3))
    material = read_material(tmp_path / "pictures.h5", tmp_path / "roles.csv")
    assert material.classes == ("c0", "c1", "c2")
    train = material.rows("train")
    assert material.label[train].tolist() == [0, 1, 2] * 4
    assert set(material.label[material.rows("pool", "untouched", "test")]) == {-1}
    assert material.features[1, 0] == pytest.approx(1 / maps.std(), rel=1e-3)


def test_roles_with_labels_of_held_out_pictures_are_refused(
    manifest: pd.DataFrame, folds: pd.DataFrame, tmp_path: Path
) -> None:
    roles = deal_roles(manifest, folds, 0, seed=3)
    roles.loc[roles["role"] == "pool", "label"] = "c0"
    write_csv(tmp_path / "roles.csv", roles)
    with pytest.raises(UserError, match="labels are not those of the training pictures alone"):
        pseudo_material.read_roles(tmp_path / "roles.csv")


def test_stores_of_other_pictures_are_refused() -> None:
    ids = np.array(["a", "b", "c"], dtype=object)
    nothing = np.zeros((3, 2), np.float16)
    material = pseudo_material.Material(ids, nothing, ids, np.zeros(3, np.int64), ("c0", "c1"))
    pseudo_material.require_pictures(material, [["a", "b"], ["c"]])
    with pytest.raises(UserError, match="not those of the pseudo-labels"):
        pseudo_material.require_pictures(material, [["b", "a"], ["c"]])
