"""All three pipelines on a tiny demo: what comes out exists and says the right thing."""

import json
import re
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pandas as pd
import pytest
import yaml
from tests.browser.chromium import find_browser, running_browser
from tests.browser.fitting import DESKTOP, PHONE, faults_of
from tests.conftest import ROOT, copy_workflow, snakemake_in
from tests.told import finding_of, untold

from practical_dl import cli
from practical_dl.files.artefacts import read_json
from practical_dl.report.wording import percent

CONFIG = """
run: {characters: [], small: []}
images:
  demo:
    source: {demo: {drivers: 8, test_drivers: 2, frames: 2}}
    sample: {train: 40, valid: 20, experiments: false}
    scratch:
      networks: {conv1: {augmentation: none}, conv1_dropout: {augmentation: none}}
      schedule: [[1, 0.001]]
    backbones:
      vgg_demo: {weights: random, shards: 2}
      vgg_block4: {weights: random}
    head: {schedule: [[2, 0.001]]}
    fine_tuning: {schedule: [[1, 0.001]]}
    folds: 3
    grid:
      components: 6
      look_alikes: 8
      jobs: null
      seeds: 2
      schedule: [[1, 0.01]]
      products:
        - {width: [8], features: [plain, centred], halves: [0.5]}
    controls: {group_models: true, meta_data: true}
    chain: {neighbours: [1, 3], floors: [0, 0.01]}
    pseudo_labels:
      {rounds: 2, components: 4, width: 8, variants: {hard: {labels: hard}}, schedule: [[1, 0.01]],
       round_schedule: [[1, 0.01]]}
    distillation: {width: 8, schedule: [[1, 0.001]]}
movies:
  demo:
    source: {demo: {users: 40, movies: 50, ratings: 800}}
    lesson:
      {factors: 4, dot_schedule: [[1, 0.01]], schedule: [[2, 0.01]], net_schedule: [[1, 0.01]]}
    bayes: {rank: 3, burn_in: 2, samples: 4, chains: 1}
    peers: [myfm]
    protocols: [random_0, last_rating]
    content_shares: [0.5]
reviews:
  demo:
    source: {demo: {train: 200, test: 60}}
    networks: {train: [convolution], seeds: 2, schedules: {convolution: [[1, 0.001]]}}
    vectors:
      {width: 4, windows: 200, windows_schedule: [[1, 0.01]], frozen_schedule: [[1, 0.001]],
       tuned_schedule: [[1, 0.001]]}
"""
MOST_WORDS = 75
"""Of a page's first sentences."""
DRIVERS = {f"p{driver:03}" for driver in range(8)}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("demo"))
    (folder / "tiny.yaml").write_text(CONFIG)
    result = snakemake_in(folder, "all", "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr
    again = snakemake_in(folder, "all", "-n", "--configfile", "tiny.yaml")
    assert "Nothing to be done" in again.stdout + again.stderr
    return folder / "results"


def test_the_comparison_holds_every_model_with_its_interval(results: Path) -> None:
    table = pd.read_csv(results / "comparison.csv")
    models = set(zip(table["pipeline"], table["model"], table["part"], strict=True))
    assert {
        ("images", "head on vgg_demo", "valid (grouped split)"),
        ("images", "head on vgg_demo", "random minus grouped split"),
        ("images", "conv1, from scratch on the full data", "valid (grouped split)"),
        ("images", "submission", "test (true labels)"),
        ("images", "head, pseudo-labels of the test pictures", "out of fold"),
        ("images", "head, pseudo-labels of the test pictures", "minus control, held-out groups"),
        ("images", "small network, distilled", "out of fold"),
        ("movies", "bias", "valid"),
        ("movies", "dot_bias", "valid"),
        ("movies", "net", "valid"),
        ("movies", "content", "valid"),
        ("movies", "bayes_shuffled", "valid"),
        ("movies", "bayes_time", "valid"),
        ("reviews", "convolution", "test"),
        ("reviews", "nb_svm", "test"),
        ("reviews", "text_tuned", "test"),
        ("reviews", "ensemble", "valid (made choices)"),
    } <= models
    assert (table["ci_low"] <= table["value"]).all()
    assert (table["value"] <= table["ci_high"]).all()
    chosen = table["model"].isin(["submission", "selected head", "teacher of the small network"])
    fitted = table[~chosen & ~table["part"].str.contains("minus")]
    assert (fitted["seconds"] > 0).all()


def test_the_merged_configuration_is_recorded_with_its_defaults(results: Path) -> None:
    recorded = yaml.safe_load((results / "run_config.yaml").read_text())
    assert recorded["images"]["demo"]["source"]["demo"]["drivers"] == 8
    assert recorded["images"]["demo"]["submission"]["floor"] == 0.005


def test_the_manifest_lists_every_picture_once(results: Path) -> None:
    manifest = pd.read_csv(results / "images/demo/manifest.csv", keep_default_na=False)
    assert manifest["split"].value_counts().to_dict() == {"train": 160, "test": 40}
    assert set(manifest["group"]) == DRIVERS | {""}
    assert manifest["image_id"].is_unique
    assert (manifest[["width", "height"]] == [96, 72]).all(axis=None)


def test_no_driver_stands_on_both_sides_and_the_random_split_cuts_them(results: Path) -> None:
    manifest = pd.read_csv(results / "images/demo/manifest.csv").set_index("image_id")
    sides = {}
    for kind in ("grouped", "random"):
        split = pd.read_csv(results / f"images/demo/splits/{kind}.csv")
        groups = split["image_id"].map(manifest["group"])
        sides[kind] = groups.groupby(split["role"]).agg(set)
        assert len(split) == 160
    assert not sides["grouped"]["train"] & sides["grouped"]["valid"]
    assert sides["random"]["train"] & sides["random"]["valid"]


def test_the_store_joins_its_shards_in_the_manifest_s_order(results: Path) -> None:
    manifest = pd.read_csv(results / "images/demo/manifest.csv")
    store = results / "images/demo/features/vgg_demo"
    description = read_json(store / "backbone.json")
    with (
        h5py.File(store / "labelled.h5") as joined,
        h5py.File(store / "labelled/shard_1.h5") as last,
    ):
        labelled = manifest["image_id"][manifest["split"] == "train"]
        assert [name.decode() for name in joined["image_id"][:]] == labelled.tolist()
        assert joined["features"].shape == (160, *description["feature_shape"])
        assert joined["features"].is_virtual
        assert np.array_equal(joined["features"][80:], last["features"][:])
        assert joined["features"][:].any(axis=(1, 2, 3)).all()
        assert joined.attrs["weights_sha256"] == description["weights_sha256"]


def test_predictions_are_of_the_held_out_drivers(results: Path) -> None:
    head = results / "images/demo/heads/vgg_demo/grouped"
    predictions = pd.read_csv(head / "predictions.csv")
    split = pd.read_csv(results / "images/demo/splits/grouped.csv")
    assert predictions["id"].tolist() == split["image_id"][split["role"] == "valid"].tolist()
    metrics = read_json(head / "metrics.json")
    assert metrics["n"] == len(predictions)
    chosen = predictions.columns[3:][predictions.iloc[:, 3:].to_numpy().argmax(axis=1)]
    accuracy = (chosen == predictions["true"]).mean()
    assert metrics["scores"]["accuracy"]["value"] == pytest.approx(accuracy)


def test_every_picture_is_predicted_by_models_that_do_not_know_its_driver(results: Path) -> None:
    images = results / "images/demo"
    manifest = pd.read_csv(images / "manifest.csv").set_index("image_id")
    folds = pd.read_csv(images / "splits/folds.csv")
    drivers = folds["image_id"].map(manifest["group"])
    assert drivers.groupby(drivers).size().to_dict() == dict.fromkeys(DRIVERS, 20)
    assert all(len(set(rows)) == 1 for _, rows in folds["fold"].groupby(drivers))
    assert folds["fold"].nunique() == 3
    models = {path.parent.name for path in images.glob("models/*/out_of_fold.csv")}
    assert {"linear_vgg_demo", "regions_centred_vgg_demo", "selected", "chain"} < models
    assert sum(name.startswith("backbone-vgg_demo_head-dense") for name in models) == 2
    for model in models:
        predicted = pd.read_csv(images / f"models/{model}/out_of_fold.csv")
        assert predicted["id"].tolist() == folds["image_id"].tolist()
        assert len(pd.read_csv(images / f"models/{model}/test.csv")) == 40


def test_the_ablation_is_of_the_same_chain(results: Path) -> None:
    images = results / "images/demo"
    table = pd.read_csv(images / "chain/ablation.csv").set_index("step")
    steps = ["linear", "best head", "seeds", "ensemble"]
    steps += ["neighbours", "weights", "balance", "temperature", "clip"]
    assert table.index.tolist() == steps
    chain = read_json(images / "models/chain/metrics.json")["scores"]["log_loss"]["value"]
    assert table.loc["temperature", "log_loss"] == pytest.approx(chain, rel=1e-6)
    linear = read_json(images / "models/linear_vgg_demo/metrics.json")["scores"]["log_loss"]
    assert table.loc["linear", "log_loss"] == pytest.approx(linear["value"], rel=1e-6)
    kept = table[table["left_out"] == 0]
    assert linear["value"] - kept["gain"].sum() == pytest.approx(chain, rel=1e-6)
    assert table["left_out"].sum() == 1
    assert f"{chain:.3f}" in (images / "pages/ablation.html").read_text()
    assert f"{chain:.3f}" in (images / "pages/out_of_fold.html").read_text()


def test_the_selected_head_of_a_fold_is_the_best_of_the_others(results: Path) -> None:
    images = results / "images/demo"
    fold = pd.read_csv(images / "splits/folds.csv")["fold"].to_numpy()
    choice = read_json(images / "selection/choice.json")
    losses = {}
    for path in images.glob("models/backbone-*/out_of_fold.csv"):
        frame = pd.read_csv(path, dtype={"true": str})
        values = frame.iloc[:, 3:].to_numpy()
        true = frame.columns[3:].get_indexer(pd.Index(frame["true"]))
        losses[path.parent.name] = -np.log(values[np.arange(len(frame)), true])
    for held_out, name in choice["without_fold"].items():
        means = {model: loss[fold != int(held_out)].mean() for model, loss in losses.items()}
        assert name == min(means, key=lambda model: means[model])
    means = {model: loss.mean() for model, loss in losses.items()}
    assert choice["selected"] == min(means, key=lambda model: means[model])


def test_the_submission_is_the_chain_s_with_its_expected_score(results: Path) -> None:
    images = results / "images/demo"
    submission = pd.read_csv(images / "submission.csv").set_index("img")
    chain = pd.read_csv(images / "models/chain/test.csv").set_index("id")
    columns = list(submission.columns)
    expected = chain.loc[submission.index, columns].to_numpy()
    np.testing.assert_allclose(submission.to_numpy(), expected, atol=1e-6)
    estimate = read_json(images / "submission/estimate.json")
    metrics = read_json(images / "models/chain/metrics.json")
    assert estimate["test_groups"] == 8
    for metric, known in metrics["scores"].items():
        assert estimate["scores"][metric]["value"] == pytest.approx(known["value"], rel=1e-12)
    log = (results / "logs/images/demo/write_submission.log").read_text()
    assert f"expected log loss {metrics['scores']['log_loss']['value']:.3f}" in log


def test_the_submission_has_the_competition_s_format(results: Path) -> None:
    submission = pd.read_csv(results / "images/demo/submission.csv")
    sample = pd.read_csv(results.parent / "data/images/demo/files/sample_submission.csv")
    assert list(submission.columns) == list(sample.columns)
    assert submission["img"].tolist() == sample["img"].tolist()
    probabilities = submission.iloc[:, 1:].to_numpy()
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(40), abs=1e-6)
    assert probabilities.min() >= 0


