"""What is said of whole artefacts, each written by the workflow's own writers."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from practical_dl import cli, pages
from practical_dl.artefacts import write_columns, write_csv, write_hdf5, write_json, write_text
from practical_dl.comparison import COLUMNS as COMPARISON
from practical_dl.images.feature_store import Origin, join_shards, write_shard
from practical_dl.images.manifest import write_manifest
from practical_dl.images.sample_store import write_sample
from practical_dl.inspection import pictures
from practical_dl.inspection.inspecting import inspect_file
from practical_dl.inspection.pictures import contact_sheet
from practical_dl.metrics import classification_scores, report
from practical_dl.predictions import read_class_predictions

ORIGIN = Origin("net", "conv", "none", "a" * 64, "4 x 4", "keras", "float32", "none")
LABELS = ["cat", "dog"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A results folder of eight pictures of four animals in two classes."""
    root = tmp_path / "results/images/tiny"
    ids = [f"p{number}.jpg" for number in range(8)]
    labels = [LABELS[number % 2] for number in range(8)]
    groups = [f"animal{number // 2}" for number in range(8)]
    manifest = pd.DataFrame(
        {
            "image_id": ids, "path": ids, "split": "train", "label": labels, "group": groups,
            "width": 4, "height": 4, "sha256": [f"{number:064x}" for number in range(8)],
        }
    )  # fmt: skip
    write_manifest(root / "manifest.csv", manifest)
    roles = ["train"] * 4 + ["valid"] * 4
    write_csv(root / "splits/grouped.csv", pd.DataFrame({"image_id": ids, "role": roles}))
    write_csv(
        root / "splits/random.csv",
        pd.DataFrame({"image_id": ids, "role": ["train", "valid", "valid", "train"] * 2}),
    )
    write_csv(root / "splits/folds.csv", pd.DataFrame({"image_id": ids, "fold": [0] * 4 + [1] * 4}))
    probabilities = np.array([[0.8, 0.2], [0.3, 0.7], [0.6, 0.4], [0.9, 0.1]])
    write_csv(
        root / "heads/predictions.csv",
        pd.DataFrame({"id": ids[4:], "group": groups[4:], "true": labels[4:]}).assign(
            cat=probabilities[:, 0], dog=probabilities[:, 1]
        ),
    )
    predictions = read_class_predictions(root / "heads/predictions.csv")
    scores = classification_scores(predictions.labels(), probabilities, predictions.groups, 1)
    content = report("head", "valid", predictions.ids, predictions.groups, scores, 1)
    write_json(root / "heads/metrics.json", content)
    rows = [["images", "tiny", "head", "valid", "accuracy", 0.75, 0.5, 1, 4, 1, 3.5]]
    write_csv(tmp_path / "results/comparison.csv", pd.DataFrame(rows, columns=COMPARISON))
    write_csv(root / "submission.csv", pd.DataFrame({"img": ids, "cat": 0.25, "dog": 0.75}))
    for shard in range(2):
        part = manifest.iloc[4 * shard : 4 * shard + 4]
        block = np.arange(1 + 4 * 12 * shard, 1 + 4 * 12 * (shard + 1), dtype=np.float16)
        write_shard(
            root / f"features/labelled/shard_{shard}.h5",
            part, LABELS, (2, 2, 3), ORIGIN, {"numpy": "2"}, [block.reshape(4, 2, 2, 3)],
        )  # fmt: skip
    shards = [root / f"features/labelled/shard_{shard}.h5" for shard in range(2)]
    join_shards(root / "features/labelled.h5", shards)
    sample = pd.DataFrame(
        {
            "image_id": ids, "label": [0, 1] * 4, "group": groups,
            "grouped": roles, "random": roles,
        }
    )  # fmt: skip
    pixels = np.arange(8 * 4 * 4 * 3, dtype=np.uint8).reshape(8, 4, 4, 3)
    write_sample(root / "sample/images.h5", sample, LABELS, (4, 4), [pixels])
    write_text(root / "page.html", pages.page("Title", "A finding.", [pages.paragraph("text")]))
    write_text(tmp_path / "results/run_config.yaml", "run: {images: [tiny]}\nseed: 42\n")
    Image.fromarray(pixels[0]).save(root / "picture.png")
    ratings = pd.DataFrame(
        {"user_id": [1, 1, 2], "movie_id": [1, 2, 1], "rating": [4.0, 3.5, 1], "timestamp": 9}
    )
    write_columns(tmp_path / "results/movies/tiny/ratings.h5", ratings)
    return tmp_path / "results"


