"""Experiments on the sample, from the configuration: models, types and levels, files."""

from collections.abc import Mapping, Sequence
from typing import Any

from practical_dl.files.patterns import filled, of_each
from practical_dl.images.paths import BENCHMARKS, BEST, PAGES
from practical_dl.images.pictures.augmentation import NONE, TOGETHER, TYPES
from practical_dl.images.sample import paths

Config = Mapping[str, Any]

MODELS = ("linear", "linear_l2", "hidden", "conv1", "conv3")
SAMPLE_PAGES = {
    "baselines": "sample: baselines and leak",
    "learning_rate": "sample: first learning rate",
    "learning_rate_range": "sample: learning-rate range test",
    "memorisation": "sample: memorisation",
    "batch_norm_statistics": "sample: batch-norm statistics",
    "learning_curves": "sample: learning curves",
}
AUGMENTATION_PAGES = {
    "augmentation_sweep": "augmentation: sweep",
    "augmentation": "augmentation: against none",
    "validation_size": "sample: size of the validation set",
}
"""Pages by name, each with what it shows."""
AXES = ("pictures", "groups", "budget", "shrink")
"""The learning curves."""
FLIPPED_SHARE = [0.5]
FITTED_BY = (
    "baselines",
    "rate_lesson",
    "rate_range",
    "statistics_schedule",
    "batch_size",
    "inner_share",
    "seeds",
)
"""Keys of the section `sample` that the training of the simple models reads."""
SWEPT_BY = ("shrink", "folds", "repeats", "schedule")
"""Keys of the section `augmentation` that every training of the sweep reads."""


def fitted() -> dict[str, str | list[str]]:
    """Files of the training of the simple models, by name; lists have one path per model."""
    return {
        "runs": _of_models("runs.csv"),
        "histories": _of_models("history.csv"),
        "models": _of_models("model.json"),
        "lesson_runs": f"{paths.RATE_LESSON}/runs.csv",
        "lesson_history": f"{paths.RATE_LESSON}/history.csv",
        "ranges": paths.RANGES,
        "statistics": paths.STATISTICS,
    }


def baseline_reports() -> dict[str, list[str]]:
    """Scores of the simple models by either split, and the leak; one path per model."""
    return {kind: _of_models(f"{kind}.json") for kind in ("grouped", "random", "leak")}


def choice() -> dict[str, str]:
    """The choice of the augmentation, with its evidence; pictures for the contact sheet."""
    files = {
        "evidence": "evidence.csv",
        "levels": "levels.yaml",
        "together": "together.csv",
        "evidence_together": "evidence_together.csv",
        "extremes": "contact_sheet.h5",
    }
    found = {name: f"{paths.AUGMENTATION}/{file}" for name, file in files.items()}
    return {**found, "best": BEST}


def augmentation_reports() -> dict[str, str]:
    """Scores without augmentation and with it, and the gain."""
    return {name: f"{paths.AUGMENTATION}/{name}.json" for name in ("none", "augmented", "gain")}


def _of_models(file: str) -> list[str]:
    return of_each(f"{paths.BASELINES}/{file}", model=MODELS)


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
    return [name for name in TYPES if levels_of(config, dataset, name)]


def swept_levels(config: Config, dataset: str) -> list[list[Any]]:
    """Pairs of a type that the sweep tries and its levels."""
    return [[name, levels_of(config, dataset, name)] for name in swept_types(config, dataset)]


def curve_pictures(config: Config, dataset: str) -> int:
    """Training pictures of the largest point of the learning curves."""
    sample = config["images"][dataset]["sample"]
    return max(sample["train"], round(max(sample["curves"]["pictures"]) * sample["train"]))


def sweeps(config: Config, dataset: str) -> list[str]:
    """The predictions of the sweep jobs of these types."""
    return [
        paths.SWEEP.format(dataset=dataset, augmentation=name)
        for name in swept_types(config, dataset)
    ]


def sweep_benchmarks(config: Config, dataset: str) -> list[list[str]]:
    """Pairs of a type, or TOGETHER, and the benchmark file of the job that swept it."""
    folder = filled(BENCHMARKS, dataset=dataset)
    jobs = {name: f"sweep_augmentation_{name}" for name in swept_types(config, dataset)}
    jobs[TOGETHER] = "choose_augmentation"
    return [[name, f"{folder}/{job}.tsv"] for name, job in jobs.items()]


def files(config: Config) -> list[str]:
    """The last files of the experiments on the sample, of the image sets that run them."""
    names = (*SAMPLE_PAGES, *AUGMENTATION_PAGES)
    patterns = [*(f"{PAGES}/{name}.html" for name in names), paths.CONTACT_SHEET]
    return [
        pattern.format(dataset=dataset)
        for dataset in config["run"]["images"]
        if runs(config, dataset)
        for pattern in patterns
    ]


def metrics(config: Config, dataset: str) -> dict[str, str | None]:
    """Metrics to compare, each with the benchmark file of the job that fitted the model."""
    if not runs(config, dataset):
        return {}
    models, test = (
        f"{BENCHMARKS}/{job}.tsv" for job in ("fit_sample_models", "fit_augmented_sample")
    )
    found: dict[str, str | None] = {}
    for of_model in zip(*baseline_reports().values(), strict=True):
        grouped, random, leak = of_model
        found |= {grouped: models, random: models, leak: None}
    none, augmented, gain = augmentation_reports().values()
    found |= {none: test, augmented: test, gain: None}
    return {
        path.format(dataset=dataset): benchmark and benchmark.format(dataset=dataset)
        for path, benchmark in found.items()
    }


def runs(config: Config, dataset: str) -> bool:
    """Whether an image set is experimented on."""
    return bool(config["images"][dataset]["sample"]["experiments"])