def test_only_the_score_of_the_demo_reads_its_truth(results: Path) -> None:
    rules = (results.parent / "rules").rglob("*.smk")
    scripts = (results.parent / "workflow/scripts").rglob("*.py")
    reads = re.compile(r"truth\.csv|source_with_truth")
    naming = {path.name for path in (*rules, *scripts) if reads.search(path.read_text())}
    scoring = {"score_pictures.py", "score_pseudo_rounds.py"}
    files = {f"{name}.smk" for name in ("scores", "pseudo_labels", "common")}
    assert naming == scoring | files
    for rule in ("train_pseudo_start", "train_pseudo_round", "distil"):
        assert not any("source.json" in path for path in inputs_of(results, rule))


def inputs_of(results: Path, rule: str) -> list[str]:
    """What the jobs of a rule read, by Snakemake's own record."""
    records = (results.parent / ".snakemake/metadata").rglob("*")
    contents = [json.loads(path.read_text()) for path in records if path.is_file()]
    return [path for job in contents if job["rule"] == rule for path in job["input"]]


def test_no_job_of_a_round_reads_a_label_of_the_drivers_that_it_predicts(results: Path) -> None:
    images = results / "images/demo"
    folds = pd.read_csv(images / "splits/folds.csv").set_index("image_id")["fold"]
    read = {
        results.parent / path
        for rule in ("train_pseudo_start", "train_pseudo_round")
        for path in inputs_of(results, rule)
    }
    kinds = {re.sub(r"_\d+", "_N", str(path.relative_to(images))) for path in read}
    folder = "pseudo_labels/fold_N"
    assert kinds == {
        "pseudo_labels/pictures.h5", f"{folder}/roles.csv", f"{folder}/round_N.h5"
    }  # fmt: skip
    with h5py.File(images / "pseudo_labels/pictures.h5") as file:
        assert set(file) == {"features", "image_id"}
    for fold in range(3):
        roles = pd.read_csv(images / f"pseudo_labels/fold_{fold}/roles.csv").set_index("image_id")
        known = roles.index[roles["label"].notna()]
        assert set(known) == set(folds.index[folds != fold])
        with h5py.File(images / f"pseudo_labels/fold_{fold}/round_1.h5") as file:
            assert set(file) == {"setting", "weights", "predicted"}


