"""The models of reviews that are trained and compared, and the files that a review set ends in."""

from collections.abc import Mapping, Sequence
from typing import Any

from practical_dl.files.patterns import filled, of_each
from practical_dl.reviews import paths
from practical_dl.sources.locations import has_unlabelled

Config = Mapping[str, Any]

LINEAR = ("bag_of_words", "tfidf", "nb_svm")
TRANSDUCTIVE = "documents_all"
"""The model that reads the texts of the reviews it is scored on, though not their labels."""

UNLABELLED = "documents_unlabelled"
"""The model that also reads texts whose labels nobody has, where there are any."""

TAUGHT = "nb_svm_taught"
"""NB-SVM that also learns from them, of the classes that these vectors give them."""

DOCUMENTS = ("documents_train", TRANSDUCTIVE)
LSTMS = ("lstm", "lstm_pretrained")
READ_BY_HAND = "nb_svm"
"""The model whose words can be shown: its log-odds are a sum over n-grams."""

LEFT_OUT = {
    "ensemble_inductive": (TRANSDUCTIVE, UNLABELLED, TAUGHT),
    "ensemble_labelled": (UNLABELLED, TAUGHT),
}
"""Controls of the ensemble, and the members that each of them lacks."""
SHOWN = "ensemble"


def documents(config: Config, dataset: str) -> list[str]:
    """The document vectors that are learned."""
    return [*DOCUMENTS, *([UNLABELLED] if has_unlabelled(config, dataset) else [])]


def ensembles(config: Config, dataset: str) -> list[str]:
    """The ensemble, and its controls."""
    own = members(config, dataset)
    controls = [name for name, left_out in LEFT_OUT.items() if not own.keys().isdisjoint(left_out)]
    return [SHOWN, "ensemble_equal", *controls]


def vector_kinds(config: Config, dataset: str) -> list[str]:
    """The tables of vectors that one network starts from; GloVe where its file is given."""
    glove = config["reviews"][dataset]["vectors"]["glove"]
    return ["random", "text", *(["glove"] if glove else [])]


def given_vectors(config: Config, dataset: str) -> list[str]:
    """The tables of vectors that need no training."""
    return [kind for kind in vector_kinds(config, dataset) if kind != "text"]


def mapped_vectors(config: Config, dataset: str) -> list[str]:
    """The tables of vectors that are drawn as a map of words."""
    return [kind for kind in vector_kinds(config, dataset) if kind != "random"]


def best_vectors(config: Config, dataset: str) -> str:
    """The vectors of the multi-size network: GloVe as in the lesson, else those of the text."""
    return vector_kinds(config, dataset)[-1]


def networks(config: Config, dataset: str) -> list[str]:
    """The networks that are trained and are not LSTMs, in the order of the config."""
    return [name for name in _trained_by_name(config, dataset) if name not in LSTMS]


def lstms(config: Config, dataset: str) -> list[str]:
    """The LSTMs that are trained, in the order of the config."""
    return [name for name in _trained_by_name(config, dataset) if name in LSTMS]


def on_vectors(kinds: Sequence[str]) -> list[str]:
    """The networks on these kinds of vectors."""
    return [f"{kind}_{state}" for kind in kinds for state in ("frozen", "tuned")]


def members(config: Config, dataset: str) -> dict[str, str]:
    """The models that the ensemble weighs, each with the name of the job that fits it."""
    named = _trained_by_name(config, dataset)
    return {
        **dict.fromkeys(LINEAR, "fit_linear"),
        **{name: f"fit_{name}" for name in documents(config, dataset)},
        **({TAUGHT: "fit_taught"} if has_unlabelled(config, dataset) else {}),
        **{name: "fit_lstms" if name in LSTMS else "fit_networks" for name in named},
        **dict.fromkeys(on_vectors(vector_kinds(config, dataset)), "fit_on_vectors"),
    }


def models(config: Config, dataset: str) -> dict[str, str]:
    """All models that are scored, each with the name of the job that fits it."""
    fits = dict.fromkeys(ensembles(config, dataset), "fit_ensemble")
    return {**members(config, dataset), **fits}


def trained(config: Config, dataset: str) -> list[str]:
    """The models that are networks."""
    others = {*LINEAR, *documents(config, dataset), TAUGHT}
    return [name for name in members(config, dataset) if name not in others]


def network_files(names: Sequence[str]) -> dict[str, list[str]]:
    """The outputs of a job that trains these networks: see `fitting.files_of_networks`."""
    return {
        "models": of_each(paths.MODEL, model=names),
        "histories": of_each(paths.HISTORY, model=names),
        "valid": of_each(paths.VALID, model=names),
        "test": of_each(paths.TEST, model=names),
    }


def reader_files(names: Sequence[str]) -> list[str]:
    """The LSTM that only reads, and its history, where one of these networks starts from it."""
    return list(paths.READER) if "lstm_pretrained" in names else []


def glove_files(kinds: Sequence[str]) -> list[str]:
    """GloVe's vectors and what was read of them, where they are among these kinds."""
    if "glove" not in kinds:
        return []
    return [filled(paths.VECTORS, kind="glove"), paths.GLOVE_REPORT]


def network_seeds(config: Config, dataset: str) -> list[int]:
    """The seeds that each network is trained with; the first one also chooses the epochs."""
    seed: int = config["seed"]
    return list(range(seed, seed + config["reviews"][dataset]["networks"]["seeds"]))


def benchmarks(config: Config, dataset: str) -> list[str]:
    """The benchmark files of the jobs that fit all models."""
    fits = models(config, dataset).values()
    return [paths.BENCHMARK.format(dataset=dataset, fit=fit) for fit in fits]


def files(config: Config) -> list[str]:
    """All that the review sets that run end in."""
    patterns = (
        paths.TOKEN_STATISTICS,
        paths.MODELS_PAGE,
        paths.MISTAKES_PAGE,
        paths.LEARNING_CURVES,
        paths.LENGTH_PICTURE,
        paths.CALIBRATION_PICTURE,
        paths.COMPARISON,
    )
    found = []
    for dataset in config["run"]["reviews"]:
        found += [pattern.format(dataset=dataset, model=SHOWN) for pattern in patterns]
        mapped = mapped_vectors(config, dataset)
        found += [paths.WORD_MAP.format(dataset=dataset, kind=kind) for kind in mapped]
    return found


def _trained_by_name(config: Config, dataset: str) -> list[str]:
    return list(config["reviews"][dataset]["networks"]["train"])
