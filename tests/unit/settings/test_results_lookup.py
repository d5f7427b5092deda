from pathlib import Path

import pytest

from practical_dl.job.errors import UserError
from practical_dl.settings.results_lookup import made_file


def refusal(results: Path, dataset: str) -> str:
    with pytest.raises(UserError) as refused:
        made_file(results, "images", dataset, "classifier.keras")
    return str(refused.value)


def test_a_file_that_was_made_is_found(tmp_path: Path) -> None:
    (tmp_path / "images/demo").mkdir(parents=True)
    path = tmp_path / "images/demo/classifier.keras"
    path.touch()
    assert made_file(tmp_path, "images", "demo", "classifier.keras") == path
    assert "did you mean demo? or make it" in refusal(tmp_path, "dmeo")
    assert "no such data set; made so far: demo; or make it" in refusal(tmp_path, "statefarm")


def test_what_was_not_made_is_told_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = "results/images/pets/classifier.keras"
    said = f"{path}: no such file; make it: snakemake {path} --cores"
    assert said in refusal(Path("results"), "pets")


def test_a_folder_that_holds_no_results_is_no_case_for_a_run(tmp_path: Path) -> None:
    said = f"{tmp_path}: no results of images in it; --results names a run's results folder"
    assert refusal(tmp_path, "demo") == said
