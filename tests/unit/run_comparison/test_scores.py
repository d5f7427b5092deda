"""Two small results folders: what changed, how surely, and why."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl import cli
from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.files.predictions import read_class_predictions
from practical_dl.overview.comparison import COLUMNS, comparison
from practical_dl.run_comparison.row_values import RowValues, paired_change
from practical_dl.run_comparison.scores import compare_scores, verdict
from practical_dl.run_comparison.settings import changed_settings
from practical_dl.run_comparison.showing import shown_times
from practical_dl.run_comparison.times import compare_times, total_text
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import classification_scores, rating_scores, report

IDS = [f"p{number}" for number in range(40)]
GROUPS = [f"g{number // 4}" for number in range(40)]
TRUE = ["cat", "dog"] * 20


def make_results(
    folder: Path, sure: float, shift: float, seed: int, seconds: float, ids: list[str]
) -> Path:
    """A head that gives the true class `sure`, and a rating model that is off by `shift`."""
    cat = np.where(np.array(TRUE) == "cat", sure, 1 - sure)
    cat[::5] = 1 - cat[::5]
    head = folder / "images/tiny/heads"
    keys = pd.DataFrame({"id": ids, "group": GROUPS, "true": TRUE})
    write_csv(head / "predictions.csv", keys.assign(cat=cat, dog=1 - cat))
    found = read_class_predictions(head / "predictions.csv")
    scores = classification_scores(found.labels(), found.probabilities, found.groups, 1)
    classes = report("head", "valid", found.ids, found.groups, scores, 1)
    write_json(head / "metrics.json", classes)
    stars = np.tile([1.0, 2, 3, 4], 10)
    bias = folder / "movies/tiny/bias"
    frame = pd.DataFrame({"id": IDS, "group": GROUPS, "true": stars, "prediction": stars + shift})
    write_csv(bias / "predictions.csv", frame)
    rated = rating_scores(stars, stars + shift, np.array(GROUPS), 1)
    ratings = report("bias", "valid", np.array(IDS), np.array(GROUPS), rated, 1)
    write_json(bias / "metrics.json", ratings)
    table = pd.concat(
        [
            comparison("images", "tiny", [classes], [seconds]),
            comparison("movies", "tiny", [ratings], [None]),
        ]
    )
    write_csv(folder / "comparison.csv", table[COLUMNS])
    (folder / "run_config.yaml").write_text(f"seed: {seed}\nrun: {{images: [tiny]}}\n")
    benchmark = folder / "benchmarks/images/tiny/fit_head.tsv"
    benchmark.parent.mkdir(parents=True)
    benchmark.write_text(f"s\tmax_rss\n{seconds}\t9\n")
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return make_results(tmp_path / "old", 0.7, 0.5, 42, 10, IDS)


def test_better_is_better_and_nothing_is_the_same(old: Path, tmp_path: Path) -> None:
    new = make_results(tmp_path / "new", 0.6, 0.25, 43, 5, IDS)
    table = compare_scores(old, new).set_index(["pipeline", "metric"])
    assert table.loc[("movies", "rmse"), "change"] == pytest.approx(-0.25)
    assert table.loc[("movies", "rmse"), "change_high"] == pytest.approx(-0.25)
    assert table.loc[("movies", "rmse"), "verdict"] == "better"
    assert table.loc[("movies", "mse"), "change"] == pytest.approx(0.0625 - 0.25)
    assert table.loc[("images", "accuracy"), "verdict"] == "the same"
    expected = -(0.8 * np.log(0.6 / 0.7) + 0.2 * np.log(0.4 / 0.3))
    assert table.loc[("images", "log_loss"), "change"] == pytest.approx(expected)
    low, high = table.loc[("images", "log_loss"), ["change_low", "change_high"]]
    assert low < expected < high


def test_other_rows_are_not_compared(old: Path, tmp_path: Path) -> None:
    new = make_results(tmp_path / "new", 0.6, 0.5, 42, 10, [f"x{name}" for name in IDS])
    table = compare_scores(old, new).set_index(["pipeline", "metric"])
    assert table.loc[("images", "log_loss"), "verdict"] == "other rows: not comparable"
    assert table.loc["images"]["change_low"].isna().all()
    assert table.loc[("movies", "rmse"), "verdict"] == "the same"


def test_predictions_that_do_not_give_the_score_are_not_used(old: Path, tmp_path: Path) -> None:
    new = make_results(tmp_path / "new", 0.6, 0.5, 42, 10, IDS)
    path = new / "images/tiny/heads/predictions.csv"
    path.write_text(path.read_text().replace("0.6,0.4", "0.9,0.1"))
    table = compare_scores(old, new).set_index(["pipeline", "metric"])
    assert (
        table.loc[("images", "log_loss"), "verdict"] == "not paired: its rows are gone or damaged"
    )


def test_scores_of_one_side_are_named(old: Path, tmp_path: Path) -> None:
    new = make_results(tmp_path / "new", 0.7, 0.5, 42, 10, IDS)
    path = new / "comparison.csv"
    path.write_text("\n".join(path.read_text().splitlines()[:-1]) + "\n")
    verdicts = compare_scores(old, new)["verdict"].value_counts()
    assert verdicts.to_dict() == {"the same": 4, "gone": 1}


def test_a_paired_interval_is_narrower_than_the_scores() -> None:
    rng = np.random.default_rng(0)
    common = rng.normal(size=200)
    groups = np.repeat(np.arange(20), 10)
    before = RowValues(np.arange(200), groups, {"log_loss": common})
    after = RowValues(np.arange(200), groups, {"log_loss": common - 0.1})
    change = paired_change(before, after, "log_loss", 1)
    assert change is not None
    assert change["value"] == pytest.approx(-0.1)
    assert change["ci_high"] - change["ci_low"] < 1e-9


def test_verdicts_know_which_way_is_better() -> None:
    up = Interval(0.2, 0.1, 0.3)
    assert verdict(up, "accuracy") == "better"
    assert verdict(up, "log_loss") == "worse"
    assert verdict(Interval(0.2, -0.1, 0.3), "rmse") == "within the noise"


def test_settings_and_times(old: Path, tmp_path: Path) -> None:
    assert changed_settings({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "d": [3]}}) == [
        ["a.c", "2", "(not there)"],
        ["a.d", "(not there)", "[3]"],
    ]
    new = make_results(tmp_path / "new", 0.7, 0.5, 42, 5, IDS)
    times = compare_times(old, new)
    columns = ["job", "old", "new", "ran"]
    assert times[columns].to_numpy().tolist() == [["images/tiny/fit_head", 10, 5, "in both"]]
    assert total_text(times) == "1 timed job that ran in both took 10 s before and 5 s now (-50 %)."


@pytest.mark.parametrize(
    ("processor", "said"),
    [
        ((8, 9), "8 to 9 s (+12 %), so the difference is mostly waiting for other work."),
        ((8, 12), "8 to 12 s (+50 %), too."),
    ],
)
def test_longer_times_are_told_from_waiting(
    tmp_path: Path, processor: tuple[int, int], said: str
) -> None:
    for side, wall, of_processor in zip(("old", "new"), (10, 15), processor, strict=True):
        (tmp_path / side / "benchmarks").mkdir(parents=True)
        (tmp_path / side / "benchmarks/a.tsv").write_text(f"s\tcpu_time\n{wall}\t{of_processor}\n")
    text = total_text(compare_times(tmp_path / "old", tmp_path / "new"))
    assert text == (
        "1 timed job that ran in both took 10 s before and 15 s now (+50 %). "
        f"Processor time went from {said}"
    )


def test_jobs_that_did_not_run_again_are_counted_and_not_listed(tmp_path: Path) -> None:
    seconds = {"old": {"a": 4, "b": 7.5, "c": 1}, "new": {"a": 5, "b": 7.5, "d": 2}}
    for side, jobs in seconds.items():
        (tmp_path / side / "benchmarks").mkdir(parents=True)
        for job, value in jobs.items():
            (tmp_path / side / f"benchmarks/{job}.tsv").write_text(f"s\n{value}\n")
    times = compare_times(tmp_path / "old", tmp_path / "new")
    assert total_text(times) == (
        "1 timed job that ran in both took 4 s before and 5 s now (+25 %). "
        "1 ran before and not again, 1 ran only before, 1 ran only now."
    )
    assert shown_times(times).to_numpy().tolist() == [
        ["d", "", "2.0 s", "only now"],
        ["a", "4.0 s", "5.0 s", "in both"],
        ["c", "1.0 s", "", "only before"],
    ]


def test_nothing_ran_again_between_equal_folders(tmp_path: Path) -> None:
    for side in ("old", "new"):
        (tmp_path / side / "benchmarks").mkdir(parents=True)
        for job in ("a", "b"):
            (tmp_path / side / f"benchmarks/{job}.tsv").write_text("s\n4\n")
    text = total_text(compare_times(tmp_path / "old", tmp_path / "new"))
    assert text == "No job ran again: all 2 have the same times in both."


def test_the_command_prints_json_and_writes_a_page(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = make_results(tmp_path / "new", 0.6, 0.25, 43, 5, IDS)
    page = tmp_path / "page.html"
    assert cli.main(["compare", str(old), str(new), "--json", "--html", str(page)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["settings"] == [{"key": "seed", "old": "42", "new": "43"}]
    assert len(found["scores"]) == 5
    assert "3 better" in page.read_text()
    assert cli.main(["compare", str(old), str(new)]) == 0
    assert "1 setting differs" in capsys.readouterr().out


def test_mistakes_are_one_line(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["compare", str(old), str(tmp_path / "absent")]) == 1
    assert "absent: no such folder; give the results folder" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert cli.main(["compare", str(old), str(tmp_path / "empty")]) == 1
    assert "run the workflow first" in capsys.readouterr().err
    (tmp_path / "empty/comparison.csv").write_text("a,b\n")
    assert cli.main(["compare", str(old), str(tmp_path / "empty")]) == 1
    assert capsys.readouterr().err.strip().endswith("; delete it and run again")
    assert cli.main(["compare", str(old), str(old)]) == 1
    assert "are the same folder" in capsys.readouterr().err
    other = make_results(tmp_path / "other", 0.7, 0.5, 42, 5, IDS)
    assert cli.main(["compare", str(old), str(other), "--html", str(tmp_path / "empty")]) == 1
    assert capsys.readouterr().err == f"error: {tmp_path / 'empty'}: Is a directory\n"
