"""Names of models of pictures for people."""

from practical_dl.images.networks.grid import describe, point_of_name

VARIANTS = ("without", "with", "shuffled")
"""The same net without meta-data, with it, and with that of other pictures."""

POOLS = {
    "valid": "half of the held-out groups",
    "test": "the test pictures",
    "both": "test pictures and half of the held-out groups",
}
PARTS = {
    "pool": "groups in the pool",
    "untouched": "groups outside the pool",
    "held_out": "held-out groups",
}
"""Parts of the held-out pictures that pseudo-labels are scored on."""
TITLES = {
    "selected": "selected head",
    "chain": "the whole chain",
    "pseudo_none": "head, same epochs without pseudo-labels",
    **{f"pseudo_{pool}": f"head, pseudo-labels of {words}" for pool, words in POOLS.items()},
    "teacher": "teacher of the small network",
    "pupil_true": "small network, true labels",
    "pupil_distilled": "small network, distilled",
}
PASSES = {
    "augmented": "head on {}, clean and augmented passes",
    "clean": "head on {}, as many steps on the clean pass",
}
FINE_TUNING = {
    "frozen": "{}, last convolutions frozen",
    "tuned": "{}, last convolutions trained",
    "batch_norm": "{}, last convolutions trained with batch norm",
}


def title(name: str) -> str:
    """The title of a model that is trained by folds, from its name."""
    if name.startswith("linear_"):
        return f"logistic regression, {name.removeprefix('linear_')}, average-pooled"
    if name.startswith("regions_"):
        features, network = name.removeprefix("regions_").split("_", 1)
        return f"logistic regression, {network}, regions, {features}"
    return describe(point_of_name(name)) if name.startswith("backbone-") else TITLES.get(name, name)


def of_head(backbone: str) -> str:
    return f"head on {backbone}"


def of_scratch(network: str) -> str:
    return f"{network}, from scratch on the full data"
