"""Which pseudo-label settings are trained, and what they end in, as the configuration says."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from practical_dl.images.pseudo_labels.choice import Setting
from practical_dl.sources import locations

Config = Mapping[str, Any]

CONTROL = "none"
KEYS = ("share", "labels", "threshold", "balanced", "weight", "ramp_up")
SHUFFLED = "shuffled"
POOL_WORDS = {
    "valid": "half of the held-out groups",
    "test": "the test pictures",
    "both": "test pictures and half of the held-out groups",
}
PART_WORDS = {
    "pool": "groups in the pool",
    "untouched": "groups outside the pool",
    "held_out": "held-out groups",
}
TITLES = {
    "pseudo_none": "head, same epochs without pseudo-labels",
    **{f"pseudo_{pool}": f"head, pseudo-labels of {words}" for pool, words in POOL_WORDS.items()},
    "teacher": "teacher of the small network",
    "pupil_true": "small network, true labels",
    "pupil_distilled": "small network, distilled",
}


def runs(config: Config, dataset: str) -> bool:
    """Whether an image set has pseudo-labels at all."""
    return bool(pools(config, dataset))


def pools(config: Config, dataset: str) -> list[str]:
    """The pools of unlabelled pictures, in the config's order."""
    return list(config["images"][dataset]["pseudo_labels"]["pools"])


def rounds(config: Config, dataset: str) -> int:
    return int(config["images"][dataset]["pseudo_labels"]["rounds"])


def settings(config: Config, dataset: str) -> list[Setting]:
    """The control, then each pool's own setting, its shuffled control and its variants.

    The first one of a pool has its name, the others the pool's and their own.
    """
    given = config["images"][dataset]["pseudo_labels"]
    base = {key: given[key] for key in KEYS}
    found = [Setting(CONTROL, "none")]
    for pool in pools(config, dataset):
        found.append(Setting(pool, pool, **base))
        found.append(Setting(f"{pool}_{SHUFFLED}", pool, **base, shuffled=True))
        for name, changed in given["variants"].items():
            found.append(Setting(f"{pool}_{name}", pool, **{**base, **changed}))
    return found


def setting_records(config: Config, dataset: str) -> list[dict[str, Any]]:
    """The same, as a rule's parameter."""
    return [asdict(setting) for setting in settings(config, dataset)]


def describe(setting: Setting) -> str:
    """A setting in a few words, for people."""
    if setting.pool == "none":
        return "same epochs without pseudo-labels (control)"
    parts = [f"{setting.pool}: {100 * setting.share:.0f} %", setting.labels]
    parts += ["shuffled (control)"] if setting.shuffled else []
    parts += [f"from {setting.threshold:g}"] if setting.threshold else []
    parts += ["balanced"] if setting.balanced else []
    parts += [f"weight {setting.weight:g}"] if setting.weight != 1 else []
    parts += [f"ramp of {setting.ramp_up} rounds"] if setting.ramp_up > 1 else []
    return ", ".join(parts)


def models(config: Config, dataset: str) -> list[str]:
    """Folders below `models`: the control, and the first setting of each pool."""
    return [f"pseudo_{pool}" for pool in (CONTROL, *pools(config, dataset))]


def fold_files(config: Config, dataset: str, file: str) -> list[str]:
    """A file of each fold."""
    folds = config["images"][dataset]["folds"]
    return [f"results/images/{dataset}/pseudo_labels/fold_{n}/{file}" for n in range(folds)]


def round_files(config: Config, dataset: str) -> list[str]:
    """The trainings of every round and fold, round by round."""
    last = rounds(config, dataset)
    return [
        path
        for number in range(last + 1)
        for path in fold_files(config, dataset, f"round_{number}.h5")
    ]


def last_rounds(config: Config, dataset: str) -> list[str]:
    """The trainings of the last round, fold by fold."""
    return fold_files(config, dataset, f"round_{rounds(config, dataset)}.h5")


def schedule(config: Config, dataset: str, number: int) -> Any:
    """Epochs and rates of the start, or of a round."""
    given = config["images"][dataset]["pseudo_labels"]
    return given["round_schedule" if number else "schedule"]


def distils(config: Config, dataset: str) -> bool:
    """Whether a small network learns from the heads."""
    return config["images"][dataset]["distillation"]["backbone"] is not None


def files(config: Config) -> list[str]:
    """What pseudo-labels end in, of the image sets that run them."""
    return [path for dataset in config["run"]["images"] for path in _files(config, dataset)]


def _files(config: Config, dataset: str) -> list[str]:
    if not runs(config, dataset):
        return []
    folder = f"results/images/{dataset}"
    found = ["results/images/two_moons.png", f"{folder}/pages/pseudo_labels.html"]
    if locations.has_test_part(config, dataset):
        found += [
            f"{folder}/submissions/{name}/{file}"
            for name in models(config, dataset)
            for file in ("submission.csv", "estimate.json")
        ]
    return found + ([f"{folder}/pages/distillation.html"] if distils(config, dataset) else [])


def metrics(config: Config, dataset: str) -> dict[str, str | None]:
    """Metrics to compare, each with the benchmark file of the job that fitted the model."""
    if not runs(config, dataset):
        return {}
    folder, benchmarks = f"results/images/{dataset}", f"results/benchmarks/images/{dataset}"
    last = f"{benchmarks}/train_pseudo_round_0_{rounds(config, dataset)}.tsv"
    found: dict[str, str | None] = {
        f"{folder}/models/{name}/metrics.json": last for name in models(config, dataset)
    }
    for pool in pools(config, dataset):
        for part in ("pool", "untouched") if pool != "test" else ("held_out",):
            found[f"{folder}/pseudo_labels/gain_{pool}_{part}.json"] = None
    if distils(config, dataset):
        pupils = f"{benchmarks}/distil.tsv"
        for name in ("pupil_true", "pupil_distilled"):
            found[f"{folder}/distillation/{name}.json"] = pupils
        found[f"{folder}/distillation/teacher.json"] = None
        found[f"{folder}/distillation/gain.json"] = None
    return found
