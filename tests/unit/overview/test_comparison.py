from pathlib import Path

import pandas as pd

from practical_dl.overview.comparison import COLUMNS, as_html, comparison, read_seconds

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
    assert "<script>" not in page


def test_scores_without_groups_say_so() -> None:
    rows = table(interval="95 %, resampled over rows: not grouped")
    assert rows["part"].tolist() == ["valid, not grouped"] * 2


def test_seconds_lie_below_a_module_s_prefix_like_the_results(tmp_path: Path) -> None:
    path = tmp_path / "lesson/results/benchmarks/reviews/own/fit.tsv"
    path.parent.mkdir(parents=True)
    path.write_text("s\th:m:s\n2.5\t0:00:02\n")
    result = tmp_path / "lesson/results/reviews/own/comparison.csv"
    benchmarks = ["results/benchmarks/reviews/own/fit.tsv", None, "results/benchmarks/absent.tsv"]
    assert read_seconds(result, benchmarks) == [2.5, None, None]
