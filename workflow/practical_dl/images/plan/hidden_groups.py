"""Draws of hidden groups and their files, from the configuration."""

from collections.abc import Mapping
from typing import Any

from practical_dl.images import paths
from practical_dl.images.networks.grid import point_of_name
from practical_dl.images.plan import models as model_plan
from practical_dl.sources import locations

Config = Mapping[str, Any]


def members(config: Config, dataset: str) -> list[str]:
    """The models that are trained anew without the hidden groups; none without models by folds."""
    named = config["images"][dataset]["hidden_groups"]["members"]
    if not model_plan.runs(config, dataset):
        return []
    return list(named or [*linear(config, dataset), *_heads(config, dataset)])


def linear(config: Config, dataset: str) -> list[str]:
    """The linear models, in the order in which they are fitted."""
    return [model_plan.linear(config, dataset), *model_plan.regions(config, dataset)]


def _heads(config: Config, dataset: str) -> list[str]:
    """The heads of the grid that read clean features of all rows, of the backbone of the head."""
    points = {name: point_of_name(name) for name in model_plan.points(config, dataset)}
    return [
        name
        for name, point in points.items()
        if point.share == 1
        and point.features != "augmented"
        and point.backbone == model_plan.backbone(config, dataset)
    ]


def hidden(config: Config, dataset: str) -> int | None:
    """The number of groups that a draw hides: that of the test, if it is known."""
    given = config["images"][dataset]
    return given["hidden_groups"]["groups"] or given["submission"]["test_groups"]


def draws(config: Config, dataset: str) -> list[int]:
    """The numbers of the draws."""
    return list(range(config["images"][dataset]["hidden_groups"]["draws"]))


def files(config: Config) -> list[str]:
    """The pages of the image sets that run and have models by folds, on the test where there is."""
    return [
        f"{paths.PAGES.format(dataset=dataset)}/{page}.html"
        for dataset in config["run"]["images"]
        if model_plan.runs(config, dataset)
        for page in _pages(config, dataset)
    ]


def _pages(config: Config, dataset: str) -> list[str]:
    return ["hidden_groups", *(["likeness"] if locations.has_test_part(config, dataset) else [])]
