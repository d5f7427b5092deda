"""All methods in both forms on the line, and the outcome of each."""

from collections.abc import Mapping

import pandas as pd

from practical_dl.small.optimizers import lecture, papers
from practical_dl.small.optimizers.descent import PATH_COLUMNS, descend_line

TITLES = {
    "sgd": "SGD",
    "momentum": "Momentum",
    "adagrad": "Adagrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "eve": "Eve",
    "annealing": "Adam with annealing",
}
FORM_TITLES = {"lecture": "As in the lecture", "papers": "As in the papers and Keras"}
FORMS = {"lecture": lecture.METHODS, "papers": papers.METHODS}
RUN_COLUMNS = ("form", "method", *PATH_COLUMNS)
ENDS = ("first_epoch", "least", "last", "slope", "intercept")
SUMMARY_COLUMNS = ("form", "method", *ENDS, "outcome")
CHECK_COLUMNS = ("method", "steps", "largest_relative_difference", "tolerance")
ARRIVED = 1.0
OUTCOMES = ("arrived and stayed", "arrived and left again", "had not arrived", "ran away")

Settings = Mapping[str, Mapping[str, float]]


def run_all(settings: Mapping[str, Settings], epochs: int) -> pd.DataFrame:
    """The paths of every method, by form and method; `settings` has both forms' rates.

    Returns:
        Columns RUN_COLUMNS: form (lecture, papers), method, and those of `descend_line`.
    """
    runs = [
        descend_line(methods[name](**settings[form][name]), epochs).assign(form=form, method=name)
        for form, methods in FORMS.items()
        for name in methods
    ]
    return pd.concat(runs, ignore_index=True)[list(RUN_COLUMNS)]


def summarise(paths: pd.DataFrame, epochs: int) -> pd.DataFrame:
    """One row per run: where it ended, its least error, and its outcome.

    A run arrives when its mean squared error over the 29 points falls below ARRIVED, and has
    stayed when it is below it all through the last quarter of the epochs; it ran away when it
    ends worse than it began, or overflowed before the last epoch.
    """
    rows = []
    for (form, method), path in paths.groupby(["form", "method"], sort=False):
        error = path["mean_squared_error"]
        rows.append(
            {
                "form": form,
                "method": method,
                "first_epoch": error[path["epoch"] == 1].iloc[-1],
                "least": error.min(),
                "last": error.iloc[-1],
                "slope": path["slope"].iloc[-1],
                "intercept": path["intercept"].iloc[-1],
                "outcome": _outcome(path, epochs),
            }
        )
    return pd.DataFrame(rows)


def _outcome(path: pd.DataFrame, epochs: int) -> str:
    error = path["mean_squared_error"]
    stayed, left, not_arrived, ran_away = OUTCOMES
    if path["epoch"].iloc[-1] < epochs or error.iloc[-1] > error.iloc[0]:
        return ran_away
    if error.min() >= ARRIVED:
        return not_arrived
    last_quarter = error[path["epoch"] > epochs * 3 / 4]
    return stayed if last_quarter.max() < ARRIVED else left
