"""Which models are trained by folds, which join the ensemble, as the configuration says: names."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from practical_dl.images.networks.grid import describe, grid_points, name_of, point_of_name
from practical_dl.images.plan import pseudo_labels as pseudo_plan

Config = Mapping[str, Any]

PAGES = ("pages/out_of_fold.html", "pages/ablation.html", "pages/selection.html")
REDUCED = ("plain", "centred")
TITLES = {"selected": "selected head", "chain": "the whole chain", **pseudo_plan.TITLES}


def runs(config: Config, dataset: str) -> bool:
    """Whether an image set has models by folds at all."""
    return bool(config["images"][dataset]["grid"]["products"])


def every_point(config: Config) -> pd.DataFrame:
    """The points of all image sets: the space of parameters that file names are made of."""
    tables = [_table(config, dataset) for dataset in config["images"]]
    return pd.concat([grid_points([], ""), *tables]).drop_duplicates(ignore_index=True)


def points(config: Config, dataset: str) -> list[str]:
    """The names of all points of the grid."""
    return [name_of(row) for row in _table(config, dataset).to_dict("records")]


def backbones(config: Config, dataset: str) -> list[str]:
    """The backbones whose features the grid compares."""
    return _table(config, dataset)["backbone"].unique().tolist()


def _table(config: Config, dataset: str) -> pd.DataFrame:
    return grid_points(config["images"][dataset]["grid"]["products"], backbone(config, dataset))


def members(config: Config, dataset: str) -> list[str]:
    """The models of the ensemble: those that are named, or the linear one and the grid."""
    named = config["images"][dataset]["chain"]["members"]
    if named is not None:
        return list(named)
    whole = [name for name in points(config, dataset) if point_of_name(name).share == 1]
    return [linear(config, dataset), *regions(config, dataset), *whole]


def ladder(config: Config, dataset: str) -> list[str]:
    """The models that the page of scores shows, the weakest first."""
    shown = [linear(config, dataset), *lesson_heads(config, dataset), *regions(config, dataset)]
    return [*shown, "selected", "chain"]


def lesson_heads(config: Config, dataset: str) -> list[str]:
    """The points of the grid that are heads of the lesson: of one size, max-pooled, plain."""
    shapes = {("dense", 128), ("dropped", 256)}
    found = []
    for name in points(config, dataset):
        point = point_of_name(name)
        fixed = (point.pool, point.depth, point.features) == ("max", 2, "plain")
        if fixed and (point.head, point.width) in shapes and not point.halves and point.share == 1:
            found.append(name)
    return found


def floor(config: Config, dataset: str) -> list[str]:
    """The linear model alone."""
    return [linear(config, dataset)]


def linear(config: Config, dataset: str) -> str:
    return f"linear_{backbone(config, dataset)}"


def regions(config: Config, dataset: str) -> list[str]:
    """The regressions on regions: of features as they are, and without look-alikes."""
    return [f"regions_{features}_{backbone(config, dataset)}" for features in REDUCED]


def backbone(config: Config, dataset: str) -> str:
    return str(config["images"][dataset]["head"]["backbone"])


def title(name: str) -> str:
    """A model's name for people."""
    if name.startswith("linear_"):
        return f"logistic regression, {name.removeprefix('linear_')}, average-pooled"
    if name.startswith("regions_"):
        features, network = name.removeprefix("regions_").split("_", 1)
        return f"logistic regression, {network}, regions, {features}"
    return describe(point_of_name(name)) if name.startswith("backbone-") else TITLES.get(name, name)


def files_of(dataset: str, names: list[str], file: str) -> list[str]:
    return [f"results/images/{dataset}/models/{name}/{file}" for name in names]


def submitted(config: Config, dataset: str) -> str:
    """The model whose predictions are handed in: head, or the name of a folder below models."""
    named = config["images"][dataset]["submission"]["model"]
    return str(named or ("chain" if runs(config, dataset) else "head"))


def submitted_predictions(config: Config, dataset: str) -> str:
    """The test predictions of that model."""
    model, network = submitted(config, dataset), backbone(config, dataset)
    if model == "head":
        return f"results/images/{dataset}/submission/{network}/predictions.csv"
    return files_of(dataset, [model], "test.csv")[0]


def submitted_scored(config: Config, dataset: str) -> str:
    """That model's predictions of groups that it was not trained on."""
    model, network = submitted(config, dataset), backbone(config, dataset)
    if model == "head":
        return f"results/images/{dataset}/heads/{network}/grouped/predictions.csv"
    return files_of(dataset, [model], "out_of_fold.csv")[0]


def submitted_metrics(config: Config, dataset: str) -> str:
    """How that model does on groups that it was not trained on."""
    model, network = submitted(config, dataset), backbone(config, dataset)
    if model == "head":
        return f"results/images/{dataset}/heads/{network}/grouped/metrics.json"
    return files_of(dataset, [model], "metrics.json")[0]


def least_probability(config: Config, dataset: str, model: str) -> float:
    """The floor of a model's submission; the chain has chosen its own."""
    return 0.0 if model == "chain" else float(config["images"][dataset]["submission"]["floor"])


def files(config: Config) -> list[str]:
    """What the models by folds end in, of the image sets that run them."""
    return [
        f"results/images/{dataset}/{page}"
        for dataset in config["run"]["images"]
        if runs(config, dataset)
        for page in (*PAGES, *_control_pages(config, dataset))
    ]


def _control_pages(config: Config, dataset: str) -> list[str]:
    studies = config["images"][dataset]["controls"]
    return [f"pages/{study}.html" for study, asked in studies.items() if asked]


def metrics(config: Config, dataset: str) -> dict[str, str | None]:
    """Metrics to compare, each with the benchmark file of the job that fitted the model."""
    if not runs(config, dataset):
        return {}
    linear_models = [linear(config, dataset), *regions(config, dataset)]
    fitted = [*linear_models, *points(config, dataset), "chain"]
    benchmarks = f"results/benchmarks/images/{dataset}/models"
    found: dict[str, str | None] = {
        file: f"{benchmarks}/{name}.tsv"
        for name, file in zip(fitted, files_of(dataset, fitted, "metrics.json"), strict=True)
    }
    return {**found, f"results/images/{dataset}/models/selected/metrics.json": None}
