"""Files that a text ends in, and the scores that are made of its models."""

from collections.abc import Mapping
from typing import Any

from practical_dl.small.characters.titles import OF_CHARACTERS, TITLES
from practical_dl.sources import locations

Config = Mapping[str, Any]

FILES = ("page.html", "epochs.html", "comparison.csv")


def files(config: Config) -> list[str]:
    """Everything that the texts that run end in."""
    return [f"results/characters/{name}/{f}" for name in config["run"]["characters"] for f in FILES]


def has_tags(config: Config, dataset: str) -> bool:
    """Whether a text is the made-up one, whose tags all models are asked to close."""
    return locations.source_kind(config["characters"][dataset])[0] == "demo"


def reports(config: Config, dataset: str) -> list[str]:
    """The reports of a text's scores: losses of all models, then how they close tags if it has any.

    The order is that of `scores.reports`.
    """
    losses = [f"{name}/metrics.json" for name in TITLES]
    closing = [f"{name}/closing.json" for name in OF_CHARACTERS]
    return [*losses, *(closing if has_tags(config, dataset) else [])]
