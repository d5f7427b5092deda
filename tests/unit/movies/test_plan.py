from pathlib import Path

import pytest

from practical_dl.movies import plan
from practical_dl.movies.models.rating_models import OURS

CONFIG = {
    "run": {"movies": ["stars"]},
    "movies": {
        "stars": {"peers": ["myfm"], "protocols": ["random_0", "u1"], "content_shares": [0.1]}
    },
}


def test_peers_stand_in_the_table_only_where_they_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "myfm" not in plan.models(CONFIG, "stars")
    (tmp_path / plan.PEERS_ENVIRONMENT).mkdir()
    (tmp_path / plan.PEERS_ENVIRONMENT / ".installed").touch()
    assert plan.models(CONFIG, "stars")[-1] == "myfm"
    assert plan.benchmarks(CONFIG, "stars")[-1] == "results/benchmarks/movies/stars/fit_myfm.tsv"


def test_predictions_and_benchmarks_are_those_of_the_models_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folders = [Path(path).parent.name for path in plan.predictions(CONFIG, "stars")]
    assert folders == OURS
    jobs = [Path(path).stem for path in plan.benchmarks(CONFIG, "stars")]
    assert dict(zip(OURS, jobs, strict=True))["dot"] == "fit_lesson_models"


def test_studies_list_their_files_model_by_model_within_each_split_and_share() -> None:
    folder = "results/movies/stars"
    assert plan.protocol_splits(CONFIG, "stars")[1] == f"{folder}/protocols/u1/split.h5"
    assert plan.protocol_predictions(CONFIG, "stars")[2:4] == [
        f"{folder}/protocols/random_0/bayes_time.csv",
        f"{folder}/protocols/u1/bias.csv",
    ]
    content = plan.content_predictions(CONFIG, "stars")
    assert content[0] == f"{folder}/content_help/content_0.1.csv"
    assert content[-1] == f"{folder}/bayes_shuffled/predictions.csv"


def test_a_rating_set_ends_in_its_pages_pictures_and_comparison() -> None:
    files = plan.files(CONFIG)
    assert len(files) == len(set(files)) == len(plan.PAGES) + len(plan.PICTURES) + 1
    assert "results/movies/stars/pages/models.html" in files
    assert files[-1] == "results/movies/stars/comparison.csv"
