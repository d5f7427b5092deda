from pathlib import Path
from typing import Any

import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies import plan
from practical_dl.movies.models.rating_models import OURS, PEERS

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


def own(time: str | None, genres: str | None, **changed: object) -> dict[str, Any]:
    items = None if genres is None else {"path": "i.csv", "genres": genres}
    source = {"table": {"path": "r.csv", "time": time, "items": items}}
    defaults = {"peers": PEERS, "protocols": None, "content_shares": [0.1]}
    return {
        "run": {"movies": ["own"]},
        "movies": {"own": {"source": source, **defaults, **changed}},
    }


@pytest.mark.parametrize(
    ("time", "genres", "references", "left_out"),
    [
        ("t", "g", ["bias", "bayes", "bayes_time"], set()),
        (None, "g", ["bias", "bayes"], {"bayes_time"}),
        (
            "t",
            None,
            ["bias", "bayes_ratings", "bayes_ratings_time"],
            {"content", "bayes", "bayes_shuffled", "bayes_time"},
        ),
        (
            None,
            None,
            ["bias", "bayes_ratings"],
            {"content", "bayes", "bayes_shuffled", "bayes_time"},
        ),
    ],
)
def test_models_that_know_what_the_data_do_not_tell_are_left_out(
    time: str | None, genres: str | None, references: list[str], left_out: set[str]
) -> None:
    config = own(time, genres)
    assert plan.references(config, "own") == references
    assert set(OURS) - set(plan.models(config, "own")) == left_out
    assert ("by_time" in plan.protocols(config, "own")) == (time is not None)
    pictures = [path for path in plan.files(config) if path.endswith("content_help.png")]
    assert len(pictures) == (genres is not None)
    known = {"myfm": genres is not None, "myfm_time": bool(genres and time), "lenskit_mf": True}
    assert {name: name in plan.peers(config, "own") for name in known} == known
    sampled = "bayes" if genres else "bayes_ratings"
    assert plan.spread(config, "own") == f"results/movies/own/{sampled}/spread.csv"


def test_all_splits_that_the_data_allow_are_made_where_none_are_named() -> None:
    everything = ["random_0", "random_1", "random_2", "last_rating", "by_time"]
    assert plan.protocols(own("t", None), "own") == everything
    assert plan.protocols(own(None, None), "own") == everything[:3]
    assert plan.protocols(own("t", None, protocols=[]), "own") == []


@pytest.mark.parametrize(
    ("protocol", "said"),
    [
        ("by_time", "movies.own.protocols: by_time needs times of rating; name their column as"),
        ("last_rating", "movies.own.source.table.time, or leave the split out"),
        ("u1", "u1 comes with ml-100k alone"),
    ],
)
def test_a_split_that_the_source_cannot_give_is_refused(protocol: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        plan.check(own(None, None, protocols=[protocol]), "own")
    plan.check(own("t", None, protocols=["by_time"]), "own")
