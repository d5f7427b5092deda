import pandas as pd
import pytest

from practical_dl.small.optimizers.descent import PATH_COLUMNS
from practical_dl.small.optimizers.runs import SUMMARY_COLUMNS, summarise


def path(form: str, errors: list[float]) -> pd.DataFrame:
    """One step an epoch, so that epoch and step are the same."""
    rows = [(step, step, 1.0, 1.0, error) for step, error in enumerate(errors)]
    return pd.DataFrame(rows, columns=PATH_COLUMNS).assign(form=form, method="sgd")


@pytest.mark.parametrize(
    ("errors", "outcome"),
    [
        ([50, 20, 3, 0.5, 0.1], "arrived and stayed"),
        ([50, 0.1, 0.1, 0.1, 3], "arrived and left again"),
        ([50, 20, 9, 5, 3], "had not arrived"),
        ([50, 20, 9, 0.5, 51], "ran away"),
        ([50, 20, 9], "ran away"),
    ],
)
def test_outcomes(errors: list[float], outcome: str) -> None:
    summary = summarise(path("lecture", errors), 4)
    assert tuple(summary.columns) == SUMMARY_COLUMNS
    assert summary["outcome"].tolist() == [outcome]
    assert summary["least"].tolist() == [min(errors)]
    assert summary["last"].tolist() == [errors[-1]]
