"""Which files a text ends in, and which models of characters are compared."""

from collections.abc import Mapping
from typing import Any

from practical_dl.small.characters.titles import OF_CHARACTERS, RECURRENT, TITLES, WINDOWS
from practical_dl.sources import locations

Config = Mapping[str, Any]

PAGES = ("page.html", "epochs.html", "comparison.csv")


def files(config: Config) -> list[str]:
    """All that the texts that run end in."""
    return [f"results/characters/{name}/{f}" for name in config["run"]["characters"] for f in PAGES]


def has_tags(config: Config, dataset: str) -> bool:
    """Whether a text is the made-up one, whose tags all models are asked to close."""
    return locations.source_kind(config["characters"][dataset])[0] == "demo"


def metrics(config: Config, dataset: str) -> dict[str, str | None]:
    """Metrics to compare, each with the benchmark file of the job that fitted the model."""
    folder, benchmarks = f"results/characters/{dataset}", f"results/benchmarks/characters/{dataset}"
    fits = {
        **dict.fromkeys(WINDOWS, f"{benchmarks}/fit_windows.tsv"),
        **{name: f"{benchmarks}/fit_recurrent_{name}.tsv" for name in RECURRENT},
    }
    losses = {f"{folder}/{name}/metrics.json": fits[name] for name in TITLES}
    closing = {f"{folder}/{name}/closing.json": fits[name] for name in OF_CHARACTERS}
    return {**losses, **(closing if has_tags(config, dataset) else {})}
