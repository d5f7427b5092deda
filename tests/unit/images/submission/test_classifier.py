import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from practical_dl.cli import main
from practical_dl.files.artefacts import write_json
from practical_dl.files.model_files import save_model
from practical_dl.images.features import backbones
from practical_dl.images.pictures.levels import Levels
from practical_dl.images.submission import classifier
from practical_dl.images.submission.classifier import classifier_content, levels_of_classifier
from practical_dl.images.submission.classifier_model import joined_classifier
from practical_dl.images.submission.photos import photo_files
from practical_dl.job.errors import UserError

keras = pytest.importorskip("keras")

COLOURS = {"dark": 20, "bright": 230}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A classifier that goes by the red of a picture, behind the demo network's preprocessing."""
    folder = tmp_path_factory.mktemp("results")
    backbone = backbones.cut(backbones.build("Pixels", (8, 8), 1), "Pixels", "pixels")
    head = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
    head.layers[-1].set_weights([np.array([[-0.1, 0.1], [0, 0], [0, 0]]), np.array([10.0, -10])])
    model = joined_classifier(backbone, head)
    place = folder / "images/demo"
    save_model(place / "classifier.keras", model)
    write_json(
        place / "classifier.json",
        classifier_content("classifier.keras", (8, 8), list(COLOURS), "a test", None, "net"),
    )
    for name, value in COLOURS.items():
        Image.new("RGB", (30, 20), (value, 0, 0)).save(folder / f"{name}.png")
    return folder


def predict(results: Path, *words: str) -> int:
    return main(["predict", "demo", *words, "--results", str(results)])


def test_photos_are_told_apart_and_all_probabilities_written(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = [str(results / f"{name}.png") for name in COLOURS]
    assert predict(results, *photos, "--csv", str(tmp_path / "out.csv")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["photo", "predicted", "confidence"]
    assert [line.split()[1] for line in lines[1:]] == ["dark", "bright"]
    assert (tmp_path / "out.csv").read_text().splitlines()[0] == (
        "photo,predicted,confidence,dark,bright"
    )


def test_programs_are_served_json(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert predict(results, str(results / "bright.png"), "--json") == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["predicted"] == "bright"
    assert found["dark"] + found["bright"] == pytest.approx(1)


def test_classes_called_as_columns_hide_no_column() -> None:
    probabilities = np.array([[0.25, 0.75, 0]], np.float32)
    table = classifier.predictions_table(
        [Path("a.jpg")], ["painting", "photo", "predicted"], probabilities
    )
    assert table.to_dict("records") == [
        {
            "photo": "a.jpg",
            "predicted": "photo",
            "confidence": 0.75,
            "painting": 0.25,
            "class photo": 0.75,
            "class predicted": 0.0,
        }
    ]


@pytest.mark.parametrize(
    ("photo", "said"),
    [
        ("none.png", "none.png: no such file\n"),
        ("text.png", "not an image"),
        ("https://example.org/cat.jpg", "an address, not a file; download it"),
        ("-", "photos are not read from standard input; name files"),
        ("*.gif", "fits no photo"),
        ("film.mp4", "a video; take pictures out of it first"),
        ("photos.zip", "an archive; unpack it"),
        ("empty", "a folder without photos"),
    ],
)
def test_what_is_no_photo_is_told_in_one_line(
    results: Path, photo: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (results / "text.png").write_text("no picture at all")
    (results / "film.mp4").write_bytes(b"....ftyp")
    (results / "photos.zip").write_bytes(b"PK")
    (results / "empty").mkdir(exist_ok=True)
    known = photo if "/" in photo or photo == "-" else str(results / photo)
    assert predict(results, known) == 1
    (results / "text.png").unlink()
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert error.count("\n") == 1
    assert said in error


def test_folders_and_patterns_are_filled_in_and_all_mistakes_told(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a/dark.png", "a/deep/bright.PNG", "a/.hidden.png", "a/@eaDir/thumb.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(results / f"{'bright' if 'bright' in name else 'dark'}.png", tmp_path / name)
    (tmp_path / "a/note.txt").touch()
    (tmp_path / "a/broken.jpg").write_text("none")
    words = [str(tmp_path / "a"), str(tmp_path / "a/*.png"), "none.png", "ftp://x/y.png"]
    assert predict(results, *words, "--csv", str(tmp_path / "out.csv")) == 1
    said = capsys.readouterr()
    rows = [line.split()[:2] for line in said.out.splitlines()[1:]]
    assert [(Path(photo).name, name) for photo, name in rows] == [
        ("dark.png", "dark"),
        ("bright.PNG", "bright"),
    ]
    errors = said.err.splitlines()
    assert [line.split(": ")[1] for line in errors] == [
        "none.png", "ftp://x/y.png", str(tmp_path / "a/broken.jpg"),
    ]  # fmt: skip


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    for name in ("a[1].jpg", "a1.jpg"):
        (tmp_path / name).touch()
    complaints: list[UserError] = []
    word = str(tmp_path / "a[1].jpg")
    assert photo_files([word, word], complaints.append) == [tmp_path / "a[1].jpg"]
    assert photo_files([str(tmp_path / "a[0-9].jpg")], complaints.append) == [tmp_path / "a1.jpg"]
    assert not complaints


def test_an_unreadable_photo_costs_the_others_nothing(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = [str(results / f"{name}.png") for name in ("dark", "none", "bright")]
    assert predict(results, *photos, "--csv", str(tmp_path / "out.csv")) == 1
    said = capsys.readouterr()
    assert [line.split()[1] for line in said.out.splitlines()[1:]] == ["dark", "bright"]
    assert said.err == f"error: {photos[1]}: no such file\n"
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 3


def test_photos_are_read_batch_by_batch(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "BATCH", 2)
    photos = [results / "dark.png", results / "none.png", results / "bright.png"]
    complaints: list[UserError] = []
    batches = list(classifier.photo_batches(photos * 2, (8, 8), None, complaints.append))
    assert [paths for paths, _ in batches] == [photos[:1], [photos[2], photos[0]], photos[2:]]
    assert [len(pictures) for _, pictures in batches] == [1, 2, 1]
    assert len(complaints) == 2


def test_a_classifier_that_was_not_made_names_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "images").mkdir()
    assert predict(tmp_path, "photo.jpg") == 1
    assert "make it: snakemake" in capsys.readouterr().err


def test_photos_of_more_than_8_bits_are_scaled_as_in_training(results: Path) -> None:
    """The value 1,024: a quarter of 12 bits; alone it is half of what its own bits can hold."""
    Image.fromarray(np.full((8, 8), 1024, np.uint16)).save(results / "deep.png")
    for levels, shown in ((Levels(0, 4096), 64), (None, 128)):
        ((_, photos),) = classifier.photo_batches([results / "deep.png"], (8, 8), levels, print)
        assert (photos == shown).all()


def test_the_levels_of_the_training_pictures_lie_beside_the_classifier() -> None:
    for levels in (None, Levels(-1024, 4096)):
        content = classifier_content("classifier.keras", (8, 8), ["a"], "a test", levels, "net")
        assert levels_of_classifier(json.loads(json.dumps(content))) == levels
