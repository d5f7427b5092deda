import json
from pathlib import Path

import pandas as pd
import pytest
import yaml

from practical_dl.cli import main
from practical_dl.exports.card import Evidence, model_card
from practical_dl.exports.classifier import export_classifier, read_evidence
from practical_dl.exports.formats import FORMATS, require_packages, require_source
from practical_dl.files.artefacts import sha256_of_file
from practical_dl.images.submission.classifier import read_classifier
from practical_dl.job.errors import UserError

pytest.importorskip("keras")
from tests.unit.exports.results import make_results


def offered() -> list[str]:
    """The formats whose packages are installed."""
    found = []
    for name in FORMATS:
        try:
            require_packages(name)
        except UserError:
            continue
        found.append(name)
    return found


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_results(tmp_path_factory.mktemp("workplace"))


@pytest.fixture(scope="module")
def exported(results: Path) -> Path:
    """Every format whose packages are installed."""
    into = results.parent / "exports"
    export_classifier(results, "demo", offered(), into)
    return into


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_read_by_its_own_runtime_says_the_same(exported: Path, name: str) -> None:
    if name not in offered():
        pytest.skip(f"the packages of {name} are not installed; make test-app has them")
    parity = pd.read_csv(exported / "parity.csv").set_index("format").loc[name]
    assert parity["pictures"] == parity["same_class"] == 4
    assert parity["largest_difference"] <= 1e-5
    assert parity["pictures_per_cpu_second"] > 0
    size = sum((exported / file).stat().st_size for file in FORMATS[name].files)
    assert parity["megabytes"] == pytest.approx(size / 1e6, abs=5e-4)


def test_the_card_says_what_was_measured(exported: Path) -> None:
    card = (exported / "README.md").read_text()
    front = yaml.safe_load(card.split("---\n")[1])
    assert front["license"] == "mit"
    [result] = front["model-index"][0]["results"]
    assert {one["type"]: one["value"] for one in result["metrics"]} == {
        "accuracy": 0.75,
        "log_loss": 0.35,
    }
    assert "| accuracy | 0.750 | 0.500 to 1.000 |" in card
    assert "| accuracy | 0.200 | 0.100 to 0.300 |" in card, "the leak"
    assert "- training: 4 pictures of 1 group\n- held out: 4 pictures of 1 group" in card
    assert "| dark | 2 | 0.667 | 1.0 | 0.8 |" in card
    assert "| light | 2 | 1.0 | 0.5 | 0.667 |" in card
    assert "| b | 4 | 0.75 |" in card
    assert "about 25% of its answers on unseen groups are wrong" in card
    for file in FORMATS["openvino"].files:
        assert f"`{file}`: sha256 `{sha256_of_file(exported / file)}`" in card


def test_the_card_of_pictures_without_groups_says_so(results: Path) -> None:
    content = read_classifier(results / "images/demo/classifier.json")
    known = read_evidence(results, "demo", content)
    alone = Evidence(**vars(known) | {"manifest": known.manifest.assign(group=""), "leak": None})
    card = model_card(alone, pd.DataFrame({"format": ["keras"]}), {})
    assert "the scores may be too good" in card
    assert "Worst groups" not in card
    assert "The leak" not in card


def test_a_picture_that_is_gone_leaves_no_file(tmp_path: Path) -> None:
    results = make_results(tmp_path)
    (tmp_path / "data/images/demo/files/7.png").unlink()
    with pytest.raises(UserError, match=r"7\.png: in the manifest but gone"):
        export_classifier(results, "demo", ["keras"], tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_command_names_what_it_wrote(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--results", str(results), "--into", str(tmp_path), "--json"]
    assert main(["export", "demo", "--to", "openvino", *words]) == 0
    files = [json.loads(line)["file"] for line in capsys.readouterr().out.splitlines()]
    assert [Path(file).name for file in files] == [
        "README.md",
        "classifier.bin",
        "classifier.json",
        "classifier.xml",
        "parity.csv",
    ]
    assert all(Path(file).is_file() for file in files)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["demo"], "error: --to: missing; name one or more of onnx, openvino, litert, keras\n"),
        (["demo", "--of", "reviews", "--to", "onnx"], "error: --to: for pictures alone; reviews"),
        (["demmo", "--to", "keras"], "did you mean demo?"),
    ],
)
def test_a_mistake_is_one_line(
    results: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *words, "--results", str(results)]) == 1
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1


def test_an_onnx_backbone_is_offered_for_openvino_alone() -> None:
    require_source("openvino", Path("classifier.xml"))
    with pytest.raises(UserError, match=r"--to litert: classifier\.xml stands on an ONNX backbone"):
        require_source("litert", Path("classifier.xml"))
