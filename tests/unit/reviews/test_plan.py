"""The plan of reviews: who is trained by which job, and the files that a set ends in."""

from typing import Any

from practical_dl.files.patterns import of_each
from practical_dl.reviews import paths, plan
from practical_dl.reviews.titles import TITLES

ALL = ["hidden", "convolution", "multi_size", "lstm", "lstm_pretrained", "bigram_average"]


def config_of(train: list[str], glove: str | None = None) -> dict[str, Any]:
    settings = {"source": {"demo": {}}, "networks": {"train": train}, "vectors": {"glove": glove}}
    return {"run": {"reviews": ["mine"]}, "reviews": {"mine": settings}}


def test_networks_are_split_into_lstms_and_others_in_the_order_of_the_configuration() -> None:
    config = config_of(["lstm_pretrained", "multi_size", "lstm", "hidden"])
    assert plan.networks(config, "mine") == ["multi_size", "hidden"]
    assert plan.lstms(config, "mine") == ["lstm_pretrained", "lstm"]
    fits = plan.members(config, "mine")
    assert (fits["lstm"], fits["hidden"]) == ("fit_lstms", "fit_networks")
    assert "convolution" not in fits
    assert plan.lstms(config_of(["hidden"]), "mine") == []


def test_vectors_of_glove_are_read_mapped_and_trained_on_where_given() -> None:
    without, given = config_of(ALL), config_of(ALL, "glove.txt")
    assert plan.given_vectors(without, "mine") == ["random"]
    assert plan.given_vectors(given, "mine") == ["random", "glove"]
    assert plan.mapped_vectors(given, "mine") == ["text", "glove"]
    assert (plan.best_vectors(without, "mine"), plan.best_vectors(given, "mine")) == (
        "text",
        "glove",
    )
    assert plan.members(given, "mine")["glove_tuned"] == "fit_on_vectors"


def test_every_model_has_a_title_and_a_benchmark() -> None:
    config = config_of(ALL, "glove.txt")
    models = plan.models(config, "mine")
    assert set(TITLES) - set(models) == {
        "documents_unlabelled",
        "nb_svm_taught",
        "ensemble_labelled",
    }
    config["reviews"]["mine"]["source"] = {"table": {"unlabelled": "more.csv"}}
    models = plan.models(config, "mine")
    assert set(models) == set(TITLES)
    assert plan.benchmarks(config, "mine")[0] == ("results/benchmarks/reviews/mine/fit_linear.tsv")
    assert len(plan.benchmarks(config, "mine")) == len(models)


def test_a_set_ends_in_pages_pictures_and_scores() -> None:
    files = plan.files(config_of(ALL))
    assert "results/reviews/mine/pages/models.html" in files
    assert "results/reviews/mine/ensemble/calibration.png" in files
    assert "results/reviews/mine/vectors/map_text.png" in files
    assert "results/reviews/mine/comparison.csv" in files
    assert not any("{" in file for file in files)


def test_files_of_models_keep_the_data_set_open() -> None:
    assert of_each(paths.TEST, model=["lstm"]) == ["results/reviews/{dataset}/lstm/runs_test.csv"]


def test_outputs_of_a_job_follow_the_networks_it_trains() -> None:
    files = plan.network_files(["hidden", "lstm"])
    assert list(files) == ["models", "histories", "valid", "test"]
    assert files["histories"][1] == "results/reviews/{dataset}/lstm/history.csv"
    assert plan.reader_files(["lstm"]) == []
    assert plan.reader_files(["lstm_pretrained"]) == list(paths.READER)
    assert plan.glove_files(["random"]) == []
    assert plan.glove_files(["random", "glove"]) == [
        "results/reviews/{dataset}/vectors/glove.h5",
        "results/reviews/{dataset}/vectors/glove.json",
    ]


def test_trainings_have_seeds_of_their_own() -> None:
    config = config_of(ALL) | {"seed": 42}
    config["reviews"]["mine"]["networks"]["seeds"] = 3
    assert plan.network_seeds(config, "mine") == [42, 43, 44]
