"""The lines of a config, and names of data sets."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.recognition.conftest import config, lay, numbered, write

from practical_dl.cli import main
from practical_dl.job.errors import UserError
from practical_dl.recognition.finding import Finding
from practical_dl.recognition.writing import NAMES, check_name, config_of, name_of, write_config
from practical_dl.settings.configuration import complete

PATHS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)
COLUMNS = {"user": "u", "item": "i", "rating": "r"}
ODD = "my {pets: #1, 'a' & \"b\" ünï"


def test_a_config_of_eight_lines_that_the_workflow_takes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lay(f"set/train/{'cd'[n % 2]}/{n}.jpg" for n in range(12))
    lay(numbered("set/test/{}.jpg", 3))
    write("set/sample_submission.csv", "id,label", ["0,0.5"])
    assert main(["new", "set", "--name", "pets"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "run: {images: [pets], movies: [], reviews: [], characters: [], small: []}",
        "images:",
        "  pets:",
        "    source: {folder: {path: set, train_folder: train, test_folder: test, "
        "sample_submission: sample_submission.csv}}",
        "    sample: {experiments: false}",
        "    submission: {positive: d}",
        "    backbones: {mobilenet: {application: MobileNet, layer: conv_pw_13_relu, "
        "input_size: [224, 224]}}",
        "    head: {backbone: mobilenet}",
    ]
    assert "class: the folder's name; 2 classes: c 6, d 6" in shown.err
    assert "unsure: nothing looks like a group" in shown.err
    complete(yaml.safe_load(shown.out))


def test_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    lay(f"set/{'cd'[n % 2]}/{n}.jpg" for n in range(12))
    assert main(["new", "set", "--json"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    read = yaml.safe_load(shown.out)
    assert list(read) == ["name", "pipeline", "config", "taken", "unsure"]
    assert read["config"]["images"]["set"]["source"] == {"folder": {"path": "set"}}


def test_paths_with_any_characters_are_quoted() -> None:
    lay(f"{ODD}/{'cd'[n % 2]}/{n}.jpg" for n in range(12))
    assert config(ODD)["images"]["mine"]["source"]["folder"]["path"] == ODD


def test_a_path_is_relative_to_the_data_root_or_absolute(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(f"data/set/{'cd'[n % 2]}/{n}.jpg" for n in range(12))
    Path("else").mkdir()
    monkeypatch.setenv("PRACTICAL_DL_DATA", str(place / "data"))
    monkeypatch.chdir("else")
    found = config(os.path.join("..", "data", "set"))  # noqa: PTH118
    assert found["images"]["mine"]["source"]["folder"]["path"] == "set"
    monkeypatch.setenv("PRACTICAL_DL_DATA", str(place / "else"))
    found = config("../data/set")
    assert found["images"]["mine"]["source"]["folder"]["path"] == str(place / "data/set")


@given(st.text(min_size=1, max_size=30))
def test_every_path_gives_a_name_that_is_allowed(name: str) -> None:
    assert NAMES.fullmatch(name_of(Path(name.replace("\0", "x"))))


@pytest.mark.parametrize(
    ("path", "name"),
    [("My Pets", "my_pets"), ("ml-100k", "ml_100k"), ("80x60", "x60"), ("猫", "own")],
)
def test_the_name_by_the_path(path: str, name: str) -> None:
    Path(path).mkdir()
    assert name_of(Path(path)) == name


def test_a_file_lends_its_name_without_suffixes() -> None:
    lay(["Train.csv.gz"])
    assert name_of(Path("Train.csv.gz")) == "train"


@pytest.mark.parametrize("name", ["", "Pets", "1a", "a-b", "a b", "a\n", "ä"])
def test_names_that_are_refused(name: str) -> None:
    with pytest.raises(UserError, match="--name"):
        check_name(name)


@given(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), PATHS)
def test_every_name_and_path_read_back(name: str, path: str) -> None:
    sets = {name: {"source": {"table": {"path": path}}}}
    text = write_config({"run": {"movies": [name]}, "movies": sets})
    assert yaml.safe_load(text) == {"run": {"movies": [name]}, "movies": sets}


@pytest.mark.parametrize("path", ["a\x85b", "a\u2028b"])
def test_names_that_yaml_would_change_are_refused(path: str) -> None:
    finding = Finding("movies", "", {"table": {"path": path, **COLUMNS}})
    with pytest.raises(UserError, match="rename it"):
        write_config(config_of(finding, "a")[0])
