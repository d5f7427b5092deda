"""How large a data set is: counted where it was read, else told by its source before it is."""

import csv
import os
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
PACKED_ROW_BYTES = 40
"""Bytes of a row of a packed table, about: of short texts, or of ratings."""
REVIEW_BYTES = 300
"""Bytes of a packed review, about."""
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".heic")
LISTED_MEGABYTES = 100
PICTURE_BYTES = 50_000
"""Of an archive too large to list: its pictures are taken to have this size."""
PIXEL_BYTES = 0.25
"""Bytes of a JPEG for each of its pixels, about."""
PER_MEGAPIXEL = {
    "make_manifest": 13.0,
    "draw_sample": 5.0,
    "draw_curve_sample": 5.0,
    "extract_features": 0.15,
}
"""By how much a megapixel makes a picture dearer for the rules that read the files themselves."""


@dataclass(frozen=True)
class Size:
    """Pictures, ratings, reviews or characters; of pictures the mean of their megapixels too."""

    rows: int
    megapixels: float = 0.0

    def for_rule(self, rule: str) -> int:
        """Rows, those of large pictures counting as several where a rule decodes them."""
        return round(self.rows * (1 + PER_MEGAPIXEL.get(rule, 0.0) * self.megapixels))


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
        self._known: dict[tuple[str, str], Size | None] = {}

    def of_job(self, rule: str, log: str) -> int | None:
        """The size of the data set that a job of this rule and log reads, as its rule counts it."""
        pipeline, dataset = data_set(log)
        if dataset not in self._config.get(pipeline, {}):
            return None
        if (pipeline, dataset) not in self._known:
            self._known[pipeline, dataset] = self._size(pipeline, dataset)
        size = self._known[pipeline, dataset]
        return size.for_rule(rule) if size else None

    def _size(self, pipeline: str, dataset: str) -> Size | None:
        counted = counted_size(Path(), pipeline, dataset)
        if counted is not None:
            return counted
        kind, settings = source_kind(self._config[pipeline][dataset])
        if kind == "demo":
            return Size(_demo_rows(pipeline, settings))
        tables = table_paths(self._config, pipeline, dataset)
        path = Path(
            tables.get("pictures")
            or tables.get("path")
            or source_path(self._config, pipeline, dataset)
        )
        if path.exists():
            return source_size(path, pipeline)
        published = PUBLISHED.get(str(settings.get("download") or kind))
        return Size(published) if published else None


def data_set(log: str) -> tuple[str, str]:
    """The pipeline and the data set of a job with this log; empty where it has none."""
    parts = Path(log).parts  # results, logs, pipeline, data set, ...
    return (parts[2], parts[3]) if len(parts) > 4 else ("", "")


def counted_size(folder: Path, pipeline: str, dataset: str) -> Size | None:
    """The size of a data set that a run in `folder` has read; None where it has not."""
    path = folder / "results" / pipeline / dataset / ROW_FILES.get(pipeline, "-")
    try:
        match pipeline:
            case "images":
                with path.open(encoding="utf-8", newline="") as lines:
                    return _manifest_size(csv.DictReader(lines))
            case "movies":
                import h5py

                with h5py.File(path, "r") as file:
                    return Size(int(next(iter(file.values())).shape[0]))
            case "reviews":
                with path.open("rb") as file:
                    blocks = iter(lambda: file.read(LOOKED_AT), b"")
                    return Size(sum(block.count(b"\n") for block in blocks) - 1)
    except (OSError, ValueError, csv.Error):
        pass
    return None


def _manifest_size(rows: Iterable[Mapping[str, str]]) -> Size:
    pixels = [int(row["width"]) * int(row["height"]) for row in rows]
    return Size(len(pixels), sum(pixels) / 1e6 / max(len(pixels), 1))


def source_size(path: Path, pipeline: str) -> Size | None:
    """The size of a source at a path, as far as a look at it tells."""
    files = dict(_files_at(path))
    largest = max(files, key=lambda name: files[name], default=None)
    if largest is None:
        return None
    match pipeline:
        case "images":
            return _pictures_of(files)
        case "reviews" if len(files) > 1:
            return Size(len(files))
        case "reviews" if largest.endswith((".tar.gz", ".tgz", ".tar.xz")):
            return Size(files[largest] // REVIEW_BYTES)
        case "characters":
            return Size(files[largest])
        case _:
            return Size(_lines(path if path.is_file() else path / largest, files[largest]))


def _pictures_of(files: Mapping[str, int]) -> Size:
    sizes = [size for name, size in files.items() if name.lower().endswith(PICTURE_SUFFIXES)]
    if not sizes:
        return Size(max(1, sum(files.values()) // PICTURE_BYTES))
    return Size(len(sizes), sum(sizes) / len(sizes) / PIXEL_BYTES / 1e6)


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
        return max(1, size // PACKED_ROW_BYTES)
    with path.open("rb") as file:
        start = file.read(LOOKED_AT)
    return max(1, round(start.count(b"\n") * size / max(len(start), 1)))


def _demo_rows(pipeline: str, settings: Mapping[str, int]) -> int:
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
