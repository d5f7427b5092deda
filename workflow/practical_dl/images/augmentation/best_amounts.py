"""best.yaml: the amounts of augmentation that the sweep chose, with what speaks for them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from practical_dl.files.artefacts import VERSION, read_yaml, write_text
from practical_dl.job.errors import UserError


def write_best(path: str | Path, content: Mapping[str, Any]) -> None:
    write_text(path, yaml.safe_dump(dict(content), sort_keys=False, width=100))


def read_best_amounts(path: str | Path) -> dict[str, float]:
    """The amounts by type of a best.yaml; empty where nothing beat no augmentation.

    Raises:
        UserError: the file is absent, not of this version, or has no amounts.
    """
    content = read_yaml(path)
    if content.get("version") != VERSION:
        raise UserError(f"{path}: not of contract version {VERSION}; delete it and run again")
    try:
        return {str(name): float(level) for name, level in content["amounts"].items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        raise UserError(f"{path}: holds no amounts; delete it and run again") from None
