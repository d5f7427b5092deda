"""Number of rows of a data set before its source is read, as its publisher states it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from practical_dl.images.demo.scene import CLASSES
from practical_dl.planning.history import rows_of
from practical_dl.settings.configuration import complete
from practical_dl.sources.locations import source_kind

BASE = Path("config/config.yaml")
PUBLISHED = {
    "statefarm": 22_424 + 79_726,
    "imdb": 50_000,
    "ml-latest-small": 100_836,
    "ml-100k": 100_000,
    "ml-1m": 1_000_209,
    "ml-10m": 10_000_054,
    "ml-20m": 20_000_263,
    "ml-25m": 25_000_095,
    "ml-32m": 32_000_204,
}


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


def expected_rows(config: Mapping[str, Any], log: str) -> int | None:
    """Rows of the data set that a job with this log works on: counted if it exists, else those
    that its publisher states."""
    there = rows_of(Path(), log)
    parts = Path(log).parts
    if there or len(parts) < 5 or parts[3] not in config.get(parts[2], {}):
        return there
    kind, settings = source_kind(config[parts[2]][parts[3]])
    if kind == "demo":
        return _demo_rows(parts[2], settings)
    return PUBLISHED.get(str(settings.get("download") or settings.get("path"))) or PUBLISHED.get(
        kind
    )


def _demo_rows(pipeline: str, settings: Mapping[str, int]) -> int | None:
    """Rows of a generated data set."""
    match pipeline:
        case "images":
            drivers = settings["drivers"] + settings["test_drivers"]
            return drivers * len(CLASSES) * settings["frames"]
        case "movies":
            return settings["ratings"]
        case "reviews":
            return settings["train"] + settings["test"]
        case _:
            return None
