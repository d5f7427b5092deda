"""Which networks are trained from scratch on the full data, as the configuration says."""

from collections.abc import Mapping
from typing import Any

Config = Mapping[str, Any]


def networks(config: Config, dataset: str) -> list[str]:
    """Names of the networks of an image set; none where no backbone holds its pixels."""
    settings = config["images"][dataset]["scratch"]
    return [] if settings["backbone"] is None else list(settings["networks"])


def settings_of(config: Config, dataset: str, network: str) -> Mapping[str, Any]:
    chosen: Mapping[str, Any] = config["images"][dataset]["scratch"]["networks"][network]
    return chosen


def best_amounts(config: Config, dataset: str, network: str) -> list[str]:
    """The sweep's choice, where a network is to follow it."""
    follows = settings_of(config, dataset, network)["augmentation"] == "sweep"
    return [f"results/images/{dataset}/augmentation/best.yaml"] if follows else []


def metrics(config: Config, dataset: str) -> dict[str, str | None]:
    """Metrics to compare, each with the benchmark file of the job that fitted the model."""
    return {
        f"results/images/{dataset}/scratch/{network}/metrics.json": (
            f"results/benchmarks/images/{dataset}/fit_scratch_{network}.tsv"
        )
        for network in networks(config, dataset)
    }
