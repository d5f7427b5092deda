import pandas as pd
import pytest

from practical_dl.images.pages.batch_norm_statistics import statistics_page
from practical_dl.images.sample.statistics_study import RUNNING, SETTLED


def scores(running: list[float]) -> pd.DataFrame:
    """One training of two epochs; settled statistics are always 80 % right."""
    rows = [
        (1, epoch, statistics, 0.5, accuracy)
        for epoch, value in enumerate(running, start=1)
        for statistics, accuracy in ((RUNNING, value), (SETTLED, 0.8))
    ]
    return pd.DataFrame(rows, columns=["seed", "epoch", "statistics", "log_loss", "accuracy"])


@pytest.mark.parametrize(
    ("running", "said"),
    [
        ([0.1, 0.79], "the two stay within 2 points from epoch 2."),
        ([0.8, 0.1], "the two differ by more than 2 points at the end."),
    ],
)
def test_the_page_says_when_both_statistics_agree(running: list[float], said: str) -> None:
    html = statistics_page(scores(running)).replace("&nbsp;", " ")
    assert said in html
    assert "This is one training." in html
