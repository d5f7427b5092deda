from pathlib import Path

import pytest

from practical_dl.errors import UserError
from practical_dl.made import made_file


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


def test_what_was_not_made_is_told_how(tmp_path: Path) -> None:
    target = "images/pets/classifier.keras"
    said = f"{tmp_path / target}: no such file; make it: snakemake results/{target} --cores"
    assert said in refusal(tmp_path, "pets")
