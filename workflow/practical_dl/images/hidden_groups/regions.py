"""A small copy of the labelled features, means over regions, that every draw reads."""

from pathlib import Path

import h5py
import numpy as np

from practical_dl.files.artefacts import open_hdf5, write_column, write_hdf5
from practical_dl.images.features.reduced import region_maps
from practical_dl.images.features.store import COLUMNS, STORE_ATTRIBUTES, FeatureStore

BLOCK_ROWS = 256


def write_regions(path: Path, store: FeatureStore, regions: int) -> None:
    """Write a store of one shard, maps of `regions` x `regions`, the rows of `store` in order.

    Means and the projection of channels are linear, so regressions on regions read what they would
    read of the whole maps, but for rounding; heads that pool maxima read means instead.
    """
    with open_hdf5(store.path, COLUMNS, STORE_ATTRIBUTES) as whole:
        attributes = {name: whole.attrs[name] for name in STORE_ATTRIBUTES}
    height, width = store.shape[:2] if len(store.shape) == 3 else (1, 1)
    count, channels = len(store.rows), store.shape[-1]
    shape = (count, min(regions, height), min(regions, width), channels)

    def write(file: h5py.File) -> None:
        features = file.create_dataset("features", shape, np.float16)
        for start in range(0, count, BLOCK_ROWS):
            rows = np.arange(start, min(start + BLOCK_ROWS, count))
            maps = store.read(rows).reshape(len(rows), height, width, channels)
            features[rows[0] : rows[-1] + 1] = region_maps(maps, regions).astype(np.float16)
        for column in COLUMNS:
            write_column(file, column, store.rows[column].to_numpy())
        file.attrs.update(attributes)

    write_hdf5(path, write)
