"""The ways in which each method fails, each as small runs that a picture can show."""

import numpy as np
import pandas as pd

from practical_dl.small.optimizers import lecture, papers
from practical_dl.small.optimizers.descent import Method, descend_line
from practical_dl.small.optimizers.line import Vector

COLUMNS = ("picture", "run", "step", "first", "second", "loss")
SADDLE_START = (0.8, 0.6)
SADDLE_RATE = 0.1
SADDLE_STEPS = 120


def failures() -> pd.DataFrame:
    """All failing runs beside what they are compared with, at settings that show it.

    Columns COLUMNS; `first` and `second` are slope and intercept, or the place on the saddle.
    """
    runs: list[tuple[str, str, pd.DataFrame]] = [
        *(
            ("diverging rate", f"rate {rate:g}", descend_line(lecture.Descent(rate), 4))
            for rate in (1e-4, 3e-4, 6e-4, 1e-3)
        ),
        ("Adagrad", "lecture, rate 0.001", descend_line(lecture.Adagrad(0.001), 40)),
        *(
            ("Adagrad", f"paper, rate {rate:g}", descend_line(papers.Adagrad(rate), 40))
            for rate in (0.1, 10)
        ),
        *(
            ("RMSProp", f"rate {rate:g}", descend_line(lecture.RMSProp(rate, 0.9), 60))
            for rate in (0.2, 0.05)
        ),
        ("Eve", "rate 1, as in the lecture", descend_line(lecture.Eve(1.0, 0.7, 0.9, 0.9), 60)),
    ]
    line = [_labelled(picture, run, _line_columns(path)) for picture, run, path in runs]
    saddle = [
        _labelled("saddle", run, descend_saddle(method))
        for run, method in (
            ("descent", lecture.Descent(SADDLE_RATE)),
            ("momentum", papers.Momentum(SADDLE_RATE, 0.9)),
        )
    ]
    return pd.concat([*line, *saddle], ignore_index=True)[list(COLUMNS)]


def saddle_height(u: Vector, v: Vector) -> Vector:
    """A surface that is flat at (0, 0), where it still falls towards u = -1, its minimum."""
    return u**4 / 4 + u**3 / 3 + v**2 / 2


def saddle_gradient(place: Vector) -> Vector:
    u, v = place
    return np.array([u**3 + u**2, v])


def descend_saddle(method: Method, steps: int = SADDLE_STEPS) -> pd.DataFrame:
    """Walk from SADDLE_START, where u > 0.

    Descent at a small rate never crosses u = 0: it takes rate * u * (u + 1) of u each step, less
    than all of it.
    """
    place = np.array(SADDLE_START)
    rows = [(0, *place)]
    for step in range(1, steps + 1):
        place = place + method.step(saddle_gradient(place), float(saddle_height(*place)))
        rows.append((step, *place))
    path = pd.DataFrame(rows, columns=["step", "first", "second"])
    return path.assign(loss=saddle_height(path["first"].to_numpy(), path["second"].to_numpy()))


def _line_columns(path: pd.DataFrame) -> pd.DataFrame:
    names = {"slope": "first", "intercept": "second", "mean_squared_error": "loss"}
    return path.rename(columns=names)


def _labelled(picture: str, run: str, path: pd.DataFrame) -> pd.DataFrame:
    return path.assign(picture=picture, run=run)
