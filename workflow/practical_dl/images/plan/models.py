"""Names of the cross-validated models and of the ensemble's members, from the configuration."""

from collections.abc import Mapping, Sequence
from typing import Any

from practical_dl.images import paths, titles
from practical_dl.images.networks.grid import grid_points, name_of, point_of_name

Config = Mapping[str, Any]

PAGES = ("out_of_fold", "ablation", "selection", "picture_map")
CONTROLS = ("group_models", "meta_data")
REDUCED = ("plain", "centred")


def runs(config: Config, dataset: str) -> bool:
    """Whether an image set has models by folds at all."""
    return bool(config["images"][dataset]["grid"]["products"])


def points(config: Config, dataset: str) -> list[str]:
    """The names of all points of the grid."""
    return [name_of(point) for point in _points(config, dataset)]


def backbones(config: Config, dataset: str) -> list[str]:
    """The backbones whose features the grid compares."""
    return list(dict.fromkeys(point["backbone"] for point in _points(config, dataset)))


def _points(config: Config, dataset: str) -> list[dict[str, str]]:
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
    shown = [linear(config, dataset), *_lesson_heads(config, dataset), *regions(config, dataset)]
    return [*shown, "selected", "chain"]


def _lesson_heads(config: Config, dataset: str) -> list[str]:
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


def files_of(dataset: str, names: Sequence[str], file: str) -> list[str]:
    """A file of each of these models."""
    return [f"{paths.MODEL.format(dataset=dataset, model=name)}/{file}" for name in names]


def head_predictions(dataset: str, backbone: str) -> str:
    """Predictions of the head by the grouped split."""
    head = paths.HEAD.format(dataset=dataset, backbone=backbone)
    return f"{head}/grouped/predictions.csv"


def submitted(config: Config, dataset: str) -> str:
    """The model whose predictions are handed in: head, or the name of a folder below models."""
    named = config["images"][dataset]["submission"]["model"]
    return str(named or ("chain" if runs(config, dataset) else "head"))


def submitted_predictions(config: Config, dataset: str) -> str:
    """The test predictions of that model."""
    model, network = submitted(config, dataset), backbone(config, dataset)
    if model == "head":
        return f"{paths.RESULTS.format(dataset=dataset)}/submission/{network}/predictions.csv"
    return files_of(dataset, [model], "test.csv")[0]


def submitted_scored(config: Config, dataset: str) -> str:
    """That model's predictions of groups that it was not trained on."""
    model, network = submitted(config, dataset), backbone(config, dataset)
    if model == "head":
        return head_predictions(dataset, network)
    return files_of(dataset, [model], "out_of_fold.csv")[0]


def submitted_model(config: Config, dataset: str) -> dict[str, Any]:
    """That model as `model_to_submit` describes it."""
    name = submitted(config, dataset)
    found = model_to_submit(config, dataset, name)
    if name != "head":
        return found
    title_of_head = titles.of_head(backbone(config, dataset))
    return {**found, "title": title_of_head, "part": "valid (grouped split)"}


def model_to_submit(config: Config, dataset: str, model: str) -> dict[str, Any]:
    """A model's title, the part it is scored on, and the floor of its submission.

    The chain has chosen a floor of its own.
    """
    floor = 0.0 if model == "chain" else float(config["images"][dataset]["submission"]["floor"])
    return {"title": titles.title(model), "part": "out of fold", "floor": floor}


def ladder_titles(config: Config, dataset: str) -> list[str]:
    """The titles of the models of the page of scores."""
    return [titles.title(name) for name in ladder(config, dataset)]


def pages(config: Config, dataset: str) -> list[str]:
    """The pages about models by folds: four, and one of each control that is asked for."""
    if not runs(config, dataset):
        return []
    asked = config["images"][dataset]["controls"]
    return [*PAGES, *(study for study in CONTROLS if asked[study])]


def files(config: Config) -> list[str]:
    """Pages about models by folds, of the image sets that run them."""
    return [
        f"{paths.PAGES.format(dataset=dataset)}/{page}.html"
        for dataset in config["run"]["images"]
        for page in pages(config, dataset)
    ]


def grid_jobs(config: Config, dataset: str) -> list[tuple[str, ...]]:
    """The points that one job trains, of each job; none where every point has a job of its own."""
    asked = config["images"][dataset]["grid"]["jobs"]
    names = points(config, dataset)
    return [tuple(names[number::asked]) for number in range(min(asked or 0, len(names)))]


def benchmarks(config: Config, dataset: str) -> dict[str, str | None]:
    """All models by folds, each with the benchmark file (a pattern) of the job that trained it."""
    linear_models = [linear(config, dataset), *regions(config, dataset)]
    of_linear = f"{paths.BENCHMARKS}/fit_linear_models_{backbone(config, dataset)}.tsv"
    shared = {
        name: f"{paths.BENCHMARKS}/fit_grid_heads_{number}.tsv"
        for number, names in enumerate(grid_jobs(config, dataset))
        for name in names
    }
    known: dict[str, str | None] = {
        **dict.fromkeys(linear_models, of_linear),
        **{
            name: shared.get(name, f"{paths.BENCHMARKS}/models/{name}.tsv")
            for name in points(config, dataset)
        },
        "chain": f"{paths.BENCHMARKS}/models/chain.tsv",
        "selected": None,
    }
    own = [name for name in members(config, dataset) if not name.startswith("pseudo_")]
    return known | {name: None for name in own if name not in known}
