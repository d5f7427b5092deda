"""Which files the targets end in, and which models are compared, as the configuration says."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import pseudo_labels as pseudo_plan
from practical_dl.images.plan import sample as sample_plan
from practical_dl.images.plan import scratch as scratch_plan
from practical_dl.small.characters import plan as characters_plan
from practical_dl.sources import locations

Config = Mapping[str, Any]

LESSON_MODELS = ("dot", "dot_bias_free", "dot_bias", "net")
SAMPLED_MODELS = ("bayes_ratings", "bayes_shuffled", "bayes", "bayes_time")
CONTENT_MODELS = ("content", "bayes_ratings", "bayes", "bayes_shuffled")
PICTURED_MODELS = ("bias", "dot_bias", "bayes")
RATING_MODELS = {
    "mean": "fit_bias",
    "bias": "fit_bias",
    **dict.fromkeys(LESSON_MODELS, "fit_lesson_models"),
    "content": "fit_content",
    **{model: f"fit_{model}" for model in SAMPLED_MODELS},
}
PEERS = (
    "surprise_svd",
    "surprise_svdpp",
    "surprise_knn",
    "lenskit_mf",
    "myfm",
    "myfm_time",
)
PEERS_ENVIRONMENT = ".venv-peers"
SMALL = {
    **{
        name: [f"results/{name}/page.html", f"results/{name}/{name}.xlsx"]
        for name in ("optimizers", "convolution")
    },
    "optimizer_comparison": ["results/optimizers/comparison.html"],
}
TRIED = ("images", "movies", "reviews")


def each(config: Config, pipeline: str, *files: str) -> list[str]:
    """Result `files` of every data set that runs in a pipeline."""
    return [
        f"results/{pipeline}/{name}/{file}" for name in config["run"][pipeline] for file in files
    ]


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


def movie_files(config: Config) -> list[str]:
    """All that the rating sets that run end in."""
    pages = [f"{page}.html" for page in ("models", "learned", "crosstab", "protocols")]
    pictures = [
        f"{picture}.png"
        for picture in (
            "lesson_models",
            "predicted_stars",
            "error_by_popularity",
            "uncertainty",
            "components",
            "content_help",
        )
    ]
    return each(config, "movies", *pages, *pictures, "comparison.csv")


def compared_models(config: Config, dataset: str) -> list[str]:
    """The models of a rating set's table: ours, and the peers asked for that are installed."""
    return [*RATING_MODELS, *_installed_peers(config, dataset)]


def rating_predictions(config: Config, dataset: str) -> list[str]:
    """Predictions of these models."""
    return [
        f"results/movies/{dataset}/{model}/predictions.csv"
        for model in compared_models(config, dataset)
    ]


def _installed_peers(config: Config, dataset: str) -> list[str]:
    installed = (Path(PEERS_ENVIRONMENT) / ".installed").is_file()
    return config["movies"][dataset]["peers"] if installed else []


def protocol_files(config: Config, file: str, dataset: str) -> list[str]:
    """A file of each further split of a rating set."""
    return [
        f"results/movies/{dataset}/protocols/{protocol}/{file}"
        for protocol in config["movies"][dataset]["protocols"]
    ]


def content_files(config: Config, dataset: str) -> list[str]:
    """Predictions of each model of the content study, by share; the last share is the whole."""
    return [
        file
        for model in CONTENT_MODELS
        for file in (
            *(
                f"results/movies/{dataset}/content_help/{model}_{share}.csv"
                for share in config["movies"][dataset]["content_shares"]
            ),
            f"results/movies/{dataset}/{model}/predictions.csv",
        )
    ]


def trial_sets(config: Config) -> list[list[str]]:
    """Pairs of pipeline and data set on which optimizers are compared: image sets whose sample
    is experimented on, and all rating and review sets that run."""
    return [
        [pipeline, name]
        for pipeline in TRIED
        for name in config["run"][pipeline]
        if pipeline != "images" or sample_plan.runs(config, name)
    ]


def trial_files(config: Config, file: str) -> list[str]:
    """A file of each comparison of optimizers."""
    return [f"results/{pipeline}/{name}/optimizers/{file}" for pipeline, name in trial_sets(config)]


def small_files(config: Config) -> list[str]:
    """What each small pipeline that runs ends in."""
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


def _rating_models(config: Config, dataset: str) -> dict[str, str | None]:
    fits = RATING_MODELS | {peer: f"fit_{peer}" for peer in _installed_peers(config, dataset)}
    return {
        f"results/movies/{dataset}/{model}/metrics.json": (
            f"results/benchmarks/movies/{dataset}/{fit}.tsv"
        )
        for model, fit in fits.items()
    }


def _backbone(config: Config, dataset: str) -> str:
    return str(config["images"][dataset]["head"]["backbone"])


_MODELS: dict[str, Callable[[Config, str], dict[str, str | None]]] = {
    "images": _image_models,
    "movies": _rating_models,
    "characters": characters_plan.metrics,
}
