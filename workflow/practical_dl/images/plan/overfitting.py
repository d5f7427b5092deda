"""The lesson's five steps against overfitting, each as a rung with its control.

fast.ai Practical Deep Learning, lesson 3 and 4: more data, augmentation, architectures that
generalise well, regularisation, less complexity; in this order.
"""

from collections.abc import Mapping
from typing import Any

from practical_dl.files.patterns import filled
from practical_dl.images import paths
from practical_dl.images.networks.grid import Point, point_of_name
from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import sample as sample_plan
from practical_dl.images.plan import scratch as scratch_plan
from practical_dl.images.plan.rungs import Rung
from practical_dl.images.sample import paths as sample_paths
from practical_dl.report.wording import percent

Config = Mapping[str, Any]


def steps(config: Config, dataset: str) -> list[Rung]:
    """The steps that the configuration makes, in the lesson's order."""
    return [
        *_more_data(config, dataset),
        *_augmentation(config, dataset),
        *_architecture(config, dataset),
        *_regularisation(config, dataset),
        *_complexity(config, dataset),
    ]


def _more_data(config: Config, dataset: str) -> list[Rung]:
    pair = _pair(config, dataset, "share")
    if pair is None:
        return []
    low, high = pair
    control = f"{percent(point_of_name(low).share, 0)} of them"
    return [_of_models(dataset, "1 more data: all training pictures", high, control, low)]


def _augmentation(config: Config, dataset: str) -> list[Rung]:
    found: list[Rung] = []
    if sample_plan.runs(config, dataset):
        runs = f"{filled(sample_paths.COMBINATION, dataset=dataset)}/runs.csv"
        title = "2 augmentation: a network from scratch"
        found.append(Rung(title, runs, "augmented", "without", runs, "none"))
    if config["images"][dataset]["head"]["passes"]:
        backbone = model_plan.backbone(config, dataset)
        passes = filled(paths.PASSES, dataset=dataset, backbone=backbone)
        title = "2 augmentation: a head on features"
        found.append(Rung(title, f"{passes}/augmented.csv", None, "without", f"{passes}/clean.csv"))
    return found


def _architecture(config: Config, dataset: str) -> list[Rung]:
    networks = scratch_plan.networks(config, dataset)
    if not networks:
        return []
    backbone = model_plan.backbone(config, dataset)
    return [
        Rung(
            f"3 architecture: {backbone} features",
            model_plan.head_predictions(dataset, backbone),
            None,
            f"{networks[-1]} from scratch",
            scratch_plan.predictions(dataset, networks[-1]),
        )
    ]


def _regularisation(config: Config, dataset: str) -> list[Rung]:
    pair = _pair(config, dataset, "dropout")
    if pair is None:
        return []
    low, high = pair
    title = f"4 regularisation: dropout {point_of_name(high).dropout:g}"
    return [_of_models(dataset, title, high, f"{point_of_name(low).dropout:g}", low)]


def _complexity(config: Config, dataset: str) -> list[Rung]:
    if not sample_plan.runs(config, dataset):
        return []
    linear, hidden = (
        f"{filled(sample_paths.BASELINES, dataset=dataset, model=name)}/runs.csv"
        for name in ("linear", "hidden")
    )
    title = "5 less complexity: no hidden layer"
    return [Rung(title, linear, "grouped", "a hidden layer", hidden, "grouped")]


def _pair(config: Config, dataset: str, axis: str) -> tuple[str, str] | None:
    """The points with the lowest and highest `axis`, all else equal; on all rows if possible."""
    names = {point_of_name(name): name for name in model_plan.points(config, dataset)}
    whole = sorted(names, key=lambda point: -point.share)
    for point in whole:
        alike = [other for other in names if _without(other, axis) == _without(point, axis)]
        if len(alike) > 1:
            ends = sorted(alike, key=lambda other: getattr(other, axis))
            return names[ends[0]], names[ends[-1]]
    return None


def _without(point: Point, axis: str) -> dict[str, Any]:
    return {name: value for name, value in vars(point).items() if name != axis}


def _of_models(dataset: str, title: str, name: str, control: str, other: str) -> Rung:
    path, of_control = model_plan.files_of(dataset, [name, other], "out_of_fold.csv")
    return Rung(title, path, None, control, of_control)