def test_pseudo_labels_are_scored_against_the_same_epochs_without_them(results: Path) -> None:
    images = results / "images/demo"
    scores = pd.read_csv(images / "pseudo_labels/scores.csv")
    assert scores["round"].max() == 2
    last = scores[(scores["round"] == 2) & (scores["metric"] == "log_loss")]
    assert {"none", "valid", "valid_shuffled", "valid_hard", "test"} <= set(last["setting"])
    losses = {}
    for model in ("pseudo_none", "pseudo_test"):
        frame = pd.read_csv(images / f"models/{model}/out_of_fold.csv", dtype={"true": str})
        assert len(frame) == 160
        assert len(pd.read_csv(images / f"models/{model}/test.csv")) == 40
        true = frame.columns[3:].get_indexer(pd.Index(frame["true"]))
        chosen = frame.iloc[:, 3:].to_numpy()[np.arange(160), true]
        losses[model] = -np.log(chosen).mean()
    gain = read_json(images / "pseudo_labels/gain_test_held_out.json")
    difference = losses["pseudo_test"] - losses["pseudo_none"]
    assert gain["scores"]["log_loss"]["value"] == pytest.approx(difference, abs=1e-6)
    progress = pd.read_csv(images / "pseudo_labels/progress.csv")
    right = progress[progress["setting"] == "test"]["test_right"]
    assert right.between(0, 1).all()
    shown = last["value"][(last["setting"] == "valid") & (last["part"] == "untouched")].item()
    assert f"{shown:.3f}" in (images / "pages/pseudo_labels.html").read_text()
    for model in ("pseudo_none", "pseudo_test"):
        submission = pd.read_csv(images / f"submissions/{model}/submission.csv")
        assert submission.iloc[:, 1:].to_numpy().sum(axis=1) == pytest.approx(np.ones(40), abs=1e-6)


