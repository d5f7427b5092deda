"""Texts of one's own, from a table to the pages: two classes and three, under their own names."""

import csv
import html
import re
from pathlib import Path

import pandas as pd
import pytest
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.cli import main
from practical_dl.files.artefacts import read_json

CONFIG = """
data_root: .
run: {images: [], movies: [], reviews: [mine, moods], characters: [], small: []}
reviews:
  mine:
    source:
      table: {path: source/mine.csv, text: comment, label: kind, group: sender}
    tokens: {vocabulary: 60, length: 20}
    networks:
      {train: [bigram_average, lstm, lstm_pretrained], seeds: 1, reading_schedule: [[1, 0.01]]}
    vectors: &vectors
      {width: 4, windows: 300, windows_schedule: [[1, 0.01]], frozen_schedule: [[1, 0.01]],
       tuned_schedule: [[1, 0.01]]}
    documents: &documents {dimensions: 4, passes: 3, fewest: 2, seeds: 1}
  moods:
    source:
      table: {path: source/moods.csv, text: comment, label: kind, unlabelled: source/more.csv}
    tokens: {vocabulary: 60, length: 20}
    networks: {train: [bigram_average], seeds: 2}
    vectors: *vectors
    documents: *documents
"""
OPENINGS = ("we meet", "see the plan", "call back", "thanks for it", "your letter came")
ENDS = {"Work $": ("at the office", "with the report"), "Ad": ("buy it now", "a free offer")}


