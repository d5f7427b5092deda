"""The optimizers' tables as their files hold them."""

from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.small.optimizers.failures import COLUMNS as FAILURE_COLUMNS
from practical_dl.small.optimizers.runs import CHECK_COLUMNS, ENDS, RUN_COLUMNS, SUMMARY_COLUMNS

PATH_TYPES = {"epoch": int, "step": int, "slope": float, "intercept": float}


def read_paths(path: str | Path) -> pd.DataFrame:
    return read_csv(path, RUN_COLUMNS, PATH_TYPES | {"mean_squared_error": float})


def read_summary(path: str | Path) -> pd.DataFrame:
    return read_csv(path, SUMMARY_COLUMNS, dict.fromkeys(ENDS, float))


def read_failures(path: str | Path) -> pd.DataFrame:
    numbers = {"step": int, "first": float, "second": float, "loss": float}
    return read_csv(path, FAILURE_COLUMNS, numbers)


def read_check(path: str | Path) -> pd.DataFrame:
    numbers = {"steps": int, "largest_relative_difference": float, "tolerance": float}
    return read_csv(path, CHECK_COLUMNS, numbers)