def test_the_pupil_and_its_teacher_are_scored_on_the_same_pictures(results: Path) -> None:
    folder = results / "images/demo/distillation"
    reports = [read_json(folder / f"{name}.json") for name in ("teacher", "pupil_true")]
    assert reports[0]["rows"] == reports[1]["rows"]
    speed = pd.read_csv(folder / "speed.csv").set_index("network")["megabytes"]
    assert speed["pupil"] < speed["teacher"]
    page = (results / "images/demo/pages/distillation.html").read_text()
    assert re.search(r"\d times as fast, has a log loss", page)


def test_ratings_are_split_as_the_protocol_says(results: Path) -> None:
    with h5py.File(results / "movies/demo/split.h5") as file:
        trains = file["role"][:] == b"train"
    assert np.array_equal(trains, np.random.default_rng(42).random(800) < 0.8)
    predictions = pd.read_csv(results / "movies/demo/bias/predictions.csv")
    assert len(predictions) == (~trains).sum()
    assert predictions["prediction"].between(0.5, 5).all()


def test_peers_that_are_not_installed_are_named_with_the_command(results: Path) -> None:
    page = (results / "movies/demo/pages/models.html").read_text()
    assert (
        "Not installed, so not in the table: myFM with content. `make peers` installs them." in page
    )
    log = (results / "logs/movies/demo/show_rating_models.log").read_text()
    assert log.count("without myfm: `make peers` installs them") == 1


