"""Comparison of optimizers: its data sets, their inputs and settings, and the files it makes."""

from collections.abc import Mapping
from typing import Any

from practical_dl.images.plan import sample as sample_plan

Config = Mapping[str, Any]

INPUTS = {
    "images": ("sample/images.h5",),
    "movies": ("ratings.h5", "split.h5", "reading.json"),
    "reviews": ("reviews.csv", "about.json", "tokens.h5", "split.csv"),
}
"""By pipeline the files that its trials read, in the order in which they take them."""
SHARED: dict[str, dict[str, tuple[str, ...]]] = {
    "images": {"sample": ("batch_size", "inner_share")},
    "movies": {"lesson": ("factors", "l2", "batch_size", "inner_share")},
    "reviews": {
        "tokens": ("vocabulary", "length", "padding", "truncating"),
        "networks": ("batch_size",),
    },
}
"""By pipeline the keys, by section, that a data set's trials share with its other trainings."""


def trial_sets(config: Config) -> list[tuple[str, str]]:
    """Pairs of pipeline and data set on which optimizers are compared.

    These are the image sets that run with experiments on their sample, and all rating and review
    sets that run.
    """
    return [
        (pipeline, name)
        for pipeline in INPUTS
        for name in config["run"][pipeline]
        if pipeline != "images" or sample_plan.runs(config, name)
    ]


def trial_inputs(config: Config) -> list[str]:
    """The inputs of all data sets, one after the other."""
    return [
        f"results/{pipeline}/{name}/{file}"
        for pipeline, name in trial_sets(config)
        for file in INPUTS[pipeline]
    ]


def trial_files(config: Config, file: str) -> list[str]:
    """A file of each data set's trials."""
    return [f"results/{pipeline}/{name}/optimizers/{file}" for pipeline, name in trial_sets(config)]


def trial_settings(config: Config) -> list[dict[str, Any]]:
    """For each data set its pipeline, its name, its number of inputs, and its trials' settings."""
    return [
        {
            "pipeline": pipeline,
            "dataset": name,
            "inputs": len(INPUTS[pipeline]),
            "settings": {
                **config["optimizer_comparison"][pipeline],
                **_shared_settings(config, pipeline, name),
            },
        }
        for pipeline, name in trial_sets(config)
    ]


def _shared_settings(config: Config, pipeline: str, name: str) -> dict[str, Any]:
    return {
        key: config[pipeline][name][section][key]
        for section, keys in SHARED[pipeline].items()
        for key in keys
    }
