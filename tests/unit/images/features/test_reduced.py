"""Reduced features: their projection, means over regions, and where they lie."""

from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest

from practical_dl.images.features import reduced
from practical_dl.images.features.reduced import (
    fit_projection,
    reduced_files,
    region_means,
    sampled_features,
)
from practical_dl.images.features.store import FeatureStore


def test_regions_are_means_of_their_locations_scaled_alike() -> None:
    maps = np.arange(16, dtype=np.float16).reshape(1, 4, 4, 1)
    first, other = region_means([maps, 2 * maps], 2)
    means = np.array([2.5, 4.5, 10.5, 12.5])
    assert first[0] == pytest.approx(means / means.std(), rel=1e-3)
    assert other[0] == pytest.approx(2 * first[0], rel=1e-3)
    assert region_means([maps], 9)[0].shape == (1, 16)


def test_the_projection_keeps_what_varies_and_has_unit_variance() -> None:
    rng = np.random.default_rng(2)
    hidden = rng.normal(size=(3000, 2))
    mixing = rng.normal(size=(2, 6))
    features = hidden @ mixing + 5
    projection = fit_projection(features, 2)
    values = projection(features)
    assert values.mean(axis=0) == pytest.approx([0, 0], abs=1e-2)
    assert values.var(axis=0).mean() == pytest.approx(1, rel=1e-2)
    back, *_ = np.linalg.lstsq(values, features - features.mean(axis=0), rcond=None)
    np.testing.assert_allclose(values @ back, features - features.mean(axis=0), atol=0.02)
    assert fit_projection(features, 99).matrix.shape == (6, 6)


def test_files_are_known_by_their_backbone_and_part() -> None:
    found = reduced_files(["elsewhere/results/images/own/reduced/net/test_pass1.h5"])
    assert list(found) == [("net", "test_pass1")]
    assert found["net", "test_pass1"] == Path(
        "elsewhere/results/images/own/reduced/net/test_pass1.h5"
    )


def test_the_projection_sees_all_parts_by_their_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 30 and 10 rows of four locations, 20 and 7 are drawn; each row knows its store."""
    monkeypatch.setattr(reduced, "LOCATIONS", 4 * 27)
    stores = []
    for number, count in enumerate((30, 10)):
        path = tmp_path / f"{number}.h5"
        with h5py.File(path, "w") as file:
            file["features"] = np.full((count, 2, 2, 1), number, np.float16)
        rows = pd.DataFrame({"image_id": range(count)})
        stores.append(FeatureStore(path, rows, (2, 2, 1)))
    found = sampled_features(stores, seed=1)
    assert found.shape == (27, 2, 2, 1)
    assert np.bincount(found[:, 0, 0, 0].astype(int)).tolist() == [20, 7]


def test_without_a_test_part_the_sample_is_of_the_labelled_alone(tmp_path: Path) -> None:
    path = tmp_path / "labelled.h5"
    with h5py.File(path, "w") as file:
        file["features"] = np.arange(40, dtype=np.float16)[:, None]
    store = FeatureStore(path, pd.DataFrame({"image_id": range(40)}), (1,))
    assert sampled_features([store], seed=1)[:, 0].tolist() == list(range(40))