def test_rating_models_are_compared_on_the_same_rows(results: Path) -> None:
    movies = results / "movies/demo"
    table = pd.read_csv(movies / "models.csv").set_index("model")
    assert (table["n"] == table["n"].iloc[0]).all()
    predictions = pd.read_csv(movies / "bayes/predictions.csv")
    errors = predictions["prediction"] - predictions["true"]
    assert table.loc["bayes", "rmse"] == pytest.approx(np.sqrt((errors**2).mean()))
    page = (movies / "pages/models.html").read_text()
    assert f"{np.sqrt((errors**2).mean()):.4f} stars" in page
    assert (pd.read_csv(movies / "bayes/spread.csv")["id"] == predictions["id"]).all()


def test_other_splits_and_content_are_scored(results: Path) -> None:
    movies = results / "movies/demo"
    protocols = pd.read_csv(movies / "protocols.csv")
    assert set(protocols["protocol"]) == {"random_0", "last_rating"}
    assert set(protocols["model"]) == {"bias", "bayes", "bayes_time"}
    last = protocols[(protocols["protocol"] == "last_rating") & (protocols["part"] == "all")]
    assert (last["n"] <= 40).all()
    content = pd.read_csv(movies / "content_help.csv")
    assert content.groupby("ratings")["model"].nunique().tolist() == [4, 4]
    assert content["ratings"].max() == (np.random.default_rng(42).random(800) < 0.8).sum()


def test_lists_of_all_models_are_judged_on_both_splits(results: Path) -> None:
    movies = results / "movies/demo"
    table = pd.read_csv(movies / "ranking.csv")
    assert set(table["split"]) == {"random", "by_time"}
    assert set(table["relevant"]) == {"all", "liked"}
    first = table[(table["split"] == "random") & (table["relevant"] == "all")]
    ndcg = first[first["metric"] == "ndcg"].set_index("model")["value"]
    assert set(ndcg.index) >= {"random", "popularity", "item_knn", "ease", "stars", "blend"}
    assert ndcg["popularity"] > ndcg["random"]
    assert first[first["metric"] == "coverage"]["value"].between(0, 1).all()
    assert "What should be recommended first?" in (movies / "pages/ranking.html").read_text()
    assert (movies / "recommender/taste.h5").stat().st_size > 1_000


def test_what_was_learned_and_the_worked_example_are_told(results: Path) -> None:
    movies = results / "movies/demo"
    liking = pd.read_csv(movies / "liking.csv")
    assert liking["bias"].is_monotonic_decreasing
    assert liking["title"].iloc[0] in (movies / "pages/learned.html").read_text()
    assert (
        "one-hot rows by the table: the largest difference is 0"
        in (movies / "pages/crosstab.html").read_text()
    )
    assert (movies / "crosstab.xlsx").stat().st_size > 5_000


