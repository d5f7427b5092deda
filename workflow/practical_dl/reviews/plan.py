"""Which models of reviews are trained and compared, and which files a review set ends in."""

from collections.abc import Mapping
from typing import Any

Config = Mapping[str, Any]

LINEAR = ("bag_of_words", "tfidf", "nb_svm")
TRANSDUCTIVE = "documents_all"
"""The model that reads the texts of the reviews it is scored on, though not their labels."""

DOCUMENTS = ("documents_train", TRANSDUCTIVE)
PLAIN_NETWORKS = ("hidden", "convolution", "lstm")
READ_BY_HAND = "nb_svm"
"""The model whose words can be shown: its log-odds are a sum over runs of words."""

ENSEMBLES = ("ensemble", "ensemble_equal", "ensemble_inductive")
SHOWN = "ensemble"


def vector_kinds(config: Config, dataset: str) -> list[str]:
    """The tables of vectors that one network starts from; GloVe where its file is given."""
    glove = config["reviews"][dataset]["vectors"]["glove"]
    return ["random", "text", *(["glove"] if glove else [])]


def best_vectors(config: Config, dataset: str) -> str:
    """What the multi-size network starts from: GloVe as in the lesson, else the text's own."""
    return vector_kinds(config, dataset)[-1]


def networks(config: Config, dataset: str) -> list[str]:
    """The networks that are trained, in the order of the config."""
    return list(config["reviews"][dataset]["networks"]["train"])


def members(config: Config, dataset: str) -> dict[str, str]:
    """The models that the ensemble weighs, each with the name of the job that fits it."""
    on_vectors = {
        f"{kind}_{state}": f"fit_on_vectors_{kind}"
        for kind in vector_kinds(config, dataset)
        for state in ("frozen", "tuned")
    }
    return {
        **{name: f"fit_linear_{name}" for name in LINEAR},
        **{name: f"fit_{name}" for name in DOCUMENTS},
        **{name: f"fit_{name}" for name in networks(config, dataset)},
        **on_vectors,
    }


def models(config: Config, dataset: str) -> dict[str, str]:
    """All models that are scored, each with the name of the job that fits it."""
    return {**members(config, dataset), **dict.fromkeys(ENSEMBLES, "fit_ensemble")}


def metrics(config: Config, dataset: str) -> dict[str, str | None]:
    """Metrics of all models on validation and test, each with the benchmark of its fit."""
    return {
        f"results/reviews/{dataset}/{model}/metrics_{role}.json": (
            f"results/benchmarks/reviews/{dataset}/{fit}.tsv"
        )
        for model, fit in models(config, dataset).items()
        for role in ("valid", "test")
    }


def trained(config: Config, dataset: str) -> list[str]:
    """The models that are networks."""
    return [name for name in members(config, dataset) if name not in LINEAR + DOCUMENTS]


def histories(config: Config, dataset: str) -> list[str]:
    """The histories of all networks."""
    return [f"results/reviews/{dataset}/{name}/history.csv" for name in trained(config, dataset)]


def runs(config: Config, dataset: str) -> list[str]:
    """What all models said about the test reviews."""
    return [f"results/reviews/{dataset}/{name}/runs_test.csv" for name in models(config, dataset)]


def benchmarks(config: Config, dataset: str) -> list[str]:
    """The benchmark files of the jobs that fit all models."""
    fits = models(config, dataset).values()
    return [f"results/benchmarks/reviews/{dataset}/{fit}.tsv" for fit in fits]


def files(config: Config) -> list[str]:
    """All that the review sets that run end in."""
    found = []
    for dataset in config["run"]["reviews"]:
        pictured = [kind for kind in vector_kinds(config, dataset) if kind != "random"]
        found += [
            f"results/reviews/{dataset}/{file}"
            for file in (
                "token_statistics.json",
                "models.html",
                "mistakes.html",
                "learning_curves.png",
                *(f"vectors/map_{kind}.png" for kind in pictured),
                *(f"{SHOWN}/{name}.png" for name in ("accuracy_by_length", "calibration")),
                "comparison.csv",
            )
        ]
    return found
