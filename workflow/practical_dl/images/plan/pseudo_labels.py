"""Pseudo-label settings that are trained, and their files, from the configuration."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from practical_dl.images import paths
from practical_dl.images.pseudo_labels.setting import CONTROL, Setting
from practical_dl.sources import locations

Config = Mapping[str, Any]

KEYS = ("share", "labels", "threshold", "balanced", "weight", "ramp_up")
SHUFFLED = "shuffled"


def runs(config: Config, dataset: str) -> bool:
    """Whether an image set has pseudo-labels at all."""
    return bool(pools(config, dataset))


def pools(config: Config, dataset: str) -> list[str]:
    """The pools of unlabelled pictures, in the config's order."""
    return list(config["images"][dataset]["pseudo_labels"]["pools"])


def folds(config: Config, dataset: str) -> list[int]:
    """The numbers of the folds; none where there are no pseudo-labels."""
    return list(range(config["images"][dataset]["folds"])) if runs(config, dataset) else []


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
    if not runs(config, dataset):
        return []
    return [f"pseudo_{pool}" for pool in (CONTROL, *pools(config, dataset))]


def fold_files(config: Config, dataset: str, file: str) -> list[str]:
    """A file of each fold."""
    count = config["images"][dataset]["folds"]
    return [f"{paths.FOLD.format(dataset=dataset, fold=n)}/{file}" for n in range(count)]


def role_files(config: Config, dataset: str) -> list[str]:
    """The roles of each fold; none where there are no pseudo-labels."""
    return fold_files(config, dataset, "roles.csv") if runs(config, dataset) else []


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


def distils(config: Config, dataset: str) -> bool:
    """Whether a small network learns from the heads."""
    return config["images"][dataset]["distillation"]["backbone"] is not None


def files(config: Config) -> list[str]:
    """Pages and submissions after pseudo-labels, of the image sets that run them."""
    return [path for dataset in config["run"]["images"] for path in _files(config, dataset)]


def _files(config: Config, dataset: str) -> list[str]:
    if not runs(config, dataset):
        return []
    pages = paths.PAGES.format(dataset=dataset)
    found = [f"{pages}/pseudo_labels.html"]
    found += [
        f"{paths.SUBMISSION.format(dataset=dataset, model=name)}/{file}"
        for name in submitted(config, dataset)
        for file in ("submission.csv", "estimate.json")
    ]
    return found + ([f"{pages}/distillation.html"] if distils(config, dataset) else [])


def submitted(config: Config, dataset: str) -> list[str]:
    """The models whose submissions are written: all, where there is a test part."""
    tested = runs(config, dataset) and locations.has_test_part(config, dataset)
    return models(config, dataset) if tested else []


def last_benchmark(config: Config, dataset: str) -> str:
    """The benchmark file (a pattern) of a fold's last round."""
    last = rounds(config, dataset)
    job = "train_pseudo_start_0" if last == 1 else f"train_pseudo_round_0_{last}"
    return f"{paths.BENCHMARKS}/{job}.tsv"
