"""The rungs of an image set's ladder, from the configuration.

The figures of the original are those its notebooks record (fast.ai's statefarm-sample.ipynb and
statefarm.ipynb): the last epoch on its own held-out drivers, so a guide and no pairing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from practical_dl.files.patterns import filled
from practical_dl.images import paths
from practical_dl.images.pictures.class_meanings import OF_DRIVERS
from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import pseudo_labels as pseudo_plan
from practical_dl.images.plan import sample as sample_plan
from practical_dl.images.plan import scratch as scratch_plan
from practical_dl.images.plan.rungs import Rung
from practical_dl.images.sample import paths as sample_paths

Config = Mapping[str, Any]

SCRATCH_TITLES = {"conv1": "two convolutions, full data", "conv3": "three convolutions, full data"}
SCRATCH_ORIGINALS = {"conv1": (0.5802, 1.9190), "conv3": (0.6656, 1.4633)}


def rungs(config: Config, dataset: str) -> list[Rung]:
    """The rungs that the configuration makes, from the bottom."""
    found = [
        *_sample(config, dataset),
        *_scratch(config, dataset),
        *_features(config, dataset),
        *_pseudo_labels(config, dataset),
        *_folds(config, dataset),
    ]
    if is_of_drivers(config, dataset):
        return found
    return [replace(rung, original=None) for rung in found]


def notes(config: Config, dataset: str) -> dict[str, bool]:
    """Rungs that the page of the ladder must explain, and whether the board is a guide."""
    return {
        "of_competition": _is_of_competition(config, dataset),
        "on_sample": sample_plan.runs(config, dataset),
        "on_test_pool": "test" in pseudo_plan.pools(config, dataset),
    }


def _is_of_competition(config: Config, dataset: str) -> bool:
    """Whether the pictures are State Farm's, so that its board is a guide."""
    return "statefarm" in config["images"][dataset]["source"]


def is_of_drivers(config: Config, dataset: str) -> bool:
    """Whether the pictures are State Farm's or drawn like them: the original's figures compare."""
    return not OF_DRIVERS.isdisjoint(config["images"][dataset]["source"])


def _sample(config: Config, dataset: str) -> list[Rung]:
    if not sample_plan.runs(config, dataset):
        return []
    lesson, memorising, changed = (
        f"{filled(folder, dataset=dataset, model='conv1')}/runs.csv"
        for folder in (sample_paths.RATE_LESSON, sample_paths.BASELINES, sample_paths.COMBINATION)
    )
    return [
        Rung("sample: linear, full rate at once", lesson, "at_once", original=(0.1397, 13.8349)),
        Rung(
            "sample: linear, low rate first",
            lesson,
            "low_first",
            "full rate at once",
            lesson,
            "at_once",
            (0.3962, 1.8041),
        ),
        Rung(
            "sample: two convolutions, memorising",
            memorising,
            "grouped",
            "the linear model",
            lesson,
            "low_first",
            (0.1647, 2.9390),
        ),
        Rung(
            "sample: the same, augmented",
            changed,
            "augmented",
            "the same steps without",
            changed,
            "none",
            (0.6647, 1.1980),
        ),
    ]


def _scratch(config: Config, dataset: str) -> list[Rung]:
    found: list[Rung] = []
    for network in scratch_plan.networks(config, dataset):
        path = scratch_plan.predictions(dataset, network)
        original = SCRATCH_ORIGINALS.get(network)
        title = SCRATCH_TITLES.get(network, f"{network}, full data")
        if found:
            control, of_control, setting = "the network before it", found[-1].path, None
        elif sample_plan.runs(config, dataset):
            control, setting = "trained on the sample", "augmented"
            of_control = f"{filled(sample_paths.COMBINATION, dataset=dataset)}/runs.csv"
        else:
            found.append(Rung(title, path, original=original))
            continue
        found.append(Rung(title, path, None, control, of_control, setting, original))
    return found


def _features(config: Config, dataset: str) -> list[Rung]:
    backbone = model_plan.backbone(config, dataset)
    networks = scratch_plan.networks(config, dataset)
    below = scratch_plan.predictions(dataset, networks[-1]) if networks else None
    control = "the network from scratch" if networks else None
    title = f"{backbone} features with a head"
    own = model_plan.head_predictions(dataset, backbone)
    head = Rung(title, own, None, control, below, None, (0.7936, 0.7576))
    return [head, *_techniques(config, dataset, backbone)]


def _techniques(config: Config, dataset: str, backbone: str) -> list[Rung]:
    found = []
    if config["images"][dataset]["head"]["passes"]:
        passes = filled(paths.PASSES, dataset=dataset, backbone=backbone)
        augmented, clean = (f"{passes}/{name}.csv" for name in ("augmented", "clean"))
        found.append(
            Rung(
                "augmented features too",
                augmented,
                None,
                "the same steps on clean ones",
                clean,
                None,
                (0.8128, 0.6867),
            )
        )
    tuned = config["images"][dataset]["fine_tuning"]["backbone"]
    if tuned is not None:
        folder = filled(paths.FINE_TUNING, dataset=dataset, backbone=tuned)
        above, below = (f"{folder}/{name}.csv" for name in ("tuned", "frozen"))
        found.append(Rung("last convolutions fine-tuned", above, None, "kept frozen", below))
    return found


def _pseudo_labels(config: Config, dataset: str) -> list[Rung]:
    if "test" not in pseudo_plan.pools(config, dataset):
        return []
    names = ["pseudo_test", "pseudo_none"]
    with_labels, without = model_plan.files_of(dataset, names, "out_of_fold.csv")
    return [
        Rung(
            "by folds: pseudo-labels of the test",
            with_labels,
            None,
            "the same epochs without",
            without,
            None,
            (0.8329, 0.7227),
        )
    ]


def _folds(config: Config, dataset: str) -> list[Rung]:
    if not model_plan.runs(config, dataset):
        return []
    names = [model_plan.linear(config, dataset), "selected", "chain"]
    linear, selected, chain = model_plan.files_of(dataset, names, "out_of_fold.csv")
    return [
        Rung("by folds: logistic regression, pooled", linear),
        Rung("by folds: the selected head", selected, None, "logistic regression", linear),
        Rung("by folds: the whole chain", chain, None, "the selected head", selected),
    ]
