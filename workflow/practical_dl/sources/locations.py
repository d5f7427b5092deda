"""Locations of sources: the configuration turned into paths."""

import glob
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from practical_dl.files.unpacking import is_unpacked
from practical_dl.job.errors import UserError
from practical_dl.sources.publishers import SOURCES, Competition, WebFile

DATA_ROOT_VARIABLE = "PRACTICAL_DL_DATA"
DEMO_SOURCE = {
    "images": "files",
    "movies": "files",
    "reviews": "aclImdb.tar",
    "characters": "text.txt",
}
MADE_WEIGHTS = ("random", "demo", "imagenet")
"""Values of `weights` that are not a file."""
KIND_DOWNLOADS = {
    "statefarm": "state-farm-distracted-driver-detection",
    "imdb": "imdb",
    "nietzsche": "nietzsche",
}


def data_root(config: Mapping[str, Any]) -> Path:
    """The folder below which relative source paths lie."""
    return Path(config["data_root"] or os.environ.get(DATA_ROOT_VARIABLE) or ".")


def require_writable(*folders: str) -> None:
    """Check, before anything runs, that existing folders of these names can be written to.

    Raises:
        UserError: one of them is read-only.
    """
    for folder in folders:
        if Path(folder).is_dir() and not os.access(folder, os.W_OK):
            raise UserError(f"{folder}: cannot be written to; make it writable")


def source_kind(definition: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The one kind of source that a definition names, with its settings."""
    ((kind, settings),) = definition["source"].items()
    return kind, settings


def source_path(config: Mapping[str, Any], pipeline: str, dataset: str) -> str:
    """The source of a definition: its own path, or the path below data/ at which it is made."""
    kind, settings = source_kind(config[pipeline][dataset])
    if kind == "demo":
        return f"data/{pipeline}/{dataset}/{DEMO_SOURCE[pipeline]}"
    if settings["path"] is not None:
        return str(data_root(config) / settings["path"])
    return f"data/downloads/{_download_file(KIND_DOWNLOADS.get(kind) or settings['download'])}"


def absent_sources(config: Mapping[str, Any]) -> dict[str, str]:
    """The user's own sources that are missing, of the definitions that `run` names.

    Of an image set also the parts of a folder that is used where it is, and its backbones' own
    files of weights.

    Returns:
        Of each key of the configuration, the path that it names.
    """
    named = {
        (pipeline, dataset): source_kind(config[pipeline][dataset])
        for pipeline in DEMO_SOURCE
        for dataset in config["run"][pipeline]
    }
    paths = {
        f"{pipeline}.{dataset}.source.{kind}.path": source_path(config, pipeline, dataset)
        for (pipeline, dataset), (kind, settings) in named.items()
        if settings.get("path") is not None
    }
    for dataset in config["run"]["images"]:
        paths |= _parts_of_folder(config, dataset) | _own_weights(config, dataset)
    return {key: path for key, path in paths.items() if not Path(path).exists()}


def _parts_of_folder(config: Mapping[str, Any], dataset: str) -> dict[str, str]:
    kind, settings = source_kind(config["images"][dataset])
    root = Path(source_path(config, "images", dataset))
    if kind != "folder" or not is_unpacked(root):
        return {}
    return {
        f"images.{dataset}.source.folder.{part}": str(root / settings[part])
        for part in ("train_folder", "test_folder")
        if settings[part] is not None
    }


def _own_weights(config: Mapping[str, Any], dataset: str) -> dict[str, str]:
    return {
        f"images.{dataset}.backbones.{name}.{key}": str(data_root(config) / settings[key])
        for name, settings in config["images"][dataset]["backbones"].items()
        for key in ("onnx", "weights")
        if settings[key] not in (None, *MADE_WEIGHTS)
    }


def weights_path(config: Mapping[str, Any], settings: Mapping[str, Any]) -> str | None:
    """The file that a backbone's weights come from, or None for random ones."""
    if settings["onnx"] is not None:
        return below_data_root(config, settings["onnx"])
    match settings["weights"]:
        case "random":
            return None
        case "demo":
            return "results/weights/demo.weights.h5"
        case "imagenet":
            return f"data/weights/{settings['application']}_{settings['alpha']}.weights.h5"
        case file:
            return str(data_root(config) / file)


def beside_onnx(path: str) -> list[str]:
    """Files beside an ONNX file that PyTorch and Optimum leave large weights in, by their names."""
    file = Path(path)
    return sorted(map(str, file.parent.glob(f"{glob.escape(file.name)}[._]data*")))


def _download_file(source: str) -> str:
    """The file name of a downloaded source, by its name in the publishers' table."""
    entry = SOURCES[source]
    return entry.filename if isinstance(entry, WebFile) else f"{entry.name}.zip"


def download_files() -> list[str]:
    """The file names of all sources of the publishers' table."""
    return [_download_file(source) for source in SOURCES]


def published_sum(file: str) -> str:
    """The checksum that a download of the name `file` must have; empty where none is published."""
    entry = source_of_file(file)
    return (entry.sha256 or entry.md5 or "") if isinstance(entry, WebFile) else ""


def source_of_file(file: str) -> WebFile | Competition:
    """The entry of the publishers' table whose download has the name `file`."""
    return next(SOURCES[name] for name in SOURCES if _download_file(name) == file)


def below_data_root(config: Mapping[str, Any], path: str | None) -> str | None:
    """A path of the configuration that may be relative to the data root, or None."""
    return None if path is None else str(data_root(config) / path)


def image_layout(config: Mapping[str, Any], dataset: str) -> str:
    """How an unpacked image source is laid out: as `statefarm` (the demo too) or as `folder`."""
    kind, _ = source_kind(config["images"][dataset])
    return "folder" if kind == "folder" else "statefarm"


def folder_settings(config: Mapping[str, Any], dataset: str) -> dict[str, str | None]:
    """The folder layout's settings beside its root; empty for other layouts."""
    kind, settings = source_kind(config["images"][dataset])
    if kind != "folder":
        return {}
    plain = ("train_folder", "test_folder", "label_pattern")
    return {
        **{key: settings[key] for key in plain},
        "groups": below_data_root(config, settings["groups"]),
    }


def has_test_part(config: Mapping[str, Any], dataset: str) -> bool:
    """Whether an image set has unlabelled test pictures."""
    kind, settings = source_kind(config["images"][dataset])
    return kind != "folder" or settings["test_folder"] is not None


def sample_submission(config: Mapping[str, Any], dataset: str) -> str | None:
    """The competition's sample submission: relative to the unpacked source, or None."""
    kind, settings = source_kind(config["images"][dataset])
    return settings["sample_submission"] if kind == "folder" else "sample_submission.csv"
