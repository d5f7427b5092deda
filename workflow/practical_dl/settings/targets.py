"""Files that the targets end in, from the configuration."""

from collections.abc import Mapping
from typing import Any

from practical_dl.images import paths as image_paths
from practical_dl.images.plan import audit as audit_plan
from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import pseudo_labels as pseudo_plan
from practical_dl.images.plan import sample as sample_plan
from practical_dl.settings.configuration import PIPELINES
from practical_dl.sources import locations

Config = Mapping[str, Any]

SMALL = {
    **{
        name: [f"results/{name}/page.html", f"results/{name}/{name}.xlsx"]
        for name in ("optimizers", "convolution")
    },
    "optimizer_comparison": ["results/optimizers/comparison.html"],
}


def each(config: Config, pipeline: str, *files: str) -> list[str]:
    """Result `files` of every data set that runs in a pipeline."""
    return [
        f"results/{pipeline}/{name}/{file}" for name in config["run"][pipeline] for file in files
    ]


def comparisons(config: Config) -> list[str]:
    """The scores of every data set that runs."""
    return [file for pipeline in PIPELINES for file in each(config, pipeline, "comparison.csv")]


def feature_files(config: Config) -> list[str]:
    """Joined features of the image sets that run, of the backbones that their heads read."""
    return [
        f"results/images/{name}/features/{_backbone(config, name)}/{part}.h5"
        for name in config["run"]["images"]
        for part in _feature_parts(config, name)
    ]


def _feature_parts(config: Config, name: str) -> list[str]:
    passes = config["images"][name]["backbones"][_backbone(config, name)]["passes"]
    augmented = [f"labelled_pass{number + 1}" for number in range(passes)]
    return ["labelled", *augmented, *(["test"] if locations.has_test_part(config, name) else [])]


def head_files(config: Config) -> list[str]:
    """Pictures of the heads of the image sets that run, by either split."""
    return [
        f"{image_paths.HEAD.format(dataset=name, backbone=_backbone(config, name))}/{split}/{file}"
        for name in config["run"]["images"]
        for split in ("grouped", "random")
        for file in ("learning_curve.png", "confusion_matrix.png")
    ]


def technique_files(config: Config) -> list[str]:
    """Predictions of the techniques and their controls that the image sets that run ask for."""
    return [path for name in config["run"]["images"] for path in _techniques(config, name)]


def _techniques(config: Config, name: str) -> list[str]:
    settings, backbone = config["images"][name], _backbone(config, name)
    tuned = settings["fine_tuning"]["backbone"]
    passes = image_paths.PASSES.format(dataset=name, backbone=backbone)
    tuning = image_paths.FINE_TUNING.format(dataset=name, backbone=tuned)
    return [
        *([f"{passes}/augmented.csv"] if settings["head"]["passes"] else []),
        *([f"{tuning}/tuned.csv"] if tuned is not None else []),
    ]


def explained_files(config: Config) -> list[str]:
    """Pages of where the head looks, of the image sets whose features have places."""
    return [
        f"results/images/{name}/pages/explanations.html"
        for name in config["run"]["images"]
        if _has_places(config["images"][name]["backbones"][_backbone(config, name)])
    ]


def _has_places(backbone: Config) -> bool:
    """Whether features have places, as far as the configuration tells."""
    return backbone["pool"] in ("none", "max2") and backbone["tokens"] not in ("class", "mean")


def submission_files(config: Config) -> list[str]:
    """Submissions of the image sets that run and have a test part."""
    return [
        f"results/images/{name}/submission.csv"
        for name in config["run"]["images"]
        if locations.has_test_part(config, name)
    ]


def image_files(config: Config) -> list[str]:
    """All that the image sets that run end in."""
    pictures = ("manifest/class_examples.png", "splits/groups_per_split.png")
    return [
        *each(config, "images", "sample/sample.csv", *pictures, "classifier.json"),
        *each(config, "images", "pages/ladder.html", "pages/overfitting.html"),
        *explained_files(config),
        *feature_files(config),
        *head_files(config),
        *technique_files(config),
        *model_plan.files(config),
        *pseudo_plan.files(config),
        *submission_files(config),
        *sample_plan.files(config),
        *audit_plan.reported_files(config),
        *each(config, "images", "comparison.csv"),
    ]


def small_files(config: Config) -> list[str]:
    """Final files of each small pipeline that runs."""
    return [file for name in config["run"]["small"] for file in SMALL[name]]


def _backbone(config: Config, dataset: str) -> str:
    return str(config["images"][dataset]["head"]["backbone"])
