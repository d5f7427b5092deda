"""Locations of sources: the configuration turned into paths."""

import glob
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from practical_dl.files.unpacking import SUFFIXES, is_unpacked
from practical_dl.job.errors import UserError
from practical_dl.sources.publishers import SOURCES, Competition, WebFile

DATA_ROOT_VARIABLE = "PRACTICAL_DL_DATA"
DEMO_SOURCE = {
    "images": "files",
    "movies": "files",
    "reviews": "aclImdb.tar",
    "characters": "text.txt",
}
DEMO_VECTORS = "data/reviews/{dataset}/vectors.txt"
"""Word vectors that come with demo reviews."""
UNLABELLED_FOLDER = "train/unsup"
"""Of aclImdb: its reviews without labels."""
SAMPLE_SUBMISSION = "sample_submission.csv"
TEST_ROWS = "rows"
"""Value of `test` of a table of pictures: the rows that its `split` calls test."""
TABLES = {
    "images": ("path", "pictures", "labels", "test", "sample_submission"),
    "movies": ("path", "items.path"),
    "reviews": ("path", "test", "unlabelled"),
    "characters": (),
}
"""By pipeline the keys of a source of tables that name files."""

MADE_WEIGHTS = ("random", "demo", "imagenet")
"""Values of `weights` that are not a file."""
_WILDCARD = re.compile(r"\{\s*\w+\s*(,[^{}]*)?\}")
KIND_DOWNLOADS = {
    "statefarm": "state-farm-distracted-driver-detection",
    "imdb": "imdb",
    "nietzsche": "nietzsche",
}


def data_root(config: Mapping[str, Any]) -> Path:
    """The folder below which relative source paths lie."""
    return Path(_expanded(config["data_root"] or os.environ.get(DATA_ROOT_VARIABLE) or "."))


def _expanded(path: str) -> str:
    """A path with ~ and the variables of the environment that are set put in."""
    # Path.expanduser ends in a RuntimeError where ~NAME is nobody's; such a name is kept here.
    return os.path.expanduser(os.path.expandvars(path))  # noqa: PTH111


def _below(config: Mapping[str, Any], path: str) -> str:
    return str(data_root(config) / _expanded(path))


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
        return _below(config, settings["path"])
    return f"data/downloads/{_download_file(KIND_DOWNLOADS.get(kind) or settings['download'])}"


def has_unlabelled(config: Mapping[str, Any], dataset: str) -> bool:
    """Whether a review set has texts without labels to learn from.

    Of aclImdb, where the configuration does not say: in the publisher's archive, and in a folder
    that has them. Of another archive it is not known before it is read.
    """
    kind, settings = source_kind(config["reviews"][dataset])
    given = settings.get("unlabelled")
    if kind != "imdb" or given is not None:
        return bool(given)
    root = Path(source_path(config, "reviews", dataset))
    named = (root / UNLABELLED_FOLDER, root / "aclImdb" / UNLABELLED_FOLDER)
    return settings["path"] is None or any(folder.is_dir() for folder in named)


def source_parts(config: Mapping[str, Any], pipeline: str, dataset: str) -> tuple[str, ...]:
    """The parts of a source that count, relative to it; of a folder of pictures those named."""
    kind, settings = source_kind(config[pipeline][dataset])
    if kind != "folder" or not is_unpacked(
        Path(source_path(config, pipeline, dataset)), needed_names(config, pipeline, dataset)
    ):
        return (".",)
    named = (settings[key] for key in ("train_folder", "test_folder", "sample_submission"))
    return tuple(part for part in named if part is not None)


def absent_sources(config: Mapping[str, Any]) -> dict[str, str]:
    """The user's own sources that are missing, of the definitions that `run` names.

    Of an image set also the parts of a folder that is used where it is, and its backbones' own
    files of weights.

    Returns:
        Of each key of the configuration, the path that it names.
    """
    return {key: path for key, path in _own_paths(config).items() if not Path(path).exists()}


def require_no_wildcards(config: Mapping[str, Any]) -> None:
    """Check, before Snakemake sees them, that it takes no part of the user's paths for a wildcard.

    Raises:
        UserError: a path holds a name in braces.
    """
    for key, path in _own_paths(config).items():
        if found := _WILDCARD.search(path):
            raise UserError(
                f"config: {key}: {path}: Snakemake would take {found[0]} for a wildcard; rename "
                "the folder or file, or name a link to it"
            )


def _own_paths(config: Mapping[str, Any]) -> dict[str, str]:
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
    for pipeline, dataset in named:
        paths |= {
            f"{pipeline}.{dataset}.source.table.{key}": path
            for key, path in table_paths(config, pipeline, dataset).items()
        }
    for dataset in config["run"]["images"]:
        paths |= _parts_of_folder(config, dataset) | _own_weights(config, dataset)
        if (path := corrections_path(config, dataset)) is not None:
            paths[f"images.{dataset}.corrections"] = path
    return paths


def table_paths(config: Mapping[str, Any], pipeline: str, dataset: str) -> dict[str, str]:
    """The files that a source of tables names, by key; none for other sources."""
    kind, settings = source_kind(config[pipeline][dataset])
    if kind != "table":
        return {}
    named = {key: _value_at(settings, key) for key in TABLES[pipeline]}
    return {
        key: _below(config, value) for key, value in named.items() if value not in (None, TEST_ROWS)
    }


def _value_at(settings: Mapping[str, Any], key: str) -> Any:
    """The value at a key with points, None where a section on the way is null."""
    value: Any = settings
    for name in key.split("."):
        value = value and value[name]
    return value