FACTS = [
    ("images/tiny/manifest.csv", "classes", "2: cat 4 (50 %), dog 4 (50 %)"),
    ("images/tiny/manifest.csv", "groups", "4 of 2 pictures"),
    ("images/tiny/splits/grouped.csv", "groups", "train: 2 groups, valid: 2 groups"),
    ("images/tiny/splits/folds.csv", "folds", "0 4 (50 %), 1 4 (50 %)"),
    ("images/tiny/heads/predictions.csv", "score", "accuracy 0.7500, log loss 0.8483"),
    ("images/tiny/heads/predictions.csv", "rows", "4 in 2 groups"),
    ("images/tiny/heads/metrics.json", "rows scored", "those of predictions.csv beside it"),
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
    assert not found.told.wrong
    assert text in found.told.facts[fact]
    assert found.told.facts["made by"].startswith("unknown")


def test_the_random_split_is_said_to_leak(folder: Path) -> None:
    notes = inspect_file(folder / "images/tiny/splits/random.csv").told.notes
    assert any("leaks by design" in note and "(4 such)" in note for note in notes)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def change_attribute(path: Path) -> None:
    with h5py.File(path, "a") as file:
        file.attrs["version"] = 7


def spoil_features(path: Path) -> None:
    with h5py.File(path, "a") as file:
        file["features"][0, 0, 0, 0] = np.nan


def write_model(path: Path, weight: float) -> None:
    """A `.keras` file of one dense layer, by hand: importing Keras costs seconds."""
    import io
    import zipfile

    weights = io.BytesIO()
    with h5py.File(weights, "w") as file:
        file["layers/dense/vars/0"] = np.array([1.0, weight])
    layers: list[dict[str, object]] = [
        {"class_name": kind, "config": {}} for kind in ("InputLayer", "Dense")
    ]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.15.1"}))
        archive.writestr("config.json", json.dumps({"config": {"name": "net", "layers": layers}}))
        archive.writestr("model.weights.h5", weights.getvalue())


IMAGES = "images/tiny"
DAMAGES: list[tuple[str, str, Callable[[Path], object], str]] = [
    ("id twice", f"{IMAGES}/manifest.csv", lambda p: replace(p, "\np1.jpg", "\np0.jpg"), "twice"),
    ("no label", f"{IMAGES}/manifest.csv", lambda p: replace(p, ",cat,", ",,"), "label is empty"),
    ("width as text", f"{IMAGES}/manifest.csv", lambda p: replace(p, ",4,4,", ",wide,4,"), "wide"),
    (
        "group on both sides", f"{IMAGES}/splits/grouped.csv",
        lambda p: replace(p, "p4.jpg,valid", "p4.jpg,train"),
        "group animal2 stands on more than one side",
    ),
    (
        "unknown role", f"{IMAGES}/splits/grouped.csv",
        lambda p: replace(p, "p4.jpg,valid", "p4.jpg,vaild"), "a role that is none: 'vaild'",
    ),
    (
        "column of another name", "comparison.csv", lambda p: replace(p, ",value,", ",worth,"),
        "the columns of a comparison of scores but for value",
    ),
    (
        "unknown picture", f"{IMAGES}/splits/grouped.csv",
        lambda p: replace(p, "p4.jpg", "x.jpg"), "not in",
    ),
    (
        "sum above one", f"{IMAGES}/heads/predictions.csv",
        lambda p: replace(p, "0.8,0.2", "0.8,0.4"), "do not sum to one",
    ),
    ("NaN", f"{IMAGES}/heads/predictions.csv", lambda p: replace(p, "0.8", "nan"), "missing"),
    (
        "submission off", f"{IMAGES}/submission.csv",
        lambda p: replace(p, "0.25,0.75", "0.25,0.8"), "in 1 row: p0.jpg sums to 1.05",
    ),
    (
        "row too short", f"{IMAGES}/submission.csv",
        lambda p: replace(p, "0.25,0.75", "0.25"), "line 2 has 2 values, expected 3",
    ),
    ("cut CSV", f"{IMAGES}/splits/folds.csv", lambda p: p.write_text(p.read_text()[:-1]), "cut"),
    ("not UTF-8", f"{IMAGES}/submission.csv", lambda p: p.write_bytes(b"\xff\xfe\n1"), "CSV"),
    ("cut JSON", f"{IMAGES}/heads/metrics.json", cut, "not a readable JSON file"),
    (
        "version", f"{IMAGES}/heads/metrics.json",
        lambda p: replace(p, '"version": 1', '"version": 9'), "contract version 9",
    ),
    (
        "other rows", f"{IMAGES}/heads/predictions.csv",
        lambda p: replace(p, "p4.jpg", "p0.jpg"), "computed on other rows",
    ),
    (
        "outside its interval", "comparison.csv",
        lambda p: replace(p, "0.75,0.5,1", "0.4,0.5,1"), "accuracy of head",
    ),
    ("cut HDF5", f"{IMAGES}/sample/images.h5", cut, "damaged or not an HDF5 file"),
    ("HDF5 version", f"{IMAGES}/sample/images.h5", change_attribute, "contract version 7"),
    (
        "NaN in features", f"{IMAGES}/features/labelled/shard_1.h5", spoil_features,
        "features: 1 number NaN",
    ),
    (
        "missing shard", f"{IMAGES}/features/labelled/shard_1.h5", lambda p: p.unlink(),
        "shard labelled/shard_1.h5 is missing",
    ),
    ("cut shard", f"{IMAGES}/features/labelled/shard_1.h5", cut, "labelled/shard_1.h5"),
    ("cut page", f"{IMAGES}/page.html", cut, "cut off"),
    (
        "picture elsewhere", f"{IMAGES}/page.html",
        lambda p: replace(p, "<p>text", '<img src="a.png"><p>'), "a.png",
    ),
    ("cut picture", f"{IMAGES}/picture.png", cut, "damaged picture"),
    ("bad YAML", "run_config.yaml", lambda p: p.write_text("a: [1"), "not a readable YAML"),
    ("empty file", "run_config.yaml", lambda p: p.write_text(""), "did not finish"),
    ("NaN weights", "model.keras", lambda p: write_model(p, np.nan), "layers/dense/vars/0"),
    ("no model", "model.keras", lambda p: p.write_text("no zip"), "a damaged model"),
    ("bad benchmark", "a.tsv", lambda p: p.write_text("s\n"), "not a benchmark file"),
    ("bad spreadsheet", "a.xlsx", lambda p: p.write_text("x"), "a damaged spreadsheet"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [damage[1:] for damage in DAMAGES],
    ids=[damage[0] for damage in DAMAGES],
)
def test_a_damaged_artefact_is_told_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, spoil: Callable[[Path], object],
    message: str,
) -> None:  # fmt: skip
    spoil(folder / name)
    assert cli.main(["inspect", str(folder), "--json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    wrong = [text for line in lines for text in line["wrong"]]
    assert any(message in text for text in wrong), wrong
    assert not any("Traceback" in text or "\n" in text for text in wrong)


def test_a_whole_model_is_told(tmp_path: Path) -> None:
    write_model(tmp_path / "model.keras", 2.0)
    told = inspect_file(tmp_path / "model.keras").told
    assert not told.wrong
    assert told.facts["parameters"] == "2 in 1 array"
    assert told.facts["layers"] == "1: 1 Dense"


def test_weights_are_searched_for_nan(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "net.weights.h5", "w") as file:
        file["layers/a"] = np.array([np.inf])
    assert "layers/a" in inspect_file(tmp_path / "net.weights.h5").told.wrong[0]


def test_constant_features_and_zero_rows_are_noted(tmp_path: Path) -> None:
    values = np.array([[0.0, 0], [1, 0], [2, 0]])
    write_hdf5(tmp_path / "vectors.h5", lambda file: file.create_dataset("vectors", data=values))
    assert inspect_file(tmp_path / "vectors.h5").told.notes == [
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
    assert "rule make_manifest" in found.told.facts["made by"]
    assert found.told.facts["made by"].endswith("in 2.5 s")
    assert found.told.facts["from"] == "data/images/tiny/source.json"
    assert found.told.facts["settings"] == 'seed 42, kinds ["jpg"]'
    assert found.told.facts["peak memory"] == "123 MB"


def test_a_folder_is_told_line_by_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inspect", str(folder)]) == 0
    output = capsys.readouterr().out
    assert "manifest.csv: manifest: every picture once" in output
    assert "files, 0 of them damaged" in output


def test_a_contact_sheet_shows_pictures(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    store = str(folder / "images/tiny/sample/images.h5")
    assert cli.main(["inspect", store, "--sheet", str(sheet)]) == 0
    with Image.open(sheet) as picture:
        assert np.asarray(picture.convert("RGB")).std() > 10


def test_a_table_has_no_contact_sheet_and_is_not_called_damaged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = str(folder / "images/tiny/manifest.csv")
    assert cli.main(["inspect", table, "--sheet", "sheet.png"]) == 1
    said = capsys.readouterr()
    assert "nothing wrong found" in said.out
    expected = f"error: {table}: holds no pictures; --sheet needs an HDF5 file (.h5) that does\n"
    assert said.err == expected


def sheet_rows(store: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    drawn: list[str] = []

    def draw(rows: list[tuple[str, list[np.ndarray]]]) -> Figure:
        drawn.extend(name for name, _ in rows)
        return contact_sheet(rows)

    monkeypatch.setattr(pictures, "contact_sheet", draw)
    pictures.write_contact_sheet(store, sheet)
    return drawn


def test_the_rows_of_a_contact_sheet_have_names(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, sheet = tmp_path / "x.h5", tmp_path / "sheet.png"
    assert sheet_rows(folder / "images/tiny/sample/images.h5", sheet, monkeypatch) == LABELS

    pixels = np.ones((3, 2, 2, 3), np.float16)

    def write(**columns: object) -> None:
        def fill(file: h5py.File) -> None:
            for name, values in columns.items():
                file[name] = values

        write_hdf5(store, fill)

    write(features=pixels)
    assert sheet_rows(store, sheet, monkeypatch) == ["unlabelled"]
    write(features=pixels, label=[-1, 2, 0])
    assert sheet_rows(store, sheet, monkeypatch) == ["unlabelled", "class 0", "class 2"]


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
    told = inspect_file(tmp_path / "report.html").told
    assert told.what.startswith("report:")
    assert not told.wrong
    assert told.facts["results"] == "2 in it"
    assert told.facts["finding"] == "A & B."
    assert told.facts["made by"].startswith("snakemake --report, 20")
    write_report(tmp_path / "report.html", '{"a.html": {')
    told = inspect_file(tmp_path / "report.html").told
    assert "a report without its results" in told.wrong[0]


def test_a_page_of_another_program_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<html><title>Mine</title></html>")
    told = inspect_file(tmp_path / "x.html").told
    assert told.notes == ["not a page of this workflow: each of its own opens with a finding"]


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
    assert inspect_file(path).told.wrong == ["it lacks group"]
    write_columns(folder / "ratings.h5", pd.DataFrame({"user_id": [1, 2], "movie_id": [1, 1]}))
    assert inspect_file(folder / "ratings.h5").told.wrong == [
        "it lacks rating",
        "it lacks timestamp",
    ]
