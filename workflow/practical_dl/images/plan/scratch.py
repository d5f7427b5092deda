"""Which networks are trained from scratch on the full data, as the configuration says."""

from collections.abc import Mapping
from typing import Any

from practical_dl.images import paths

Config = Mapping[str, Any]


def networks(config: Config, dataset: str) -> list[str]:
    """Names of the networks of an image set; none where no backbone holds its pixels."""
    settings = config["images"][dataset]["scratch"]
    return [] if settings["backbone"] is None else list(settings["networks"])


def best_amounts(config: Config, dataset: str) -> list[str]:
    """The sweep's choice, where any network is to follow it."""
    chosen = config["images"][dataset]["scratch"]["networks"]
    follows = any(chosen[name]["augmentation"] == "sweep" for name in networks(config, dataset))
    return [paths.BEST.format(dataset=dataset)] if follows else []


def predictions(dataset: str, network: str) -> str:
    """Predictions of such a network of held-out groups."""
    folder = paths.SCRATCH.format(dataset=dataset, network=network)
    return f"{folder}/predictions.csv"