def _parts_of_folder(config: Mapping[str, Any], dataset: str) -> dict[str, str]:
    kind, settings = source_kind(config["images"][dataset])
    root = Path(source_path(config, "images", dataset))
    if kind != "folder" or not is_unpacked(root, needed_names(config, "images", dataset)):
        return {}
    return {
        f"images.{dataset}.source.folder.{part}": str(root / settings[part])
        for part in ("train_folder", "test_folder")
        if settings[part] is not None
    }


def needed_names(config: Mapping[str, Any], pipeline: str, dataset: str) -> list[str] | None:
    """The names at the top of an unpacked source that its settings read, or None for all."""
    kind, settings = source_kind(config[pipeline][dataset])
    if kind != "folder":
        return None
    parts = [settings[key] for key in ("train_folder", "test_folder", "sample_submission")]
    tops = [Path(part).parts[:1] for part in parts if part is not None]
    return [top for (top,) in filter(None, tops)]


def _own_weights(config: Mapping[str, Any], dataset: str) -> dict[str, str]:
    return {
        f"images.{dataset}.backbones.{name}.{key}": _below(config, settings[key])
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
            return _below(config, file)


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
    return None if path is None else _below(config, path)


def corrections_path(config: Mapping[str, Any], dataset: str) -> str | None:
    """A person's decisions on the pictures of an image set, or None."""
    return below_data_root(config, config["images"][dataset]["corrections"])


def require_own_copies(config: Mapping[str, Any]) -> None:
    """Check that no groups or corrections are read where the audit, which follows them, writes.

    Raises:
        UserError: a path lies in results/.
    """
    for dataset in config["run"]["images"]:
        read = {
            "corrections": corrections_path(config, dataset),
            "source.folder.groups": folder_settings(config, dataset).get("groups"),
        }
        for key, path in read.items():
            if path is not None and Path(path).resolve().is_relative_to(Path("results").resolve()):
                raise UserError(
                    f"config: images.{dataset}.{key}: {path}: lies in results/, where the audit "
                    "writes it anew; copy it to a place of your own and name that"
                )


def reviews_file(config: Mapping[str, Any], dataset: str, section: str, key: str) -> str | None:
    """A further file of a set of reviews; of a demo `demo` stands for the vectors made with it."""
    value = config["reviews"][dataset][section][key]
    if value == "demo" and source_kind(config["reviews"][dataset])[0] == "demo":
        return DEMO_VECTORS.format(dataset=dataset)
    return below_data_root(config, value)


def image_layout(config: Mapping[str, Any], dataset: str) -> str:
    """How an unpacked image source is laid out: as statefarm (the demo too), folder or table."""
    kind, _ = source_kind(config["images"][dataset])
    return kind if kind in ("folder", "table") else "statefarm"


def folder_settings(config: Mapping[str, Any], dataset: str) -> dict[str, str | None]:
    """The folder layout's settings beside its root; empty for other layouts."""
    kind, settings = source_kind(config["images"][dataset])
    if kind != "folder":
        return {}
    plain = ("train_folder", "test_folder", "label_pattern", "label_from")
    return {
        **{key: settings[key] for key in plain},
        "groups": below_data_root(config, settings["groups"]),
    }


def table_settings(config: Mapping[str, Any], dataset: str) -> dict[str, Any]:
    """What is to be known of a table of pictures; empty for other layouts."""
    kind, settings = source_kind(config["images"][dataset])
    if kind != "table":
        return {}
    columns = {key: settings[key] for key in ("image", "label", "group", "split")}
    return {
        "files": picture_tables(config, dataset),
        "columns": {key: name for key, name in columns.items() if name is not None},
        "format": settings["format"],
        "on_bad_rows": settings["on_bad_rows"],
        "test": settings["test"],
    }


def layout_settings(config: Mapping[str, Any], dataset: str) -> dict[str, Any]:
    """What is to be known to list the pictures of a source of the layout `image_layout`."""
    return {**folder_settings(config, dataset), **table_settings(config, dataset)}


def has_test_part(config: Mapping[str, Any], dataset: str) -> bool:
    """Whether an image set has unlabelled test pictures."""
    kind, settings = source_kind(config["images"][dataset])
    key = {"folder": "test_folder", "table": "test"}.get(kind)
    return key is None or settings[key] is not None


def sample_submission(config: Mapping[str, Any], dataset: str) -> str | None:
    """The competition's sample submission: relative to the unpacked source, or None."""
    kind, settings = source_kind(config["images"][dataset])
    if kind == "folder":
        return settings["sample_submission"]
    if kind == "table" and settings["sample_submission"] is None:
        return None
    return SAMPLE_SUBMISSION


def gathered_parts(config: Mapping[str, Any], dataset: str) -> dict[str, str]:
    """What is gathered below one folder for a table of pictures: each part's name, and its path."""
    paths = table_paths(config, "images", dataset)
    places = {"pictures": "train", "sample_submission": SAMPLE_SUBMISSION}
    if _is_folder_of_tests(paths.get("test")):
        places["test"] = "test"
    return {place: paths[key] for key, place in places.items() if key in paths}


def picture_tables(config: Mapping[str, Any], dataset: str) -> dict[str, str]:
    """The files that say what the pictures of a table are: the table, its labels, the test's."""
    paths = table_paths(config, "images", dataset)
    places = {"path": "table", "labels": "labels"}
    if not _is_folder_of_tests(paths.get("test")):
        places["test"] = "test"
    return {place: paths[key] for key, place in places.items() if key in paths}


def _is_folder_of_tests(path: str | None) -> bool:
    """Whether `test` of a table of pictures is a folder or an archive, and not a second table."""
    return path is not None and (Path(path).is_dir() or path.endswith(SUFFIXES))
