"""The characters on a tiny made-up text and on a file: pages, scores, models that can be read."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.files.artefacts import read_json
from practical_dl.files.model_files import load_model
from practical_dl.small.characters.titles import OF_CHARACTERS, TITLES

CONFIG = """
run: {images: [], movies: [], reviews: [], small: []}
characters:
  demo:
    source: {demo: {lines: 150}}
    inner_share: 0.1
    held_out_share: 0.4
    windows: {embedding: 4, hidden: 8, batch_size: 64, schedule: [[2, 0.01]]}
    rnn: {units: 8, rows: 4, length: 20, schedule: [[2, 0.01]]}
    lstm: {units: 8, rows: 4, length: 20, schedule: [[2, 0.01]]}
    generated: {characters: 30, start: "<b>sun"}
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("characters"))
    (folder / "tiny.yaml").write_text(CONFIG)
    result = snakemake_in(folder, "characters", "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr
    return folder / "results/characters/demo"


def test_the_comparison_has_every_model_in_nats_bits_and_closed_tags(results: Path) -> None:
    table = pd.read_csv(results / "comparison.csv")
    of_metric = {metric: set(part["model"]) for metric, part in table.groupby("metric")}
    assert of_metric == {
        "nats_per_character": set(OF_CHARACTERS),
        "bits_per_character": set(OF_CHARACTERS),
        "nats_per_word": {"three_words"},
        "bits_per_word": {"three_words"},
        "closed_rightly": set(OF_CHARACTERS),
    }
    wide = table.pivot_table(index="model", columns="metric", values="value")
    ratio = wide["nats_per_character"] / wide["bits_per_character"]
    assert ratio.dropna().to_numpy() == pytest.approx(np.log(2))
    scored = table[table["metric"] == "nats_per_character"]["n"]
    assert len(set(scored)) == 1
    assert (table["seconds"] > 0).all()


def test_the_models_learned_something_and_wrote_after_each_epoch(results: Path) -> None:
    for name in TITLES:
        history = pd.read_csv(results / name / "history.csv")
        assert history["inner_plain_loss"].iloc[-1] < history["inner_plain_loss"].iloc[0]
        written = pd.read_csv(results / name / "generated.csv")
        assert written["epoch"].tolist() == [1, 2]
        if name in OF_CHARACTERS:
            assert set(written["start"]) == {"<b>sun"}
            assert (written["text"].str.len() == 30).all()


def test_a_saved_model_reads_rows_of_any_length(results: Path) -> None:
    model = load_model(results / "lstm/model.keras")
    assert model(np.zeros((2, 7), np.int32)).shape[:2] == (2, 7)
    assert read_json(results / "lstm/fit.json")["parameters"] == model.count_params()
    assert load_model(results / "eight/model.keras")(np.zeros((2, 8), np.int32)).shape[0] == 2


def test_the_pages_say_what_the_scores_say(results: Path) -> None:
    page = (results / "page.html").read_text().replace("&nbsp;", " ")
    loss = read_json(results / "lstm/metrics.json")["scores"]["nats_per_character"]["value"]
    share = read_json(results / "lstm/closing.json")["scores"]["closed_rightly"]["value"]
    assert f"and {loss:.3f} nats" in page
    assert f"closes {100 * share:.1f} %" in page
    assert page.count("data:image/png;base64,") == 1
    epochs = (results / "epochs.html").read_text()
    assert epochs.count("<pre>") == 2 * len(TITLES) + 1  # the last makes the page anew
    assert epochs.count("tags closed rightly") == 2 * len(OF_CHARACTERS)


def test_a_start_that_the_text_has_not_is_said_in_one_line(tmp_path: Path) -> None:
    folder = copy_workflow(tmp_path)
    (folder / "own.txt").write_text("the sea, the hill.\n" * 1400)
    (folder / "own.yaml").write_text(
        f"data_root: {folder}\nrun: {{characters: [own]}}\n"
        "characters: {own: {source: {file: {path: own.txt}}, generated: {start: Zoo}}}\n"
    )
    target = "results/characters/own/lstm/fit.json"
    result = snakemake_in(folder, target, "--configfile", "own.yaml")
    assert result.returncode != 0
    message = "error: the character 'Z' is not in the text that the model learns from"
    assert result.stderr.count(message) == 1
