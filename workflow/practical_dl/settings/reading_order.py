"""What the front page reads and shows first, from the configuration."""

from collections.abc import Iterator, Mapping
from typing import Any

from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import pseudo_labels as pseudo_plan

Config = Mapping[str, Any]

TABLES = {"images": "ladder.csv", "movies": "models.csv", "reviews": "models.csv"}
"""By pipeline the table that tells what its techniques gave."""
SMALL = {
    "convolution": "A convolution by hand: from 784 numbers to one",
    "optimizers": "Seven optimizers on their way downhill",
}


def tables(config: Config) -> dict[tuple[str, str], str]:
    """By pipeline and data set that run, the file that tells what its techniques gave."""
    return {
        (pipeline, dataset): f"results/{pipeline}/{dataset}/{table}"
        for pipeline, table in TABLES.items()
        for dataset in config["run"][pipeline]
    }


def first_looks(config: Config) -> list[tuple[str, str]]:
    """What one would show a friend: paths below results/, and what each is."""
    run = config["run"]
    return [
        *((f"{name}/page.html", words) for name, words in SMALL.items() if name in run["small"]),
        *(look for dataset in run["images"] for look in _of_pictures(config, dataset)),
        *(
            (f"movies/{dataset}/pages/crosstab.html", f"How a factor model works ({dataset})")
            for dataset in run["movies"]
        ),
        *(
            (f"reviews/{dataset}/pages/mistakes.html", f"Reviews called wrong ({dataset})")
            for dataset in run["reviews"]
        ),
    ]


def _of_pictures(config: Config, dataset: str) -> Iterator[tuple[str, str]]:
    folder = f"images/{dataset}"
    if pseudo_plan.runs(config, dataset):
        words = "Two labels and two moons: why pseudo-labels can work"
        yield f"{folder}/pseudo_labels/two_moons.png", words
    if model_plan.runs(config, dataset):
        yield f"{folder}/pages/out_of_fold.html", f"The worst mistakes on pictures ({dataset})"
