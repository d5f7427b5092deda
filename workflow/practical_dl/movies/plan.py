"""The rating models that are compared, and the files that a rating set ends in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from practical_dl.movies import paths
from practical_dl.movies.models.rating_models import CONTENT_STUDY, OURS, RATING_MODELS, REFERENCES

Config = Mapping[str, Any]

PEERS_ENVIRONMENT = ".venv-peers"
PAGES = ("models", "learned", "crosstab", "protocols")
PICTURES = (
    "lesson_models",
    "predicted_stars",
    "error_by_popularity",
    "uncertainty",
    "components",
    "content_help",
)


def models(config: Config, dataset: str) -> list[str]:
    """The models that are compared: ours, and the peers asked for that are installed."""
    installed = (Path(PEERS_ENVIRONMENT) / ".installed").is_file()
    return [*OURS, *(config["movies"][dataset]["peers"] if installed else [])]


def predictions(config: Config, dataset: str) -> list[str]:
    """Predictions of these models."""
    return [
        paths.PREDICTIONS.format(dataset=dataset, model=model) for model in models(config, dataset)
    ]


def benchmarks(config: Config, dataset: str) -> list[str]:
    """The benchmark file of the job that fits each of these models."""
    return [
        paths.BENCHMARK.format(dataset=dataset, job=RATING_MODELS[model].job(model))
        for model in models(config, dataset)
    ]


def protocol_splits(config: Config, dataset: str) -> list[str]:
    """The other splits, in the order of the configuration."""
    return [
        paths.PROTOCOL.format(dataset=dataset, protocol=protocol, file="split.h5")
        for protocol in config["movies"][dataset]["protocols"]
    ]


def protocol_predictions(config: Config, dataset: str) -> list[str]:
    """Predictions on the other splits: of each split those of all reference models."""
    return [
        paths.PROTOCOL.format(dataset=dataset, protocol=protocol, file=f"{model}.csv")
        for protocol in config["movies"][dataset]["protocols"]
        for model in REFERENCES
    ]


def content_predictions(config: Config, dataset: str) -> list[str]:
    """Predictions of the content study: of each share those of all models, the whole last."""
    on_shares = [
        paths.CONTENT_HELP.format(dataset=dataset, model=model, share=share)
        for share in config["movies"][dataset]["content_shares"]
        for model in CONTENT_STUDY
    ]
    on_all = [paths.PREDICTIONS.format(dataset=dataset, model=model) for model in CONTENT_STUDY]
    return [*on_shares, *on_all]


def files(config: Config) -> list[str]:
    """All that the rating sets that run end in."""
    return [
        file.format(dataset=dataset, page=name, picture=name)
        for dataset in config["run"]["movies"]
        for file, names in (
            (paths.PAGE, PAGES),
            (paths.PICTURE, PICTURES),
            (paths.COMPARISON, ("",)),
        )
        for name in names
    ]
