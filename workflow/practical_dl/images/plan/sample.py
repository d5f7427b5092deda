"""What runs on the sample, as the configuration says: models, types and levels, files."""

from collections.abc import Mapping, Sequence
from typing import Any

from practical_dl.images.pictures.changes import NONE, UNITS

Config = Mapping[str, Any]

MODELS = ("linear", "linear_l2", "hidden", "conv1", "conv3")
PAGES = (
    "sample/pages/baselines.html",
    "sample/pages/learning_rate.html",
    "sample/pages/rate_range.html",
    "sample/pages/memorisation.html",
    "sample/pages/statistics.html",
    "sample/pages/validation_size.html",
    "sample/pages/curves.html",
    "augmentation/best.yaml",
    "augmentation/contact_sheet.png",
    "augmentation/sweep.html",
    "augmentation/gain.html",
)
AXES = ("pictures", "groups", "budget", "shrink")
"""The learning curves."""
FLIPPED_SHARE = [0.5]


def levels_of(config: Config, dataset: str, augmentation: str) -> Sequence[float]:
    """The levels of a type of augmentation, none where it is left out; `none` is the control."""
    settings = config["images"][dataset]["augmentation"]
    if augmentation == NONE:
        return [0]
    if augmentation == "flip":
        return FLIPPED_SHARE if settings["flip"] else []
    levels: Sequence[float] = settings["levels"][augmentation]
    return levels


def swept_types(config: Config, dataset: str) -> list[str]:
    """The types that the sweep of an image set tries."""
    return [name for name in UNITS if levels_of(config, dataset, name)]


def curve_pictures(config: Config, dataset: str) -> int:
    """Training pictures of the largest point of the learning curves."""
    sample = config["images"][dataset]["sample"]
    return max(sample["train"], round(max(sample["curves"]["pictures"]) * sample["train"]))


def sweeps(config: Config, dataset: str) -> list[str]:
    """The predictions of the sweep jobs of these types."""
    return [
        f"results/images/{dataset}/augmentation/sweep/{name}.csv"
        for name in swept_types(config, dataset)
    ]


def files(config: Config) -> list[str]:
    """What the experiments on the sample end in, of the image sets that run them."""
    return [
        f"results/images/{dataset}/{page}"
        for dataset in config["run"]["images"]
        if runs(config, dataset)
        for page in PAGES
    ]


def metrics(config: Config, dataset: str) -> dict[str, str | None]:
    """Metrics to compare, each with the benchmark file of the job that fitted the model."""
    if not runs(config, dataset):
        return {}
    benchmarks = f"results/benchmarks/images/{dataset}"
    folder = f"results/images/{dataset}"
    found: dict[str, str | None] = {}
    for model in MODELS:
        for part in ("grouped", "random"):
            found[f"{folder}/sample/baselines/{model}/{part}.json"] = (
                f"{benchmarks}/fit_baseline_{model}.tsv"
            )
        found[f"{folder}/sample/baselines/{model}/leak.json"] = None
    for setting in ("none", "augmented"):
        found[f"{folder}/augmentation/{setting}.json"] = f"{benchmarks}/combine_augmentation.tsv"
    return {**found, f"{folder}/augmentation/gain.json": None}


def runs(config: Config, dataset: str) -> bool:
    """Whether an image set is experimented on."""
    return bool(config["images"][dataset]["sample"]["experiments"])