def test_review_films_stand_on_one_side(results: Path) -> None:
    reviews = pd.read_csv(results / "reviews/demo/reviews.csv").set_index("review_id")
    split = pd.read_csv(results / "reviews/demo/split.csv")
    films = split["review_id"].map(reviews["film"]).groupby(split["role"]).agg(set)
    assert not films["train"] & films["valid"]
    assert not films["train"] & films["test"]
    runs = pd.read_csv(results / "reviews/demo/convolution/runs_test.csv")
    assert list(runs.columns) == ["id", "group", "true", "seed_42", "seed_43"]
    assert set(runs["id"]) == set(split["review_id"][split["role"] == "test"])


def test_review_models_are_scored_on_the_same_rows_and_explained(results: Path) -> None:
    folder = results / "reviews/demo"
    table = pd.read_csv(folder / "models.csv").set_index("model")
    assert {"bag_of_words", "nb_svm", "text_tuned", "random_frozen", "ensemble"} <= set(table.index)
    assert (table["n"] == 60).all()
    for model in ("convolution", "ensemble"):
        runs = pd.read_csv(folder / f"{model}/runs_test.csv")
        right = (runs.iloc[:, 3:] > 0.5).eq(runs["true"] == "pos", axis=0)
        metrics = read_json(folder / f"{model}/metrics_test.json")
        value = metrics["scores"]["accuracy"]["value"]
        assert value == pytest.approx(right.to_numpy().mean())
        assert table.loc[model, "accuracy"] == pytest.approx(value)
    page = (folder / "pages/models.html").read_text().replace("&nbsp;", " ")
    assert percent(table["accuracy"].max(), 2) in page
    assert "called wrong" in (folder / "pages/mistakes.html").read_text()
    weights = read_json(folder / "ensemble/weights.json")["weights"]
    assert min(weights.values()) >= 0
    for picture in ("learning_curves.png", "vectors/map_text.png", "ensemble/calibration.png"):
        assert (folder / picture).stat().st_size > 10_000


def test_logs_name_the_job_and_hold_no_traceback(results: Path) -> None:
    logs = {path.name: path.read_text() for path in (results / "logs").rglob("*.log")}
    assert "fit_head demo vgg_demo: done" in logs["fit_head_vgg_demo.log"]
    assert not any("Traceback" in text for text in logs.values())
    assert not list(results.rglob(".partial.*"))


def test_every_artefact_is_told_and_none_is_damaged(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["inspect", str(results), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    nameless = ("file of another kind", "HDF5 file")
    assert not [line["path"] for line in lines if line["what"] in nameless]
    unknown = [line["path"] for line in lines if line["rule"] is None]
    assert not unknown
    kinds = {line["what"].split(":")[0] for line in lines}
    assert {"manifest", "split", "features", "predictions", "metrics", "comparison"} <= kinds
    assert {"submission", "model", "ratings", "tokens", "word vectors", "page"} <= kinds


def test_the_first_sentence_of_every_page_stands_in_its_tables(results: Path) -> None:
    pages = {path: path.read_text() for path in results.rglob("pages/*.html")}
    assert len(pages) > 15
    assert {str(path): untold(page) for path, page in pages.items() if untold(page)} == {}
    long = {str(path): finding_of(page) for path, page in pages.items()}
    assert {path: text for path, text in long.items() if len(text.split()) > MOST_WORDS} == {}


def test_every_page_fits_a_phone_and_a_desktop(
    results: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    executable = find_browser()
    if executable is None:
        pytest.skip("no Chromium on the PATH")
    with running_browser(executable, tmp_path_factory.mktemp("profile")) as browser:
        faults = {
            (path.name, width): found
            for path in sorted(results.rglob("*.html"))
            for width in (PHONE, DESKTOP)
            if (found := faults_of(browser, path, width))
        }
    assert faults == {}


def test_the_notebook_opens_the_results(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads((ROOT / "docs/explore.ipynb").read_text())
    monkeypatch.chdir(results.parent)
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert names["confusion"].to_numpy().sum() == 160
    assert set(names["hardest"].index) == DRIVERS
    assert names["first"].shape[0] == 16
    assert set(names["ratings"]) == set(names["texts"]) == {"demo"}
