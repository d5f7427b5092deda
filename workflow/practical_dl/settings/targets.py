"""Which files the targets end in, and which models are compared, as the configuration says."""

from collections.abc import Callable, Mapping
from typing import Any

from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import pseudo_labels as pseudo_plan
from practical_dl.images.plan import sample as sample_plan
from practical_dl.images.plan import scratch as scratch_plan
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
    """Scores and pictures of the heads of the image sets that run."""
    of_split = ("metrics.json", "learning_curve.png", "confusion_matrix.png")
    files = [
        "leak.json",
        *(f"{split}/{file}" for split in ("grouped", "random") for file in of_split),
    ]
    return [
        f"results/images/{name}/heads/{_backbone(config, name)}/{file}"
        for name in config["run"]["images"]
        for file in files
    ]


def technique_files(config: Config) -> list[str]:
    """Scores of the techniques and their controls that the image sets that run ask for."""
    return [path for name in config["run"]["images"] for path in _techniques(config, name)]


def _techniques(config: Config, name: str) -> dict[str, str | None]:
    """Metrics of the techniques of an image set, each with the benchmark of its fit."""
    found: dict[str, str | None] = {}
    settings, backbone = config["images"][name], _backbone(config, name)
    benchmarks = f"results/benchmarks/images/{name}"
    if settings["head"]["passes"]:
        folder = f"results/images/{name}/heads/{backbone}/passes"
        for training in ("augmented", "clean"):
            found[f"{folder}/{training}.json"] = f"{benchmarks}/fit_augmented_head_{backbone}.tsv"
        found[f"{folder}/gain.json"] = None
    tuned = settings["fine_tuning"]["backbone"]
    if tuned is not None:
        folder = f"results/images/{name}/fine_tuning/{tuned}"
        for variant in ("frozen", "tuned", "batch_norm"):
            found[f"{folder}/{variant}.json"] = f"{benchmarks}/fine_tune_{tuned}.tsv"
        for variant in ("tuned", "batch_norm"):
            found[f"{folder}/{variant}_gain.json"] = None
    return found


def explained_files(config: Config) -> list[str]:
    """Pages of where the head looks, of the image sets whose features have places."""
    return [
        f"results/images/{name}/explanations.html"
        for name in config["run"]["images"]
        if config["images"][name]["backbones"][_backbone(config, name)]["pool"] in ("none", "max2")
    ]


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
        *each(config, "images", "sample/sample.csv", *pictures, "classifier.keras"),
        *each(config, "images", "pages/ladder.html", "pages/overfitting.html"),
        *explained_files(config),
        *feature_files(config),
        *head_files(config),
        *technique_files(config),
        *model_plan.files(config),
        *pseudo_plan.files(config),
        *submission_files(config),
        *sample_plan.files(config),
        *each(config, "images", "comparison.csv"),
    ]


def small_files(config: Config) -> list[str]:
    """Final files of each small pipeline that runs."""
    return [file for name in config["run"]["small"] for file in SMALL[name]]


def models(config: Config, pipeline: str, dataset: str) -> dict[str, str | None]:
    """Metrics to compare, each with the benchmark file of the job that fitted the model."""
    return _MODELS[pipeline](config, dataset)


def _image_models(config: Config, dataset: str) -> dict[str, str | None]:
    backbone = _backbone(config, dataset)
    heads = f"results/images/{dataset}/heads/{backbone}"
    fits = f"results/benchmarks/images/{dataset}/fit_head_{backbone}"
    found: dict[str, str | None] = {
        f"{heads}/grouped/metrics.json": f"{fits}_grouped.tsv",
        f"{heads}/random/metrics.json": f"{fits}_random.tsv",
        f"{heads}/leak.json": None,
        **_techniques(config, dataset),
        **model_plan.metrics(config, dataset),
        **pseudo_plan.metrics(config, dataset),
        **sample_plan.metrics(config, dataset),
        **scratch_plan.metrics(config, dataset),
    }
    if locations.source_kind(config["images"][dataset])[0] == "demo":
        found[f"results/images/{dataset}/submission/true_score.json"] = None
    return found


def _backbone(config: Config, dataset: str) -> str:
    return str(config["images"][dataset]["head"]["backbone"])


_MODELS: dict[str, Callable[[Config, str], dict[str, str | None]]] = {
    "images": _image_models,
}
