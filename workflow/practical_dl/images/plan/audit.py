"""Files of the audit, from the configuration."""

from collections.abc import Mapping
from typing import Any

from practical_dl.images import paths

TABLES = ("copies", "groups", "suspects", "outliers", "corrections")


def files(config: Mapping[str, Any]) -> list[str]:
    """The pages of the image sets that run."""
    return [_page(dataset) for dataset in config["run"]["images"]]


def reported_files(config: Mapping[str, Any]) -> list[str]:
    """The pages of the image sets that run and are audited with everything else."""
    return [
        _page(dataset)
        for dataset in config["run"]["images"]
        if config["images"][dataset]["audit"]["report"]
    ]


def _page(dataset: str) -> str:
    return f"{paths.PAGES.format(dataset=dataset)}/audit.html"
