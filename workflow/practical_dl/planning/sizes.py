"""How large a data set is: counted where it was read, else told by its source before it is."""

import os
import tarfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from practical_dl.settings.configuration import complete
from practical_dl.sources.locations import source_kind, source_path, table_paths

BASE = Path("config/config.yaml")
ROW_FILES = {"images": "manifest.csv", "movies": "ratings.h5", "reviews": "reviews.csv"}
PUBLISHED = {
    "statefarm": 22_424 + 79_726,
    "imdb": 50_000,
    "nietzsche": 600_901,
    "ml-latest-small": 100_836,
    "ml-100k": 100_000,
    "ml-1m": 1_000_209,
    "ml-10m": 10_000_054,
    "ml-20m": 20_000_263,
    "ml-25m": 25_000_095,
    "ml-32m": 32_000_204,
}
"""Pictures, reviews, characters and ratings, as the publishers state them."""
DEMO_CLASSES = 10
DEMO_LINE = 22
"""Mean characters of a line of the demo's text."""
LOOKED_AT = 1 << 20
PACKED = (".zip", ".gz", ".xz", ".bz2", ".xlsx", ".parquet")
PACKED_BY = 4
"""By how much text shrinks when it is packed, about."""
REVIEW_BYTES = 1300
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".heic")
LISTED_MEGABYTES = 100
PICTURE_BYTES = 50_000
"""Of an archive too large to list: its pictures are taken to have this size."""


def merged_config(configs: Sequence[Path]) -> dict[str, Any]:
    """The configuration of a run with these overlays, defaults filled in.

    Raises:
        UserError: it breaks the schema.
    """
    from snakemake.utils import update_config

    config: dict[str, Any] = {}
    for path in (BASE, *configs):
        update_config(config, yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    complete(config)
    return config


class Sizes:
    """The sizes of a run's data sets, each looked at once."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = config
        self._known: dict[tuple[str, str], int | None] = {}

    def of_job(self, log: str) -> int | None:
        """Pictures, ratings, reviews or characters of the data set that a job of this log reads."""
        pipeline, dataset = data_set(log)
        if dataset not in self._config.get(pipeline, {}):
            return None
        if (pipeline, dataset) not in self._known:
            self._known[pipeline, dataset] = self._size(pipeline, dataset)
        return self._known[pipeline, dataset]

    def _size(self, pipeline: str, dataset: str) -> int | None:
        counted = counted_rows(Path(), pipeline, dataset)
        if counted is not None:
            return counted
        kind, settings = source_kind(self._config[pipeline][dataset])
        if kind == "demo":
            return _demo_size(pipeline, settings)
        tables = table_paths(self._config, pipeline, dataset)
        path = Path(
            tables.get("pictures")
            or tables.get("path")
            or source_path(self._config, pipeline, dataset)
        )
        if path.exists():
            return source_size(path, pipeline)
        return PUBLISHED.get(str(settings.get("download") or kind))


def data_set(log: str) -> tuple[str, str]:
    """The pipeline and the data set of a job with this log; empty where it has none."""
    parts = Path(log).parts  # results, logs, pipeline, data set, ...
    return (parts[2], parts[3]) if len(parts) > 4 else ("", "")


def counted_rows(folder: Path, pipeline: str, dataset: str) -> int | None:
    """Rows of a data set that a run in `folder` has read; None where it has not."""
    if pipeline not in ROW_FILES:
        return None
    path = folder / "results" / pipeline / dataset / ROW_FILES[pipeline]
    try:
        if path.suffix == ".h5":
            import h5py

            with h5py.File(path, "r") as file:
                return int(next(iter(file.values())).shape[0])
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(LOOKED_AT), b"")) - 1
    except OSError:
        return None


def source_size(path: Path, pipeline: str) -> int | None:
    """Pictures, ratings, reviews or characters at the path of a source, as far as a look tells."""
    files = dict(_files_at(path))
    largest = max(files, key=lambda name: files[name], default=None)
    if largest is None:
        return None
    match pipeline:
        case "images":
            pictures = sum(name.lower().endswith(PICTURE_SUFFIXES) for name in files)
            return pictures or max(1, sum(files.values()) // PICTURE_BYTES)
        case "reviews" if len(files) > 1 and path.suffix != ".csv":
            return len(files)
        case "reviews" if largest.endswith((".tar.gz", ".tgz", ".tar.xz")):
            return files[largest] * PACKED_BY // REVIEW_BYTES
        case "characters":
            return files[largest]
        case _:
            return _lines(path if path.is_file() else path / largest, files[largest])


def _files_at(path: Path) -> Iterator[tuple[str, int]]:
    """Files below a folder or in an archive that is quickly listed, with their sizes in bytes."""
    size = path.stat().st_size
    if path.is_dir():
        for folder, _, names in os.walk(path):
            for name in names:
                file = Path(folder) / name
                yield str(file.relative_to(path)), file.stat().st_size
    elif zipfile.is_zipfile(path) and path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            yield from ((one.filename, one.file_size) for one in archive.infolist())
    elif size < LISTED_MEGABYTES * 1e6 and ".tar" in path.name and tarfile.is_tarfile(path):
        with tarfile.open(path) as archive:
            yield from ((one.name, one.size) for one in archive if one.isfile())
    else:
        yield path.name, size


def _lines(path: Path, size: int) -> int:
    """About as many lines as a file of `size` bytes has, by those of its beginning."""
    if path.name.endswith(PACKED):
        return max(1, size * PACKED_BY // REVIEW_BYTES)
    with path.open("rb") as file:
        start = file.read(LOOKED_AT)
    return max(1, round(start.count(b"\n") * size / max(len(start), 1)))


def _demo_size(pipeline: str, settings: Mapping[str, int]) -> int:
    """Rows of a generated data set; of a text its characters."""
    match pipeline:
        case "images":
            drivers = settings["drivers"] + settings["test_drivers"]
            return drivers * DEMO_CLASSES * settings["frames"]
        case "movies":
            return settings["ratings"]
        case "reviews":
            return settings["train"] + settings["test"]
        case _:
            return settings["lines"] * DEMO_LINE
