"""What is said of whole artefacts."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from tests.unit.inspection.conftest import write_model

from practical_dl import cli
from practical_dl.files.artefacts import write_columns, write_csv, write_hdf5
from practical_dl.inspection.inspecting import inspect_file

FACTS = [
    ("images/tiny/manifest.csv", "classes", "2: cat 4 (50 %), dog 4 (50 %)"),
    ("images/tiny/manifest.csv", "groups", "4, with 2 pictures each"),
    ("images/tiny/splits/grouped.csv", "groups", "train: 2 groups, valid: 2 groups"),
    ("images/tiny/splits/folds.csv", "folds", "0 4 (50 %), 1 4 (50 %)"),
    ("images/tiny/heads/predictions.csv", "score", "accuracy 0.7500, log loss 0.8483"),
    ("images/tiny/heads/predictions.csv", "rows", "4 in 2 groups"),
    ("images/tiny/heads/metrics.json", "rows scored", "those of predictions.csv in its folder"),
    ("images/tiny/features/labelled.h5", "made with", "backbone net, layer conv, pool none"),
    ("images/tiny/features/labelled.h5", "features", "8 x 2 x 2 x 3 of float16, joined from 2"),
    ("images/tiny/sample/images.h5", "images", "8 x 4 x 4 x 3 of uint8, 0 to 255, mean 106.2"),
    ("images/tiny/submission.csv", "probability", "0.25 to 0.75, mean 0.5"),
    ("images/tiny/page.html", "finding", "A finding."),
    ("images/tiny/picture.png", "pixels", "4 x 4, RGB"),
    ("comparison.csv", "scores", "1 of 1 model"),
    ("run_config.yaml", "seed", "42"),
    ("movies/tiny/ratings.h5", "rating", "3 of float64, 1 to 4, mean 2.833"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "fact", "text"), FACTS)
def test_a_whole_artefact_is_told(folder: Path, name: str, fact: str, text: str) -> None:
    found = inspect_file(folder / name)
    assert not found.described.wrong
    assert text in found.described.facts[fact]
    assert found.described.facts["made by"].startswith("unknown")


def test_the_random_split_is_said_to_leak(folder: Path) -> None:
    notes = inspect_file(folder / "images/tiny/splits/random.csv").described.notes
    assert any("leaks by design" in note and "(4 such)" in note for note in notes)


def test_a_whole_model_is_told(tmp_path: Path) -> None:
    write_model(tmp_path / "model.keras", 2.0)
    described = inspect_file(tmp_path / "model.keras").described
    assert not described.wrong
    assert described.facts["parameters"] == "2 in 1 array"
    assert described.facts["layers"] == "1: 1 Dense"


def test_weights_are_searched_for_nan(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "net.weights.h5", "w") as file:
        file["layers/a"] = np.array([np.inf])
    assert "layers/a" in inspect_file(tmp_path / "net.weights.h5").described.wrong[0]


def test_constant_features_and_zero_rows_are_noted(tmp_path: Path) -> None:
    values = np.array([[0.0, 0], [1, 0], [2, 0]])
    write_hdf5(tmp_path / "vectors.h5", lambda file: file.create_dataset("vectors", data=values))
    assert inspect_file(tmp_path / "vectors.h5").described.notes == [
        "vectors: 1 of 2 columns are constant",
        "vectors: 1 row of zeros only",
    ]


def test_the_origin_is_what_snakemake_recorded(folder: Path) -> None:
    path = folder / "images/tiny/manifest.csv"
    record = {
        "rule": "make_manifest", "input": ["data/images/tiny/source.json"],
        "params": ["'0123456789abcdef'", "42"], "log": ["results/logs/make_manifest.log"],
        "starttime": 100.0, "endtime": 102.5,
    }  # fmt: skip
    records = folder.parent / ".snakemake/metadata"
    records.mkdir(parents=True)
    name = urlsafe_b64encode(b"results/images/tiny/manifest.csv").decode()
    (records / name).write_text(json.dumps(record))
    benchmark = folder / "benchmarks/make_manifest.tsv"
    benchmark.parent.mkdir()
    benchmark.write_text("s\tmax_rss\n2.5\t123.4\n")
    log = folder / "logs/make_manifest.log"
    log.parent.mkdir()
    log.write_text('20:41:01 started\n20:41:01 settings: {"seed": 42, "kinds": ["jpg"]}\n')
    found = inspect_file(path)
    assert "rule make_manifest" in found.described.facts["made by"]
    assert found.described.facts["made by"].endswith("in 2.5 s")
    assert found.described.facts["from"] == "data/images/tiny/source.json"
    assert found.described.facts["settings"] == 'seed 42, kinds ["jpg"]'
    assert found.described.facts["peak memory"] == "123 MB"


def test_a_folder_is_told_line_by_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inspect", "--all", str(folder)]) == 0
    output = capsys.readouterr().out
    assert "manifest.csv: manifest: every picture once" in output
    assert "files, 0 of them damaged" in output


def test_a_folder_is_summed_up_by_data_set_and_what_is_wrong_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "images/tiny/models"
    folder.mkdir(parents=True)
    for name in ("a.txt", "b.txt", "empty.csv"):
        (folder / name).write_text("" if name == "empty.csv" else "text")
    assert cli.main(["inspect", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        f"{folder}/empty.csv: empty file",
        "  wrong: it is empty; delete it and make it again",
    ]
    assert lines[2] == f"{tmp_path}/images/tiny: 3 files (2 txt, 1 csv)"
    assert lines[3].startswith("3 files, 1 of them damaged")
    assert len(lines) == 4


def write_report(path: Path, results: str) -> None:
    """As Snakemake writes it: text and list of results are JSON in scripts."""
    text = json.dumps('<p class="finding">A &amp; B.</p>')
    path.write_text(
        "<html><title>Snakemake Report</title>"
        "<script>var results = new Array(3);</script>"
        f'<script id="workflow-desc">\n    var workflow_desc = {text};</script>'
        f'<script id="results">\n    var results = {results};</script></html>'
    )


def test_snakemake_s_report_is_told(tmp_path: Path) -> None:
    write_report(tmp_path / "report.html", '{"a.html": {}, "b.png": {}}')
    described = inspect_file(tmp_path / "report.html").described
    assert described.what.startswith("report:")
    assert not described.wrong
    assert described.facts["results"] == "2 in it"
    assert described.facts["finding"] == "A & B."
    assert described.facts["made by"].startswith("snakemake --report, 20")
    write_report(tmp_path / "report.html", '{"a.html": {')
    described = inspect_file(tmp_path / "report.html").described
    assert "a report without its results" in described.wrong[0]


def test_a_page_of_another_program_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<html><title>Mine</title></html>")
    described = inspect_file(tmp_path / "x.html").described
    assert described.notes == ["not a page of this workflow: each of its own opens with a finding"]


def test_into_a_pipe_no_line_is_filled_with_blanks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["inspect", str(folder / "images/tiny/manifest.csv")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [line.rstrip() for line in lines]
    assert "pictures         8 (train 8 (100 %))" in lines


def test_mistakes_are_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inspect", str(folder / "absent.csv")]) == 1
    assert capsys.readouterr().err.strip().endswith("absent.csv: no such file")
    ratings = str(folder / "movies/tiny/ratings.h5")
    assert cli.main(["inspect", ratings, "--sheet", str(folder / "x.png")]) == 1
    assert "holds no pictures" in capsys.readouterr().err
    for path, sheet, said in (
        (ratings, "x.gif", "--sheet x.gif: its name must end in .png"),
        (str(folder), "x.png", "--sheet: give one file to look into"),
    ):
        assert cli.main(["inspect", path, "--sheet", sheet]) == 1
        assert capsys.readouterr().err == f"error: {said}\n"
    with pytest.raises(SystemExit) as stop:
        cli.main(["inspect"])
    assert stop.value.code == 2


def test_a_file_whose_name_promises_more_than_it_holds_is_damaged(folder: Path) -> None:
    path = folder / "images/tiny/heads/predictions.csv"
    write_csv(path, pd.read_csv(path).drop(columns="group"))
    assert inspect_file(path).described.wrong == ["it lacks group"]
    write_columns(folder / "ratings.h5", pd.DataFrame({"user_id": [1, 2], "movie_id": [1, 1]}))
    assert inspect_file(folder / "ratings.h5").described.wrong == [
        "it lacks rating",
        "it lacks timestamp",
    ]


def test_an_onnx_network_is_told_with_what_can_be_stored_of_it(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    pytest.importorskip("openvino")
    from tests import onnx_networks as nets

    told = inspect_file(nets.maps(tmp_path / "net.onnx")).described
    assert told.facts["made by"] == "a test"
    assert told.facts["inputs"] == "x [?,3,32,32]"
    assert told.facts["candidates for output"].startswith("logits [n, 5], pooled [n, 6], features")
    assert not told.wrong
    cut = tmp_path / "cut.onnx"
    cut.write_bytes((tmp_path / "net.onnx").read_bytes()[:300])
    assert "no ONNX network" in inspect_file(cut).described.wrong[0]
