"""The rating models that are compared, and the files that a rating set ends in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from practical_dl.files.patterns import filled
from practical_dl.job.errors import UserError
from practical_dl.movies import paths
from practical_dl.movies.models.rating_models import (
    BASELINES,
    CONTENT_STUDY,
    OURS,
    RATING_MODELS,
    REFERENCES,
    Known,
    of_sampled,
)

Config = Mapping[str, Any]

PEERS_ENVIRONMENT = ".venv-peers"
PAGES = ("models", "learned", "crosstab", "protocols", "ranking")
PICTURES = (
    "lesson_models",
    "predicted_stars",
    "error_by_popularity",
    "uncertainty",
    "components",
    "content_help",
    "accuracy_and_coverage",
)
STUDY = "content_help"
RANDOM = ("random_0", "random_1", "random_2")
BY_TIME = ("last_rating", "by_time")
RANDOM_SPLIT = "random"


def known(config: Config, dataset: str) -> Known:
    """What the data of a rating set tell, by the keys of its source."""
    table = config["movies"][dataset].get("source", {}).get("table")
    if table is None:
        return Known()
    items = table["items"] or {}
    return Known(time=table["time"] is not None, content=items.get("genres") is not None)


def models(config: Config, dataset: str) -> list[str]:
    """The models that are compared: ours, and the peers asked for that are installed."""
    installed = (Path(PEERS_ENVIRONMENT) / ".installed").is_file()
    return [
        *known(config, dataset).chosen(OURS),
        *(peers(config, dataset) if installed else []),
    ]


def peers(config: Config, dataset: str) -> list[str]:
    """The other libraries' models that are asked for and can be fitted."""
    return known(config, dataset).chosen(config["movies"][dataset]["peers"])


def baselines(config: Config, dataset: str) -> list[str]:
    """The models that one job fits without training."""
    return known(config, dataset).chosen(BASELINES)


def references(config: Config, dataset: str) -> list[str]:
    """The models that the others are compared with, and that other splits are scored with."""
    return known(config, dataset).chosen(REFERENCES)


def spread(config: Config, dataset: str) -> str:
    """How sure the sampled model is of its predictions."""
    model = of_sampled(models(config, dataset), "bayes")
    return filled(paths.SPREAD, dataset=dataset, model=model)


def recommended_content(config: Config, dataset: str) -> str:
    """What the recommender knows of the movies: their own content, or none."""
    return "own" if known(config, dataset).content else "none"


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


def protocols(config: Config, dataset: str) -> list[str]:
    """The other splits: those asked for, or all that the data allow."""
    asked = config["movies"][dataset]["protocols"]
    if asked is not None:
        return list(asked)
    return [*RANDOM, *(BY_TIME if known(config, dataset).time else [])]


def ranking_splits(config: Config, dataset: str) -> list[str]:
    """The splits that lists are judged on: the set's own, and by time where times are known."""
    return [RANDOM_SPLIT, *([BY_TIME[1]] if known(config, dataset).time else [])]


def ranking_study(config: Config, dataset: str) -> dict[str, Any]:
    """What the job that ranks needs of the configuration."""
    definition = config["movies"][dataset]
    ranking = dict(definition["ranking"])
    for key in ("liked", "peers"):
        ranking.pop(key)
    return {
        "splits": ranking_splits(config, dataset),
        "train_share": definition["split"]["train_share"],
        "content": recommended_content(config, dataset),
        "star_samples": ranking.pop("star_samples"),
        "bayes": {key: definition["bayes"][key] for key in ("rank", "burn_in", "most_features")},
        "ranking": ranking,
    }


def ranking_peers(config: Config, dataset: str) -> list[str]:
    """The other libraries' ranking models that are asked for and installed."""
    installed = (Path(PEERS_ENVIRONMENT) / ".installed").is_file()
    return list(config["movies"][dataset]["ranking"]["peers"]) if installed else []


def absent_ranking_peers(config: Config, dataset: str) -> list[str]:
    """Those that are asked for and not installed."""
    there = ranking_peers(config, dataset)
    return [name for name in config["movies"][dataset]["ranking"]["peers"] if name not in there]


def peer_lists(config: Config, dataset: str) -> list[str]:
    """The lists of these models."""
    return [
        paths.PEER_LISTS.format(dataset=dataset, model=model)
        for model in ranking_peers(config, dataset)
    ]


def protocol_splits(config: Config, dataset: str) -> list[str]:
    """The other splits, in the order of the configuration."""
    return [
        paths.PROTOCOL.format(dataset=dataset, protocol=protocol, file="split.h5")
        for protocol in protocols(config, dataset)
    ]


def protocol_predictions(config: Config, dataset: str) -> list[str]:
    """Predictions on the other splits: of each split those of all reference models."""
    return [
        paths.PROTOCOL.format(dataset=dataset, protocol=protocol, file=f"{model}.csv")
        for protocol in protocols(config, dataset)
        for model in references(config, dataset)
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


def check(config: Config, dataset: str) -> None:
    """Refuse splits that the source cannot give.

    Raises:
        UserError: names the key, and what to do.
    """
    key = f"config: movies.{dataset}.protocols"
    by_source = "table" in config["movies"][dataset]["source"]
    for protocol in config["movies"][dataset]["protocols"] or []:
        if protocol in BY_TIME and not known(config, dataset).time:
            raise UserError(
                f"{key}: {protocol} needs times of rating; name their column as "
                f"movies.{dataset}.source.table.time, or leave the split out"
            )
        if protocol in paths.PUBLISHED and by_source:
            raise UserError(f"{key}: {protocol} comes with ml-100k alone; leave it out")


def files(config: Config) -> list[str]:
    """All that the rating sets that run end in."""
    return [
        file.format(dataset=dataset, page=name, picture=name)
        for dataset in config["run"]["movies"]
        for file, names in (
            (paths.PAGE, PAGES),
            (paths.PICTURE, pictures(config, dataset)),
            (paths.COMPARISON, ("",)),
        )
        for name in names
    ]


def pictures(config: Config, dataset: str) -> list[str]:
    """The pictures of a rating set; what content gives can be asked only where there is any."""
    return [name for name in PICTURES if name != STUDY or known(config, dataset).content]
