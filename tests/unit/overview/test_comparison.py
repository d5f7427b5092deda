from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.overview.comparison import (
    COLUMNS,
    as_html,
    comparison,
    read_comparisons,
    read_seconds,
)

SCORE = {"value": 0.5, "ci_low": 0.4, "ci_high": 0.6}


def table(model: str = "head", interval: str = "95 %, resampled over 9 groups") -> pd.DataFrame:
    report = {
        "model": model,
        "part": "valid (grouped split)",
        "n": 1200,
        "seed": 42,
        "interval": interval,
        "scores": {"log_loss": SCORE, "accuracy": SCORE},
    }
    return comparison("images", "demo", [report], [12.3])


def test_a_row_is_a_score() -> None:
    rows = table()
    assert list(rows.columns) == COLUMNS
    assert rows["metric"].tolist() == ["log_loss", "accuracy"]
    assert rows.iloc[0].tolist() == [
        "images", "demo", "head", "valid (grouped split)", "log_loss",
        0.5, 0.4, 0.6, 1200, 42, 12.3,
    ]  # fmt: skip


def test_the_page_shows_value_and_interval_and_escapes_names() -> None:
    page = as_html(table("<script>"))
    assert "<td>0.5000</td>" in page
    assert "<td>0.4000&nbsp;to&nbsp;0.6000</td>" in page
    assert "<td>1,200</td>" in page
    assert "&lt;script&gt;" in page
    assert "<td><script>" not in page


def test_scores_without_groups_say_so() -> None:
    rows = table(interval="95 %, resampled over rows: not grouped")
    assert rows["part"].tolist() == ["valid, not grouped"] * 2


def test_tables_are_joined_with_numbers_as_such(tmp_path: Path) -> None:
    for model in ("head", "chain"):
        write_csv(tmp_path / f"{model}.csv", table(model).assign(seconds=None))
    joined = read_comparisons(tmp_path / f"{model}.csv" for model in ("head", "chain"))
    assert joined["model"].tolist() == ["head"] * 2 + ["chain"] * 2
    assert joined["value"].tolist() == [0.5] * 4
    assert joined["seconds"].isna().all()


def test_a_run_without_scores_has_a_table_without_rows() -> None:
    joined = read_comparisons([])
    assert list(joined.columns) == COLUMNS
    assert "0 scores of 0 models" in as_html(joined)


def test_seconds_lie_beside_the_results_of_the_same_prefix(tmp_path: Path) -> None:
    benchmark = "results/benchmarks/characters/demo/fit.tsv"
    (tmp_path / benchmark).parent.mkdir(parents=True)
    (tmp_path / benchmark).write_text("s\th:m:s\n2.5\t0:00:02\n")
    path = tmp_path / "results/characters/demo/comparison.csv"
    assert read_seconds(path, [benchmark, None, "results/absent.tsv"]) == [2.5, None, None]