def write_rows(path: Path, rows: list[tuple[str, str, str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([("comment", "kind", "sender"), *rows])


def some_rows() -> list[tuple[str, str, str]]:
    """120 short texts of thirty senders; the end of a text tells its class."""
    kinds = list(ENDS)
    return [
        (
            f"{OPENINGS[number % 5]} {ENDS[kinds[number % 2]][number // 2 % 2]} {number % 7}",
            kinds[number % 2],
            f"s{number // 4}",
        )
        for number in range(120)
    ]


def moods() -> list[tuple[str, str, str]]:
    """180 texts of three stars, told by their last words."""
    ends = {"1": "an awful bore", "3": "it was fair", "5": "a great joy"}
    return [
        (f"{OPENINGS[number % 5]} {number} {ends[star]}", star, "")
        for number in range(60)
        for star in ends
    ]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("own_texts"))
    write_rows(folder / "source/mine.csv", some_rows())
    write_rows(folder / "source/moods.csv", moods())
    write_rows(folder / "source/more.csv", [(text, "", "") for text, *_ in moods()[::2]])
    (folder / "mine.yaml").write_text(CONFIG)
    result = snakemake_in(folder, "reviews", "--configfile", "mine.yaml")
    assert result.returncode == 0, result.stderr
    assert "mine.csv read as: ';', utf-8, 120 rows" in result.stderr
    return folder


@pytest.fixture(scope="module")
def results(workplace: Path) -> Path:
    return workplace / "results/reviews/mine"


def test_whole_groups_train_validate_or_test(results: Path) -> None:
    split = pd.read_csv(results / "split.csv").merge(pd.read_csv(results / "reviews.csv"))
    assert split.groupby("film")["role"].nunique().max() == 1
    assert split.groupby("role")["label"].value_counts().to_dict() == {
        ("test", 0): 12, ("test", 1): 12, ("train", 0): 44, ("train", 1): 44,
        ("valid", 0): 4, ("valid", 1): 4,
    }  # fmt: skip


def test_predictions_are_of_the_classes_by_name_and_learn_them(results: Path) -> None:
    assert read_json(results / "about.json")["classes"] == ["Ad", "Work $"]
    for model in ("nb_svm", "ensemble", "bigram_average", "lstm_pretrained"):
        runs = pd.read_csv(results / model / "runs_test.csv")
        assert set(runs["true"]) == {"Ad", "Work $"}
        assert set(runs["group"]) <= {f"s{number}" for number in range(30)}
    runs = pd.read_csv(results / "nb_svm/runs_test.csv")
    assert ((runs["seed_42"] > 0.5) == (runs["true"] == "Work $")).all()
    report = read_json(results / "nb_svm/metrics_test.json")
    assert (report["groups"], report["interval"]) == (6, "95 %, resampled over 6 groups")


@pytest.mark.parametrize("page", ["models", "mistakes"])
def test_no_page_speaks_of_films_or_of_what_is_positive(results: Path, page: str) -> None:
    text = html.unescape((results / f"pages/{page}.html").read_text())
    assert not re.findall(r"\b(films?|positive|negative)\b", text)


def test_the_page_tells_how_the_table_was_read(results: Path) -> None:
    text = html.unescape((results / "pages/models.html").read_text())
    assert (
        "classes of 'kind': Ad (60 rows), Work $ (60 rows), in this order of the alphabet" in text
    )
    assert "grouped by 'sender': 30 groups" in text
    assert "Intervals resample whole groups" in text


def test_a_text_is_judged_by_the_own_names(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["--dataset", "mine", "--results", str(workplace / "results")]
    assert main(["review", "a free offer", *common]) == 0
    assert capsys.readouterr().out.startswith("Ad ")
    assert main(["review", "--file", str(workplace / "source/mine.csv"), *common]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.startswith("Ad ") for line in said] == [False, True] * 60


def test_three_classes_are_learned_by_every_kind_of_model(workplace: Path) -> None:
    folder = workplace / "results/reviews/moods"
    about = read_json(folder / "about.json")
    assert (about["classes"], about["scale"]) == (["1", "3", "5"], [1, 3, 5])
    for model in ("bag_of_words", "nb_svm", "bigram_average", "ensemble"):
        runs = pd.read_csv(folder / model / "runs_test.csv", dtype={"true": str})
        said = runs[[f"seed_42:{name}" for name in about["classes"]]]
        assert (said.sum(axis=1) - 1).abs().max() < 1e-5
        assert (said.idxmax(axis=1) == "seed_42:" + runs["true"]).mean() > 0.9, model
    scores = read_json(folder / "ensemble/metrics_test.json")["scores"]
    assert list(scores) == ["log_loss", "accuracy", "macro_f1", "mae"]
    assert scores["macro_f1"]["value"] > 0.9 > 0.2 > scores["mae"]["value"]
    text = html.unescape((folder / "pages/models.html").read_text()).replace("\xa0", " ")
    assert "Which classes are hard?" in text
    assert "<th>Macro F1</th>" in text
    assert "a mistake also counts by how far off it is" in text


def test_unlabelled_texts_are_read_and_have_controls_without_them(workplace: Path) -> None:
    folder = workplace / "results/reviews/moods"
    assert read_json(folder / "token_statistics.json")["unlabelled"] == 90
    models = pd.read_csv(folder / "models.csv").set_index("model")
    assert {"documents_unlabelled", "nb_svm_taught", "ensemble_labelled"} <= set(models.index)
    assert models["accuracy"].to_dict()["documents_unlabelled"] > 0.5
    weights = read_json(folder / "ensemble/weights.json")
    assert "documents_unlabelled" in weights["weights"]
    assert 0 < weights["labelled_valid_log_loss"] < 0.1
    text = html.unescape((folder / "pages/models.html").read_text())
    assert "has 90 further texts whose labels nobody has" in text
    assert not (folder.parent / "mine/documents_unlabelled").exists()


def test_of_three_classes_all_are_told_with_what_speaks_for_them(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["--dataset", "moods", "--results", str(workplace / "results")]
    assert main(["review", "a great joy", *common]) == 0
    first, *others = capsys.readouterr().out.split(" | ")
    assert first.startswith("5 ")
    assert "great (+" in first
    assert {one.split()[0] for one in others} == {"1", "3"}
    assert all("great (-" in one for one in others)


def test_results_are_described(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = workplace / "results/reviews/mine"
    for file in ("split.csv", "nb_svm/runs_test.csv", "about.json", "reviews.csv"):
        assert main(["inspect", str(folder / file)]) == 0
    told = capsys.readouterr().out
    assert main(["inspect", str(folder.parent / "moods/nb_svm/runs_test.csv")]) == 0
    assert "trainings of one model: probabilities, by seed" in capsys.readouterr().out
    assert "24 reviews of 6 groups" in told
    assert "the probability that a review is 'Work $'" in told
    assert "positive" not in told


def test_an_edited_table_is_read_again_and_a_mistake_leaves_nothing_half_made(
    workplace: Path,
) -> None:
    rows = [*some_rows(), ("", "Ad", "s1"), ("hello", "", "s2")]
    write_rows(workplace / "source/mine.csv", rows)
    target = "results/reviews/mine/reviews.csv"
    result = snakemake_in(workplace, target, "--configfile", "mine.yaml")
    assert result.returncode != 0
    assert "mine.csv: 2 mistakes; mend them, or set on_bad_rows: drop" in result.stderr
    assert "mine.csv:122: comment: '', expected a text" in result.stderr
    assert "mine.csv:123: kind: '', expected a class" in result.stderr
    assert "Traceback" not in result.stderr
    (workplace / "mine.yaml").write_text(CONFIG.replace("sender}", "sender, on_bad_rows: drop}"))
    result = snakemake_in(workplace, target, "--configfile", "mine.yaml")
    assert result.returncode == 0, result.stderr
    assert len(pd.read_csv(workplace / target)) == 120
    dropped = pd.read_csv(workplace / "results/reviews/mine/dropped_rows.csv")
    assert dropped[["file", "line", "column"]].to_numpy().tolist() == [
        ["mine.csv", 122, "comment"],
        ["mine.csv", 123, "kind"],
    ]
